/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef ARM64_GUARD_H
#define ARM64_GUARD_H

#define GUARD_REGS	0	/* x19 - x30 */
#define GUARD_SP	96

#ifndef __ASSEMBLER__
#include <base/types.h>
#include <asm/exception.h>

/* A place to come back to. */
struct guard {
	u64 regs[12];
	u64 sp;
	u64 daif;
	u64 stack_low, stack_high;
	struct guard *outer;
	struct exception_info *info;
	struct pt_regs *pt_regs;
};

_Static_assert(offsetof(struct guard, sp) == GUARD_SP, "GUARD_SP");

int guard_call(struct guard *guard, void (*fn)(void *arg), void *arg);
void guard_leave(struct guard *guard, int ret) __noreturn;
void stack_call(void (*fn)(void *arg), void *arg, u64 low, u64 high);

/* Out of the innermost guarded call of this CPU, whatever the state of DAIF. */
void guard_leave_innermost(int ret) __noreturn;
#endif
#endif
