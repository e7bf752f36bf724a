// SPDX-License-Identifier: BSD-2-Clause
/*
 * What EL2 does with the counters: those from MDCR_EL2.HPMN on it keeps for itself, with
 * an enable of their own, and it can keep the others from counting while it runs.
 */
#include <asm/exception.h>
#include "pmu.h"

/* The last one is reserved. Its number. */
static unsigned int reserve_last(u64 bits)
{
	unsigned int last;

	needs_counters(2);
	last = pmu_counters() - 1;
	pmu_set_hyp((pmu_hyp() & ~MDCR_HPMN) | last | bits);
	return last;
}

static void check_reserved(u64 bits, u64 control)
{
	unsigned int last = reserve_last(bits);
	u64 first = pmu_count(0, PMU_CPU_CYCLES, control);
	u64 reserved = pmu_count(last, PMU_CPU_CYCLES, control);

	CHECK_EQ(first != 0, (control & PMCR_E) != 0,
		 "counter 0 with PMCR_EL0.E %llu, HPME %u counts", control & PMCR_E, bits != 0);
	CHECK_EQ(reserved != 0, bits != 0,
		 "counter %u, with HPMN as much, PMCR_EL0.E %llu, HPME %u counts", last,
		 control & PMCR_E, bits != 0);
	pmu_begin();
}

void reserved_counters_have_their_own_enable(void)
{
	check_reserved(0, 0);
	check_reserved(0, PMCR_E);
	check_reserved(MDCR_HPME, 0);
	check_reserved(MDCR_HPME, PMCR_E);
}

/* EL0 sees what EL1 would: where EL2 runs, no EL1 does. */
void reserved_counters_are_hidden(void)
{
	unsigned int last = reserve_last(0);
	u64 control = 0;

	pmu_allow_user(PMU_USER_EN);
	REQUIRE_EQ(pmu_el0_run(EL0_READ_CONTROL, 0, &control), EC_SVC, "a read of PMCR_EL0 at EL0");
	CHECK_EQ((unsigned int)(control >> 11 & 0x1f), last, "PMCR_EL0.N at EL0, of HPMN");
	CHECK_EQ(pmu_counters(), last + 1, "PMCR_EL0.N at EL2");
	pmu_begin();
}

/* The level that the interrupt controller sees, by the flag and the enables alone. */
void reserved_counters_interrupt_by_their_own_enable(void)
{
	static struct overflows overflows;
	unsigned int last = reserve_last(MDCR_HPME);

	pmu_overflows_request(&overflows, 0);
	pmu_set_write(PMU_SET_INTERRUPT, false, COUNTER(last));
	pmu_set_write(PMU_SET_OVERFLOW, false, COUNTER(last));
	CHECK(pmu_overflows_came(&overflows),
	      "counter %u has overflowed, HPME is set and PMCR_EL0.E not: INTID %u", last,
	      overflows.intid);
	pmu_overflows_release(&overflows);
	pmu_begin();
}

void event_counting_at_el2_is_prohibited(void)
{
	unsigned int last;

	if (pmu_version() < PMU_V3P1)
		SKIP("ID_AA64DFR0_EL1.PMUVer is %u: no MDCR_EL2.HPMD", pmu_version());
	last = reserve_last(MDCR_HPMD | MDCR_HPME);
	CHECK_EQ(pmu_count(0, PMU_CPU_CYCLES, PMCR_E), 0ULL, "counter 0 at EL2 with MDCR_EL2.HPMD");
	CHECK_NE(pmu_count(last, PMU_CPU_CYCLES, PMCR_E), 0ULL, "counter %u, which is EL2's", last);
	CHECK_NE(pmu_count(PMU_CYCLES, 0, PMCR_E | PMCR_LC), 0ULL, "cycle counter");
	CHECK_EQ(pmu_count(PMU_CYCLES, 0, PMCR_E | PMCR_LC | PMCR_DP), 0ULL,
		 "cycle counter with PMCR_EL0.DP");
	pmu_begin();
}

void cycle_counting_at_el2_is_prohibited(void)
{
	if (pmu_version() < PMU_V3P5)
		SKIP("ID_AA64DFR0_EL1.PMUVer is %u: no MDCR_EL2.HCCD", pmu_version());
	pmu_begin();
	pmu_set_hyp(pmu_hyp() | MDCR_HCCD);
	CHECK_EQ(pmu_count(PMU_CYCLES, 0, PMCR_E | PMCR_LC), 0ULL,
		 "cycle counter at EL2 with MDCR_EL2.HCCD");
	CHECK_NE(pmu_count(0, PMU_CPU_CYCLES, PMCR_E), 0ULL, "event counter 0");
	pmu_begin();
}
