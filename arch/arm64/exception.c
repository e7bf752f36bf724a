// SPDX-License-Identifier: BSD-2-Clause
/* Exceptions and the calls that survive them. */
#include <base/errno.h>
#include <base/util.h>
#include <core/hooks.h>
#include <asm/cpu.h>
#include <asm/percpu.h>
#include <asm/sections.h>
#include <asm/stack.h>
#include "guard.h"

/* Called by vectors.S. */
void exception_entry(struct pt_regs *regs, u64 vector, u64 outside_stack) __noreturn;

#define ESR_EC(esr)		((esr) >> 26 & 0x3f)
#define EC_SP_ALIGNMENT		0x26

extern char vectors[];

static void read_exception(struct pt_regs *regs, struct exception_info *info)
{
	if (cpu_current_el() == 2 && !cpu_runs_vhe()) {
		info->esr = read_sysreg(esr_el2);
		info->far = read_sysreg(far_el2);
		info->elr = read_sysreg(elr_el2);
		info->spsr = read_sysreg(spsr_el2);
	} else {
		info->esr = read_sysreg(esr_el1);
		info->far = read_sysreg(far_el1);
		info->elr = read_sysreg(elr_el1);
		info->spsr = read_sysreg(spsr_el1);
	}
	regs->pc = info->elr;
	regs->pstate = info->spsr;
	if (info->vector <= VECTOR_SP0_SERROR || info->vector >= VECTOR_LOWER64_SYNC)
		regs->sp = read_sysreg(sp_el0);
}

static void __noreturn leave_innermost(int ret)
{
	struct cpu_local *local = cpu_local();
	struct guard *guard = local->guard;

	/* Nobody to go back to: a trap tells from where this was called. */
	if (!guard)
		__builtin_trap();

	local->stack_low = guard->stack_low;
	local->stack_high = guard->stack_high;
	guard_leave(guard, ret);
}

void exception_entry(struct pt_regs *regs, u64 vector, u64 outside_stack)
{
	struct exception_info info = {
		.vector = (enum exception_vector)vector,
	};
	struct guard *guard;

	read_exception(regs, &info);
	/* A misaligned stack pointer was set aside, too, but left no stack. */
	info.stack_overflow = outside_stack && ESR_EC(info.esr) != EC_SP_ALIGNMENT;
	guard = cpu_local()->guard;
	if (guard) {
		if (guard->info)
			*guard->info = info;
		if (guard->pt_regs)
			*guard->pt_regs = *regs;
		cpu_local()->overflow_count = 0;
		leave_innermost(-EFAULT);
	}
	exception_report(regs, &info);
}

int arch_guarded_call(void (*fn)(void *arg), void *arg,
		      struct exception_info *info, struct pt_regs *regs)
{
	struct cpu_local *local = cpu_local();
	struct guard guard = {
		.stack_low = local->stack_low,
		.stack_high = local->stack_high,
		.outer = local->guard,
		.info = info,
		.pt_regs = regs,
	};
	int ret;

	local->guard = &guard;
	ret = guard_call(&guard, fn, arg);
	local->guard = guard.outer;
	return ret;
}

void arch_guarded_exit(int ret)
{
	leave_innermost(ret);
}

struct guard *arch_guard_current(void)
{
	return cpu_local()->guard;
}

void arch_guarded_exit_to(struct guard *guard, int ret)
{
	cpu_local()->guard = guard;
	leave_innermost(ret);
}

void arch_stack_call(void (*fn)(void *arg), void *arg, void *base, size_t size)
{
	struct cpu_local *local = cpu_local();
	u64 low = local->stack_low, high = local->stack_high;

	/*
	 * Until stack_call() is on the new stack an exception finds the old one
	 * outside the bounds; none is expected between here and there.
	 */
	stack_bounds_set(base, size);
	stack_call(fn, arg, (u64)base + size);
	local->stack_low = low;
	local->stack_high = high;
}

void arch_vectors_install(void)
{
	if (cpu_current_el() == 2 && !cpu_runs_vhe())
		write_sysreg((u64)vectors, vbar_el2);
	else
		write_sysreg((u64)vectors, vbar_el1);
	isb();
}

static void take_pending_serror(void *unused __unused)
{
	__asm__ volatile("msr daifclr, #4" ::: "memory");
	isb();
}

int arch_serror_unmask(struct exception_info *info)
{
	int ret = arch_guarded_call(take_pending_serror, NULL, info, NULL);

	__asm__ volatile("msr daifclr, #4" ::: "memory");
	return ret;
}

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
