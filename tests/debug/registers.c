// SPDX-License-Identifier: BSD-2-Clause
/* How many registers there are, that they keep what is written, and what keeps all of it away. */
#include <base/util.h>
#include <core/cpu.h>
#include <asm/cpu.h>
#include "debug.h"

/* An address in the lower half, whatever its bits are: those above must equal bit 48 or so. */
#define ADDRESS(n)	(0x0000123456789a00ULL + (u64)(n) * 0x101010)

void numbers_are_sane(void)
{
	u64 version = read_sysreg(ID_AA64DFR0_EL1) & 0xf;

	CHECK_GE(version, 6ULL, "ID_AA64DFR0_EL1.DebugVer");
	CHECK_GE(arch_debug_breakpoints(), 2U, "ID_AA64DFR0_EL1.BRPs + 1");
	CHECK_GE(arch_debug_watchpoints(), 2U, "ID_AA64DFR0_EL1.WRPs + 1");
	CHECK_LE(arch_debug_context_breakpoints(), arch_debug_breakpoints(),
		 "ID_AA64DFR0_EL1.CTX_CMPs + 1");
}

/* All at once, so that one register that is another's alias shows; E stays 0. */
static void fill(struct arch_debug_state *state)
{
	for (unsigned int i = 0; i < DEBUG_REGISTERS; i++) {
		state->break_value[i] = ADDRESS(i);
		state->break_control[i] = BREAK_INSN | BREAK_ADDRESS | DEBUG_EL0;
		state->watch_value[i] = ADDRESS(i) + 0x8000;
		state->watch_control[i] = WATCH_BYTES(1 << i % 8) | WATCH_LOADS | DEBUG_EL0;
	}
}

void registers_keep_their_values(void)
{
	struct arch_debug_state want = { 0 };
	u64 value, control;

	fill(&want);
	debug_open();
	arch_debug_load(&want);
	for (unsigned int i = 0; i < arch_debug_breakpoints(); i++) {
		arch_debug_get_breakpoint(i, &value, &control);
		CHECK_EQ(value, want.break_value[i], "DBGBVR%u_EL1", i);
		CHECK_EQ(control, want.break_control[i], "DBGBCR%u_EL1", i);
	}
	for (unsigned int i = 0; i < arch_debug_watchpoints(); i++) {
		arch_debug_get_watchpoint(i, &value, &control);
		CHECK_EQ(value, want.watch_value[i], "DBGWVR%u_EL1", i);
		CHECK_EQ(control, want.watch_control[i], "DBGWCR%u_EL1", i);
	}
	debug_close();
}

/* Whoever powers a CPU down saves the registers behind this lock. */
void os_lock_keeps_exceptions_away(void)
{
	struct debug_log log = { 0 };

	debug_open();
	arch_debug_set_breakpoint(0, (u64)code_nops_at,
				  DEBUG_E | BREAK_INSN | debug_level_control(LEVEL_OWN));
	arch_debug_set_os_lock(true);
	debug_call_nops(&log, MDSCR_MDE | MDSCR_KDE, LEVEL_OWN, DAIF_D_CLEAR);
	CHECK_EQ(log.count, 0U, "breakpoints with the OS lock locked");
	arch_debug_set_os_lock(false);
	debug_call_nops(&log, MDSCR_MDE | MDSCR_KDE, LEVEL_OWN, DAIF_D_CLEAR);
	CHECK_EQ(log.count, 1U, "breakpoints with the OS lock unlocked");
	debug_close();
}

/*
 * EL2's own debug exceptions come where they are routed to EL2: by TDE, or by
 * HCR_EL2.TGE, which stands for it (D2.3).
 */
void el2_takes_what_is_routed_there(void)
{
	bool by_tge = cpu_runs_vhe();
	struct debug_log log = { 0 };

	debug_open();
	arch_debug_set_breakpoint(0, (u64)code_nops_at, DEBUG_E | BREAK_INSN | DEBUG_EL2);
	arch_debug_route_to_el2(false);
	debug_call_nops(&log, MDSCR_MDE | MDSCR_KDE, LEVEL_OWN, DAIF_D_CLEAR);
	CHECK_EQ(log.count, by_tge ? 1U : 0U, "breakpoints at EL2 without MDCR_EL2.TDE");
	arch_debug_route_to_el2(true);
	debug_call_nops(&log, MDSCR_MDE | MDSCR_KDE, LEVEL_OWN, DAIF_D_CLEAR);
	CHECK_EQ(log.count, 1U, "breakpoints at EL2 with MDCR_EL2.TDE");
	debug_close();
}
