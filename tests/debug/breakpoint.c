// SPDX-License-Identifier: BSD-2-Clause
/* Breakpoints on addresses. */
#include <base/util.h>
#include <base/printf.h>
#include "debug.h"

#define TURNS		5ULL

static u64 control_for(enum debug_level level)
{
	return DEBUG_E | BREAK_INSN | BREAK_ADDRESS | debug_level_control(level);
}

/* Each register in turn, on the second of three instructions: before it and once. */
static void each_fires(enum debug_level level)
{
	u64 at = debug_nops_address(level) + 4;
	struct debug_log log = { 0 };

	for (unsigned int i = 0; i < arch_debug_breakpoints(); i++) {
		char what[24];

		snprintf(what, sizeof(what), "breakpoint %u", i);
		arch_debug_set_breakpoint(i, at, control_for(level));
		debug_call_nops(&log, ENABLED, level, DAIF_D_CLEAR);
		arch_debug_set_breakpoint(i, 0, 0);
		debug_check_one(&log, level, EC_BREAKPOINT_LOWER, at, what);
	}
}

void breakpoint_fires(void)
{
	debug_open();
	each_fires(LEVEL_OWN);
	debug_close();
}

void breakpoint_fires_at_el0(void)
{
	debug_el0_prepare();
	debug_open();
	each_fires(LEVEL_EL0);
	debug_close();
}

void breakpoint_needs_each_enable(void)
{
	struct debug_log log = { 0 };

	debug_el0_prepare();
	debug_open();
	for (unsigned int i = 0; i < DEBUG_ENABLES; i++)
		for (enum debug_level level = LEVEL_OWN; level < LEVELS; level++) {
			arch_debug_set_breakpoint(0, debug_nops_address(level),
						  control_for(level) & ~debug_enables[i].control);
			debug_call_nops(&log, debug_enables[i].mdscr, level, debug_enables[i].daif);
			CHECK_EQ(log.count, level == LEVEL_EL0 ? debug_enables[i].el0 : debug_enables[i].own,
				 "at %s, where %s", debug_level_name(level), debug_enables[i].what);
		}
	debug_close();
}

/* One for a level does not fire at the other, one for both does at each. */
void breakpoint_filters_levels(void)
{
	u64 common = DEBUG_E | BREAK_INSN;
	struct debug_log log = { 0 };

	debug_el0_prepare();
	debug_open();
	for (enum debug_level runs = LEVEL_OWN; runs < LEVELS; runs++) {
		u64 at = debug_nops_address(runs);

		for (enum debug_level set = LEVEL_OWN; set < LEVELS; set++) {
			arch_debug_set_breakpoint(1, at, common | debug_level_control(set));
			debug_call_nops(&log, ENABLED, runs, DAIF_D_CLEAR);
			CHECK_EQ(log.count, set == runs ? 1U : 0U, "set for %s, run at %s",
				 debug_level_name(set), debug_level_name(runs));
		}
		arch_debug_set_breakpoint(1, at, common | debug_both_levels_control());
		debug_call_nops(&log, ENABLED, runs, DAIF_D_CLEAR);
		CHECK_EQ(log.count, 1U, "set for both, run at %s", debug_level_name(runs));
	}
	debug_close();
}

/* The first and the last register on two addresses, and one more on an address of theirs. */
void breakpoints_work_together(void)
{
	u64 at = debug_nops_address(LEVEL_OWN), control = control_for(LEVEL_OWN);
	unsigned int last = arch_debug_breakpoints() - 1;
	struct debug_log log = { 0 };

	debug_open();
	arch_debug_set_breakpoint(0, at + 8, control);
	arch_debug_set_breakpoint(last, at, control);
	debug_call_nops(&log, ENABLED, LEVEL_OWN, DAIF_D_CLEAR);
	REQUIRE_EQ(log.count, 2U, "two breakpoints");
	CHECK_EQ(log.hit[0].elr, at, "the first that is reached");
	CHECK_EQ(log.hit[1].elr, at + 8, "the second that is reached");
	arch_debug_set_breakpoint(0, at, control);
	debug_call_nops(&log, ENABLED, LEVEL_OWN, DAIF_D_CLEAR);
	CHECK_EQ(log.count, 1U, "two breakpoints on one instruction");
	debug_close();
}

/* What a debugger does: take the breakpoint out, step, put it back. */
static void step_over(struct debug_log *log, struct pt_regs *regs)
{
	bool at_breakpoint = log->hit[log->count - 1].class == EC_BREAKPOINT;

	arch_debug_set_breakpoint(0, (u64)code_loop_at,
				  at_breakpoint ? 0 : control_for(LEVEL_OWN));
	if (at_breakpoint)
		regs->pstate |= DEBUG_SPSR_SS;
	else
		regs->pstate &= ~DEBUG_SPSR_SS;
	arch_debug_arm(ENABLED | (at_breakpoint ? MDSCR_SS : 0));
}

void breakpoint_is_stepped_over(void)
{
	struct debug_arg arg = { .x0 = TURNS, .daif = DAIF_D_CLEAR };
	struct debug_log log = { .go_on = step_over };

	debug_open();
	arch_debug_set_breakpoint(0, (u64)code_loop_at, control_for(LEVEL_OWN));
	debug_call(&log, ENABLED, code_loop, &arg);
	REQUIRE_EQ(log.count, (unsigned int)(2 * TURNS), "breakpoints and steps of %llu turns",
		   TURNS);
	for (unsigned int i = 0; i < log.count; i++) {
		CHECK_EQ(log.hit[i].class, i % 2 ? EC_STEP : EC_BREAKPOINT, "number %u", i);
		CHECK_EQ(log.hit[i].elr, (u64)code_loop_at + (i % 2 ? 4 : 0), "number %u", i);
	}
	debug_close();
}
