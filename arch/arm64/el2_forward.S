/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * EL2's vectors after a drop to EL1: no translation, no caches, so registers
 * only. What is taken there from below goes on to EL1's vectors as if it had been
 * taken at EL1 (DDI 0487J.a D1.3.2): the group of four by where it came from,
 * whatever the cause. Only the service call is answered here:
 *
 *	HVC #EL2_SERVICE_HVC	x0: HCR_EL2.VF, VI and VSE (bits 6 to 8) as they shall
 *				be; FMO, IMO and AMO follow them, since a virtual
 *				exception is taken only so. No register changes.
 *
 *	x0	kept in TPIDR_EL2
 *	x1	kept in SP_EL2, which is no stack here
 */
#include <asm/assembler.h>
#include "el2.h"

#define HCR_VIRTUAL_SHIFT	6
#define HCR_ROUTING_SHIFT	3
#define ESR_HVC64		(0x16 << 10 | 1 << 9)	// EC and IL, from bit 16 on

/* As the exception from EL1 with SP_ELx at \offset; x0 and x1 are kept. */
.macro	forward offset
	mrs	x0, esr_el2
	msr	esr_el1, x0
	mrs	x0, far_el2
	msr	far_el1, x0
	mrs	x0, elr_el2
	msr	elr_el1, x0
	mrs	x0, spsr_el2
	msr	spsr_el1, x0
	and	x1, x0, #0xf			// M[3:0]: 0 EL0t, 4 EL1t, 5 EL1h
	mrs	x0, vbar_el1
	add	x0, x0, #(\offset - 0x200)
	cmp	x1, #4
	b.eq	1f
	add	x0, x0, #0x200
	b.hi	1f
	add	x0, x0, #0x200
1:	msr	elr_el2, x0
	mov	x0, #0x3c5			// EL1h, DAIF masked
	msr	spsr_el2, x0
	mov	x1, sp
	mrs	x0, tpidr_el2
	audit_mark AUDIT_EL2_LEAVE
	eret
.endm

.macro	forward_vector offset
	.balign	128
	audit_mark AUDIT_EL2_ENTER
	msr	tpidr_el2, x0
	mov	sp, x1
	forward	\offset
.endm

	.section .text.el2_forward, "ax", %progbits
	.balign	2048
	.globl	el2_forward, el2_forward_end
	.hidden	el2_forward, el2_forward_end
	.type	el2_forward, %function
el2_forward:
	/* From EL2 itself, which runs nothing but this. */
	.rept	8
	.balign	128
	wfe
	b	. - 4
	.endr

	.balign	128
	audit_mark AUDIT_EL2_ENTER
	msr	tpidr_el2, x0
	mov	sp, x1
	mrs	x0, esr_el2
	mov	x1, #EL2_SERVICE_HVC
	movk	x1, #ESR_HVC64, lsl #16
	cmp	x0, x1
	b.eq	el2_service
	forward	0x200
	forward_vector 0x280
	forward_vector 0x300
	forward_vector 0x380
	/* No AArch32 below. */
	.rept	4
	.balign	128
	wfe
	b	. - 4
	.endr
function_end el2_forward

	.type	el2_service, %function
el2_service:
	mrs	x0, tpidr_el2
	and	x0, x0, #(7 << HCR_VIRTUAL_SHIFT)
	mrs	x1, hcr_el2
	bic	x1, x1, #(7 << HCR_VIRTUAL_SHIFT)
	bic	x1, x1, #(7 << HCR_ROUTING_SHIFT)
	orr	x1, x1, x0
	orr	x1, x1, x0, lsr #(HCR_VIRTUAL_SHIFT - HCR_ROUTING_SHIFT)
	msr	hcr_el2, x1
	isb
	mov	x1, sp
	mrs	x0, tpidr_el2
	audit_mark AUDIT_EL2_LEAVE
	eret
function_end el2_service
el2_forward_end:
