// SPDX-License-Identifier: BSD-2-Clause
/* The registers of a PMU as they read back; nothing counts here. */
#include "pmu.h"

#define PMCR_IDENTIFICATION	0xfffff800ULL	/* IMP, IDCODE, N */
#define SET_MASK		0xffffffffULL
/* Readable and writable with every version; NSH only at EL2. */
#define TYPE_BITS		(PMU_TYPE_P | PMU_TYPE_U)

void number_of_counters_is_read_only(void)
{
	u64 before, after;

	pmu_begin();
	before = pmu_control() & PMCR_IDENTIFICATION;
	pmu_set_control(~before & PMCR_IDENTIFICATION);
	after = pmu_control() & PMCR_IDENTIFICATION;
	CHECK_EQ(after, before, "PMCR_EL0: IMP, IDCODE, N after a write of others");
	pmu_reset();
}

/* Events below 0x40 read back as they were written, counted or not. */
static u64 type_of(unsigned int n)
{
	return (n + 1) | (n % 2 ? PMU_TYPE_P : PMU_TYPE_U);
}

static void check_types(const char *how, u64 (*read)(unsigned int), unsigned int flip)
{
	const u64 mask = TYPE_BITS | 0x3f;

	for (unsigned int n = 0; n < pmu_counters(); n++)
		CHECK_EQ(read(n) & mask, type_of(n ^ flip), "event counter %u, %s", n, how);
}

/* All of them are written before the first is read: none may stand for another. */
void counters_keep_their_type(void)
{
	needs_counters(1);
	for (unsigned int n = 0; n < pmu_counters(); n++)
		pmu_set_raw_type(n, type_of(n));
	check_types("PMEVTYPER<n>_EL0, written there", pmu_type, 0);
	check_types("PMXEVTYPER_EL0, written by PMEVTYPER<n>_EL0", pmu_selected_type, 0);
	for (unsigned int n = 0; n < pmu_counters(); n++)
		pmu_set_selected_type(n, type_of(n ^ 1));
	check_types("PMEVTYPER<n>_EL0, written by PMXEVTYPER_EL0", pmu_type, 1);
	pmu_set_selected_type(PMU_CYCLES, PMU_TYPE_U);
	CHECK_EQ(pmu_type(PMU_CYCLES) & TYPE_BITS, PMU_TYPE_U,
		 "PMCCFILTR_EL0, written by PMXEVTYPER_EL0 with PMSELR_EL0.SEL 31");
	pmu_set_raw_type(PMU_CYCLES, PMU_TYPE_P);
	CHECK_EQ(pmu_selected_type(PMU_CYCLES) & TYPE_BITS, PMU_TYPE_P,
		 "PMXEVTYPER_EL0 with PMSELR_EL0.SEL 31, written by PMCCFILTR_EL0");
	pmu_reset();
}

static u64 value_of(unsigned int n)
{
	return 0x9e3779b97f4a7c15ULL * (n + 1);
}

static void check_values(const char *how, u64 (*read)(unsigned int), unsigned int flip)
{
	u64 mask = pmu_version() >= PMU_V3P5 ? ~0ULL : 0xffffffff;

	for (unsigned int n = 0; n < pmu_counters(); n++)
		CHECK_EQ(read(n) & mask, value_of(n ^ flip) & mask, "event counter %u, %s", n, how);
}

void counters_keep_their_value(void)
{
	needs_counters(1);
	for (unsigned int n = 0; n < pmu_counters(); n++)
		pmu_write(n, value_of(n));
	pmu_write(PMU_CYCLES, value_of(PMU_CYCLES));
	check_values("PMEVCNTR<n>_EL0, written there", pmu_read, 0);
	check_values("PMXEVCNTR_EL0, written by PMEVCNTR<n>_EL0", pmu_selected_read, 0);
	for (unsigned int n = 0; n < pmu_counters(); n++)
		pmu_selected_write(n, value_of(n ^ 1));
	check_values("PMEVCNTR<n>_EL0, written by PMXEVCNTR_EL0", pmu_read, 1);
	CHECK_EQ(pmu_read(PMU_CYCLES), value_of(PMU_CYCLES), "PMCCNTR_EL0");
	pmu_reset();
}

static void check_set(enum pmu_set set, const char *name)
{
	u64 all = CYCLES | (COUNTER(pmu_counters()) - 1), left = all;

	pmu_set_write(set, false, SET_MASK);
	CHECK_EQ(pmu_set_read(set, false) & SET_MASK, all, "PM%sSET after a write of all", name);
	CHECK_EQ(pmu_set_read(set, true) & SET_MASK, all, "PM%sCLR after all were set", name);
	for (unsigned int n = 0; n < PMU_COUNTERS; n += 2) {
		pmu_set_write(set, true, COUNTER(n));
		left &= ~COUNTER(n);
	}
	CHECK_EQ(pmu_set_read(set, false) & SET_MASK, left, "PM%sSET, even counters cleared", name);
	pmu_set_write(set, true, SET_MASK);
	CHECK_EQ(pmu_set_read(set, true) & SET_MASK, 0ULL, "PM%sCLR after all were cleared", name);
}

/* One by one, with PMCR_EL0.E clear: nothing counts, and no interrupt is asked for. */
void sets_have_a_bit_for_each_counter(void)
{
	pmu_begin();
	check_set(PMU_SET_ENABLE, "CNTEN");
	check_set(PMU_SET_INTERRUPT, "INTEN");
	check_set(PMU_SET_OVERFLOW, "OVS");
	pmu_reset();
}

static void fill(void)
{
	pmu_write(0, 100);
	pmu_write(PMU_CYCLES, 200);
}

void resets_clear_only_their_own(void)
{
	needs_counters(1);
	pmu_set_write(PMU_SET_OVERFLOW, false, CYCLES | COUNTER(0));
	fill();
	pmu_set_control(PMCR_P);
	CHECK_EQ(pmu_read(0), 0ULL, "event counter 0 after PMCR_EL0.P");
	CHECK_EQ(pmu_read(PMU_CYCLES), 200ULL, "cycle counter after PMCR_EL0.P");
	fill();
	pmu_set_control(PMCR_C);
	CHECK_EQ(pmu_read(0), 100ULL, "event counter 0 after PMCR_EL0.C");
	CHECK_EQ(pmu_read(PMU_CYCLES), 0ULL, "cycle counter after PMCR_EL0.C");
	CHECK_EQ(pmu_control() & (PMCR_P | PMCR_C), 0ULL, "PMCR_EL0: P and C");
	CHECK_EQ(pmu_overflows(), CYCLES | COUNTER(0), "overflows after both");
	pmu_reset();
}
