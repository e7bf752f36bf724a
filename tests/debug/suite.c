// SPDX-License-Identifier: BSD-2-Clause
/*
 * Self-hosted debug: breakpoints, watchpoints and software step, as a kernel's
 * debugger uses them on itself and on what runs at EL0 (DDI0487J.a D2). Each is really
 * taken: the class, the address, what ran before it and what did not.
 *
 * They should come exactly where they were asked for, since nothing else shows that a
 * hypervisor that keeps debug registers for its guest gives them back on each CPU and
 * after each exit; a breakpoint that is lost is a debugger that does not stop, one that
 * comes elsewhere is a kernel that dies of it. At EL2 they are the same ones, routed
 * there by MDCR_EL2.TDE or HCR_EL2.TGE, and filtered by levels of their own.
 *
 * The registers are cleared before anything is let through, and behind it: whatever
 * firmware left in them is not armed by us.
 */
#include <base/compiler.h>
#include <core/cpu.h>
#include "debug.h"

#define CALL_US	1000000ULL

static void close_here(void *unused __unused)
{
	debug_close();
}

static void restore(void)
{
	cpu_call_all(close_here, NULL, CALL_US);
	debug_el0_exit();
}

#define BREAK_SPEC	"DDI0487J.a D2.8"
#define WATCH_SPEC	"DDI0487J.a D2.10"
#define STEP_SPEC	"DDI0487J.a D2.12"
#define ENABLE_SPEC	"DDI0487J.a D2.4"
#define HINT_KEPT	"a hypervisor keeps the debug registers back, or gives them to the guest late"

static const struct test_case debug_cases[] = {
	TEST_CASE(numbers_are_sane, .spec = "DDI0487J.a D19.2.59 ID_AA64DFR0_EL1",
		  .hint = "an ID register that a hypervisor made up"),
	TEST_CASE(registers_keep_their_values, .spec = "DDI0487J.a D19.3.2 DBGBCR<n>_EL1",
		  .hint = "a register is another's alias, or its writes are dropped"),
	TEST_CASE(os_lock_keeps_exceptions_away, .spec = "DDI0487J.a D2.5",
		  .hint = "OSLSR_EL1.OSLK has no effect: debug state is lost over a power-down"),
	TEST_CASE(el2_takes_what_is_routed_there, .needs = NEED_EL2, .spec = "DDI0487J.a D2.3",
		  .hint = "MDCR_EL2.TDE or HCR_EL2.TGE has no effect"),
	TEST_CASE(breakpoint_fires, .spec = BREAK_SPEC, .hint = HINT_KEPT),
	TEST_CASE(breakpoint_fires_at_el0, .spec = BREAK_SPEC, .hint = HINT_KEPT),
	TEST_CASE(breakpoint_needs_each_enable, .spec = ENABLE_SPEC,
		  .hint = "a breakpoint comes where it is masked: a kernel without a debugger dies of it"),
	TEST_CASE(breakpoint_filters_levels, .spec = BREAK_SPEC ".2",
		  .hint = "PMC, HMC or SSC of DBGBCR is not looked at"),
	TEST_CASE(breakpoints_work_together, .spec = BREAK_SPEC,
		  .hint = "one breakpoint hides another"),
	TEST_CASE(breakpoint_is_stepped_over, .spec = STEP_SPEC,
		  .hint = "a write of DBGBCR or MDSCR_EL1 takes effect late: a missing context synchronisation"),
	TEST_CASE(linked_breakpoint_compares_context, .spec = BREAK_SPEC ".3",
		  .hint = "the link is ignored: a debugger stops in every process"),
	TEST_CASE(linked_watchpoint_compares_context, .spec = WATCH_SPEC,
		  .hint = "the link is ignored: a debugger stops in every process"),
	TEST_CASE(linked_breakpoint_compares_el2_context, .needs = NEED_EL2,
		  .spec = BREAK_SPEC ".3",
		  .hint = "BT 0b1101 is not known, or compares CONTEXTIDR_EL1"),
	TEST_CASE(context_breakpoint_fires, .spec = BREAK_SPEC ".3",
		  .hint = "BT 0b0010 is not known"),
	TEST_CASE(watchpoint_fires, .spec = WATCH_SPEC, .hint = HINT_KEPT),
	TEST_CASE(watchpoint_fires_at_el0, .spec = WATCH_SPEC, .hint = HINT_KEPT),
	TEST_CASE(watchpoint_needs_each_enable, .spec = ENABLE_SPEC,
		  .hint = "a watchpoint comes where it is masked: a kernel without a debugger dies of it"),
	TEST_CASE(watchpoint_filters_levels, .spec = WATCH_SPEC ".2",
		  .hint = "PAC, HMC or SSC of DBGWCR is not looked at"),
	TEST_CASE(watchpoint_selects_bytes, .spec = WATCH_SPEC ".3",
		  .hint = "BAS is taken for whole words, or an access that begins before the watched bytes is not seen"),
	TEST_CASE(watchpoint_covers_range, .spec = WATCH_SPEC ".3",
		  .hint = "DBGWCR.MASK is off by one, or not looked at"),
	TEST_CASE(watchpoint_tells_loads_from_stores, .spec = "DDI0487J.a D19.2.37 ESR_ELx EC 0x35",
		  .hint = "LSC is not looked at, or ESR_ELx.WnR is the wrong way round"),
	TEST_CASE(watchpoint_sees_each_access, .spec = WATCH_SPEC,
		  .hint = "a kind of access goes past the comparison: pairs, acquire and release, exclusives"),
	TEST_CASE(watchpoint_ignores_hints, .spec = WATCH_SPEC,
		  .hint = "a prefetch or a cache clean counts as an access"),
	TEST_CASE(unprivileged_access_is_el0s, .mmu = TEST_MMU_ON, .spec = WATCH_SPEC,
		  .hint = "LDTR and STTR count as accesses of the kernel's"),
	TEST_CASE(step_is_one_instruction, .spec = STEP_SPEC,
		  .hint = "a step runs none or two instructions, or is lost at a branch"),
	TEST_CASE(step_at_el0, .spec = STEP_SPEC,
		  .hint = "SPSR.SS is lost on the way to EL0"),
	TEST_CASE(step_needs_each_enable, .spec = ENABLE_SPEC,
		  .hint = "MDSCR_EL1.SS, KDE or PSTATE.D is not looked at"),
	TEST_CASE(step_pends_without_ss, .spec = STEP_SPEC,
		  .hint = "an instruction runs before the step that pended"),
	TEST_CASE(step_tells_load_exclusive, .mmu = TEST_MMU_ON,
		  .spec = "DDI0487J.a D19.2.37 ESR_ELx EC 0x33",
		  .hint = "ESR_ELx.EX is wrong: a debugger hangs in every lock it steps through"),
	TEST_CASE(step_of_svc_is_behind_it, .spec = STEP_SPEC ".5",
		  .hint = "PSTATE.SS is not cleared by the SVC: the step behind a system call is lost"),
	TEST_CASE(step_of_fault_is_not_done, .spec = STEP_SPEC ".5",
		  .hint = "PSTATE.SS is cleared by a fault: the instruction is counted without having run"),
	TEST_CASE(step_comes_before_breakpoint, .spec = "DDI0487J.a D1.3.5.5",
		  .hint = "the breakpoint hides the end of the step before it"),
	TEST_CASE(registers_are_each_cpus_own, .needs = NEED_SMP, .spec = "DDI0487J.a D2.8",
		  .hint = "a hypervisor gives all CPUs the debug registers of one"),
	TEST_CASE(breakpoints_move_with_their_work, .needs = NEED_SMP, .spec = BREAK_SPEC,
		  .hint = HINT_KEPT),
	TEST_CASE(watchpoints_move_with_their_work, .needs = NEED_SMP, .spec = WATCH_SPEC,
		  .hint = HINT_KEPT),
	TEST_CASE(stepping_moves_with_its_work, .needs = NEED_SMP, .spec = STEP_SPEC,
		  .hint = HINT_KEPT),
	{}
};

TEST_SUITE(debug, .about = "breakpoints, watchpoints, software step", .mmu = TEST_MMU_ANY,
	   .exit = restore, .cases = debug_cases);
