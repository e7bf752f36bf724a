// SPDX-License-Identifier: BSD-2-Clause
/* Calls that survive an exception, and calls on another stack. */
#include <asm/percpu.h>
#include "guard.h"

void guard_leave_innermost(int ret)
{
	struct cpu_local *local = cpu_local();
	struct guard *guard;

	/* Bounds and stack pointer change together; guard_leave() puts DAIF back. */
	__asm__ volatile("msr daifset, #0xf" ::: "memory");
	guard = local->guard;
	/* Nobody to go back to: a trap tells from where this was called. */
	if (!guard)
		__builtin_trap();

	local->stack_low = guard->stack_low;
	local->stack_high = guard->stack_high;
	guard_leave(guard, ret);
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

	ret = guard_call(&guard, fn, arg);
	local->guard = guard.outer;
	return ret;
}

void arch_guarded_exit(int ret)
{
	guard_leave_innermost(ret);
}

struct guard *arch_guard_current(void)
{
	return cpu_local()->guard;
}

void arch_guarded_exit_to(struct guard *guard, int ret)
{
	cpu_local()->guard = guard;
	cpu_local()->overflow_count = 0;
	guard_leave_innermost(ret);
}

void arch_stack_call(void (*fn)(void *arg), void *arg, void *base, size_t size)
{
	stack_call(fn, arg, (u64)base + STACK_HANDLER_ROOM, (u64)base + size);
}
