// SPDX-License-Identifier: BSD-2-Clause
/* The system counter: it runs on, at a frequency that is known; and what counts on that. */
#include <base/compiler.h>
#include <base/util.h>
#include <core/cpu.h>
#include <drivers/discovery.h>
#include <asm/sysreg.h>
#include "timer.h"

/* Reads of each counter, over all CPUs: two million, as there are two counters. */
#define READS		1000000U
#define READS_MIN	1000U

/* FEAT_ECV's views, which need no ISB before them; assemblers of Armv8.0 do not know the names. */
#define CNTPCTSS_EL0	S3_3_C14_C0_5
#define CNTVCTSS_EL0	S3_3_C14_C0_6
#define ECV_SHIFT	60

static void check_monotonic(const char *what, u64 (*read)(void))
{
	unsigned int reads = MAX(READS / cpu_online_count(), READS_MIN);
	u64 first = read(), before = first, now = first;

	for (unsigned int i = 0; i < reads; i++, before = now) {
		now = read();
		if (now < before)
			break;
	}
	CHECK_GE(now, before, "%s, read after the other", what);
	CHECK_GT(now, first, "%s, after %u reads", what, reads);
}

/* Two counters are all there are: those of the hypervisor's timers are the same. */
void counter_is_monotonic(void)
{
	const struct timer *phys = timer_get(TIMER_PHYS), *virt = timer_get(TIMER_VIRT);

	timers_or_skip();
	if (phys)
		check_monotonic("counter of the physical timer", phys->ops->count);
	if (virt)
		check_monotonic("counter of the virtual timer", virt->ops->count);
}

/* Planted defects answer in these three for a CPU that has the views. */
static __noinline unsigned int ecv(void)
{
	return (unsigned int)(read_sysreg(ID_AA64MMFR0_EL1) >> ECV_SHIFT);
}

static __noinline u64 read_cntpctss(void)
{
	return read_sysreg(CNTPCTSS_EL0);
}

static __noinline u64 read_cntvctss(void)
{
	return read_sysreg(CNTVCTSS_EL0);
}

/* Read between two readings of the counter, it lies between them. */
static void check_view(const char *what, u64 (*view)(void), const struct timer *timer)
{
	u64 before = 0, there = 0, after = 0;

	check_monotonic(what, view);
	if (!timer)
		return;
	for (unsigned int i = 0; i < READS_MIN; i++) {
		before = timer->ops->count();
		there = view();
		after = timer->ops->count();
		if (there < before || there > after)
			break;
	}
	CHECK_GE(there, before, "%s, and the counter before", what);
	CHECK_LE(there, after, "%s, and the counter behind", what);
}

void synchronised_views_are_the_counters(void)
{
	if (!ecv())
		SKIP("ID_AA64MMFR0_EL1.ECV is 0: no self-synchronised views");
	check_view("CNTPCTSS_EL0", read_cntpctss, timer_get(TIMER_PHYS));
	check_view("CNTVCTSS_EL0", read_cntvctss, timer_get(TIMER_VIRT));
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
