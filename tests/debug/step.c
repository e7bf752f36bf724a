// SPDX-License-Identifier: BSD-2-Clause
/*
 * Software step. An exception return with SPSR.SS set runs one instruction; then the
 * step exception comes, before the next. With SS clear it comes at once.
 */
#include <base/util.h>
#include "debug.h"

#define STEPPING	(MDSCR_SS | MDSCR_KDE)
#define ISS_EX		BIT(6)		/* a load exclusive was stepped */
#define ISS_ISV		BIT(24)		/* an instruction was stepped, so that EX means something */

/* Instructions from code_steps_at on whose addresses come: the b and the cbz skip none but one. */
static const u8 stepped_to[] = { 4, 8, 16, 20, 24 };

static void check_steps(const struct debug_log *log)
{
	if (!CHECK_EQ(log->count, (unsigned int)ARRAY_SIZE(stepped_to), "steps"))
		return;
	for (unsigned int i = 0; i < log->count; i++) {
		CHECK_EQ(log->hit[i].class, EC_STEP, "step %u", i);
		CHECK_EQ(log->hit[i].elr, (u64)code_steps_at + stepped_to[i], "step %u", i);
		CHECK_EQ(log->hit[i].spsr & DEBUG_SPSR_SS, 0ULL, "SPSR.SS of step %u", i);
		CHECK_EQ(log->hit[i].esr & (ISS_ISV | ISS_EX), ISS_ISV, "ISV and EX of step %u", i);
		CHECK_EQ(ESR_FSC(log->hit[i].esr), 0x22U, "IFSC of step %u", i);
	}
}

void step_is_one_instruction(void)
{
	struct debug_arg arg = { .daif = DAIF_D_CLEAR };
	struct debug_log log = { 0 };

	debug_open();
	debug_call(&log, STEPPING, code_steps, &arg);
	check_steps(&log);
	debug_close();
}

/* KDE and PSTATE.D are no matter there. */
void step_at_el0(void)
{
	struct debug_log log = { 0 };
	u64 at;

	debug_el0_prepare();
	at = debug_el0_address(el0_nops_at);
	debug_open();
	debug_el0_call(&log, MDSCR_SS, el0_nops, 0, DEBUG_SPSR_SS);
	/* Behind each NOP; the SVC ends the call. */
	if (CHECK_EQ(log.count, 3U, "steps"))
		for (unsigned int i = 0; i < log.count; i++) {
			CHECK_EQ((int)log.hit[i].vector, (int)VECTOR_LOWER64_SYNC, "step %u", i);
			CHECK_EQ(log.hit[i].class, EC_STEP_LOWER, "step %u", i);
			CHECK_EQ(log.hit[i].elr, at + 4 * (i + 1), "step %u", i);
		}
	debug_close();
}

void step_needs_each_enable(void)
{
	static const struct {
		const char *what;
		u64 mdscr, daif;
	} without[] = {
		{ "MDSCR_EL1.SS is 0", MDSCR_KDE, DAIF_D_CLEAR },
		{ "MDSCR_EL1.KDE is 0", MDSCR_SS, DAIF_D_CLEAR },
		{ "PSTATE.D is 1", STEPPING, DAIF_ALL },
	};
	struct debug_log log = { 0 };

	debug_open();
	for (unsigned int i = 0; i < ARRAY_SIZE(without); i++) {
		struct debug_arg arg = { .daif = without[i].daif };

		debug_call(&log, without[i].mdscr, code_steps, &arg);
		CHECK_EQ(log.count, 0U, "steps where %s", without[i].what);
	}
	debug_close();
}

/* The first instruction is not run, and no EX is told of it. */
void step_pends_without_ss(void)
{
	struct debug_log log = { .once = true };

	debug_el0_prepare();
	debug_open();
	debug_el0_call(&log, MDSCR_SS, el0_nops, 0, 0);
	if (debug_check_one(&log, LEVEL_EL0, EC_STEP_LOWER, debug_el0_address(el0_nops_at),
			    "a step that pends"))
		CHECK_EQ(log.hit[0].esr & ISS_ISV, 0ULL, "ISV");
	debug_close();
}

/* A debugger must not stop between a load exclusive and its store: it would never succeed. */
void step_tells_load_exclusive(void)
{
	static u64 word __aligned(8);
	struct debug_arg arg = { .x0 = (u64)&word, .daif = DAIF_D_CLEAR };
	struct debug_log log = { 0 };

	debug_open();
	debug_call(&log, STEPPING, code_step_exclusive, &arg);
	if (CHECK_EQ(log.count, 3U, "steps")) {
		CHECK_EQ(log.hit[0].esr & (ISS_ISV | ISS_EX), ISS_ISV | ISS_EX, "LDXR");
		CHECK_EQ(log.hit[1].esr & (ISS_ISV | ISS_EX), ISS_ISV, "CLREX");
		CHECK_EQ(log.hit[2].esr & (ISS_ISV | ISS_EX), ISS_ISV, "LDR");
	}
	debug_close();
}

/*
 * An SVC has been done when its exception comes: SPSR.SS is clear, and back there the
 * step exception comes before anything else.
 */
void step_of_svc_is_behind_it(void)
{
	struct debug_log log = { .once = true };

	debug_el0_prepare();
	debug_open();
	debug_el0_enter(&log, MDSCR_SS, el0_svcs, 0, DEBUG_SPSR_SS);
	CHECK_EQ(log.count, 0U, "steps before the SVC");
	CHECK_EQ(ESR_EC(log.end.esr), EC_SVC);
	CHECK_EQ(log.end.elr, debug_el0_address(el0_svcs_at) + 4, "ELR");
	CHECK_EQ(log.end.spsr & DEBUG_SPSR_SS, 0ULL, "SPSR.SS");
	debug_el0_enter(&log, MDSCR_SS, el0_svcs_at + 4, 0, log.end.spsr);
	debug_check_one(&log, LEVEL_EL0, EC_STEP_LOWER, debug_el0_address(el0_svcs_at) + 4,
			"the step behind the SVC");
	debug_close();
}

/* An instruction that faults has not: SPSR.SS stays set, so that it is stepped once it is mended. */
void step_of_fault_is_not_done(void)
{
	struct debug_log log = { 0 };

	debug_el0_prepare();
	debug_open();
	debug_el0_enter(&log, MDSCR_SS, el0_udf, 0, DEBUG_SPSR_SS);
	CHECK_EQ(log.count, 0U, "steps before the exception");
	CHECK_EQ(ESR_EC(log.end.esr), EC_UNKNOWN);
	CHECK_EQ(log.end.elr, debug_el0_address(el0_udf_at), "ELR");
	CHECK_EQ(log.end.spsr & DEBUG_SPSR_SS, DEBUG_SPSR_SS, "SPSR.SS");
	debug_close();
}

/* The breakpoint goes; what it was on is stepped then. */
static void drop_breakpoint(struct debug_log *log, struct pt_regs *regs)
{
	if (log->hit[log->count - 1].class == EC_BREAKPOINT)
		arch_debug_set_breakpoint(0, 0, 0);
	else
		regs->pstate |= DEBUG_SPSR_SS;
}

/* Both on one instruction: first the end of the step before it (D1.3.5.5). */
void step_comes_before_breakpoint(void)
{
	struct debug_arg arg = { .daif = DAIF_D_CLEAR };
	struct debug_log log = { .go_on = drop_breakpoint };
	u64 at = (u64)code_steps_at + 4;

	debug_open();
	arch_debug_set_breakpoint(0, at,
				  DEBUG_E | BREAK_INSN | debug_level_control(LEVEL_OWN));
	debug_call(&log, STEPPING | MDSCR_MDE, code_steps, &arg);
	if (CHECK_EQ(log.count, 1U + (unsigned int)ARRAY_SIZE(stepped_to), "exceptions")) {
		CHECK_EQ(log.hit[0].class, EC_STEP, "the first");
		CHECK_EQ(log.hit[1].class, EC_BREAKPOINT, "the second");
		CHECK_EQ(log.hit[1].elr, at, "the breakpoint");
		CHECK_EQ(log.hit[1].spsr & DEBUG_SPSR_SS, DEBUG_SPSR_SS,
			 "SPSR.SS of an instruction that was not stepped yet");
		CHECK_EQ(log.hit[2].class, EC_STEP, "the third");
		CHECK_EQ(log.hit[2].elr, at + 4, "the third");
	}
	debug_close();
}
