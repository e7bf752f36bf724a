/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The processor as the image was entered, captured before anything was
 * changed. Shared with assembler.
 */
#ifndef ASM_ENTRY_STATE_H
#define ASM_ENTRY_STATE_H

#define ENTRY_STATE_X		0	/* x0 - x3 */
#define ENTRY_STATE_SP		32
#define ENTRY_STATE_LR		40
#define ENTRY_STATE_BASE	48	/* where the image was loaded */
#define ENTRY_STATE_CURRENTEL	56
#define ENTRY_STATE_DAIF	64
#define ENTRY_STATE_SPSEL	72
#define ENTRY_STATE_SCTLR	80
#define ENTRY_STATE_TCR		88
#define ENTRY_STATE_TTBR0	96
#define ENTRY_STATE_MAIR	104
#define ENTRY_STATE_VBAR	112
#define ENTRY_STATE_ISR		120
#define ENTRY_STATE_CNTFRQ	128
#define ENTRY_STATE_CPTR	136	/* CPACR_EL1 at EL1, CPTR_EL2 at EL2 */
#define ENTRY_STATE_HCR		144	/* EL2 only, as the rest below */
#define ENTRY_STATE_CNTHCTL	152
#define ENTRY_STATE_CNTVOFF	160
#define ENTRY_STATE_MDCR	168
#define ENTRY_STATE_FPCR	176	/* valid when fp_valid */
#define ENTRY_STATE_FPSR	184
#define ENTRY_STATE_FP_VALID	192
#define ENTRY_STATE_CNTKCTL	200
#define ENTRY_STATE_SIZE	208

#ifndef __ASSEMBLER__
#include <base/types.h>

struct entry_state {
	u64 x[4];
	u64 sp;
	u64 lr;
	u64 base;
	u64 currentel;
	u64 daif;
	u64 spsel;
	u64 sctlr;		/* of the exception level entered at, as tcr, ttbr0, mair, vbar */
	u64 tcr;
	u64 ttbr0;
	u64 mair;
	u64 vbar;
	u64 isr;
	u64 cntfrq;
	u64 cptr;
	u64 hcr;
	u64 cnthctl;
	u64 cntvoff;
	u64 mdcr;
	u64 fpcr;
	u64 fpsr;
	u64 fp_valid;		/* FP/SIMD was not trapped, so that fpcr and fpsr were read */
	u64 cntkctl;
};

_Static_assert(offsetof(struct entry_state, sp) == ENTRY_STATE_SP, "ENTRY_STATE_SP");
_Static_assert(offsetof(struct entry_state, vbar) == ENTRY_STATE_VBAR, "ENTRY_STATE_VBAR");
_Static_assert(offsetof(struct entry_state, mdcr) == ENTRY_STATE_MDCR, "ENTRY_STATE_MDCR");
_Static_assert(offsetof(struct entry_state, cntkctl) == ENTRY_STATE_CNTKCTL, "ENTRY_STATE_CNTKCTL");
_Static_assert(sizeof(struct entry_state) == ENTRY_STATE_SIZE, "ENTRY_STATE_SIZE");

/** entry_state_el() - exception level entered at, 1 or 2 (3 has no entry) */
static inline unsigned int entry_state_el(const struct entry_state *entry)
{
	return (entry->currentel >> 2) & 3;
}
#endif
#endif
