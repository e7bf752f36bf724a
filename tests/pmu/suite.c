// SPDX-License-Identifier: BSD-2-Clause
/*
 * The performance monitors of each CPU (FEAT_PMUv3, DDI0487J.a D19): what profilers, and
 * schedulers that look at a CPU's load, rest on. A counter counts the events it is set to
 * while PMCR_EL0.E and its own bit are set, at the exception levels that its type names,
 * and at no other time; a program of known length comes to a known count. At the end of
 * its 32 or 64 bits it goes on from 0, sets its flag, and the interrupt that the firmware
 * describes for the PMU comes, on that CPU, for as long as the flag is set. What EL2 keeps
 * for itself EL1 neither sees nor starts.
 *
 * Events that a CPU may lack (INST_RETIRED or INST_SPEC, MEM_ACCESS, CHAIN) are asked for
 * in PMCEID0_EL0 and PMCEID1_EL0 first; counters of 64 bits came with FEAT_PMUv3p5.
 */
#include "pmu.h"

static u64 hyp;			/* MDCR_EL2 before the suite */

void pmu_begin(void)
{
	if (cpu_current_el() == 2 && cpu_this() == 0 && pmu_hyp() != hyp)
		pmu_set_hyp(hyp);
	pmu_reset();
	/* Counts at the level run at, as event counters do from pmu_set_type() on. */
	pmu_set_type(PMU_CYCLES, 0);
}

void needs_counters(unsigned int n)
{
	pmu_begin();
	if (pmu_counters() < n)
		SKIP("PMCR_EL0.N is %u: no %u event counters", pmu_counters(), n);
}

void needs_event(unsigned int event, const char *name)
{
	if (!pmu_has_event(event))
		SKIP("PMCEID%u_EL0 is 0x%llx: no event 0x%x (%s)", event / 32,
		     pmu_event_ids(event / 32), event, name);
}

void needs_long_counters(void)
{
	if (pmu_version() < PMU_V3P5)
		SKIP("ID_AA64DFR0_EL1.PMUVer is %u: no event counters of 64 bits", pmu_version());
}

static int pmu_init(void)
{
	if (!pmu_version())
		SKIP("ID_AA64DFR0_EL1.PMUVer: no PMUv3");
	if (cpu_current_el() == 2)
		hyp = pmu_hyp();
	return 0;
}

static void reset(void *unused)
{
	(void)unused;
	if (pmu_version())
		pmu_reset();
}

static void pmu_exit(void)
{
	if (!pmu_version())
		return;
	pmu_begin();
	cpu_call_others(reset, NULL, CPU_CALL_TIMEOUT_US);
	pmu_el0_unmap();
}

#define PMCR	"DDI0487J.a D19 PMCR_EL0"
#define EVENTS	"DDI0487J.a PMU events "

static const struct test_case pmu_cases[] = {
	TEST_CASE(counters_are_enough, .all_cpus = true, .spec = "BSA B_PE_09; " PMCR ".N",
		  .hint = "a hypervisor or EL3 keeps counters back (MDCR_EL2.HPMN), or has none "
			  "to give"),
	TEST_CASE(required_events_are_there, .all_cpus = true, .spec = EVENTS "required events",
		  .hint = "an emulation without the event, as QEMU's INST_RETIRED without -icount"),
	TEST_CASE(cache_and_branch_events_are_there, .spec = EVENTS "required events",
		  .hint = "an emulation that has no caches and predicts no branches"),
	TEST_CASE(event_bits_fit_the_version, .spec = "DDI0487J.a D19 PMCEID0_EL0, PMCEID1_EL0",
		  .hint = "ID_AA64DFR0_EL1.PMUVer and PMCEID0_EL0 are of different PMUs"),
	TEST_CASE(number_of_counters_is_read_only, .spec = PMCR " IMP, IDCODE, N",
		  .hint = "a hypervisor keeps PMCR_EL0 in memory and masks no write"),
	TEST_CASE(counters_keep_their_type, .spec = "DDI0487J.a D19 PMEVTYPER<n>_EL0, "
		  "PMXEVTYPER_EL0, PMSELR_EL0",
		  .hint = "two counters share a register, or PMSELR_EL0 selects another one"),
	TEST_CASE(counters_keep_their_value, .spec = "DDI0487J.a D19 PMEVCNTR<n>_EL0, "
		  "PMXEVCNTR_EL0, PMCCNTR_EL0",
		  .hint = "two counters share a register, or a stopped one counts"),
	TEST_CASE(sets_have_a_bit_for_each_counter, .spec = "DDI0487J.a D19 PMCNTENSET_EL0, "
		  "PMINTENSET_EL1, PMOVSSET_EL0 and their CLR",
		  .hint = "a bit of a counter that there is not can be set, or one that there is "
			  "cannot"),
	TEST_CASE(resets_clear_only_their_own, .spec = PMCR ".P, .C",
		  .hint = "PMCR_EL0.P clears the cycle counter, or C the event counters"),
	TEST_CASE(cycle_counter_is_monotonic, .all_cpus = true,
		  .spec = "DDI0487J.a D19 PMCCNTR_EL0",
		  .hint = "a hypervisor takes the counter from a clock that was set back, or the "
			  "counter stands still"),
	TEST_CASE(cycles_per_instruction_are_plausible, .spec = "DDI0487J.a D19 PMCCNTR_EL0",
		  .hint = "the counter counts another clock than the core's"),
	TEST_CASE(cycle_counter_divides_by_64, .spec = PMCR ".D",
		  .hint = "the divider is left out, or works with PMCR_EL0.LC as well"),
	TEST_CASE(every_counter_counts_cycles, .all_cpus = true, .spec = EVENTS "CPU_CYCLES",
		  .hint = "an event counter is not there, or its event has another clock"),
	TEST_CASE(instructions_are_counted, .spec = EVENTS "INST_RETIRED",
		  .hint = "instructions are estimated, or those of a level above count, too"),
	TEST_CASE(events_count_what_runs, .spec = EVENTS "common events",
		  .hint = "PMCEID0_EL0 tells of an event that nothing feeds"),
	TEST_CASE(unimplemented_event_counts_nothing,
		  .spec = "DDI0487J.a D19 PMEVTYPER<n>_EL0.evtCount",
		  .hint = "an event is counted that PMCEID0_EL0 does not tell of"),
	TEST_CASE(stopped_counters_stand_still, .spec = PMCR ".E; DDI0487J.a D19 PMCNTENSET_EL0",
		  .hint = "one of the two enables has no effect"),
	TEST_CASE(cycle_counter_wraps_where_it_is_told, .spec = PMCR ".LC; DDI0487J.a D19 "
		  "PMOVSSET_EL0.C",
		  .hint = "PMCR_EL0.LC has no effect, or the overflow is lost"),
	TEST_CASE(counters_wrap_at_32_bits, .spec = "DDI0487J.a D19 PMOVSSET_EL0",
		  .hint = "an overflow is lost, or another counter's flag is set"),
	TEST_CASE(counters_wrap_at_64_bits, .spec = PMCR ".LP",
		  .hint = "PMCR_EL0.LP has no effect: event counters overflow at 32 bits"),
	TEST_CASE(memory_accesses_are_counted, .spec = EVENTS "MEM_ACCESS",
		  .hint = "PMCEID0_EL0 tells of MEM_ACCESS, and loads are not counted"),
	TEST_CASE(memory_accesses_are_counted_in_64_bits, .spec = EVENTS "MEM_ACCESS; " PMCR ".LP",
		  .hint = "as in 32 bits, or PMCR_EL0.LP has no effect"),
	TEST_CASE(memory_accesses_are_counted_each_time, .spec = EVENTS "MEM_ACCESS",
		  .hint = "counts are lost when a counter wraps: a hypervisor's counters, set anew "
			  "behind each overflow"),
	TEST_CASE(memory_accesses_are_counted_each_time_in_64_bits,
		  .spec = EVENTS "MEM_ACCESS; " PMCR ".LP",
		  .hint = "counts are lost when a counter wraps"),
	TEST_CASE(software_increments_are_counted, .all_cpus = true,
		  .spec = EVENTS "SW_INCR; DDI0487J.a D19 PMSWINC_EL0",
		  .hint = "a write to PMSWINC_EL0 counts nowhere, or in a counter not named"),
	TEST_CASE(software_increments_need_their_enables,
		  .spec = EVENTS "SW_INCR; DDI0487J.a D19 PMSWINC_EL0",
		  .hint = "PMSWINC_EL0 is emulated without a look at PMCR_EL0.E or PMCNTENSET_EL0"),
	TEST_CASE(software_increments_wrap_at_32_bits, .spec = EVENTS "SW_INCR; DDI0487J.a D19 "
		  "PMOVSSET_EL0",
		  .hint = "the overflow of a software increment is lost, or comes too early"),
	TEST_CASE(software_increments_wrap_at_64_bits, .spec = EVENTS "SW_INCR; " PMCR ".LP",
		  .hint = "software increments overflow at 32 bits in spite of PMCR_EL0.LP"),
	TEST_CASE(chained_counters_count, .spec = EVENTS "CHAIN",
		  .hint = "the overflow of an even counter does not reach the odd one"),
	TEST_CASE(chained_software_increments_count, .spec = EVENTS "CHAIN, SW_INCR",
		  .hint = "software increments are added to the even counter alone"),
	TEST_CASE(chain_comes_and_goes, .spec = EVENTS "CHAIN",
		  .hint = "an emulation keeps a pair chained, or apart, when its types and enables "
			  "change"),
	TEST_CASE(own_level_is_left_out, .spec = "DDI0487J.a D19 PMEVTYPER<n>_EL0, PMCCFILTR_EL0: "
		  "P, NSH",
		  .hint = "the filter by exception level has no effect"),
	TEST_CASE(el0_is_left_out, .spec = "DDI0487J.a D19 PMEVTYPER<n>_EL0.U",
		  .hint = "the filter of EL0 has no effect"),
	TEST_CASE(el0_reaches_what_it_may, .spec = "DDI0487J.a D19 PMUSERENR_EL0",
		  .hint = "EL0 reaches counters that it may not, or is kept from those it may"),
	TEST_CASE(reserved_counters_have_their_own_enable, .needs = NEED_EL2,
		  .spec = "DDI0487J.a D19 MDCR_EL2.HPMN, .HPME",
		  .hint = "PMCR_EL0.E starts counters that EL2 has reserved, or HPME others"),
	TEST_CASE(reserved_counters_are_hidden, .needs = NEED_EL2,
		  .spec = PMCR ".N; DDI0487J.a D19 MDCR_EL2.HPMN",
		  .hint = "PMCR_EL0.N of EL1 and EL0 does not follow MDCR_EL2.HPMN"),
	TEST_CASE(reserved_counters_interrupt_by_their_own_enable, .needs = NEED_EL2 | NEED_IRQ,
		  .spec = "DDI0487J.a D19 MDCR_EL2.HPME",
		  .hint = "the interrupt of reserved counters needs PMCR_EL0.E"),
	TEST_CASE(event_counting_at_el2_is_prohibited, .needs = NEED_EL2,
		  .spec = "DDI0487J.a D19 MDCR_EL2.HPMD; " PMCR ".DP",
		  .hint = "MDCR_EL2.HPMD has no effect, or stops counters that are EL2's"),
	TEST_CASE(cycle_counting_at_el2_is_prohibited, .needs = NEED_EL2,
		  .spec = "DDI0487J.a D19 MDCR_EL2.HCCD",
		  .hint = "MDCR_EL2.HCCD has no effect, or stops event counters, too"),
	TEST_CASE(every_cpu_has_an_interrupt, .needs = NEED_IRQ,
		  .spec = "BSA B_PE_10; binding arm,pmu interrupts, interrupt-affinity; ACPI 6.5 "
			  "5.2.12.14",
		  .hint = "the MADT or the tree leaves out the PMU's interrupt of a CPU, or does "
			  "not say whose an SPI is"),
	TEST_CASE(overflow_interrupts, .needs = NEED_IRQ, .spec = "BSA B_PE_10; DDI0487J.a D19 "
		  "PMINTENSET_EL1",
		  .hint = "the interrupt that is described is not the PMU's, or is not wired"),
	TEST_CASE(long_overflow_interrupts, .needs = NEED_IRQ, .spec = PMCR ".LP; DDI0487J.a D19 "
		  "PMINTENSET_EL1",
		  .hint = "the interrupt comes at 32 bits in spite of PMCR_EL0.LP, or never"),
	TEST_CASE(software_overflow_interrupts, .needs = NEED_IRQ,
		  .spec = EVENTS "SW_INCR; DDI0487J.a D19 PMOVSSET_EL0",
		  .hint = "the interrupt line does not follow flags that software sets"),
	TEST_CASE(chained_overflow_interrupts, .needs = NEED_IRQ, .spec = EVENTS "CHAIN",
		  .hint = "a pair interrupts by its even counter, or not at all"),
	TEST_CASE(overflow_without_its_enable_is_silent, .needs = NEED_IRQ,
		  .spec = "DDI0487J.a D19 PMINTENSET_EL1",
		  .hint = "one counter's overflow interrupts by another one's enable"),
	TEST_CASE(stopped_pmu_is_silent, .needs = NEED_IRQ, .spec = PMCR ".E",
		  .hint = "PMCR_EL0.E does not keep an overflow from interrupting"),
	TEST_CASE(interrupt_follows_the_enable, .needs = NEED_IRQ, .spec = PMCR ".E",
		  .hint = "PMCR_EL0.E is looked at only when another register is written"),
	TEST_CASE(interrupt_lasts_as_long_as_its_overflow, .needs = NEED_IRQ,
		  .spec = "DDI0487J.a D19 PMOVSCLR_EL0; BSA B_PE_10",
		  .hint = "the PMU's line is an edge, or stays up once the overflow is cleared"),
	TEST_CASE(every_cpu_is_interrupted, .needs = NEED_IRQ | NEED_SMP,
		  .spec = "BSA B_PE_10; DDI0487J.a D19 PMINTENSET_EL1", .timeout_ms = 60000,
		  .hint = "a CPU's overflow interrupts another CPU, or none: look at its SPI's "
			  "interrupt-affinity, or its GICC structure"),
	{}
};

TEST_SUITE(pmu, .about = "the performance monitors of the CPUs", .mmu = TEST_MMU_ANY,
	   .init = pmu_init, .exit = pmu_exit, .cases = pmu_cases);
