/* SPDX-License-Identifier: BSD-2-Clause */
#include <asm/assembler.h>
#include "state.h"

	.text

/*
 * void exception_with_patterns(struct patterns *p)
 * Loads x1-x30 and NZCV from @p, takes a BRK, and stores them again behind it.
 * x0 keeps @p: it is compared by being used.
 */
function exception_with_patterns
	stp	x29, x30, [sp, #-96]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	mov	x9, sp
	str	x9, [x0, #PATTERNS_SP]
	ldr	x9, [x0, #PATTERNS_NZCV]
	msr	nzcv, x9
	.irp	n, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29
	ldr	x\n, [x0, #(\n * 8)]
	.endr
	.irp	n, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30
	ldr	x\n, [x0, #(\n * 8)]
	.endr
	brk	#PATTERNS_BRK
	.irp	n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	str	x\n, [x0, #(PATTERNS_AFTER + \n * 8)]
	.endr
	.irp	n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
	str	x\n, [x0, #(PATTERNS_AFTER + \n * 8)]
	.endr
	mrs	x9, nzcv
	str	x9, [x0, #PATTERNS_NZCV_AFTER]
	mov	x9, sp
	str	x9, [x0, #PATTERNS_SP_AFTER]
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	x29, x30, [sp], #96
	ret
function_end exception_with_patterns

/* u64 brk_or_other(void): 1 when the BRK is returned to behind, 2 when to brk_other. */
function brk_or_other
	brk	#PATTERNS_BRK
	mov	x0, #1
	ret
	.globl	brk_other
	.hidden	brk_other
brk_other:
	ret
function_end brk_or_other
