// SPDX-License-Identifier: BSD-2-Clause
/* What a PMU says of itself: its version, its counters, its events. */
#include <drivers/discovery.h>
#include "pmu.h"

/* Of machines that describe themselves by ACPI those of BSA are meant. */
void counters_are_enough(void)
{
	bool bsa = discovery_uses(SOURCE_ACPI);
	unsigned int least = bsa ? 4 : 2;

	CHECK_GE(pmu_counters(), least, "PMCR_EL0.N, at the least for %s",
		 bsa ? "a machine of BSA" : "chained counters");
}

static void check_event(unsigned int event, const char *name)
{
	CHECK(pmu_has_event(event), "event 0x%x (%s): PMCEID%u_EL0 is 0x%llx", event, name,
	      event / 32, pmu_event_ids(event / 32));
}

void required_events_are_there(void)
{
	check_event(PMU_SW_INCR, "SW_INCR");
	check_event(PMU_CPU_CYCLES, "CPU_CYCLES");
	CHECK(pmu_has_event(PMU_INST_RETIRED) || pmu_has_event(PMU_INST_SPEC),
	      "neither event 0x%x (INST_RETIRED) nor 0x%x (INST_SPEC): PMCEID0_EL0 is 0x%llx",
	      PMU_INST_RETIRED, PMU_INST_SPEC, pmu_event_ids(0));
	if (pmu_version() < PMU_V3P1)
		return;
	check_event(PMU_STALL_FRONTEND, "STALL_FRONTEND");
	check_event(PMU_STALL_BACKEND, "STALL_BACKEND");
}

void cache_and_branch_events_are_there(void)
{
	check_event(PMU_L1D_CACHE_REFILL, "L1D_CACHE_REFILL");
	check_event(PMU_L1D_CACHE, "L1D_CACHE");
	check_event(PMU_BR_MIS_PRED, "BR_MIS_PRED");
	check_event(PMU_BR_PRED, "BR_PRED");
}

/* The upper halves tell of events from 0x4000 on, which came with FEAT_PMUv3p1. */
void event_bits_fit_the_version(void)
{
	for (unsigned int n = 0; n < 2; n++) {
		u64 ids = pmu_event_ids(n), mask = pmu_version() < PMU_V3P1 ? 0xffffffff : ~0ULL;

		CHECK_EQ(ids & ~mask, 0ULL, "PMCEID%u_EL0[63:32] with PMUVer %u", n, pmu_version());
	}
}
