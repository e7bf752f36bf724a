/* SPDX-License-Identifier: BSD-2-Clause */
#include <asm/assembler.h>
#include <asm/cpu_control.h>
#include "mmu_off_ranges.h"

/* It may stay off. */
.macro	audit_switched sctlr
#ifdef CONFIG_AUDIT
	tbz	\sctlr, #0, .Lstays_off\@
	audit_mark AUDIT_MMU_ON
.Lstays_off\@:
#endif
.endm

/*
 * With the MMU off, instructions may have been fetched ahead from memory, past
 * the caches that a UEFI loader cleaned the code to: this page's and the next
 * one's (DDI0487J.a D8.2.9). While it was off still, they would have come back.
 */
.macro	forget_fetched
	audit_site
	audit_mark AUDIT_IC_IALLU
	ic	iallu
	dsb	nsh
	isb
.endm

	.section .text.mmu_switch, "ax", %progbits

/*
 * void mmu_switch(const struct cpu_control *control, const struct mmu_off_range *ranges,
 *		   u64 count)
 *
 *	x0		control
 *	x1, x2		ranges left, until they are done
 *	x1-x10		its values, read while memory still looks as the caller left it
 *	x11-x13		scratch
 *	x16		return address
 *	x17		stack pointer
 *
 * Between the two writes of SCTLR nothing is stored, and nothing is loaded but
 * constants from this text.
 */
function mmu_switch
	mov	x16, x30
	mov	x17, sp
	msr	daifset, #0xf
	dcache_ranges civac, x1, x2, x3, x4, x5, x6
	ldp	x1, x2, [x0, #CPU_CONTROL_SCTLR]	// sctlr, tcr
	ldp	x3, x4, [x0, #CPU_CONTROL_TTBR0]	// ttbr0, mair
	ldp	x5, x6, [x0, #CPU_CONTROL_VBAR]		// vbar, cpacr
	ldp	x7, x8, [x0, #CPU_CONTROL_HCR]		// hcr, el
	ldp	x9, x10, [x0, #CPU_CONTROL_CPTR]	// cptr, cnthctl
	dsb	sy

	/* MMU and caches off, at the level we are. */
	branch_if_el2_without_vhe .Loff_el2, x11
	ldr	x11, .Lsctlr_el1_off
	msr	sctlr_el1, x11
	b	1f
.Loff_el2:
	ldr	x11, .Lsctlr_el2_off
	msr	sctlr_el2, x11
1:	isb
	audit_mark AUDIT_MMU_OFF
	tlb_flush_current x11

	mrs	x11, CurrentEL
	cmp	x11, #(2 << 2)
	b.ne	.Lset_el1

	/* EL2's own registers, first of all E2H, which gives the others their meaning. */
	msr	hcr_el2, x7
	isb
	msr	cptr_el2, x9
	msr	cnthctl_el2, x10
	msr	cntvoff_el2, xzr
	msr	hstr_el2, xzr
	msr	vttbr_el2, xzr
	mrs	x11, midr_el1
	msr	vpidr_el2, x11
	mrs	x11, mpidr_el1
	msr	vmpidr_el2, x11
	isb
	/* An address translation regime with other registers: its TLB entries too. */
	tlb_flush_current x11

	cmp	x8, #1
	b.eq	.Ldrop
	tbnz	x7, #HCR_E2H_SHIFT, .Lset_el1

	/* Stay at EL2 without VHE. */
	msr	mair_el2, x4
	msr	tcr_el2, x2
	msr	ttbr0_el2, x3
	msr	vbar_el2, x5
	isb
	msr	sctlr_el2, x1
	isb
	audit_switched x1
	forget_fetched
	b	.Lout

.Ldrop:
	/* EL2 stays off under us; what is taken there comes back as EL1's own. */
	ldr	x11, .Lsctlr_el2_off
	msr	sctlr_el2, x11
	address	x11, el2_forward
	msr	vbar_el2, x11
	ldr	x11, .Lsctlr_el1_off
	msr	sctlr_el1, x11
	mov	x11, #0x3c5				// EL1h, DAIF masked
	msr	spsr_el2, x11
	adr	x11, .Lset_el1
	msr	elr_el2, x11
	isb
	eret

	/* EL1, or EL2 with VHE: there, EL1's names reach EL2's registers. */
.Lset_el1:
	msr	mair_el1, x4
	msr	tcr_el1, x2
	msr	ttbr0_el1, x3
	msr	ttbr1_el1, xzr
	msr	vbar_el1, x5
	msr	cpacr_el1, x6
	msr	contextidr_el1, xzr
	isb
	tlbi	vmalle1
	dsb	nsh
	isb
	msr	sctlr_el1, x1
	isb
	audit_switched x1
	forget_fetched

.Lout:
	mov	sp, x17
	msr	spsel, #1
	mov	sp, x17
	/* EL0 reads the counters. With VHE this name is CNTHCTL_EL2's, which is set. */
	tbnz	x7, #HCR_E2H_SHIFT, 1f
	mov	x11, #3
	msr	cntkctl_el1, x11
1:	msr	mdscr_el1, xzr			// nothing of the debug architecture is armed
	msr	tpidr_el0, xzr
	msr	tpidrro_el0, xzr
	isb
	ret	x16

	.balign	8
.Lsctlr_el1_off:
	.quad	SCTLR_EL1_MMU_OFF
.Lsctlr_el2_off:
	.quad	SCTLR_EL2_MMU_OFF
function_end mmu_switch

	.globl	mmu_switch_end
	.hidden	mmu_switch_end
mmu_switch_end:
