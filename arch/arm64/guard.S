/* SPDX-License-Identifier: BSD-2-Clause */
/* Leaving a call from anywhere below it, and changing stacks. */
#include <asm/assembler.h>
#include <asm/percpu.h>
#include "guard.h"

	.text

/*
 * int guard_call(struct guard *guard, void (*fn)(void *), void *arg)
 * Returns 0 when fn does, or what guard_leave() is given. It is the innermost
 * one only once it can be come back to: an interrupt may want to.
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
	mrs	x11, tpidr_el1
	str	x0, [x11, #CPU_LOCAL_GUARD]
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

/*
 * void stack_call(void (*fn)(void *), void *arg, u64 low, u64 high)
 * fn(arg) with sp = high and the CPU's bounds low and high. Bounds and sp change
 * together: an exception in between would look like an overflow.
 */
function stack_call
	stp	x29, x30, [sp, #-48]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	mov	x29, sp
	mov	x19, sp
	mrs	x20, tpidr_el1
	ldp	x21, x22, [x20, #CPU_LOCAL_STACK_LOW]
	mov	x9, x0
	mov	x0, x1
	mrs	x10, daif
	msr	daifset, #0xf
	mov	sp, x3
	stp	x2, x3, [x20, #CPU_LOCAL_STACK_LOW]
	msr	daif, x10
	blr	x9
	mrs	x10, daif
	msr	daifset, #0xf
	mov	sp, x19
	stp	x21, x22, [x20, #CPU_LOCAL_STACK_LOW]
	msr	daif, x10
	ldp	x21, x22, [sp, #32]
	ldp	x19, x20, [sp, #16]
	ldp	x29, x30, [sp], #48
	ret
function_end stack_call
