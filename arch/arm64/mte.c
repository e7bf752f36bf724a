// SPDX-License-Identifier: BSD-2-Clause
/* Tag checks on and off, and what they leave (DDI 0487J.a D10.6, D10.7). */
#include <base/util.h>
#include <asm/barrier.h>
#include <asm/mte.h>
#include <asm/sysreg.h>
#include <asm/tlb.h>

/* By encoding: assemblers of Armv8.0 do not know the names. */
#define RGSR_EL1	S3_0_C1_C0_5
#define GCR_EL1		S3_0_C1_C0_6
#define TFSR_EL1	S3_0_C5_C6_0
#define TFSRE0_EL1	S3_0_C5_C6_1
#define TFSR_EL2	S3_4_C5_C6_0
#define GMID_EL1	S3_1_C0_C0_4
#define TCO		S3_3_C4_C2_7

#define SCTLR_TCF_SHIFT		40
#define SCTLR_TCF0_SHIFT	38
#define SCTLR_MTE		GENMASK(43, 37)	/* ATA, ATA0, TCF, TCF0, ITFSB */
#define SCTLR_ITFSB		BIT(37)
#define SCTLR_ATA0		BIT(42)
#define SCTLR_ATA		BIT(43)
#define TCR_TBI0		BIT(37)
#define TCR_TCMA0		BIT(57)
/* Without VHE EL2's register has one of each, elsewhere. */
#define TCR_EL2_TBI		BIT(20)
#define TCR_EL2_TCMA		BIT(30)
#define PSTATE_TCO		BIT(25)

static u64 sctlr_get(void)
{
	return tlb_one_level() ? read_sysreg(sctlr_el2) : read_sysreg(sctlr_el1);
}

static u64 tcr_get(void)
{
	return tlb_one_level() ? read_sysreg(tcr_el2) : read_sysreg(tcr_el1);
}

/* What TCR says of addresses may be held in TLBs. */
static void control_write(u64 sctlr, u64 tcr)
{
	if (tlb_one_level()) {
		write_sysreg(tcr, tcr_el2);
		write_sysreg(sctlr, sctlr_el2);
	} else {
		write_sysreg(tcr, tcr_el1);
		write_sysreg(sctlr, sctlr_el1);
	}
	isb();
	tlb_flush_all();
}

static void tfsr_write(u64 own, u64 el0)
{
	if (tlb_one_level())
		write_sysreg(own, TFSR_EL2);
	else
		write_sysreg(own, TFSR_EL1);
	write_sysreg(el0, TFSRE0_EL1);
	isb();
}

static u64 sctlr_bits(const struct mte_control *control)
{
	u64 bits = (u64)control->own << SCTLR_TCF_SHIFT;

	/* EL2 without VHE has no EL0 beside it: these are RES0. */
	if (!tlb_one_level())
		bits |= (u64)control->el0 << SCTLR_TCF0_SHIFT;
	if (!control->no_access)
		bits |= SCTLR_ATA | (tlb_one_level() ? 0 : SCTLR_ATA0);
	return bits | (control->at_entry ? SCTLR_ITFSB : 0);
}

static u64 tcr_bits(const struct mte_control *control)
{
	bool one = tlb_one_level();
	u64 match_all = one ? TCR_EL2_TCMA : TCR_TCMA0;

	return (one ? TCR_EL2_TBI : TCR_TBI0) | (control->match_all ? match_all : 0);
}

void mte_control_set(const struct mte_control *control, struct mte_state *before)
{
	before->sctlr = sctlr_get();
	before->tcr = tcr_get();
	before->tco = read_sysreg(TCO);
	before->tfsr = mte_faults();
	before->tfsre0 = mte_el0_faults();
	control_write((before->sctlr & ~SCTLR_MTE) | sctlr_bits(control),
		      before->tcr | tcr_bits(control));
	mte_faults_clear();
	mte_tco_set(false);
}

void mte_control_restore(const struct mte_state *before)
{
	write_sysreg(before->tco, TCO);
	control_write(before->sctlr, before->tcr);
	tfsr_write(before->tfsr, before->tfsre0);
}

u64 mte_faults_arrived(void)
{
	return tlb_one_level() ? read_sysreg(TFSR_EL2) : read_sysreg(TFSR_EL1);
}

/* Flags of accesses so far have arrived behind both (D10.7). */
u64 mte_faults(void)
{
	dsb(sy);
	isb();
	return mte_faults_arrived();
}

u64 mte_el0_faults(void)
{
	dsb(sy);
	isb();
	return read_sysreg(TFSRE0_EL1);
}

void mte_faults_clear(void)
{
	dsb(sy);
	isb();
	tfsr_write(0, 0);
}

bool mte_tco(void)
{
	return read_sysreg(TCO) & PSTATE_TCO;
}

void mte_tco_set(bool on)
{
	write_sysreg(on ? PSTATE_TCO : 0, TCO);
}

/* IRG's change of RGSR_EL1 is seen behind a context synchronization event. */
struct mte_random mte_random_get(void)
{
	isb();
	return (struct mte_random){ .gcr = read_sysreg(GCR_EL1), .rgsr = read_sysreg(RGSR_EL1) };
}

void mte_random_set(const struct mte_random *random)
{
	write_sysreg(random->gcr, GCR_EL1);
	write_sysreg(random->rgsr, RGSR_EL1);
	isb();
}

/* Log2 of words of four bytes, as tags are half a byte each: 64 bits hold 16 at most. */
unsigned int mte_block_tags(void)
{
	return (4U << (read_sysreg(GMID_EL1) & 0xf)) / MTE_GRANULE;
}
