/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What runs at EL0: a page of its own, which is mapped a second time for EL0, so
 * position independent and without a word of the image's.
 */
#include <asm/page.h>
#include "exceptions.h"

.macro	el0_entry name
	.globl	\name
	.hidden	\name
	.type	\name, %function
\name:
.endm

	.section .text.el0, "ax", %progbits
	.balign	PAGE_SIZE

/* Changes every register, so that what comes back is EL0's. */
el0_entry el0_return
	.irp	n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
	add	x\n, x\n, #1
	.endr
	.irp	n, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
	add	x\n, x\n, #1
	.endr
	add	x0, x0, x1
el0_entry el0_return_at
	svc	#EL0_IMMEDIATE

	.size	el0_return, . - el0_return

/* Interrupts are unmasked by PSTATE; one that is pending comes before the SVC or never. */
el0_entry el0_unmasked
	.rept	16
	nop
	.endr
	svc	#EL0_IMMEDIATE
	.size	el0_unmasked, . - el0_unmasked

el0_entry el0_fault
el0_entry el0_fault_at
	ldr	x1, [x0]
	svc	#EL0_IMMEDIATE
	.size	el0_fault, . - el0_fault

/* x0: address, x1: value */
el0_entry el0_store
	str	x1, [x0]
	ldr	x2, [x0]
	str	x2, [sp, #-16]!
	ldr	x3, [sp], #16
	svc	#EL0_IMMEDIATE
	.size	el0_store, . - el0_store

el0_entry el0_bad
el0_entry el0_bad_at
	.inst	0
	svc	#EL0_IMMEDIATE
	.size	el0_bad, . - el0_bad

el0_entry el0_sysreg
el0_entry el0_sysreg_at
	mrs	x0, sctlr_el1
	svc	#EL0_IMMEDIATE
	.size	el0_sysreg, . - el0_sysreg

	.globl	el0_code_end
	.hidden	el0_code_end
el0_code_end:
	.balign	PAGE_SIZE
