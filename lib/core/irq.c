// SPDX-License-Identifier: BSD-2-Clause
/* The interrupt controller in use, and who handles what. */
#include <base/errno.h>
#include <base/util.h>
#include <core/capability.h>
#include <core/irq.h>
#include <core/log.h>
#include <asm/barrier.h>
#include <asm/exception.h>
#include <asm/percpu.h>

/* Interrupts taken in one go: a source that never goes silent must not hold the CPU. */
#define AT_ONCE	64U

/* In a row, with nothing to acknowledge: no more than a storm brings that would not end. */
#define SPURIOUS_MAX	10000U

static const struct irqchip *in_use;
static bool take_irq(struct pt_regs *regs);

static struct {
	irq_handler_t handler;
	void *arg;
} actions[IRQ_PRIVATE];

static int cpu_init(const struct irqchip *chip)
{
	int ret = chip->cpu_init();

	return ret ? ret : chip->enable(IRQ_SGI_WAKE);
}

int irqchip_register(const struct irqchip *chip)
{
	int ret;

	if (in_use)
		return -EEXIST;
	/* An exception may end this: then there is none. */
	ret = cpu_init(chip);
	if (ret)
		return ret;
	in_use = chip;
	exception_set_irq(take_irq);
	capability_provide(NEED_IRQ);
	return 0;
}

const struct irqchip *irqchip_get(void)
{
	return in_use;
}

int irq_cpu_init(void)
{
	return in_use ? cpu_init(in_use) : -ENODEV;
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
static void stop_unasked(u32 intid)
{
	in_use->disable(intid);
	pr_warn("interrupt %u came, which nobody has asked for: it is disabled from now on", intid);
}

static bool has_handler(u32 intid)
{
	return intid < IRQ_PRIVATE && actions[intid].handler;
}

/* One at the most; false when nothing, or nothing that somebody asked for, is pending. */
static bool take_one(struct pt_regs *regs, u32 *intid)
{
	u32 token = in_use->ack(intid);
	irq_after_t after = NULL;
	bool known = true;

	if (*intid == IRQ_NONE)
		return false;
	if (has_handler(*intid))
		after = actions[*intid].handler(*intid, regs, actions[*intid].arg);
	else if (*intid != IRQ_SGI_WAKE)
		known = false;
	if (!known)
		stop_unasked(*intid);
	in_use->eoi(token);
	/* No interrupt is active here, so that the code may be left. */
	if (after && regs)
		after(regs);
	return known;
}

unsigned int irq_poll(void)
{
	unsigned int taken = 0;
	u32 intid = 0;

	if (!in_use)
		return 0;
	while (taken < AT_ONCE && intid != IRQ_NONE)
		taken += take_one(NULL, &intid);
	return taken;
}

/*
 * One that was taken back before it could be acknowledged is nobody's fault; a
 * signal that stays is: its CPU does nothing else any more.
 */
static bool bear_spurious(void)
{
	struct cpu_local *local = cpu_local();

	if (++local->spurious < SPURIOUS_MAX)
		return true;
	local->spurious = 0;
	pr_err("CPU %u: %u IRQs in a row, and the %s had nothing to acknowledge",
	       (unsigned int)local->index, SPURIOUS_MAX, in_use->name);
	return false;
}

static bool take_irq(struct pt_regs *regs)
{
	unsigned int taken;
	bool known = true;
	u32 intid = 0;

	for (taken = 0; taken < AT_ONCE && intid != IRQ_NONE; taken++)
		known &= take_one(regs, &intid) || intid == IRQ_NONE;
	/* The last of them found nothing; the only one where all was spurious. */
	if (taken == 1 && intid == IRQ_NONE)
		return bear_spurious();
	cpu_local()->spurious = 0;
	return known;
}
