/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The moment between MMU on and off. A store here would leave a dirty line on
 * one side or be hidden by a stale one on the other, so there is none: no
 * stack, and exceptions are masked.
 */
#include <asm/assembler.h>
#include "mmu_off_ranges.h"

	.section .text.mmu_switch, "ax", %progbits

/* SCTLR of the current level. */
.macro	set_sctlr value, tmp
	branch_if_el2_without_vhe .Lsctlr_el2\@, \tmp
	msr	sctlr_el1, \value
	b	.Lsctlr_set\@
.Lsctlr_el2\@:
	msr	sctlr_el2, \value
.Lsctlr_set\@:
	isb
.endm

/*
 * void mmu_leave(u64 sctlr, const struct mmu_off_range *ranges, u64 count)
 *
 *	x0	sctlr
 *	x1, x2	ranges left
 *	x3-x6	scratch
 *	x8	DAIF of the caller
 */
function mmu_leave
	mrs	x8, daif
	msr	daifset, #0xf
	dcache_ranges civac, x1, x2, x3, x4, x5, x6
	dsb	sy
	set_sctlr x0, x3
	audit_mark AUDIT_MMU_OFF
	msr	daif, x8
	ret
function_end mmu_leave

/*
 * void mmu_enter(u64 sctlr, const struct mmu_off_range *ranges, u64 count)
 *
 * Registers as mmu_leave(). The stores of the caller must have reached memory
 * before a line is dropped: another CPU could fetch it again too early.
 */
function mmu_enter
	mrs	x8, daif
	msr	daifset, #0xf
	dsb	sy
	dcache_ranges ivac, x1, x2, x3, x4, x5, x6
	dsb	sy
	tlb_flush_current x3
	set_sctlr x0, x3
	audit_mark AUDIT_MMU_ON
	msr	daif, x8
	ret
function_end mmu_enter
