// SPDX-License-Identifier: BSD-2-Clause
/*
 * The private interrupts that the tables give to timers and to the virtual CPU
 * interface: what is wired there is made to fire, and has to come under the number
 * that is described, and under no other.
 */
#include <drivers/timer.h>
#include "gic.h"

static struct {
	u32 count;
	u32 intid;
} came;

static irq_after_t note_timer(u32 intid, struct pt_regs *regs, void *arg)
{
	(void)regs;
	timer_stop(arg);
	came.intid = intid;
	WRITE_ONCE(came.count, came.count + 1);
	return NULL;
}

static bool comes(void)
{
	return !wait_until(({ take_waiting(); READ_ONCE(came.count); }), GIC_US);
}

static void fires(const struct timer *timer)
{
	came.count = 0;
	if (!CHECK_EQ(timer_claim(timer, note_timer, (void *)timer), 0, "%s, INTID %u",
		      timer->name, timer->intid))
		return;
	timer_start(timer, 0);
	CHECK(comes(), "the %s has fired: CTL 0x%x, INTID %u is described and does not come",
	      timer->name, timer->ops->ctl(), timer->intid);
	timer_release(timer);
	CHECK_EQ(came.count, 1U, "interrupts of the %s", timer->name);
	CHECK_EQ(came.intid, timer->intid, "of the %s", timer->name);
}

static void all_fire(enum timer_id from, enum timer_id to)
{
	unsigned int fired = 0;

	for (enum timer_id id = from; id <= to; id++) {
		const struct timer *timer = timer_get(id);

		if (!timer || !timer->intid)
			continue;
		fires(timer);
		fired++;
	}
	if (!fired)
		SKIP("no timer that can be reached here has a PPI described");
}

void el1_timer_interrupts_fire(void)
{
	all_fire(TIMER_PHYS, TIMER_VIRT);
}

void el2_timer_interrupts_fire(void)
{
	all_fire(TIMER_HYP_PHYS, TIMER_HYP_VIRT);
}

static irq_after_t note_maintenance(u32 intid, struct pt_regs *regs, void *arg)
{
	(void)regs;
	(void)arg;
	gic_hyp_raise(false);
	came.intid = intid;
	WRITE_ONCE(came.count, came.count + 1);
	return NULL;
}

static void maintain(u32 intid)
{
	u32 why;

	came.count = 0;
	CHECK_EQ(irq_request(intid, note_maintenance, NULL), 0, "INTID %u", intid);
	CHECK_EQ(irq_enable(intid), 0, "INTID %u", intid);
	why = gic_hyp_raise(true);
	CHECK(came.count || why & GIC_MISR_UNDERFLOW, "MISR 0x%x: list registers underflow", why);
	CHECK(comes(), "MISR 0x%x: INTID %u is described and does not come", why, intid);
	gic_hyp_raise(false);
	irq_disable(intid);
	irq_request(intid, NULL, NULL);
	CHECK_EQ(came.count, 1U, "maintenance interrupts");
}

void maintenance_interrupt_fires(void)
{
	const char *why;
	u32 intid;

	if (!gic_hyp_available(&why))
		SKIP("%s", why);
	if (!CHECK(gic_maintenance_intid(&intid),
		   "a CPU with EL2, and no maintenance interrupt is described"))
		return;
	CHECK(intid >= IRQ_SGIS && intid < IRQ_PRIVATE, "INTID %u is no PPI", intid);
	maintain(intid);
}
