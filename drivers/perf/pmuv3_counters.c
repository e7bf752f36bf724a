// SPDX-License-Identifier: BSD-2-Clause
/*
 * The counters of a PMU by their registers (DDI0487J.a D19). Event counters have names of
 * their own, PMEVCNTR<n>_EL0 and PMEVTYPER<n>_EL0, and are also seen through a window,
 * PMXEVCNTR_EL0 and PMXEVTYPER_EL0, that PMSELR_EL0 moves.
 *
 * A write to one of these registers is seen by counting, and by a read through another
 * name, only behind a context synchronization event: each ends in an ISB. A read may be
 * made early, so that one stands before reads of what counts.
 */
#include <base/compiler.h>
#include <base/util.h>
#include <asm/barrier.h>
#include <asm/cpu.h>
#include <asm/sysreg.h>
#include <drivers/pmu.h>

#define EVENT_COUNTERS(X)							\
	X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12)	\
	X(13) X(14) X(15) X(16) X(17) X(18) X(19) X(20) X(21) X(22) X(23) X(24)	\
	X(25) X(26) X(27) X(28) X(29) X(30)

#define PMCR_N(pmcr)	((unsigned int)((pmcr) >> 11 & 0x1f))

/* Planted defects answer here for a CPU that has less, or more. */
__noinline unsigned int pmu_version(void)
{
	unsigned int version = read_sysreg(ID_AA64DFR0_EL1) >> 8 & 0xf;

	return version == 0xf ? 0 : version;
}

__noinline unsigned int pmu_counters(void)
{
	return PMCR_N(pmu_control());
}

__noinline u64 pmu_event_ids(unsigned int n)
{
	return n ? read_sysreg(pmceid1_el0) : read_sysreg(pmceid0_el0);
}

bool pmu_has_event(unsigned int event)
{
	return event < PMU_EVENTS && pmu_event_ids(event / 32) & BIT(event % 32);
}

u64 pmu_control(void)
{
	isb();
	return read_sysreg(pmcr_el0);
}

void pmu_set_control(u64 control)
{
	write_sysreg(control, pmcr_el0);
	isb();
}

static u64 read_type(unsigned int n)
{
	switch (n) {
#define READ_TYPE(n) case n: return read_sysreg(pmevtyper##n##_el0);
	EVENT_COUNTERS(READ_TYPE)
	}
	return read_sysreg(pmccfiltr_el0);
}

static void write_type(unsigned int n, u64 type)
{
	switch (n) {
#define WRITE_TYPE(n) case n: write_sysreg(type, pmevtyper##n##_el0); return;
	EVENT_COUNTERS(WRITE_TYPE)
	}
	write_sysreg(type, pmccfiltr_el0);
}

static u64 read_count(unsigned int n)
{
	switch (n) {
#define READ_COUNT(n) case n: return read_sysreg(pmevcntr##n##_el0);
	EVENT_COUNTERS(READ_COUNT)
	}
	return read_sysreg(pmccntr_el0);
}

static void write_count(unsigned int n, u64 value)
{
	switch (n) {
#define WRITE_COUNT(n) case n: write_sysreg(value, pmevcntr##n##_el0); return;
	EVENT_COUNTERS(WRITE_COUNT)
	}
	write_sysreg(value, pmccntr_el0);
}

u64 pmu_type(unsigned int n)
{
	isb();
	return read_type(n);
}

void pmu_set_raw_type(unsigned int n, u64 type)
{
	write_type(n, type);
	isb();
}

void pmu_set_type(unsigned int n, u64 type)
{
	pmu_set_raw_type(n, cpu_current_el() == 2 ? type | PMU_TYPE_NSH : type);
}

u64 pmu_read(unsigned int n)
{
	isb();
	return read_count(n);
}

void pmu_write(unsigned int n, u64 value)
{
	write_count(n, value);
	isb();
}

static void select_counter(unsigned int n)
{
	write_sysreg(n, pmselr_el0);
	isb();
}

u64 pmu_selected_type(unsigned int n)
{
	select_counter(n);
	return read_sysreg(pmxevtyper_el0);
}

void pmu_set_selected_type(unsigned int n, u64 type)
{
	select_counter(n);
	write_sysreg(type, pmxevtyper_el0);
	isb();
}

u64 pmu_selected_read(unsigned int n)
{
	select_counter(n);
	return read_sysreg(pmxevcntr_el0);
}

void pmu_selected_write(unsigned int n, u64 value)
{
	select_counter(n);
	write_sysreg(value, pmxevcntr_el0);
	isb();
}

u64 pmu_set_read(enum pmu_set set, bool clear)
{
	isb();
	switch (set) {
	case PMU_SET_ENABLE:
		return clear ? read_sysreg(pmcntenclr_el0) : read_sysreg(pmcntenset_el0);
	case PMU_SET_INTERRUPT:
		return clear ? read_sysreg(pmintenclr_el1) : read_sysreg(pmintenset_el1);
	default:
		return clear ? read_sysreg(pmovsclr_el0) : read_sysreg(pmovsset_el0);
	}
}

static void set_bits(enum pmu_set set, u64 mask)
{
	switch (set) {
	case PMU_SET_ENABLE:
		write_sysreg(mask, pmcntenset_el0);
		return;
	case PMU_SET_INTERRUPT:
		write_sysreg(mask, pmintenset_el1);
		return;
	default:
		write_sysreg(mask, pmovsset_el0);
		return;
	}
}

static void clear_bits(enum pmu_set set, u64 mask)
{
	switch (set) {
	case PMU_SET_ENABLE:
		write_sysreg(mask, pmcntenclr_el0);
		return;
	case PMU_SET_INTERRUPT:
		write_sysreg(mask, pmintenclr_el1);
		return;
	default:
		write_sysreg(mask, pmovsclr_el0);
		return;
	}
}

void pmu_set_write(enum pmu_set set, bool clear, u64 mask)
{
	if (clear)
		clear_bits(set, mask);
	else
		set_bits(set, mask);
	isb();
}

void pmu_software_increment(u64 mask)
{
	write_sysreg(mask, pmswinc_el0);
	isb();
}

void pmu_allow_user(u64 what)
{
	write_sysreg(what, pmuserenr_el0);
	isb();
}

u64 pmu_hyp(void)
{
	return read_sysreg(mdcr_el2);
}

void pmu_set_hyp(u64 mdcr)
{
	write_sysreg(mdcr, mdcr_el2);
	isb();
}

/* What of the registers is not there ignores the write: the masks need no N. */
void pmu_reset(void)
{
	const u64 all = 0xffffffff;
	unsigned int n = pmu_counters();

	write_sysreg(0, pmcr_el0);
	isb();
	for (enum pmu_set set = 0; set < PMU_SETS; set++)
		clear_bits(set, all);
	while (n--)
		write_type(n, 0);
	write_type(PMU_CYCLES, 0);
	write_sysreg(0, pmuserenr_el0);
	write_sysreg(PMCR_P | PMCR_C | PMCR_LC, pmcr_el0);
	isb();
}
