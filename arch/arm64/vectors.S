/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The sixteen vectors. An exception that has a handler returns; any other is
 * reported or ends a guarded call.
 */
#include <asm/assembler.h>
#include <asm/exception.h>
#include <asm/percpu.h>

/*
 * TPIDRRO_EL0 is ours, as TPIDR_EL1 is: no thread-local data exists. It holds
 * x0 until there is a stack that may be written to; x1-x3 go to the CPU's scratch.
 */
.macro	vector number
	.balign	128
	msr	tpidrro_el0, x0
	mrs	x0, tpidr_el1
	str	x1, [x0, #CPU_LOCAL_SCRATCH]
	mov	x1, #\number
	b	vector_common
.endm

	.section .text.vectors, "ax", %progbits
	.balign	2048
	.globl	vectors
	.hidden	vectors
	.type	vectors, %function
vectors:
	.irp	number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	vector	\number
	.endr
function_end vectors

/*
 *	x0	struct cpu_local of this CPU
 *	x1	vector
 *	x2	stack pointer of the interrupted code, once its stack was looked at
 *	x3	scratch, then whether the stack pointer was outside of the stack or misaligned
 */
	.balign	128
	.globl	vector_common
	.hidden	vector_common
	.type	vector_common, %function
vector_common:
	str	x2, [x0, #CPU_LOCAL_SCRATCH + 8]
	str	x3, [x0, #CPU_LOCAL_SCRATCH + 16]
	mov	x2, sp
	/* Storing through a misaligned one would fault for ever. */
	tst	x2, #15
	b.ne	.Lto_overflow_stack
	ldr	x3, [x0, #CPU_LOCAL_STACK_LOW]
	cmp	x2, x3
	b.lo	.Loutside
	ldr	x3, [x0, #CPU_LOCAL_STACK_HIGH]
	cmp	x2, x3
	b.hi	.Loutside
	mov	x3, #0
	b	.Lsave

.Loutside:
	/* Perhaps the overflow stack, while an earlier exception is reported there. */
	ldr	x3, [x0, #CPU_LOCAL_OVERFLOW_LOW]
	cmp	x2, x3
	b.lo	.Lto_overflow_stack
	ldr	x3, [x0, #CPU_LOCAL_OVERFLOW_HIGH]
	cmp	x2, x3
	b.hi	.Lto_overflow_stack
	mov	x3, #0
	b	.Lsave

.Lto_overflow_stack:
	/* A report that overflows again and again ends here. */
	ldr	x3, [x0, #CPU_LOCAL_OVERFLOWS]
	cmp	x3, #4
	b.hs	.Lgive_up
	add	x3, x3, #1
	str	x3, [x0, #CPU_LOCAL_OVERFLOWS]
	ldr	x3, [x0, #CPU_LOCAL_OVERFLOW_HIGH]
	mov	sp, x3
	mov	x3, #1

.Lsave:
	sub	sp, sp, #EXCEPTION_FRAME_SIZE
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
	mrs	x4, tpidrro_el0
	ldr	x5, [x0, #CPU_LOCAL_SCRATCH]
	stp	x4, x5, [sp, #PT_REGS_X]
	ldr	x4, [x0, #CPU_LOCAL_SCRATCH + 8]
	ldr	x5, [x0, #CPU_LOCAL_SCRATCH + 16]
	stp	x4, x5, [sp, #PT_REGS_X + 16]
	msr	tpidrro_el0, xzr
	str	x2, [sp, #EXCEPTION_FRAME_SP]
	mov	x0, sp
	mov	x2, x3
	/* Taking SP_EL0's code by its own stack pointer is up to C. */
	bl	exception_entry

	/*
	 * Back, with everything masked. Behind the change of sp the frame lies
	 * below it, where only an exception would write: none can come.
	 *
	 *	x0	the frame
	 */
	mov	x0, sp
	ldp	x1, x2, [x0, #PT_REGS_PC]
	branch_if_el2_without_vhe .Lreturn_el2, x3
	msr	elr_el1, x1
	msr	spsr_el1, x2
	b	.Lrestore
.Lreturn_el2:
	msr	elr_el2, x1
	msr	spsr_el2, x2
.Lrestore:
	ldr	x1, [x0, #EXCEPTION_FRAME_SP]
	mov	sp, x1
	ldp	x2, x3, [x0, #PT_REGS_X + 16]
	ldp	x4, x5, [x0, #PT_REGS_X + 32]
	ldp	x6, x7, [x0, #PT_REGS_X + 48]
	ldp	x8, x9, [x0, #PT_REGS_X + 64]
	ldp	x10, x11, [x0, #PT_REGS_X + 80]
	ldp	x12, x13, [x0, #PT_REGS_X + 96]
	ldp	x14, x15, [x0, #PT_REGS_X + 112]
	ldp	x16, x17, [x0, #PT_REGS_X + 128]
	ldp	x18, x19, [x0, #PT_REGS_X + 144]
	ldp	x20, x21, [x0, #PT_REGS_X + 160]
	ldp	x22, x23, [x0, #PT_REGS_X + 176]
	ldp	x24, x25, [x0, #PT_REGS_X + 192]
	ldp	x26, x27, [x0, #PT_REGS_X + 208]
	ldp	x28, x29, [x0, #PT_REGS_X + 224]
	ldr	x30, [x0, #PT_REGS_X + 240]
	ldp	x0, x1, [x0, #PT_REGS_X]
	eret

.Lgive_up:
	wfe
	b	.Lgive_up
function_end vector_common
