/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The control registers as the image sets them: the whole of each, whatever
 * the firmware left, so that a case finds the same machine under every boot
 * method. Values by Arm ARM DDI 0487J.a D19.2.
 */
#ifndef ASM_CPU_CONTROL_H
#define ASM_CPU_CONTROL_H

#define SCTLR_M			(1 << 0)
#define SCTLR_A			(1 << 1)
#define SCTLR_C			(1 << 2)
#define SCTLR_SA		(1 << 3)
#define SCTLR_I			(1 << 12)

/*
 * EL1 (and EL2 with VHE): bits that are RES1 in Armv8.0 - LSMAOE 29, nTLSMD 28,
 * SPAN 23, EIS 22, TSCXT 20, EOS 11 - and no trap of EL0: UCI 26, nTWE 18,
 * nTWI 16, UCT 15, DZE 14; SA0 4.
 */
#define SCTLR_EL1_BASE		(0x30d00800 | (1 << 26) | (1 << 18) | (1 << 16) | \
				 (1 << 15) | (1 << 14) | (1 << 4))
#define SCTLR_EL2_BASE		0x30c50830	/* the RES1 bits, no VHE */
#define SCTLR_MMU_ON		(SCTLR_M | SCTLR_C | SCTLR_I | SCTLR_SA)
/*
 * The same with the MMU off. Accesses are to Device memory then and fault when
 * they are not aligned; with A set they do so on models that do not know that.
 */
#define SCTLR_WITHOUT_MMU(sctlr) (((sctlr) & ~(u64)(SCTLR_M | SCTLR_C | SCTLR_I)) | SCTLR_A)
#define SCTLR_EL1_MMU_OFF	SCTLR_EL1_BASE
#define SCTLR_EL2_MMU_OFF	SCTLR_EL2_BASE

#define HCR_FMO			(1 << 3)
#define HCR_IMO			(1 << 4)
#define HCR_AMO			(1 << 5)
#define HCR_TGE			(1 << 27)
#define HCR_RW			(1 << 31)
#define HCR_E2H_SHIFT		34

/* Attribute indices of MAIR, shared by early and final tables. */
#define MAIR_DEVICE_NGNRE	0		/* 0x04 */
#define MAIR_NORMAL_NC		1		/* 0x44 */
#define MAIR_NORMAL_WB		2		/* 0xff */
#define MAIR_DEVICE_NGNRNE	3		/* 0x00 */
#define MAIR_NORMAL_WT		4		/* 0xbb */
#define MAIR_NORMAL_TAGGED	5		/* 0xf0, write-back with allocation tags; 0 without them */
#define MAIR_VALUE		0xbb00ff4404
#define MAIR_TAGGED		(0xf0ULL << (8 * MAIR_NORMAL_TAGGED))

#define TCR_T0SZ_48		16
#define TCR_T0SZ_MASK		0x3f
#define TCR_TG0_4K		(0 << 14)
#define TCR_TG0_64K		(1 << 14)
#define TCR_TG0_16K		(2 << 14)
#define TCR_TG0_MASK		(3 << 14)
#define TCR_EL1_DS_SHIFT	59
#define TCR_EL2_DS_SHIFT	32		/* without VHE */
#define TCR_WBWA_INNER_SHARE	((3 << 12) | (1 << 10) | (1 << 8))
#define TCR_EPD1		(1 << 23)
/* The upper half is not walked; its size and granule are valid ones all the same. */
#define TCR_NO_TTBR1		(TCR_EPD1 | (2UL << 30) | (16 << 16))
#define TCR_EL1_IPS_SHIFT	32
#define TCR_EL2_RES1		((1 << 31) | (1 << 23))
#define TCR_EL2_PS_SHIFT	16

/* struct cpu_control, for mmu_switch.S */
#define CPU_CONTROL_SCTLR	0
#define CPU_CONTROL_TCR		8
#define CPU_CONTROL_TTBR0	16
#define CPU_CONTROL_MAIR	24
#define CPU_CONTROL_VBAR	32
#define CPU_CONTROL_CPACR	40
#define CPU_CONTROL_HCR		48
#define CPU_CONTROL_EL		56
#define CPU_CONTROL_CPTR	64
#define CPU_CONTROL_CNTHCTL	72

#ifndef __ASSEMBLER__
#include <base/types.h>

struct cpu_control {
	u64 sctlr;		/* of the exception level run at, as tcr, ttbr0, mair, vbar */
	u64 tcr;
	u64 ttbr0;
	u64 mair;
	u64 vbar;
	u64 cpacr;		/* CPACR_EL1; CPTR_EL2 in CPACR's layout with VHE */
	u64 hcr;		/* EL2 only, as cptr and cnthctl */
	u64 el;			/* exception level to run at: the current one or, from 2, 1 */
	u64 cptr;		/* CPTR_EL2 without VHE; what EL1 runs under after a drop */
	u64 cnthctl;
};

_Static_assert(offsetof(struct cpu_control, ttbr0) == CPU_CONTROL_TTBR0, "CPU_CONTROL_TTBR0");
_Static_assert(offsetof(struct cpu_control, el) == CPU_CONTROL_EL, "CPU_CONTROL_EL");
_Static_assert(offsetof(struct cpu_control, cnthctl) == CPU_CONTROL_CNTHCTL, "CPU_CONTROL_CNTHCTL");

/**
 * mmu_switch() - set every control register and go onto other page tables
 * @control: values to set; in memory that is clean to the point of coherency
 *	when the MMU is off. Where its SCTLR says so the MMU stays off
 * @ranges: cleaned and invalidated first: what is used with the MMU off (mmu_off_prepare());
 *	none is needed to come back with it on, since nothing is stored between
 * @count: of @ranges
 *
 * Switches the MMU off in between: E2H, the exception level and the tables may
 * all change. The caller's text and @control->ttbr0's tables are identity
 * mapped before and after, and mmu_switch() itself is clean to the point of
 * coherency. Interrupts are masked on return.
 */
struct mmu_off_range;
void mmu_switch(const struct cpu_control *control, const struct mmu_off_range *ranges, u64 count);

/**
 * cpu_control_fill() - the values the image runs with
 * @control: everything but ttbr0 and vbar; tcr for tables of 4 KiB pages and 48
 *	bits, which mmu_control_fill() changes to what the image's own have
 * @el: exception level to run at
 * @vhe: with HCR_EL2.E2H; for @el 2
 */
void cpu_control_fill(struct cpu_control *control, unsigned int el, bool vhe);

/** cpu_cptr_el2() - CPTR_EL2 that traps nothing, in the layout that @vhe (HCR_EL2.E2H) gives it */
u64 cpu_cptr_el2(bool vhe);
#endif
#endif
