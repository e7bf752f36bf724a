// SPDX-License-Identifier: BSD-2-Clause
/*
 * The CPUs beside the first: that those described run and are who they are said
 * to be, that they are set up like the boot CPU, how firmware starts them, and
 * that calls reach them and come back, or are given up in time.
 */
#include "smp.h"

static const struct test_case smp_cases[] = {
	TEST_CASE(described_cpus_run, .mmu = TEST_MMU_ANY,
		  .spec = "Devicetree 0.4 3.8; ACPI 6.5 5.2.12.14",
		  .hint = "a CPU is described that is not there, or firmware cannot start it: "
			  "the error above names it"),
	TEST_CASE(boot_cpu_is_described, .mmu = TEST_MMU_ANY,
		  .spec = "Devicetree 0.4 3.8.1 reg; ACPI 6.5 5.2.12.14 MPIDR",
		  .hint = "the tables were written for another machine, or reg lacks affinity "
			  "fields"),
	TEST_CASE(mpidrs_are_as_described, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D19.2.101 MPIDR_EL1; DEN0022F CPU_ON target_cpu",
		  .hint = "firmware starts another CPU than the one asked for"),
	TEST_CASE(id_registers_are_equal, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D19.2",
		  .hint = "firmware hides features on some CPUs, or cores of a kind are of "
			  "different revisions"),
	TEST_CASE(control_registers_are_equal, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D19.2",
		  .hint = "a register that reset leaves unknown and nobody set on this CPU"),
	TEST_CASE(exception_levels_are_equal, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .spec = "DEN0022F 6.4.3 exception level of CPU_ON",
		  .hint = "firmware starts secondaries at another exception level"),
	TEST_CASE(counters_agree, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D11.1.2",
		  .hint = "CNTVOFF_EL2 or CNTFRQ_EL0 differs: firmware sets it on the boot CPU "
			  "only"),
	TEST_CASE(call_reaches_one, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .hint = "requests of one CPU are read by another",
		  .spec = "include/core/cpu.h"),
	TEST_CASE(call_reaches_some, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .hint = "a call goes to CPUs that were not meant",
		  .spec = "include/core/cpu.h"),
	TEST_CASE(call_reaches_all, .mmu = TEST_MMU_ANY,
		  .hint = "a CPU runs nothing, or the same twice",
		  .spec = "include/core/cpu.h"),
	TEST_CASE(calls_run_side_by_side, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .hint = "memory is not shared between CPUs, or one waits for another",
		  .spec = "include/core/cpu.h"),
	TEST_CASE(stacks_are_their_own, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .hint = "two CPUs were given one stack",
		  .spec = "include/core/cpu.h"),
	TEST_CASE(exception_comes_back_to_caller, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D1.3",
		  .hint = "VBAR of a secondary, or its own state, is wrong"),
	TEST_CASE(stack_overflow_comes_back_to_caller, .needs = NEED_SMP,
		  .hint = "the guard page below a secondary's stack is mapped",
		  .spec = "include/core/cpu.h"),
	TEST_CASE(misuse_is_refused, .mmu = TEST_MMU_ANY,
		  .hint = "calls are not checked",
		  .spec = "include/core/cpu.h"),
	TEST_CASE(deadline_loses_a_cpu, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .hint = "a call does not end at its deadline",
		  .spec = "include/core/cpu.h"),
	TEST_CASE(lost_cpu_comes_back, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .hint = "a CPU that was late stays lost",
		  .spec = "include/core/cpu.h"),
	TEST_CASE(entry_state_is_as_promised, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .spec = "DEN0022F 6.4 initial core state; Linux arm64 booting",
		  .hint = "firmware hands secondaries over in another state than the boot CPU"),
	TEST_CASE(context_arrives, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .spec = "DEN0022F CPU_ON context_id; Linux arm64 booting, spin-table",
		  .hint = "x0 at the entry is not what CPU_ON was given"),
	TEST_CASE(running_cpu_is_already_on, .needs = NEED_SMP | NEED_PSCI, .mmu = TEST_MMU_ANY,
		  .spec = "DEN0022F CPU_ON, AFFINITY_INFO",
		  .hint = "firmware does not keep track of CPUs that it started"),
	TEST_CASE(off_and_on_again, .needs = NEED_SMP | NEED_PSCI, .mmu = TEST_MMU_ANY,
		  .spec = "DEN0022F CPU_OFF, CPU_ON, AFFINITY_INFO", .timeout_ms = 60000,
		  .hint = "a CPU that was switched off does not come again, or firmware says "
			  "that it is off before it is"),
	{}
};
TEST_SUITE(smp, .about = "the CPUs beside the first", .cases = smp_cases);
