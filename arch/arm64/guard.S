/* SPDX-License-Identifier: BSD-2-Clause */
/* Leaving a call from anywhere below it, and changing stacks. */
#include <asm/assembler.h>
#include "guard.h"

	.text

/*
 * int guard_call(struct guard *guard, void (*fn)(void *), void *arg)
 * Returns 0 when fn does, or what guard_leave() is given.
 */
function guard_call
	stp	x19, x20, [x0, #GUARD_REGS]
	stp	x21, x22, [x0, #GUARD_REGS + 16]
	stp	x23, x24, [x0, #GUARD_REGS + 32]
	stp	x25, x26, [x0, #GUARD_REGS + 48]
	stp	x27, x28, [x0, #GUARD_REGS + 64]
	stp	x29, x30, [x0, #GUARD_REGS + 80]
	mov	x9, sp
	mrs	x10, daif
	stp	x9, x10, [x0, #GUARD_SP]
	stp	x29, x30, [sp, #-16]!
	mov	x29, sp
	mov	x9, x1
	mov	x0, x2
	blr	x9
	mov	w0, #0
	ldp	x29, x30, [sp], #16
	ret
function_end guard_call

/* void guard_leave(struct guard *guard, int ret): guard_call() returns ret. */
function guard_leave
	ldp	x19, x20, [x0, #GUARD_REGS]
	ldp	x21, x22, [x0, #GUARD_REGS + 16]
	ldp	x23, x24, [x0, #GUARD_REGS + 32]
	ldp	x25, x26, [x0, #GUARD_REGS + 48]
	ldp	x27, x28, [x0, #GUARD_REGS + 64]
	ldp	x29, x30, [x0, #GUARD_REGS + 80]
	ldp	x9, x10, [x0, #GUARD_SP]
	mov	sp, x9
	msr	daif, x10
	mov	w0, w1
	ret
function_end guard_leave

/* void stack_call(void (*fn)(void *), void *arg, u64 top): fn(arg) with sp = top. */
function stack_call
	stp	x29, x30, [sp, #-32]!
	str	x19, [sp, #16]
	mov	x29, sp
	mov	x19, sp
	mov	sp, x2
	mov	x9, x0
	mov	x0, x1
	blr	x9
	mov	sp, x19
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	ret
function_end stack_call
