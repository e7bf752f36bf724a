// SPDX-License-Identifier: BSD-2-Clause
/* The interrupt controller in use, and who handles what. */
#include <base/errno.h>
#include <base/util.h>
#include <core/capability.h>
#include <core/irq.h>
#include <core/log.h>
#include <asm/barrier.h>

/* Interrupts taken in one go: a source that never goes silent must not hold the CPU. */
#define AT_ONCE	64U

static const struct irqchip *in_use;
static unsigned int unhandled;

static struct {
	irq_handler_t handler;
	void *arg;
} actions[IRQ_PRIVATE];

int irqchip_register(const struct irqchip *chip)
{
	int ret;

	if (in_use)
		return -EEXIST;
	in_use = chip;
	ret = irq_cpu_init();
	if (ret) {
		in_use = NULL;
		return ret;
	}
	capability_provide(NEED_IRQ);
	return 0;
}

const struct irqchip *irqchip_get(void)
{
	return in_use;
}

int irq_cpu_init(void)
{
	int ret;

	if (!in_use)
		return -ENODEV;
	ret = in_use->cpu_init();
	if (!ret)
		ret = in_use->enable(IRQ_SGI_WAKE);
	if (!ret)
		ret = in_use->enable(IRQ_SGI_STOP);
	return ret;
}

int irq_request(u32 intid, irq_handler_t handler, void *arg)
{
	if (intid >= IRQ_PRIVATE)
		return -ERANGE;
	if (handler && actions[intid].handler)
		return -EBUSY;
	actions[intid].handler = handler;
	actions[intid].arg = arg;
	return 0;
}

int irq_enable(u32 intid)
{
	if (!in_use)
		return -ENODEV;
	return intid < IRQ_PRIVATE ? in_use->enable(intid) : -ERANGE;
}

void irq_disable(u32 intid)
{
	if (in_use && intid < IRQ_PRIVATE)
		in_use->disable(intid);
}

int irq_send_sgi(u64 mpidr, u32 sgi)
{
	if (!in_use)
		return -ENODEV;
	if (sgi >= IRQ_SGIS)
		return -ERANGE;
	dsb(sy);
	in_use->send_sgi(mpidr, sgi);
	return 0;
}

/* Left enabled it would come for ever, if it is a level. */
static void stop_unhandled(u32 intid)
{
	in_use->disable(intid);
	unhandled++;
	pr_err("interrupt %u came, which nobody has asked for: it is disabled from now on", intid);
}

static irq_after_t handle(u32 intid, struct pt_regs *regs)
{
	if (intid < IRQ_PRIVATE && actions[intid].handler)
		return actions[intid].handler(intid, regs, actions[intid].arg);
	if (intid != IRQ_SGI_WAKE && intid != IRQ_SGI_STOP)
		stop_unhandled(intid);
	return NULL;
}

static unsigned int take_pending(struct pt_regs *regs)
{
	unsigned int taken;
	irq_after_t after;
	u32 intid, token;

	for (taken = 0; taken < AT_ONCE; taken++) {
		token = in_use->ack(&intid);
		if (intid == IRQ_NONE)
			break;
		after = handle(intid, regs);
		in_use->eoi(token);
		if (after && regs)
			after(regs);
	}
	return taken;
}

unsigned int irq_poll(void)
{
	return in_use ? take_pending(NULL) : 0;
}

void irq_vector(struct pt_regs *regs)
{
	if (in_use)
		take_pending(regs);
}

unsigned int irq_unhandled(void)
{
	return unhandled;
}
