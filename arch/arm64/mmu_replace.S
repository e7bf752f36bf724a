/* SPDX-License-Identifier: BSD-2-Clause */
#include <asm/assembler.h>

	.text

/*
 * void mmu_replace(u64 *entry, u64 value, u64 tlbi_operand, u64 el2_without_vhe)
 *
 * Break-before-make of one entry (DDI 0487J.a D8.14.1). Between break and make
 * what it maps is not there, which may be the stack: registers only, and no
 * interrupt.
 *
 *	x0	the entry, itself not mapped by it
 *	x1	new value
 *	x2	operand of TLBI: an address that it maps
 *	x3	which operation
 *	x4	DAIF of the caller
 */
function mmu_replace
	mrs	x4, daif
	msr	daifset, #0xf
	str	xzr, [x0]
	dsb	ishst
	cbnz	x3, 1f
	tlbi	vaae1is, x2
	b	2f
1:	tlbi	vae2is, x2
2:	dsb	ish
	isb
	str	x1, [x0]
	dsb	ishst
	isb
	msr	daif, x4
	ret
function_end mmu_replace
