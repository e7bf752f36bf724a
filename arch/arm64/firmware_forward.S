/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Vectors for the time before ExitBootServices(). An IRQ or FIQ is the firmware's: its
 * vector is entered with all registers but two as they were, and finds that what it has
 * interrupted is .Lhandled here, at this level, with everything masked. Its ERET comes
 * back there, wherever its table lies, and whatever its handler called in between; the
 * two registers, ELR and SPSR are on the stack that it came on, where the firmware keeps
 * those of its own, too. Interrupts may nest. VBAR stays ours meanwhile.
 */
#include <asm/assembler.h>
#include <asm/percpu.h>
#include "firmware_vectors.h"

#define PSTATE_DAIF	0x3c0
#define PSTATE_SPX	1
/* M, DAIF and BTYPE: all others stay as they are. */
#define PSTATE_BITS	12

.macro	firmware_vector number
	.balign	128
	.if	(\number & 3) == 1 || (\number & 3) == 2
	sub	sp, sp, #FORWARD_SIZE
	stp	x16, x17, [sp, #FORWARD_X16]
	mov	x16, #\number
	b	forward
	.else
	msr	tpidrro_el0, x0
	mrs	x0, tpidr_el1
	str	x1, [x0, #CPU_LOCAL_SCRATCH]
	mov	x1, #\number
	b	vector_common
	.endif
.endm

	.section .text.firmware_vectors, "ax", %progbits
	.balign	2048
	.globl	firmware_vectors
	.hidden	firmware_vectors
	.type	firmware_vectors, %function
firmware_vectors:
	.irp	number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	firmware_vector	\number
	.endr
function_end firmware_vectors

/*
 *	x16	vector
 *	x17	scratch
 */
	.balign	128
	.type	forward, %function
forward:
	str	x16, [sp, #FORWARD_VECTOR]
	branch_if_el2_without_vhe .Lforward_el2, x17
	mrs	x16, elr_el1
	mrs	x17, spsr_el1
	stp	x16, x17, [sp, #FORWARD_ELR]
	adr	x16, .Lhandled
	msr	elr_el1, x16
	mrs	x16, CurrentEL
	orr	x16, x16, #PSTATE_DAIF
	orr	x16, x16, #PSTATE_SPX
	bfi	x17, x16, #0, #PSTATE_BITS
	msr	spsr_el1, x17
	b	.Lenter
.Lforward_el2:
	mrs	x16, elr_el2
	mrs	x17, spsr_el2
	stp	x16, x17, [sp, #FORWARD_ELR]
	adr	x16, .Lhandled
	msr	elr_el2, x16
	mrs	x16, CurrentEL
	orr	x16, x16, #PSTATE_DAIF
	orr	x16, x16, #PSTATE_SPX
	bfi	x17, x16, #0, #PSTATE_BITS
	msr	spsr_el2, x17
.Lenter:
	address	x17, firmware_forward
	ldr	x16, [x17, #FORWARD_DEPTH]
	add	x16, x16, #1
	str	x16, [x17, #FORWARD_DEPTH]
	ldr	x17, [x17, #FORWARD_VBAR]
	ldr	x16, [sp, #FORWARD_VECTOR]
	add	x16, x17, x16, lsl #7
	/* No BR: that wants a landing pad where the firmware's pages are guarded. */
	ret	x16

	/* From its ERET: as behind the exception, which is ours now. */
.Lhandled:
	address	x17, firmware_forward
	ldr	x16, [x17, #FORWARD_DEPTH]
	sub	x16, x16, #1
	str	x16, [x17, #FORWARD_DEPTH]
	branch_if_el2_without_vhe .Lhandled_el2, x17
	ldp	x16, x17, [sp, #FORWARD_ELR]
	msr	elr_el1, x16
	msr	spsr_el1, x17
	b	.Lours
.Lhandled_el2:
	ldp	x16, x17, [sp, #FORWARD_ELR]
	msr	elr_el2, x16
	msr	spsr_el2, x17
.Lours:
	ldp	x16, x17, [sp, #FORWARD_X16]
	msr	tpidrro_el0, x0
	mrs	x0, tpidr_el1
	str	x1, [x0, #CPU_LOCAL_SCRATCH]
	ldr	x1, [sp, #FORWARD_VECTOR]
	add	sp, sp, #FORWARD_SIZE
	b	vector_common
function_end forward
