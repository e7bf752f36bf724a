/* SPDX-License-Identifier: BSD-2-Clause */
/* Macros for assembler files only. */
#ifndef ASM_ASSEMBLER_H
#define ASM_ASSEMBLER_H

#include <asm/audit.h>

/* A function that C or other files call. */
.macro	function name
	.globl	\name
	.hidden	\name
	.type	\name, %function
	.balign	4
\name:
.endm

.macro	function_end name
	.size	\name, . - \name
.endm

/* Address of a symbol in the image, wherever that was placed. */
.macro	address reg, symbol
	adrp	\reg, \symbol
	add	\reg, \reg, :lo12:\symbol
.endm

/* The exception level's register: EL1's name also reaches EL2's where E2H is set. */
.macro	branch_if_el2_without_vhe label, tmp
	mrs	\tmp, CurrentEL
	cmp	\tmp, #(2 << 2)
	b.ne	.Lel1_names\@
	mrs	\tmp, hcr_el2
	tbz	\tmp, #34, \label		// HCR_EL2.E2H
.Lel1_names\@:
.endm

/* No data cache line is shorter, whatever CPU has it (CCSIDR_EL1.LineSize 0). */
#define CACHE_LINE_SMALLEST	16

/*
 * Smallest data cache line in bytes, of this CPU (CTR_EL0.DminLine) and of all
 * that cache_note_line() was told of: an operation goes to the caches of all, and
 * steps of a larger line would leave out lines of a smaller one.
 */
.macro	dcache_line reg, tmp
	mrs	\tmp, ctr_el0
	ubfx	\tmp, \tmp, #16, #4
	mov	\reg, #4
	lsl	\reg, \reg, \tmp
	adrp	\tmp, cache_line_min
	ldr	\tmp, [\tmp, :lo12:cache_line_min]
	cmp	\reg, \tmp
	csel	\reg, \reg, \tmp, lo
.endm

/* One data cache operation on each line of [start, end). */
.macro	dcache_range op, start, end, line, tmp
	sub	\tmp, \line, #1
	bic	\start, \start, \tmp
.Lnext\@:
	cmp	\start, \end
	b.hs	.Ldone\@
	audit_dc \op, \start
	dc	\op, \start
	add	\start, \start, \line
	b	.Lnext\@
.Ldone\@:
.endm

/* What TLB entries of the current regime this CPU has, go. */
.macro	tlb_flush_current tmp
	mrs	\tmp, CurrentEL
	cmp	\tmp, #(2 << 2)
	b.ne	.Ltlb_el1\@
	tlbi	alle2
	tlbi	vmalls12e1		// with HCR_EL2.TGE and E2H: nothing stale for the guest either
.Ltlb_el1\@:
	tlbi	vmalle1
	dsb	nsh
	isb
.endm

#endif
