// SPDX-License-Identifier: BSD-2-Clause
/*
 * The cycle counter of a CPU's performance monitors as a clock: finer than the system
 * counter, and of that CPU alone. It stands still while firmware has it so, and while the
 * CPU sleeps: what it is for is code that runs here.
 */
#include <base/util.h>
#include <drivers/pmu.h>
#include "bench.h"

static u64 read_cycles(void)
{
	return pmu_read(PMU_CYCLES);
}

/* Nobody knows how many there are in a second, nor whether they are alike. */
static u64 no_frequency(void)
{
	return 0;
}

static const struct samples_clock clock = { "PMCCNTR_EL0", "cycles", read_cycles, no_frequency };

const struct samples_clock *bench_cycles_begin(void)
{
	if (!pmu_version())
		return NULL;
	pmu_reset();
	pmu_set_type(PMU_CYCLES, 0);
	pmu_enable(BIT(PMU_CYCLES));
	pmu_set_control(PMCR_E | PMCR_C | PMCR_LC);
	return &clock;
}

void bench_cycles_end(void)
{
	if (pmu_version())
		pmu_reset();
}
