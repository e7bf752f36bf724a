// SPDX-License-Identifier: BSD-2-Clause
/*
 * Overflow: a counter that passes its end goes on from 0 and sets its bit of
 * PMOVSSET_EL0. The end is at 32 bits, or at 64: of the cycle counter PMCR_EL0.LC says
 * so, of event counters PMCR_EL0.LP, which came with FEAT_PMUv3p5.
 */
#include "pmu.h"

const struct width pmu_widths[2] = {
	{ "32 bits", 0, BEFORE_WRAP_32, 0xffffffff },
	{ "64 bits", PMCR_LP, BEFORE_WRAP_64, ~0ULL },
};

/* Overflows after a loop with the cycle counter from @from on. */
static u64 cycles_from(u64 from, u64 control)
{
	u64 flags;

	pmu_begin();
	pmu_set_type(PMU_CYCLES, 0);
	pmu_write(PMU_CYCLES, from);
	pmu_enable(CYCLES);
	/* Cycles of a fast core may be less than instructions. */
	pmu_loop(PMCR_E | control, 16 * TURNS);
	flags = pmu_overflows();
	CHECK_NE(pmu_read(PMU_CYCLES), from, "PMCCNTR_EL0 after a loop");
	pmu_reset();
	return flags;
}

void cycle_counter_wraps_where_it_is_told(void)
{
	pmu_begin();
	pmu_set_control(0);
	/* RES1 in a CPU without AArch32, in some versions of the architecture. */
	if (!(pmu_control() & PMCR_LC)) {
		CHECK_EQ(cycles_from(BEFORE_WRAP_32, 0), CYCLES, "overflows, from 0x%llx, LC clear",
			 BEFORE_WRAP_32);
		CHECK_EQ(cycles_from(0, 0), 0ULL, "overflows, from 0, LC clear");
	}
	CHECK_EQ(cycles_from(BEFORE_WRAP_32, PMCR_LC), 0ULL, "overflows, from 0x%llx, LC set",
		 BEFORE_WRAP_32);
	CHECK_EQ(cycles_from(BEFORE_WRAP_64, PMCR_LC), CYCLES, "overflows, from 0x%llx, LC set",
		 BEFORE_WRAP_64);
}

/* Counters 0 and 1, the first from just before its end; both count cycles. */
static void check_wrap(const struct width *width)
{
	pmu_begin();
	for (unsigned int n = 0; n < 2; n++)
		pmu_set_type(n, PMU_CPU_CYCLES);
	pmu_write(0, width->before_wrap);
	pmu_enable(COUNTER(0) | COUNTER(1));
	pmu_loop(PMCR_E | width->control, 16 * TURNS);
	CHECK_EQ(pmu_overflows(), COUNTER(0), "%s: overflows; counter 0 is now 0x%llx, from 0x%llx",
		 width->name, pmu_read(0), width->before_wrap);
	CHECK_LT(pmu_read(0) & width->mask, width->before_wrap, "%s: counter 0 has passed its end",
		 width->name);
	CHECK_NE(pmu_read(1), 0ULL, "%s: counter 1, from 0", width->name);
	pmu_clear_overflows(COUNTER(0));
	CHECK_EQ(pmu_overflows(), 0ULL, "%s: overflows once cleared", width->name);
	pmu_reset();
}

void counters_wrap_at_32_bits(void)
{
	needs_counters(2);
	check_wrap(&pmu_widths[0]);
}

void counters_wrap_at_64_bits(void)
{
	needs_counters(2);
	needs_long_counters();
	check_wrap(&pmu_widths[1]);
	pmu_set_type(0, PMU_CPU_CYCLES);
	pmu_write(0, BEFORE_WRAP_32);
	pmu_enable(COUNTER(0));
	pmu_loop(PMCR_E | PMCR_LP, 16 * TURNS);
	CHECK_EQ(pmu_overflows(), 0ULL, "overflows at 32 bits with PMCR_EL0.LP");
	CHECK_GE(pmu_read(0), 0x100000000ULL, "counter 0 behind 32 bits");
	pmu_reset();
}
