// SPDX-License-Identifier: BSD-2-Clause
/*
 * Debug registers on the other CPUs: each has its own, and work that moves to another
 * CPU takes what is armed along, as a debugged thread or machine does.
 */
#include <base/util.h>
#include <core/cpu.h>
#include "debug.h"

#define CALL_US		1000000ULL

static u64 word_moved __aligned(8);

/* Written by the boot CPU before the others read it. */
static struct arch_debug_state moving;

static u64 break_control(void)
{
	return DEBUG_E | BREAK_INSN | debug_level_control(LEVEL_OWN);
}

static u64 watch_control(void)
{
	return DEBUG_E | WATCH_BYTES(0xff) | WATCH_STORES | debug_level_control(LEVEL_OWN);
}

static void run_unarmed(void *unused __unused)
{
	struct debug_log log = { 0 };

	debug_open();
	debug_call_nops(&log, ENABLED, LEVEL_OWN, DAIF_D_CLEAR);
	CHECK_EQ(log.count, 0U, "breakpoints of another CPU");
	debug_close();
}

/* Armed on the boot CPU, and there alone. */
void registers_are_each_cpus_own(void)
{
	struct debug_log log = { 0 };
	unsigned int cpu;

	debug_open();
	arch_debug_set_breakpoint(0, (u64)code_nops_at, break_control());
	cpu_for_each_online(cpu)
		if (cpu)
			CHECK_EQ(cpu_call(cpu, run_unarmed, NULL, CALL_US), 0, "CPU %u", cpu);
	debug_call_nops(&log, ENABLED, LEVEL_OWN, DAIF_D_CLEAR);
	debug_check_one(&log, LEVEL_OWN, EC_BREAKPOINT_LOWER, (u64)code_nops_at, "still armed");
	debug_close();
}

/* On whichever CPU the work is now: what was armed elsewhere, read from there. */
static void take_over(struct debug_log *log, void (*fn)(void *arg), u64 x0)
{
	struct debug_arg arg = { .x0 = x0, .daif = DAIF_D_CLEAR };

	debug_open();
	arch_debug_load(&moving);
	debug_call(log, moving.mdscr, fn, &arg);
	debug_close();
}

static void run_nops_moved(void *unused __unused)
{
	struct debug_log log = { 0 };

	take_over(&log, code_nops, 0);
	REQUIRE_EQ(log.count, 2U, "breakpoints on this CPU");
	CHECK_EQ(log.hit[0].elr, (u64)code_nops_at, "breakpoint 0");
	CHECK_EQ(log.hit[1].elr, (u64)code_nops_at + 8, "breakpoint 1");
}

static void run_stores_moved(void *unused __unused)
{
	struct debug_log log = { 0 };

	take_over(&log, code_strx, (u64)&word_moved);
	REQUIRE_EQ(log.count, 1U, "watchpoints on this CPU");
	CHECK_EQ(log.hit[0].class, EC_WATCHPOINT, "ESR 0x%llx", log.hit[0].esr);
	CHECK_EQ(log.hit[0].far, (u64)&word_moved, "FAR");
}

static void run_steps_moved(void *unused __unused)
{
	struct debug_log log = { 0 };

	take_over(&log, code_steps, 0);
	REQUIRE_EQ(log.count, 5U, "steps on this CPU");
	CHECK_EQ(log.hit[0].elr, (u64)code_steps_at + 4, "the first step");
	CHECK_EQ(log.hit[4].elr, (u64)code_steps_at + 24, "the last step");
}

/* The boot CPU arms; then each CPU in turn, and the boot CPU again, does the work. */
static void move_around(void (*work)(void *arg), u64 mdscr)
{
	unsigned int cpu;

	/* Saved with nothing let through: the work unmasks for itself. */
	arch_debug_save(&moving);
	moving.mdscr = mdscr;
	debug_close();
	cpu_for_each_online(cpu)
		CHECK_EQ(cpu_call(cpu, work, NULL, CALL_US), 0, "CPU %u", cpu);
	CHECK_EQ(cpu_call(0, work, NULL, CALL_US), 0, "back on CPU 0");
}

void breakpoints_move_with_their_work(void)
{
	debug_open();
	arch_debug_set_breakpoint(0, (u64)code_nops_at, break_control());
	arch_debug_set_breakpoint(1, (u64)code_nops_at + 8, break_control());
	move_around(run_nops_moved, ENABLED);
}

void watchpoints_move_with_their_work(void)
{
	debug_open();
	arch_debug_set_watchpoint(1, (u64)&word_moved, watch_control());
	move_around(run_stores_moved, ENABLED);
}

void stepping_moves_with_its_work(void)
{
	debug_open();
	move_around(run_steps_moved, MDSCR_SS | MDSCR_KDE);
}
