// SPDX-License-Identifier: BSD-2-Clause
/* The system counter: it runs on, at a frequency that is known; and what counts on that. */
#include <base/util.h>
#include <core/cpu.h>
#include <drivers/discovery.h>
#include <asm/sysreg.h>
#include "timer.h"

/* Reads of each counter, over all CPUs. */
#define READS		100000U
#define READS_MIN	1000U

static void check_counter(const struct timer *timer, unsigned int reads)
{
	u64 first = timer->ops->count(), before = first, now = first;

	for (unsigned int i = 0; i < reads; i++, before = now) {
		now = timer->ops->count();
		if (now < before)
			break;
	}
	CHECK_GE(now, before, "counter of the %s, read after the other", timer->name);
	CHECK_GT(now, first, "counter of the %s, after %u reads", timer->name, reads);
}

void counter_is_monotonic(void)
{
	unsigned int reads = MAX(READS / cpu_online_count(), READS_MIN);
	const struct timer *timer;
	unsigned int id;

	timers_or_skip();
	timer_for_each(timer, id)
		check_counter(timer, reads);
}

void frequency_is_known(void)
{
	u64 cntfrq = read_sysreg(cntfrq_el0);

	CHECK_NE(cntfrq, 0ULL, "CNTFRQ_EL0");
	CHECK_EQ(cntfrq, time_frequency(), "CNTFRQ_EL0, and what is described");
}

/* Of machines that describe themselves by ACPI those of BSA are meant. */
void frequency_is_plausible(void)
{
	bool bsa = discovery_uses(SOURCE_ACPI);

	CHECK_GE(time_frequency(), bsa ? 10000000ULL : 1000000ULL, "Hz, at the least for %s",
		 bsa ? "a machine of BSA" : "the architecture");
}

void delay_takes_its_time(void)
{
	u64 least = time_us_to_ticks(1000), took = ~0ULL;

	REQUIRE_NE(time_frequency(), 0ULL);
	for (unsigned int i = 0; i < TRIES; i++) {
		u64 start = time_ticks();

		time_delay_us(1000);
		took = MIN(took, time_ticks() - start);
	}
	CHECK_GE(took, least, "ticks of a delay of 1000 us");
	CHECK_LT(took, 10 * least, "ticks of the shortest of %u delays of 1000 us", TRIES);
}

/* As with a counter that stands still, which no machine here has. */
void waits_end_without_a_clock(void)
{
	u64 hz = time_frequency();
	int ret;

	time_set_frequency(0);
	ret = wait_until(false, 20);
	time_set_frequency(hz);
	CHECK_EQ(ret, -ETIMEDOUT);
}

void timers_or_skip(void)
{
	for (unsigned int id = 0; id < TIMERS; id++)
		if (timer_get(id))
			return;
	SKIP("nothing describes the CPUs' timers");
}
