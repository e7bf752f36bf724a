// SPDX-License-Identifier: BSD-2-Clause
/*
 * Breakpoints that compare the context: linked to by others, whose events they let
 * through or not, and alone.
 */
#include <base/util.h>
#include <asm/cpu.h>
#include "debug.h"

#define CONTEXT		0x12345678ULL
#define OTHER		0x12345679ULL

/* The last breakpoint is one of those that can. */
static unsigned int context_breakpoint(void)
{
	return arch_debug_breakpoints() - 1;
}

/* CONTEXTIDR_EL1, by whose name VHE has CONTEXTIDR_EL2: that of the level that runs. */
static void set_context(u64 context)
{
	write_sysreg(context, contextidr_el1);
	__asm__ volatile("isb" ::: "memory");
}

/* Without VHE EL2 has no context: a link to one never lets anything through there. */
static void check_linked(const struct debug_log *log, enum debug_level level, bool same,
			 const char *what)
{
	CHECK_EQ(log->count, same && debug_has_context(level) ? 1U : 0U,
		 "%s at %s, linked to %s context", what, debug_level_name(level),
		 same ? "this" : "another");
}

static void link_to(u64 type, u64 control, u64 context)
{
	arch_debug_set_breakpoint(context_breakpoint(), context,
				  DEBUG_E | BREAK_INSN | type | control);
}

static void linked_breakpoint(u64 type, enum debug_level level, u64 context)
{
	u64 control = debug_level_control(level);
	struct debug_log log = { 0 };

	link_to(type, control, context);
	arch_debug_set_breakpoint(0, debug_nops_address(level),
				  DEBUG_E | BREAK_INSN | BREAK_ADDRESS_LINKED | control |
				  DEBUG_LBN(context_breakpoint()));
	debug_call_nops(&log, ENABLED, level, DAIF_D_CLEAR);
	check_linked(&log, level, context == CONTEXT, "a breakpoint");
}

void linked_breakpoint_compares_context(void)
{
	u64 before = read_sysreg(contextidr_el1);

	debug_el0_prepare();
	debug_open();
	set_context(CONTEXT);
	for (enum debug_level level = LEVEL_OWN; level < LEVELS; level++) {
		linked_breakpoint(BREAK_CONTEXT_LINKED, level, CONTEXT);
		linked_breakpoint(BREAK_CONTEXT_LINKED, level, OTHER);
	}
	set_context(before);
	debug_close();
}

void linked_watchpoint_compares_context(void)
{
	static u64 watched __aligned(8);
	struct debug_arg arg = { .x0 = (u64)&watched, .daif = DAIF_D_CLEAR };
	u64 before = read_sysreg(contextidr_el1), control = debug_level_control(LEVEL_OWN);
	struct debug_log log = { 0 };

	debug_open();
	set_context(CONTEXT);
	arch_debug_set_watchpoint(0, (u64)&watched,
				  DEBUG_E | WATCH_BYTES(0xff) | WATCH_STORES | control |
				  WATCH_LINKED | DEBUG_LBN(context_breakpoint()));
	for (u64 context = CONTEXT; context <= OTHER; context++) {
		link_to(BREAK_CONTEXT_LINKED, control, context);
		debug_call(&log, ENABLED, code_strx, &arg);
		check_linked(&log, LEVEL_OWN, context == CONTEXT, "a watchpoint");
	}
	set_context(before);
	debug_close();
}

void linked_breakpoint_compares_el2_context(void)
{
	u64 before;

	if (!cpu_runs_vhe())
		SKIP("runs without VHE, so that there is no context of EL2's");
	debug_el0_prepare();
	before = read_sysreg(contextidr_el1);
	debug_open();
	set_context(CONTEXT);
	for (enum debug_level level = LEVEL_OWN; level < LEVELS; level++) {
		linked_breakpoint(BREAK_CONTEXT_EL2_LINKED, level, CONTEXT);
		linked_breakpoint(BREAK_CONTEXT_EL2_LINKED, level, OTHER);
	}
	set_context(before);
	debug_close();
}

/* At EL0, where every instruction is in this context: the first is none that runs. */
void context_breakpoint_fires(void)
{
	struct debug_log log = { .once = true };
	u64 before = read_sysreg(contextidr_el1);

	debug_el0_prepare();
	debug_open();
	set_context(CONTEXT);
	link_to(BREAK_CONTEXT, DEBUG_EL0, OTHER);
	debug_call_nops(&log, ENABLED, LEVEL_EL0, DAIF_D_CLEAR);
	CHECK_EQ(log.count, 0U, "in another context");
	link_to(BREAK_CONTEXT, DEBUG_EL0, CONTEXT);
	debug_call_nops(&log, ENABLED, LEVEL_EL0, DAIF_D_CLEAR);
	debug_check_one(&log, LEVEL_EL0, EC_BREAKPOINT_LOWER, debug_nops_address(LEVEL_EL0),
			"in its context");
	set_context(before);
	debug_close();
}
