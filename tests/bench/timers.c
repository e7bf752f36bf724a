// SPDX-License-Identifier: BSD-2-Clause
/* From the time that a timer was set to, to the first line of its handler. */
#include <base/compiler.h>
#include <drivers/timer.h>
#include <asm/control_state.h>
#include <asm/lock.h>
#include "bench.h"

#define AHEAD_US	100ULL

static struct samples samples;
static const struct timer *timer;
static u64 came_at;		/* 0: not yet */

static irq_after_t note(u32 intid, struct pt_regs *regs, void *arg)
{
	u64 now = timer->ops->count();

	(void)intid;
	(void)regs;
	(void)arg;
	timer_stop(timer);
	WRITE_ONCE(came_at, now);
	return NULL;
}

/* The last one: the deadline of the case keeps the timer that it has, where there are two. */
static void claim(void)
{
	const struct timer *each;
	unsigned int id;

	timer = NULL;
	timer_for_each(each, id)
		if (each->intid && (!timer || id != TIMER_VIRT))
			timer = each;
	if (!timer)
		SKIP("no interrupt of a timer is described");
	REQUIRE_EQ(timer_claim(timer, note, NULL), 0, "%s", timer->name);
}

static bool start_and_spin(void)
{
	WRITE_ONCE(came_at, 0);
	timer_start(timer, time_us_to_ticks(AHEAD_US));
	return !wait_until(READ_ONCE(came_at), AHEAD_US + 10 * BOUND_US);
}

void timer_interrupt(void)
{
	claim();
	samples_begin(&samples, "timer interrupt", samples_wanted(SOME));
	samples_keep_overhead(&samples);
	for (unsigned int i = 0; i < samples.wanted && start_and_spin(); i++)
		samples_add(&samples, came_at - timer->ops->cval());
	timer_release(timer);
	bench_judge(&samples);
}

/* Bounded by a handful of wake-ups for other reasons; that the interrupt comes was seen. */
static bool start_and_sleep(u64 us)
{
	u64 daif = control_daif();

	WRITE_ONCE(came_at, 0);
	control_irq_mask();
	timer_start(timer, time_us_to_ticks(us));
	for (unsigned int i = 0; i < 100 && !READ_ONCE(came_at); i++) {
		__asm__ volatile("dsb sy\n\twfi" ::: "memory");
		control_irq_unmask();
		control_irq_mask();
	}
	control_daif_set(daif);
	return READ_ONCE(came_at) != 0;
}

static void sleep_and_wake(const char *what, unsigned int count, u64 us)
{
	claim();
	samples_begin(&samples, what, count);
	samples_keep_overhead(&samples);
	if (start_and_spin())
		for (unsigned int i = 0; i < samples.wanted && start_and_sleep(us); i++)
			samples_add(&samples, came_at - timer->ops->cval());
	timer_release(timer);
	bench_judge(&samples);
}

void timer_wake_up(void)
{
	sleep_and_wake("timer interrupt out of WFI", samples_wanted(SOME), AHEAD_US);
}

/* Long enough for a CPU, or a hypervisor's host, to go to sleep deeply. */
void timer_10_ms(void)
{
	sleep_and_wake("timer interrupt after 10 ms", FEW, 10000);
}
