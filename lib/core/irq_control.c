// SPDX-License-Identifier: BSD-2-Clause
/* What can be done to one interrupt: passed on to whoever has it. */
#include <base/errno.h>
#include <asm/barrier.h>
#include "irq_private.h"

/* Whoever has the interrupt does it, if he can. */
#define IRQ_PASS_ON(intid, op, ...) ({						\
	const struct irq_ops *_ops = irq_ops_of(intid);				\
	!_ops ? -ENODEV : !_ops->op ? -EOPNOTSUPP : _ops->op(intid, ##__VA_ARGS__); \
})

/* And its state has to be put back some time. */
#define IRQ_CHANGE(intid, op, ...) ({						\
	int _ret = IRQ_PASS_ON(intid, op, ##__VA_ARGS__);			\
	if (!_ret)								\
		irq_touch(intid);						\
	_ret;									\
})

int irq_enable(u32 intid)
{
	/* On whichever CPU it comes, its handler and what that looks at are there. */
	dsb(sy);
	return IRQ_CHANGE(intid, enable);
}

int irq_disable(u32 intid)
{
	return IRQ_PASS_ON(intid, disable);
}

int irq_is_enabled(u32 intid)
{
	return IRQ_PASS_ON(intid, is_enabled);
}

int irq_set_priority(u32 intid, u32 priority)
{
	return priority > 0xff ? -EINVAL : IRQ_CHANGE(intid, set_priority, priority);
}

int irq_get_priority(u32 intid)
{
	return IRQ_PASS_ON(intid, get_priority);
}

int irq_set_trigger(u32 intid, bool edge)
{
	return IRQ_CHANGE(intid, set_trigger, edge);
}

int irq_is_edge(u32 intid)
{
	return IRQ_PASS_ON(intid, is_edge);
}

int irq_set_target(u32 intid, u64 mpidr)
{
	return irq_is_shared(intid) ? IRQ_CHANGE(intid, set_target, mpidr) : -EINVAL;
}

int irq_set_pending(u32 intid, bool pending)
{
	/* Whoever takes it sees what was written before. */
	dsb(sy);
	return IRQ_CHANGE(intid, set_pending, pending);
}

int irq_is_pending(u32 intid)
{
	return IRQ_PASS_ON(intid, is_pending);
}

int irq_set_active(u32 intid, bool active)
{
	return IRQ_CHANGE(intid, set_active, active);
}

int irq_is_active(u32 intid)
{
	return IRQ_PASS_ON(intid, is_active);
}

int irq_set_group(u32 intid, unsigned int group)
{
	return group > 1 ? -EINVAL : IRQ_CHANGE(intid, set_group, group);
}

int irq_send_sgi_list(const u64 *mpidr, unsigned int count, u32 sgi)
{
	const struct irqchip *chip = irqchip_get();

	if (!chip)
		return -ENODEV;
	if (sgi >= IRQ_SGIS || count > IRQ_SGI_LIST)
		return -ERANGE;
	dsb(sy);
	return chip->send_sgi(mpidr, count, sgi);
}

int irq_send_sgi(u64 mpidr, u32 sgi)
{
	return irq_send_sgi_list(&mpidr, 1, sgi);
}

int irq_send_sgi_others(u32 sgi)
{
	const struct irqchip *chip = irqchip_get();

	if (!chip)
		return -ENODEV;
	if (sgi >= IRQ_SGIS)
		return -ERANGE;
	dsb(sy);
	return chip->send_sgi_others(sgi);
}

int irq_set_priority_mask(u32 mask)
{
	const struct irqchip *chip = irqchip_get();

	if (!chip)
		return -ENODEV;
	chip->set_priority_mask(mask);
	return 0;
}

u32 irq_priority_mask(void)
{
	const struct irqchip *chip = irqchip_get();

	return chip ? chip->priority_mask() : 0;
}

int irq_split_eoi(bool split)
{
	const struct irqchip *chip = irqchip_get();

	return chip ? chip->split_eoi(split) : -ENODEV;
}

u32 irq_ack(u32 *token)
{
	const struct irqchip *chip = irqchip_get();
	u32 intid = IRQ_NONE;

	*token = chip ? chip->ack(&intid) : IRQ_NONE;
	return intid;
}

void irq_eoi(u32 token)
{
	if (irqchip_get())
		irqchip_get()->eoi(token);
}

void irq_deactivate(u32 token)
{
	if (irqchip_get())
		irqchip_get()->deactivate(token);
}
