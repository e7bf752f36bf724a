// SPDX-License-Identifier: BSD-2-Clause
/* What an exception that returns leaves alone, what its handler may change, and exceptions in handlers. */
#include <base/errno.h>
#include <base/util.h>
#include <asm/sysreg.h>
#include "exceptions.h"
#include "state.h"

static unsigned int handled, depth;

/* Writes to every register that a function may use, and to the flags. */
static bool step_over(struct pt_regs *regs, struct exception_info *info)
{
	if (ESR_EC(info->esr) != EC_BRK)
		return false;
	handled++;
	regs->pc += 4;
	__asm__ volatile("cmp xzr, xzr" ::: "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9",
			 "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17", "cc");
	return true;
}

static void run_patterns(void *p)
{
	exception_with_patterns(p);
}

static void patterns_fill(struct patterns *p)
{
	unsigned int i;

	*p = (struct patterns){ 0 };
	for (i = 0; i < 31; i++)
		p->x[i] = 0xc35a000000000000ULL | (u64)i << 32 | (0x13579bdfU ^ i);
}

static void patterns_run(struct patterns *p)
{
	static const struct exception_handler handler = { step_over };
	struct taken taken = { 0 };

	handled = 0;
	REQUIRE(!take_handled(&taken, VECTOR_SPX_SYNC, &handler, run_patterns, p),
		"ESR 0x%llx", taken.info.esr);
	REQUIRE_EQ(handled, 1U);
}

void registers_are_kept(void)
{
	struct patterns p;
	unsigned int i;

	patterns_fill(&p);
	patterns_run(&p);
	for (i = 1; i < 31; i++)
		CHECK_EQ(p.after[i], p.x[i], "x%u", i);
	CHECK_EQ(p.sp_after, p.sp, "sp");
}

void flags_are_kept(void)
{
	struct patterns p;
	u64 nzcv;

	for (nzcv = 0; nzcv < 16; nzcv++) {
		patterns_fill(&p);
		p.nzcv = nzcv << 28;
		patterns_run(&p);
		CHECK_EQ(p.nzcv_after, p.nzcv, "NZCV");
	}
}

static bool go_elsewhere(struct pt_regs *regs, struct exception_info *info)
{
	if (ESR_EC(info->esr) != EC_BRK)
		return false;
	regs->pc = (u64)brk_other;
	regs->x[0] = 2;
	return true;
}

static void run_brk_or_other(void *result)
{
	*(u64 *)result = brk_or_other();
}

void handler_changes_pc(void)
{
	static const struct exception_handler handler = { go_elsewhere };
	struct taken taken = { 0 };
	u64 result = 0;

	REQUIRE(!take_handled(&taken, VECTOR_SPX_SYNC, &handler, run_brk_or_other, &result),
		"ESR 0x%llx", taken.info.esr);
	CHECK_EQ(result, 2ULL);
}

/* Takes the next one itself, down to 8, and goes on behind its own BRK each time. */
static bool nest(struct pt_regs *regs, struct exception_info *info)
{
	if (ESR_EC(info->esr) != EC_BRK)
		return false;
	if (++depth < 8)
		run_brk(NULL);
	regs->pc += 4;
	handled++;
	return true;
}

void exceptions_nest(void)
{
	static const struct exception_handler handler = { nest };
	struct taken taken = { 0 };

	depth = 0;
	handled = 0;
	REQUIRE(!take_handled(&taken, VECTOR_SPX_SYNC, &handler, run_brk, NULL),
		"ESR 0x%llx, depth %u", taken.info.esr, depth);
	CHECK_EQ(depth, 8U);
	CHECK_EQ(handled, 8U);
}

static bool fault(struct pt_regs *regs __unused, struct exception_info *info)
{
	if (ESR_EC(info->esr) == EC_BRK)
		run_undefined(NULL);
	return false;
}

/* The fault is what is told, not the exception whose handler it came in. */
void fault_in_handler_ends_call(void)
{
	static const struct exception_handler handler = { fault };
	struct taken taken = { 0 };

	REQUIRE(take_handled(&taken, VECTOR_SPX_SYNC, &handler, run_brk, NULL), "no exception came");
	CHECK_CLASS(&taken, EC_UNKNOWN);
	CHECK_EQ(taken.info.elr, (u64)undefined_at);
	/* And the machine is as before: the next one comes and goes. */
	take(&taken, run_brk, NULL);
	CHECK_CLASS(&taken, EC_BRK);
}
