/* SPDX-License-Identifier: BSD-2-Clause */
/* What both entries do first: keep the processor's state as it is. */
#ifndef BOOT_CAPTURE_H
#define BOOT_CAPTURE_H

#include <asm/assembler.h>
#include <asm/entry_state.h>

/*
 * Store the entry state at \state. x0-x3, sp and lr are as at the entry; uses x9-x11.
 * FPCR is read only where no trap to this level can come of it.
 */
.macro	capture_entry_state state
	stp	x0, x1, [\state, #ENTRY_STATE_X]
	stp	x2, x3, [\state, #ENTRY_STATE_X + 16]
	mov	x9, sp
	stp	x9, x30, [\state, #ENTRY_STATE_SP]
	address	x9, _image
	mrs	x10, CurrentEL
	stp	x9, x10, [\state, #ENTRY_STATE_BASE]
	mrs	x9, daif
	mrs	x10, SPSel
	stp	x9, x10, [\state, #ENTRY_STATE_DAIF]
	mrs	x9, isr_el1
	mrs	x10, cntfrq_el0
	stp	x9, x10, [\state, #ENTRY_STATE_ISR]
	mrs	x9, CurrentEL
	cmp	x9, #(2 << 2)
	b.eq	.Lat_el2\@

	mrs	x9, sctlr_el1
	mrs	x10, tcr_el1
	stp	x9, x10, [\state, #ENTRY_STATE_SCTLR]
	mrs	x9, ttbr0_el1
	mrs	x10, mair_el1
	stp	x9, x10, [\state, #ENTRY_STATE_TTBR0]
	mrs	x9, vbar_el1
	str	x9, [\state, #ENTRY_STATE_VBAR]
	mrs	x9, cpacr_el1
	stp	x9, xzr, [\state, #ENTRY_STATE_CPTR]
	mrs	x10, cntkctl_el1
	str	x10, [\state, #ENTRY_STATE_CNTKCTL]
	stp	xzr, xzr, [\state, #ENTRY_STATE_CNTHCTL]
	str	xzr, [\state, #ENTRY_STATE_MDCR]
	ubfx	x11, x9, #20, #2		// CPACR_EL1.FPEN
	cmp	x11, #3
	b.ne	.Lno_fp\@
	b	.Lfp\@

.Lat_el2\@:
	mrs	x9, sctlr_el2
	mrs	x10, tcr_el2
	stp	x9, x10, [\state, #ENTRY_STATE_SCTLR]
	mrs	x9, ttbr0_el2
	mrs	x10, mair_el2
	stp	x9, x10, [\state, #ENTRY_STATE_TTBR0]
	mrs	x9, vbar_el2
	str	x9, [\state, #ENTRY_STATE_VBAR]
	mrs	x9, cptr_el2
	mrs	x10, hcr_el2
	stp	x9, x10, [\state, #ENTRY_STATE_CPTR]
	mrs	x11, cnthctl_el2
	str	x11, [\state, #ENTRY_STATE_CNTHCTL]
	mrs	x11, cntvoff_el2
	str	x11, [\state, #ENTRY_STATE_CNTVOFF]
	mrs	x11, mdcr_el2
	str	x11, [\state, #ENTRY_STATE_MDCR]
	str	xzr, [\state, #ENTRY_STATE_CNTKCTL]
	tbnz	x10, #34, .Lvhe\@		// HCR_EL2.E2H: CPTR_EL2 has CPACR_EL1's layout
	tbnz	x9, #10, .Lno_fp\@		// CPTR_EL2.TFP
	b	.Lfp\@
.Lvhe\@:
	ubfx	x11, x9, #20, #2		// CPTR_EL2.FPEN
	tbz	x11, #0, .Lno_fp\@
.Lfp\@:
	.arch_extension fp
	mrs	x9, fpcr
	mrs	x10, fpsr
	stp	x9, x10, [\state, #ENTRY_STATE_FPCR]
	mov	x9, #1
	str	x9, [\state, #ENTRY_STATE_FP_VALID]
	b	.Ldone_capture\@
.Lno_fp\@:
	stp	xzr, xzr, [\state, #ENTRY_STATE_FPCR]
	str	xzr, [\state, #ENTRY_STATE_FP_VALID]
.Ldone_capture\@:
.endm

#endif
