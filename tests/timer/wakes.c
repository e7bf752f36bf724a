// SPDX-License-Identifier: BSD-2-Clause
/*
 * A pending interrupt ends WFI, masked by DAIF or not (DDI0487J.a D1.8.2). What else may end
 * it is nobody's fault: the CPU goes back to sleep until its own one has come.
 */
#include <base/compiler.h>
#include <core/cpu.h>
#include <asm/control_state.h>
#include <asm/lock.h>
#include "timer.h"

#define SLEEP_US	1000ULL
/* More than the sources of a quiet machine could account for. */
#define WAKE_UPS	1000U

static void wait_for_interrupt(void)
{
	__asm__ volatile("dsb sy\n\twfi" ::: "memory");
}

/*
 * With interrupts masked, so that none comes between the question and the WFI. The
 * deadline of the case is pending at last, when nothing else is.
 */
static void sleep_until_it_came(struct shot *shot)
{
	struct time_bound bound = time_bound_start(SLEEP_US + 20 * SOON_US);

	for (unsigned int i = 0; i < WAKE_UPS && !READ_ONCE(shot->count); i++) {
		if (time_bound_passed(&bound))
			break;
		wait_for_interrupt();
		irq_poll();
	}
}

/* By TVAL; those of other CPUs are set by CVAL. */
static void check_wakes(const struct timer *timer)
{
	static struct shot shot;
	u64 daif = control_daif();

	if (!shot_claim(&shot, timer))
		return;
	/* Nothing would end WFI if the interrupt were another one than is described. */
	timer_start(timer, time_us_to_ticks(100));
	if (!CHECK(shot_came(&shot, 10 * SOON_US), "%s, interrupt %u: it never came", timer->name,
		   timer->intid)) {
		timer_release(timer);
		return;
	}
	control_irq_mask();
	WRITE_ONCE(shot.count, 0);
	timer->ops->set_tval((s32)time_us_to_ticks(SLEEP_US));
	timer->ops->set_ctl(TIMER_CTL_ENABLE);
	sleep_until_it_came(&shot);
	control_daif_set(daif);
	if (CHECK_EQ(shot.count, 1U, "%s: interrupts that ended WFI", timer->name))
		CHECK_GE(shot.at, timer->ops->cval(), "%s: counter behind WFI", timer->name);
	timer_release(timer);
}

void wakes_a_cpu_in_wfi(void)
{
	const struct timer *timer;
	unsigned int id, count = 0;

	timer_for_each(timer, id) {
		if (!timer->intid)
			continue;
		check_wakes(timer);
		count++;
	}
	if (!count)
		SKIP("no interrupt of a timer is described");
}

static struct shot sleepers[CONFIG_NR_CPUS];

static irq_after_t take_on_this_cpu(u32 intid, struct pt_regs *regs, void *arg)
{
	(void)arg;
	return shot_take(intid, regs, &sleepers[cpu_this()]);
}

/* Nothing bounds WFI here, so it is tried once the interrupt was seen to come. */
static void sleep_here(void *arg)
{
	const struct timer *timer = arg;
	struct shot *shot = &sleepers[cpu_this()];

	*shot = (struct shot){ .timer = timer };
	if (!CHECK_EQ(irq_enable(timer->intid), 0, "%s", timer->name))
		return;
	timer_start(timer, time_us_to_ticks(100));
	if (!wait_until(irq_poll() && READ_ONCE(shot->count), 10 * SOON_US)) {
		WRITE_ONCE(shot->count, 0);
		timer_start(timer, time_us_to_ticks(SLEEP_US));
		sleep_until_it_came(shot);
	}
	timer_stop(timer);
	irq_disable(timer->intid);
}

void wakes_every_cpu(void)
{
	const struct timer *timer = NULL, *each;
	unsigned int id, i;

	timer_for_each(each, id)
		if (each->intid)
			timer = each;
	if (!timer)
		SKIP("no interrupt of a timer is described");
	REQUIRE_EQ(timer_claim(timer, take_on_this_cpu, NULL), 0, "%s", timer->name);
	CHECK_EQ(cpu_call_others(sleep_here, (void *)timer, ALL_CPUS_US), 0);
	cpu_for_each_online(i) {
		if (!i)
			continue;
		CHECK_EQ(sleepers[i].count, 1U, "%s of CPU %u: interrupts that ended WFI", timer->name,
			 i);
	}
	timer_release(timer);
}
