/* SPDX-License-Identifier: BSD-2-Clause */
/* The sixteen vectors. None returns: every exception is reported or ends a guarded call. */
#include <asm/assembler.h>
#include <asm/exception.h>
#include <asm/stack.h>
#include <asm/stack_bounds.h>

/*
 * TPIDR_EL0 and TPIDRRO_EL0 are ours: no thread-local data exists. They hold x0
 * and x1 until there is a stack that may be written to.
 */
.macro	vector number
	.balign	128
	msr	tpidr_el0, x0
	msr	tpidrro_el0, x1
	mov	x0, #\number
	b	vector_common
.endm

	.section .text.vectors, "ax", %progbits
	.balign	2048
	.globl	vectors
	.hidden	vectors
vectors:
	.irp	number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	vector	\number
	.endr

/*
 *	x0	vector
 *	x1	scratch
 *	x2	stack pointer of the interrupted code, once x2 is saved
 *	x3	whether it was outside the stack or misaligned, once x3 is saved
 */
	.balign	128
vector_common:
	adrp	x1, stack_low
	ldr	x1, [x1, :lo12:stack_low]
	cmp	sp, x1
	b.lo	.Loutside
	adrp	x1, stack_high
	ldr	x1, [x1, :lo12:stack_high]
	cmp	sp, x1
	b.hi	.Loutside
	/* Storing through a misaligned one would fault for ever. */
	mov	x1, sp
	tst	x1, #15
	b.ne	.Loutside
	sub	sp, sp, #PT_REGS_SIZE
	stp	x2, x3, [sp, #PT_REGS_X + 16]
	add	x2, sp, #PT_REGS_SIZE
	mov	x3, #0
	b	.Lsave

.Loutside:
	/* Perhaps the overflow stack, while an earlier exception is reported there. */
	adrp	x1, overflow_scratch
	add	x1, x1, :lo12:overflow_scratch
	stp	x2, x3, [x1]
	mov	x2, sp
	tst	x2, #15
	b.ne	.Lto_overflow_stack
	address	x1, overflow_stack + STACK_HANDLER_ROOM
	cmp	x2, x1
	b.lo	.Lto_overflow_stack
	address	x1, overflow_stack + OVERFLOW_STACK_SIZE
	cmp	x2, x1
	b.hi	.Lto_overflow_stack
	mov	x3, #0
	b	.Lon_overflow_stack

.Lto_overflow_stack:
	/* A report that overflows again and again ends here. */
	adrp	x1, overflow_count
	ldr	x3, [x1, :lo12:overflow_count]
	cmp	x3, #4
	b.hs	.Lgive_up
	add	x3, x3, #1
	str	x3, [x1, :lo12:overflow_count]
	address	x1, overflow_stack + OVERFLOW_STACK_SIZE
	mov	sp, x1
	mov	x3, #1
.Lon_overflow_stack:
	sub	sp, sp, #PT_REGS_SIZE
	stp	x4, x5, [sp, #PT_REGS_X + 32]
	adrp	x1, overflow_scratch
	add	x1, x1, :lo12:overflow_scratch
	ldp	x4, x5, [x1]
	stp	x4, x5, [sp, #PT_REGS_X + 16]
	ldp	x4, x5, [sp, #PT_REGS_X + 32]

.Lsave:
	stp	x4, x5, [sp, #PT_REGS_X + 32]
	stp	x6, x7, [sp, #PT_REGS_X + 48]
	stp	x8, x9, [sp, #PT_REGS_X + 64]
	stp	x10, x11, [sp, #PT_REGS_X + 80]
	stp	x12, x13, [sp, #PT_REGS_X + 96]
	stp	x14, x15, [sp, #PT_REGS_X + 112]
	stp	x16, x17, [sp, #PT_REGS_X + 128]
	stp	x18, x19, [sp, #PT_REGS_X + 144]
	stp	x20, x21, [sp, #PT_REGS_X + 160]
	stp	x22, x23, [sp, #PT_REGS_X + 176]
	stp	x24, x25, [sp, #PT_REGS_X + 192]
	stp	x26, x27, [sp, #PT_REGS_X + 208]
	stp	x28, x29, [sp, #PT_REGS_X + 224]
	stp	x30, x2, [sp, #PT_REGS_X + 240]
	mrs	x4, tpidr_el0
	mrs	x5, tpidrro_el0
	stp	x4, x5, [sp, #PT_REGS_X]
	msr	tpidr_el0, xzr
	msr	tpidrro_el0, xzr
	mov	x1, x0
	mov	x0, sp
	mov	x2, x3
	/* Taking SP_EL0's code by its own stack pointer is up to C. */
	b	exception_entry

.Lgive_up:
	wfe
	b	.Lgive_up

	.section .data, "aw", %progbits
	.balign	16
overflow_scratch:
	.quad	0, 0
	.globl	stack_low, stack_high, overflow_count
	.hidden	stack_low, stack_high, overflow_count
stack_low:
	.quad	0
stack_high:
	.quad	0
overflow_count:
	.quad	0
