// SPDX-License-Identifier: BSD-2-Clause
/*
 * CHAIN: an odd counter counts the overflows, at 32 bits, of the even one below it. The
 * two are one counter of 64 bits then, of which each half keeps its own enable and its
 * own overflow.
 */
#include "pmu.h"

#define BOTH	(COUNTER(0) | COUNTER(1))
#define END_32	0xffffffffULL

static void pair(u64 event, u64 low, u64 high, u64 enabled)
{
	pmu_begin();
	pmu_set_type(0, event);
	pmu_set_type(1, PMU_CHAIN);
	pmu_write(0, low);
	pmu_write(1, high);
	pmu_enable(enabled);
}

static void check_pair(const char *what, u64 high, u64 flags)
{
	CHECK_EQ(pmu_read(1) & END_32, high, "counter 1, %s", what);
	CHECK_EQ(pmu_overflows(), flags, "overflows, %s", what);
}

static void needs_chain(void)
{
	needs_counters(2);
	needs_event(PMU_CHAIN, "CHAIN");
}

void chained_counters_count(void)
{
	needs_chain();
	pair(PMU_CPU_CYCLES, 0, 0, BOTH);
	pmu_loop(PMCR_E, TURNS);
	check_pair("counter 0 far from its end", 0, 0);
	pair(PMU_CPU_CYCLES, BEFORE_WRAP_32, 1, BOTH);
	pmu_loop(PMCR_E, 16 * TURNS);
	check_pair("counter 0 over its end", 2, COUNTER(0));
	pair(PMU_CPU_CYCLES, BEFORE_WRAP_32, END_32, BOTH);
	pmu_loop(PMCR_E, 16 * TURNS);
	check_pair("both over their end", 0, BOTH);
	pmu_reset();
}

void chained_software_increments_count(void)
{
	needs_chain();
	pair(PMU_SW_INCR, 0, 0, BOTH);
	pmu_set_control(PMCR_E);
	pmu_software_increment(BOTH);
	check_pair("counter 0 at 0, one write", 0, 0);
	pmu_write(0, END_32);
	pmu_software_increment(COUNTER(0));
	check_pair("counter 0 over its end", 1, COUNTER(0));
	pmu_write(0, END_32);
	pmu_write(1, END_32);
	pmu_software_increment(COUNTER(0));
	check_pair("both over their end", 0, BOTH);
	CHECK_EQ(pmu_read(0) & END_32, 0ULL, "counter 0");
	pmu_reset();
}

/* What an emulation folds into one counter of 64 bits, and has to take apart again. */
void chain_comes_and_goes(void)
{
	needs_chain();
	pair(PMU_SW_INCR, END_32, 7, COUNTER(0));
	pmu_set_control(PMCR_E);
	pmu_software_increment(COUNTER(0));
	check_pair("which is not enabled", 7, COUNTER(0));
	pmu_enable(COUNTER(1));
	pmu_write(0, END_32);
	pmu_software_increment(COUNTER(0));
	check_pair("enabled since", 8, COUNTER(0));
	pmu_set_type(1, PMU_SW_INCR);
	pmu_write(0, END_32);
	pmu_software_increment(COUNTER(0));
	check_pair("of another event since", 8, COUNTER(0));
	pmu_set_type(1, PMU_CHAIN);
	pmu_disable(COUNTER(0));
	pmu_write(0, END_32);
	pmu_software_increment(COUNTER(0));
	check_pair("counter 0 not enabled", 8, COUNTER(0));
	CHECK_EQ(pmu_read(0) & END_32, END_32, "counter 0, not enabled");
	pmu_reset();
}
