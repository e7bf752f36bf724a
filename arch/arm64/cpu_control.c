// SPDX-License-Identifier: BSD-2-Clause
/*
 * Values of the control registers. Also runs with the MMU off, before
 * relocation: constants and ID registers only.
 */
#include <base/util.h>
#include <asm/cpu.h>
#include <asm/cpu_control.h>

/* 48 bits of address are the most that the descriptors in use can hold. */
#define PARANGE_48_BITS	5

static u64 physical_range(void)
{
	return MIN(read_sysreg(ID_AA64MMFR0_EL1) & 0xf, (u64)PARANGE_48_BITS);
}

/* Pointer authentication at EL1 and EL0 does not trap where the CPU has it. */
static u64 hcr_pauth(void)
{
	/* APA, API, GPA, GPI */
	const u64 fields1 = GENMASK(11, 4) | GENMASK(31, 24);
	/* ID_AA64ISAR2_EL1: GPA3, APA3 */
	const u64 fields2 = GENMASK(15, 8);

	if (read_sysreg(ID_AA64ISAR1_EL1) & fields1 || read_sysreg(S3_0_C0_C6_2) & fields2)
		return BIT(41) | BIT(40);
	return 0;
}

#define CPACR_ZEN		(3ULL << 16)
#define CPACR_FPEN		(3ULL << 20)
#define CPACR_SMEN		(3ULL << 24)
#define CPTR_EL2_TZ		(1ULL << 8)
#define CPTR_EL2_TSM		(1ULL << 12)
/* CPTR_EL2 without VHE: the RES1 bits, TZ and TSM among them, TFP clear. */
#define CPTR_EL2_NO_FP_TRAP	0x33ffULL
#define HCR_ENSCXT		(1ULL << 53)
#define HCR_ATA			(1ULL << 56)

/* What EL1 may use of features that HCR_EL2 keeps back unless told otherwise. */
static u64 hcr_features(void)
{
	u64 pfr0 = read_sysreg(ID_AA64PFR0_EL1), pfr1 = read_sysreg(ID_AA64PFR1_EL1);
	u64 hcr = 0;

	if (cpu_has_tags())
		hcr |= HCR_ATA;
	if ((pfr0 >> 56 & 0xf) >= 2 || (pfr1 >> 32 & 0xf) == 2)	/* CSV2_2, CSV2_1p2 */
		hcr |= HCR_ENSCXT;
	return hcr;
}

static bool has_sve(void)
{
	return read_sysreg(ID_AA64PFR0_EL1) >> 32 & 0xf;
}

static bool has_sme(void)
{
	return read_sysreg(ID_AA64PFR1_EL1) >> 24 & 0xf;
}

/* CPACR_EL1, and CPTR_EL2 with VHE: FPEN, and ZEN and SMEN where there is such a thing. */
static u64 cpacr_value(void)
{
	return CPACR_FPEN | (has_sve() ? CPACR_ZEN : 0) | (has_sme() ? CPACR_SMEN : 0);
}

/* Without VHE the bits trap: RES1 without the feature. */
u64 cpu_cptr_el2(bool vhe)
{
	if (vhe)
		return cpacr_value();
	return CPTR_EL2_NO_FP_TRAP & ~((has_sve() ? CPTR_EL2_TZ : 0) | (has_sme() ? CPTR_EL2_TSM : 0));
}

static u64 hcr_value(unsigned int el, bool vhe)
{
	u64 hcr = BIT(31) | hcr_pauth() | hcr_features();	/* RW: EL1 is AArch64 */

	if (el == 2)
		hcr |= HCR_AMO | HCR_IMO | HCR_FMO;	/* to EL2, where we are */
	if (vhe)
		hcr |= BIT(HCR_E2H_SHIFT) | HCR_TGE;
	return hcr;
}

/* CNTHCTL_EL2 without VHE: EL1PCTEN, EL1PCEN. With VHE also EL0's, and both move up to 10. */
#define CNTHCTL_EL1_ACCESS	0x3ULL
#define CNTHCTL_VHE_ACCESS	0xc03ULL

void cpu_control_fill(struct cpu_control *control, unsigned int el, bool vhe)
{
	bool el2_format = el == 2 && !vhe;
	u64 sctlr = SCTLR_MMU_ON;

	if (IS_ENABLED(CONFIG_STRICT_ALIGNMENT))
		sctlr |= SCTLR_A;
	control->sctlr = sctlr | (el2_format ? SCTLR_EL2_BASE : SCTLR_EL1_BASE);
	control->tcr = TCR_T0SZ_48 | TCR_WBWA_INNER_SHARE;
	if (el2_format)
		control->tcr |= (u32)TCR_EL2_RES1 | physical_range() << TCR_EL2_PS_SHIFT;
	else
		control->tcr |= TCR_NO_TTBR1 | physical_range() << TCR_EL1_IPS_SHIFT;
	/* The type is reserved where there are no tags. */
	control->mair = MAIR_VALUE | (cpu_has_tags() ? MAIR_TAGGED : 0);
	control->vbar = 0;
	control->cpacr = cpacr_value();
	control->el = el;
	/* Of use at EL2 only; another CPU may be started there though this one was not. */
	control->hcr = hcr_value(el, vhe);
	control->cptr = cpu_cptr_el2(vhe);
	control->cnthctl = vhe ? CNTHCTL_VHE_ACCESS : CNTHCTL_EL1_ACCESS;
}
