// SPDX-License-Identifier: BSD-2-Clause
/* Breakpoints, watchpoints and software step, armed before and taken behind. */
#include "migrate.h"
#include "../debug/debug.h"

#define ENABLED		(MDSCR_MDE | MDSCR_KDE)

static u64 watched __aligned(8);

/* Every register as it was, MDSCR_EL1 too: it stays armed over the move, and is masked by PSTATE.D. */
static void move_armed(void)
{
	struct arch_debug_state before, behind;

	arch_debug_arm(ENABLED);
	arch_debug_save(&before);
	test_migrate();
	arch_debug_save(&behind);
	CHECK_MEMEQ(&behind, &before, sizeof(before));
}

void breakpoints_stay(void)
{
	u64 control = DEBUG_E | BREAK_INSN | debug_level_control(LEVEL_OWN);
	unsigned int last = arch_debug_breakpoints() - 1;
	struct debug_log log = { 0 };

	debug_open();
	arch_debug_set_breakpoint(0, (u64)code_nops_at, control);
	arch_debug_set_breakpoint(last, (u64)code_nops_at + 8, control);
	move_armed();
	debug_call_nops(&log, ENABLED, LEVEL_OWN, DAIF_D_CLEAR);
	if (CHECK_EQ(log.count, 2U, "breakpoints at the target")) {
		CHECK_EQ(log.hit[0].elr, (u64)code_nops_at, "breakpoint 0");
		CHECK_EQ(log.hit[1].elr, (u64)code_nops_at + 8, "breakpoint %u", last);
	}
	debug_close();
}

void watchpoints_stay(void)
{
	struct debug_arg arg = { .x0 = (u64)&watched, .daif = DAIF_D_CLEAR };
	unsigned int last = arch_debug_watchpoints() - 1;
	struct debug_log log = { 0 };

	debug_open();
	arch_debug_set_watchpoint(last, (u64)&watched,
				  DEBUG_E | WATCH_BYTES(0xff) | WATCH_STORES |
				  debug_level_control(LEVEL_OWN));
	move_armed();
	debug_call(&log, ENABLED, code_strx, &arg);
	if (CHECK_EQ(log.count, 1U, "watchpoints at the target")) {
		CHECK_EQ(log.hit[0].class, EC_WATCHPOINT, "ESR 0x%llx", log.hit[0].esr);
		CHECK_EQ(log.hit[0].far, (u64)&watched, "FAR");
	}
	debug_close();
}

/* Between the second step and the third, in the handler. */
static void move_then_step(struct debug_log *log, struct pt_regs *regs)
{
	if (log->count == 2)
		test_migrate();
	regs->pstate |= DEBUG_SPSR_SS;
}

void stepping_goes_on(void)
{
	struct debug_arg arg = { .daif = DAIF_D_CLEAR };
	struct debug_log log = { .go_on = move_then_step };

	debug_open();
	debug_call(&log, MDSCR_SS | MDSCR_KDE, code_steps, &arg);
	if (CHECK_EQ(log.count, 5U, "steps before and behind the move"))
		CHECK_EQ(log.hit[4].elr, (u64)code_steps_at + 24, "the last step");
	debug_close();
}
