// SPDX-License-Identifier: BSD-2-Clause
/* The interrupt controller in use, and how interrupts are taken. */
#include <base/errno.h>
#include <base/util.h>
#include <core/capability.h>
#include <core/fault.h>
#include <core/irq.h>
#include <core/log.h>
#include <core/watch.h>
#include <asm/barrier.h>
#include <asm/exception.h>
#include <asm/percpu.h>
#include "irq_private.h"

/* Interrupts taken in one go: a source that never goes silent must not hold the CPU. */
#define AT_ONCE	64U

/* In a row, with nothing to acknowledge: no more than a storm brings that would not end. */
#define SPURIOUS_MAX	10000U

static const struct irqchip *in_use;
static bool take_irq(struct pt_regs *regs);

static int cpu_init(const struct irqchip *chip)
{
	int ret = chip->cpu_init();

	return ret ? ret : chip->ops->enable(IRQ_SGI_WAKE);
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

/* Left enabled it would come for ever, if it is a level. */
static void stop_unasked(u32 intid)
{
	irq_disable(intid);
	pr_warn("interrupt %u came, which nobody has asked for: it is disabled from now on", intid);
}

static void end(u32 token)
{
	/* The device is told to be silent before its level can be taken for a new interrupt. */
	dsb(sy);
	in_use->eoi(token);
	if (in_use->eoi_is_split())
		in_use->deactivate(token);
}

/* One at the most; false when nothing, or nothing that somebody asked for, is pending. */
static bool take_one(struct pt_regs *regs, u32 *intid)
{
	u32 token = in_use->ack(intid);
	struct irq_action *action;
	irq_handler_t handler;
	irq_after_t after = NULL;
	bool known = true;

	if (*intid == IRQ_NONE)
		return false;
	if (watch_takes(*intid) ||
	    (fault_is_armed(FAULT_IRQ) && !fault_irq(intid))) {
		end(token);
		return true;
	}
	action = irq_action_find(*intid);
	handler = action ? READ_ONCE(action->handler) : NULL;
	if (handler)
		after = handler(*intid, regs, action->arg);
	else if (*intid != IRQ_SGI_WAKE)
		known = false;
	if (!known)
		stop_unasked(*intid);
	end(token);
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
