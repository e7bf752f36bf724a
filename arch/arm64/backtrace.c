// SPDX-License-Identifier: BSD-2-Clause
/* Who called whom, by the chain of frame records (AAPCS64 6.4.6). */
#include <base/util.h>
#include <asm/exception.h>
#include <asm/percpu.h>
#include <asm/sections.h>
#include <asm/stack.h>

static bool within(u64 fp, u64 stack, u64 size)
{
	return fp >= stack && fp + 16 <= stack + size;
}

/* Not in a guard page: reading there would end the report. */
static bool on_our_stacks(u64 fp)
{
	const struct cpu_local *local = cpu_local();

	return IS_ALIGNED(fp, 16) &&
	       (within(fp, local->stack, local->stack_size) ||
		within(fp, (u64)case_stack, CASE_STACK_SIZE) ||
		within(fp, local->overflow_stack, local->overflow_size));
}

struct backtrace arch_backtrace_start(const struct pt_regs *regs)
{
	return (struct backtrace){ .pc = regs->pc, .fp = regs->x[29] };
}

/* Frames cannot be followed for ever: a broken chain may be a circle. */
#define BACKTRACE_DEPTH	32

bool arch_backtrace_next(struct backtrace *bt)
{
	const u64 *frame = (const u64 *)bt->fp;

	if (!on_our_stacks(bt->fp) || ++bt->depth >= BACKTRACE_DEPTH)
		return false;
	bt->fp = frame[0];
	bt->pc = frame[1];
	return bt->pc >= (u64)_text && bt->pc < (u64)_text_end;
}

void arch_backtrace_fill(struct exception_info *info, const struct pt_regs *regs)
{
	struct backtrace bt = arch_backtrace_start(regs);
	unsigned int i;

	for (i = 0; i < EXCEPTION_TRACE; i++)
		info->trace[i] = 0;
	for (i = 0; i < EXCEPTION_TRACE && arch_backtrace_next(&bt); i++)
		info->trace[i] = bt.pc;
}
