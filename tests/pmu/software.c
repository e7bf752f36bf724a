// SPDX-License-Identifier: BSD-2-Clause
/* SW_INCR: a write to PMSWINC_EL0 counts once in each counter that it names. */
#include "pmu.h"

#define BOTH	(COUNTER(0) | COUNTER(1))

static void start(u64 control)
{
	pmu_begin();
	pmu_set_type(0, PMU_SW_INCR);
	pmu_set_type(1, PMU_SW_INCR);
	pmu_enable(BOTH);
	pmu_set_control(control);
}

static void increment(u64 mask, unsigned int times)
{
	while (times--)
		pmu_software_increment(mask);
}

void software_increments_are_counted(void)
{
	needs_counters(2);
	start(PMCR_E);
	increment(COUNTER(0), 10);
	increment(BOTH, 5);
	CHECK_EQ(pmu_read(0), 15ULL, "counter 0, 10 writes for it and 5 for both");
	CHECK_EQ(pmu_read(1), 5ULL, "counter 1, 5 writes for both");
	CHECK_EQ(pmu_overflows(), 0ULL, "overflows");
	pmu_reset();
}

void software_increments_need_their_enables(void)
{
	needs_counters(2);
	start(0);
	increment(BOTH, 5);
	CHECK_EQ(pmu_read(0), 0ULL, "counter 0 without PMCR_EL0.E");
	pmu_disable(COUNTER(0));
	pmu_set_type(1, PMU_CHAIN);
	pmu_set_control(PMCR_E);
	increment(BOTH, 5);
	CHECK_EQ(pmu_read(0), 0ULL, "counter 0 without its bit of PMCNTENSET_EL0");
	CHECK_EQ(pmu_read(1), 0ULL, "counter 1, which counts another event");
	pmu_enable(COUNTER(0));
	increment(BOTH, 5);
	CHECK_EQ(pmu_read(0), 5ULL, "counter 0, both enables set");
	pmu_reset();
}

static void check_wrap(const struct width *width)
{
	start(PMCR_E | width->control);
	pmu_write(0, 0ULL - 5);
	increment(BOTH, 5);
	CHECK_EQ(pmu_read(0) & width->mask, 0ULL, "%s: counter 0, 5 before its end, after 5 writes",
		 width->name);
	CHECK_EQ(pmu_overflows(), COUNTER(0), "%s: overflows", width->name);
	increment(BOTH, 1);
	CHECK_EQ(pmu_read(0) & width->mask, 1ULL, "%s: counter 0, one more", width->name);
	pmu_reset();
}

void software_increments_wrap_at_32_bits(void)
{
	needs_counters(2);
	check_wrap(&pmu_widths[0]);
}

void software_increments_wrap_at_64_bits(void)
{
	needs_counters(2);
	needs_long_counters();
	check_wrap(&pmu_widths[1]);
	start(PMCR_E | PMCR_LP);
	pmu_write(0, 0xffffffff);
	increment(BOTH, 1);
	CHECK_EQ(pmu_read(0), 0x100000000ULL, "counter 0 behind 32 bits");
	CHECK_EQ(pmu_overflows(), 0ULL, "overflows at 32 bits with PMCR_EL0.LP");
	pmu_reset();
}
