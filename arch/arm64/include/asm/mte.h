/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Allocation tags and their checks (FEAT_MTE2, DDI 0487J.a D10). The image runs with
 * all of it off: SCTLR_ELx.ATA and TCF are 0. Who tests it turns it on for this
 * CPU with mte_control_set() and puts back what was with mte_control_restore().
 *
 * Registers of the level run at: EL1's, and EL2's with VHE or without.
 */
#ifndef ASM_MTE_H
#define ASM_MTE_H

#include <base/types.h>
#include <asm/cpu.h>

#define MTE_GRANULE		16	/* bytes that have one tag */
#define MTE_TAGS		16
#define MTE_TAG_SHIFT		56
/* ESR_ELx.DFSC of a synchronous tag check fault (D19.2.37). */
#define FSC_TAG_CHECK		0x11U

/* SCTLR_ELx.TCF and TCF0: what a failed check does (D10.7). */
enum mte_check {
	MTE_IGNORE,
	MTE_SYNC,	/* a data abort */
	MTE_ASYNC,	/* a flag in TFSR */
	MTE_ASYMM,	/* loads as the first, stores as the second; FEAT_MTE3 */
};

struct mte_control {
	enum mte_check own, el0;
	bool no_access;		/* SCTLR_ELx.ATA and ATA0 clear: tags are neither read nor written */
	bool match_all;		/* TCR_ELx.TCMA0: a pointer with tag 0 is not checked */
	bool at_entry;		/* SCTLR_ELx.ITFSB: an exception waits for flags on their way */
};

/** struct mte_state - what mte_control_set() changes, as it was before */
struct mte_state {
	u64 sctlr, tcr, tfsr, tfsre0, tco;
};

/**
 * mte_has_async() - whether a failed check can set a flag alone
 *
 * ID_AA64PFR1_EL1.MTE_frac, which is newer than DDI 0487J.a, tells of FEAT_MTE2 without:
 * it is 0xf then. FEAT_MTE3 always has it.
 */
static inline bool mte_has_async(void)
{
	u64 id = read_sysreg(ID_AA64PFR1_EL1);

	return (id >> 8 & 0xf) != 2 || (id >> 40 & 0xf) != 0xf;
}

/** mte_has_asymm() - whether ID_AA64PFR1_EL1.MTE shows FEAT_MTE3 */
static inline bool mte_has_asymm(void)
{
	return (read_sysreg(ID_AA64PFR1_EL1) >> 8 & 0xf) >= 3;
}

/** mte_pointer() - @addr with another logical tag, of 0 to 15 */
static inline u64 mte_pointer(u64 addr, unsigned int tag)
{
	return (addr & ~(0xfULL << MTE_TAG_SHIFT)) | (u64)(tag & 0xf) << MTE_TAG_SHIFT;
}

/** mte_tag() - logical tag of a pointer */
static inline unsigned int mte_tag(u64 pointer)
{
	return pointer >> MTE_TAG_SHIFT & 0xf;
}

/**
 * mte_control_set() - use tags on this CPU
 * @control: what to check, and what comes of it
 * @before: filled, for mte_control_restore()
 *
 * The top byte of addresses is ignored from then on (TCR_ELx.TBI0), the flags of
 * failed checks and PSTATE.TCO are clear. For CPUs that cpu_has_tags().
 */
void mte_control_set(const struct mte_control *control, struct mte_state *before);

/** mte_control_restore() - put back what mte_control_set() found */
void mte_control_restore(const struct mte_state *before);

/**
 * mte_faults() - flags of checks that failed since mte_control_set(), of this level
 *
 * Return: TFSR_ELx; bit 0 is TF0, of addresses whose bit 55 is clear.
 */
u64 mte_faults(void);

/** mte_faults_arrived() - of these the ones that are there without waiting for any */
u64 mte_faults_arrived(void);

/** mte_el0_faults() - the same for accesses of EL0, and unprivileged ones: TFSRE0_EL1 */
u64 mte_el0_faults(void);

/** mte_faults_clear() - both */
void mte_faults_clear(void);

/** mte_tco() - whether PSTATE.TCO keeps this CPU's accesses from being checked */
bool mte_tco(void);
void mte_tco_set(bool on);

/** mte_random() - GCR_EL1 and RGSR_EL1: what IRG leaves out, and what it begins with */
struct mte_random {
	u64 gcr, rgsr;
};

/** mte_random_get() - as they are on this CPU */
struct mte_random mte_random_get(void);

/** mte_random_set() - to these, of mte_random_get() or MTE_GCR() and MTE_RGSR() */
void mte_random_set(const struct mte_random *random);

#define MTE_GCR_RRND		(1ULL << 16)	/* an algorithm of the CPU's own */
#define MTE_RGSR(tag, seed)	((u64)(seed) << 8 | (tag))

/* mte_insns.S: one instruction each, by its name */
u64 mte_irg(u64 pointer, u64 exclude);
u64 mte_addg(u64 pointer);		/* 48 bytes further, the tag 3 further */
u64 mte_subg(u64 pointer);		/* 48 bytes back, the tag 3 further */
u64 mte_gmi(u64 pointer, u64 mask);
u64 mte_subp(u64 a, u64 b);
void mte_stg(u64 pointer);		/* its logical tag to the granule it points to */
void mte_st2g(u64 pointer);		/* to two of them */
void mte_stzg(u64 pointer);		/* and zeroes the data */
void mte_stgp(u64 pointer, u64 low, u64 high);	/* and stores two words */
u64 mte_ldg(u64 pointer);		/* the pointer with its granule's tag */
void mte_stgm(u64 pointer, u64 tags);	/* of a block of GMID_EL1.BS */
u64 mte_ldgm(u64 pointer);
void mte_dc_gva(u64 pointer);		/* of a block of DCZID_EL0.BS */

/** mte_block_tags() - granules that STGM and LDGM reach: GMID_EL1.BS */
unsigned int mte_block_tags(void);

/** mte_load_by_sp() - load a word through SP and an offset of 0, interrupts masked */
u64 mte_load_by_sp(u64 pointer);

#endif
