// SPDX-License-Identifier: BSD-2-Clause
/*
 * Seconds are long. A CPU that sleeps meanwhile leaves the host to others, and an
 * emulator that counts instructions has none to count.
 */
#include <base/compiler.h>
#include <base/util.h>
#include <core/capability.h>
#include <drivers/timer.h>
#include <test/sleep.h>
#include <asm/control_state.h>
#include <asm/lock.h>

/* Iterations that a whole nap counts for, should the clock stand still and the timer go on. */
#define NAP_SPINS	(NAP_US * 500)

static const struct timer *timer;
static u32 came;

static irq_after_t wake_up(u32 intid, struct pt_regs *regs, void *arg)
{
	(void)intid;
	(void)regs;
	(void)arg;
	timer_stop(timer);
	WRITE_ONCE(came, 1);
	return NULL;
}

/* Once it was seen to come, WFI can be trusted with it. */
static bool works(void)
{
	WRITE_ONCE(came, 0);
	timer_start(timer, time_us_to_ticks(100));
	return !wait_until(READ_ONCE(came), 20000);
}

void sleep_begin(void)
{
	const struct timer *each;
	unsigned int id;

	timer = NULL;
	if (capability_missing(NEED_IRQ) || !time_frequency())
		return;
	timer_for_each(each, id) {
		if (!each->intid || timer_claim(each, wake_up, NULL))
			continue;
		timer = each;
		if (works())
			return;
		timer_release(each);
	}
	timer = NULL;
}

void sleep_end(void)
{
	if (timer)
		timer_release(timer);
	timer = NULL;
}

/* Whatever wakes it: the caller looks at the clock. */
void sleep_a_while(struct time_bound *bound)
{
	u64 daif = control_daif();

	if (!timer) {
		time_bound_delay(bound, NAP_US);
		return;
	}
	WRITE_ONCE(came, 0);
	control_irq_mask();
	timer_start(timer, time_us_to_ticks(NAP_US));
	__asm__ volatile("dsb sy\n\twfi" ::: "memory");
	control_daif_set(daif);
	/* Else it was ended early, and may have taken no time at all. */
	if (READ_ONCE(came))
		bound->spins -= MIN(bound->spins, NAP_SPINS);
}
