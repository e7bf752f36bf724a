// SPDX-License-Identifier: BSD-2-Clause
/* Runs code with debug registers armed, and keeps what came of it. */
#include <base/errno.h>
#include <base/util.h>
#include <core/cpu.h>
#include <asm/cpu.h>
#include <asm/el0.h>
#include "debug.h"

const struct debug_enables debug_enables[DEBUG_ENABLES] = {
	{ "all is enabled", 0, ENABLED, DAIF_D_CLEAR, 1, 1 },
	{ "E of the control register is 0", DEBUG_E, ENABLED, DAIF_D_CLEAR, 0, 0 },
	{ "MDSCR_EL1.MDE is 0", 0, MDSCR_KDE, DAIF_D_CLEAR, 0, 0 },
	{ "MDSCR_EL1.KDE is 0", 0, MDSCR_MDE, DAIF_D_CLEAR, 0, 1 },
	{ "PSTATE.D is 1", 0, ENABLED, DAIF_ALL, 0, 1 },
};

/* Each CPU's own entries. */
static struct debug_log *logs[CONFIG_NR_CPUS];
static u8 opened[CONFIG_NR_CPUS];	/* 1, or 2 where the OS lock was locked */

void debug_open(void)
{
	int locked = arch_debug_begin();

	if (locked == -EBUSY)
		SKIP("an external debugger has the breakpoints (MDSCR_EL1.HDE)");
	opened[cpu_this()] = (u8)(1 + locked);
}

void debug_close(void)
{
	u8 was = opened[cpu_this()];

	opened[cpu_this()] = 0;
	if (was)
		arch_debug_end(was - 1);
}

/*
 * A BRK of code.S: stepping begins or ends behind it. Not earlier: with MDSCR_EL1.SS set
 * and PSTATE.SS clear a step exception pends as soon as PSTATE.D lets it.
 */
static bool switch_stepping(const struct debug_log *log, struct pt_regs *regs, u64 esr)
{
	u64 immediate = ESR_ISS(esr) & 0xffff;

	if (immediate != BRK_STEP_ON && immediate != BRK_STEP_OFF)
		return false;
	regs->pc += 4;
	if (immediate == BRK_STEP_ON)
		regs->pstate |= DEBUG_SPSR_SS;
	else
		regs->pstate &= ~DEBUG_SPSR_SS;
	arch_debug_arm(immediate == BRK_STEP_ON ? log->mdscr : 0);
	return true;
}

static bool is_step(unsigned int class)
{
	return class == EC_STEP || class == EC_STEP_LOWER;
}

static bool is_debug(unsigned int class)
{
	return class >= EC_BREAKPOINT_LOWER && class <= EC_WATCHPOINT;
}

static void go_on(struct debug_log *log, struct pt_regs *regs, unsigned int class)
{
	if (log->once || log->count == DEBUG_HITS) {
		/* Whatever it was does not come again. */
		arch_debug_arm(0);
		regs->pstate &= ~DEBUG_SPSR_SS;
	} else if (log->go_on) {
		log->go_on(log, regs);
	} else if (is_step(class)) {
		regs->pstate |= DEBUG_SPSR_SS;
	} else {
		regs->pc += 4;
	}
}

static bool note(struct pt_regs *regs, struct exception_info *info)
{
	struct debug_log *log = logs[cpu_this()];
	unsigned int class = ESR_EC(info->esr);

	if (!log)
		return false;
	if (class == EC_BRK)
		return switch_stepping(log, regs, info->esr);
	if (!is_debug(class))
		return false;
	if (log->count < DEBUG_HITS)
		log->hit[log->count++] = (struct debug_hit){
			class, info->vector, info->esr, info->elr, info->far, info->spsr,
		};
	go_on(log, regs, class);
	return true;
}

static const struct exception_handler handler = { note };

static void listen(struct debug_log *log)
{
	log->count = 0;
	logs[cpu_this()] = log;
	exception_set_handler(VECTOR_SPX_SYNC, &handler);
	exception_set_handler(VECTOR_LOWER64_SYNC, &handler);
}

static void stop_listening(void)
{
	arch_debug_arm(0);
	exception_set_handler(VECTOR_SPX_SYNC, NULL);
	exception_set_handler(VECTOR_LOWER64_SYNC, NULL);
	logs[cpu_this()] = NULL;
}

void debug_call(struct debug_log *log, u64 mdscr, void (*fn)(void *arg), struct debug_arg *arg)
{
	struct exception_info info = { 0 };
	int ret;

	listen(log);
	log->mdscr = mdscr;
	arch_debug_arm(mdscr & ~MDSCR_SS);
	ret = test_guarded_call(fn, arg, &info, NULL);
	stop_listening();
	REQUIRE_EQ(ret, 0, "ended by an exception: ESR 0x%llx, ELR 0x%llx", info.esr, info.elr);
}

void debug_el0_enter(struct debug_log *log, u64 mdscr, const char *code, u64 x0, u64 pstate)
{
	struct pt_regs regs = {
		.pc = debug_el0_address(code), .x[0] = x0, .pstate = DAIF_ALL | pstate,
	};
	int ret;

	listen(log);
	arch_debug_arm(mdscr);
	ret = arch_el0_call(&regs, &log->end);
	stop_listening();
	REQUIRE_EQ(ret, 0, "%s, ESR 0x%llx", exception_vector_name(log->end.vector), log->end.esr);
}

void debug_el0_call(struct debug_log *log, u64 mdscr, const char *code, u64 x0, u64 pstate)
{
	debug_el0_enter(log, mdscr, code, x0, pstate);
	REQUIRE_EQ(ESR_EC(log->end.esr), EC_SVC, "ELR 0x%llx", log->end.elr);
}

void debug_call_nops(struct debug_log *log, u64 mdscr, enum debug_level level, u64 daif)
{
	struct debug_arg arg = { .daif = daif };

	if (level == LEVEL_EL0)
		debug_el0_call(log, mdscr, el0_nops, 0, 0);
	else
		debug_call(log, mdscr, code_nops, &arg);
}

u64 debug_nops_address(enum debug_level level)
{
	return level == LEVEL_EL0 ? debug_el0_address(el0_nops_at) : (u64)code_nops_at;
}

u64 debug_level_control(enum debug_level level)
{
	if (level == LEVEL_EL0)
		return DEBUG_EL0;
	return cpu_current_el() == 2 ? DEBUG_EL2 : DEBUG_EL1;
}

u64 debug_both_levels_control(void)
{
	return cpu_current_el() == 2 ? DEBUG_ALL_LEVELS : DEBUG_EL0_EL1;
}

const char *debug_level_name(enum debug_level level)
{
	return level == LEVEL_EL0 ? "EL0" : cpu_current_el() == 2 ? "EL2" : "EL1";
}

bool debug_check_one(const struct debug_log *log, enum debug_level level, unsigned int class,
		     u64 elr, const char *what)
{
	const struct debug_hit *hit = &log->hit[0];

	if (!CHECK_EQ(log->count, 1U, "debug exceptions at %s: %s", debug_level_name(level), what))
		return false;
	CHECK_EQ((int)hit->vector,
		 (int)(level == LEVEL_EL0 ? VECTOR_LOWER64_SYNC : VECTOR_SPX_SYNC), "%s: %s", what,
		 exception_vector_name(hit->vector));
	CHECK_EQ(hit->class, debug_class(level, class), "%s, ESR 0x%llx", what, hit->esr);
	/* IFSC or DFSC: debug exception (D19.2.37). */
	CHECK_EQ(ESR_FSC(hit->esr), 0x22U, "%s, ESR 0x%llx", what, hit->esr);
	return CHECK_EQ(hit->elr, elr, "ELR: %s", what);
}

bool debug_has_context(enum debug_level level)
{
	return level == LEVEL_EL0 || cpu_current_el() == 1 || cpu_runs_vhe();
}
