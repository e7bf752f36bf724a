// SPDX-License-Identifier: BSD-2-Clause
/* At which exception levels a counter counts, and what EL0 may do with it. */
#include <asm/exception.h>
#include "pmu.h"

/* The bits that make a counter count at the level run at, and that do not. */
static u64 here(void)
{
	return cpu_current_el() == 2 ? PMU_TYPE_NSH : 0;
}

static u64 elsewhere(void)
{
	return cpu_current_el() == 2 ? 0 : PMU_TYPE_P;
}

static u64 raw_count(unsigned int n, u64 type)
{
	u64 count;

	pmu_begin();
	pmu_set_raw_type(n, type);
	pmu_enable(COUNTER(n));
	pmu_loop(PMCR_E | PMCR_LC, TURNS);
	count = pmu_read(n);
	pmu_reset();
	return count;
}

void own_level_is_left_out(void)
{
	unsigned int el = cpu_current_el();

	needs_counters(1);
	CHECK_NE(raw_count(0, PMU_CPU_CYCLES | here()), 0ULL, "event counter, EL%u included", el);
	CHECK_EQ(raw_count(0, PMU_CPU_CYCLES | elsewhere()), 0ULL, "event counter, EL%u left out",
		 el);
	CHECK_NE(raw_count(PMU_CYCLES, here()), 0ULL, "cycle counter, EL%u included", el);
	CHECK_EQ(raw_count(PMU_CYCLES, elsewhere()), 0ULL, "cycle counter, EL%u left out", el);
}

/* What EL0 alone has counted. */
static u64 el0_count(u64 type)
{
	u64 unused, count;

	pmu_begin();
	pmu_set_raw_type(0, type | elsewhere());
	pmu_enable(COUNTER(0));
	pmu_set_control(PMCR_E);
	REQUIRE_EQ(pmu_el0_run(EL0_LOOP, TURNS, &unused), EC_SVC, "a loop at EL0");
	pmu_set_control(0);
	count = pmu_read(0);
	pmu_reset();
	return count;
}

void el0_is_left_out(void)
{
	needs_counters(1);
	CHECK_NE(el0_count(PMU_CPU_CYCLES), 0ULL, "cycles of EL0 alone");
	CHECK_EQ(el0_count(PMU_CPU_CYCLES | PMU_TYPE_U), 0ULL, "cycles, EL0 left out");
	if (pmu_has_event(PMU_INST_RETIRED))
		CHECK_GE(el0_count(PMU_INST_RETIRED), 2 * TURNS, "instructions of EL0 alone");
}

static const struct {
	const char *what;
	enum el0_code code;
	u64 allowed;		/* by each of these bits of PMUSERENR_EL0 */
} accesses[] = {
	{ "a read of PMCCNTR_EL0", EL0_READ_CYCLES, PMU_USER_EN | PMU_USER_CR },
	{ "a read of PMEVCNTR0_EL0", EL0_READ_COUNTER, PMU_USER_EN | PMU_USER_ER },
	{ "a write of PMSWINC_EL0", EL0_INCREMENT, PMU_USER_EN | PMU_USER_SW },
	{ "a read of PMCR_EL0", EL0_READ_CONTROL, PMU_USER_EN },
};

void el0_reaches_what_it_may(void)
{
	u64 unused;

	needs_counters(1);
	for (unsigned int i = 0; i < ARRAY_SIZE(accesses); i++) {
		for (u64 bit = 0; bit <= PMU_USER_ER; bit = bit ? bit << 1 : 1) {
			unsigned int class = accesses[i].allowed & bit ? EC_SVC : EC_SYSREG;

			pmu_allow_user(bit);
			CHECK_EQ(pmu_el0_run(accesses[i].code, 0, &unused), class,
				 "%s, PMUSERENR_EL0 0x%llx: exception class",
				 accesses[i].what, bit);
		}
	}
	pmu_reset();
}
