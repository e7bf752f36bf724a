// SPDX-License-Identifier: BSD-2-Clause
/*
 * MEM_ACCESS, loads and stores that the core makes: in two counters at once, over their
 * end, and as many each time, which emulations are known to lose some of.
 */
#include "pmu.h"

#define TIMES	100U
#define LOADS	(TURNS * PMU_LOOP_LOADS)

static void count_both(const struct width *width, u64 from)
{
	pmu_begin();
	for (unsigned int n = 0; n < 2; n++) {
		pmu_set_type(n, PMU_MEM_ACCESS);
		pmu_write(n, from);
	}
	pmu_enable(COUNTER(0) | COUNTER(1));
	pmu_loop(PMCR_E | width->control, TURNS);
}

static void check_accesses(const struct width *width)
{
	count_both(width, 0);
	CHECK_GE(pmu_read(0), LOADS, "%s: MEM_ACCESS of %llu loads, counter 0", width->name, LOADS);
	CHECK_EQ(pmu_read(1), pmu_read(0), "%s: MEM_ACCESS, counter 1", width->name);
	CHECK_EQ(pmu_overflows(), 0ULL, "%s: overflows", width->name);
	count_both(width, width->before_wrap);
	CHECK_EQ(pmu_overflows(), COUNTER(0) | COUNTER(1), "%s: overflows, from 0x%llx",
		 width->name, width->before_wrap);
	pmu_reset();
}

static void check_each_time(const struct width *width)
{
	unsigned int less = 0, missed = 0;

	for (unsigned int i = 0; i < TIMES; i++) {
		count_both(width, width->before_wrap);
		less += ((pmu_read(0) - width->before_wrap) & width->mask) < LOADS;
		missed += pmu_overflows() != (COUNTER(0) | COUNTER(1));
	}
	CHECK_EQ(less, 0U, "%s: of %u times, MEM_ACCESS below %llu", width->name, TIMES, LOADS);
	CHECK_EQ(missed, 0U, "%s: of %u times, no overflow", width->name, TIMES);
	pmu_reset();
}

static void memory_case(void (*check)(const struct width *), unsigned int which)
{
	needs_counters(2);
	needs_event(PMU_MEM_ACCESS, "MEM_ACCESS");
	if (which)
		needs_long_counters();
	check(&pmu_widths[which]);
}

void memory_accesses_are_counted(void)
{
	memory_case(check_accesses, 0);
}

void memory_accesses_are_counted_in_64_bits(void)
{
	memory_case(check_accesses, 1);
}

void memory_accesses_are_counted_each_time(void)
{
	memory_case(check_each_time, 0);
}

void memory_accesses_are_counted_each_time_in_64_bits(void)
{
	memory_case(check_each_time, 1);
}
