// SPDX-License-Identifier: BSD-2-Clause
/*
 * EL2's traps and controls that exist only with a feature: nothing that an ID
 * register shows is kept from EL1 and EL0. Firmware may have left anything
 * there, and most reset to unknown values (DDI 0487J.a D19). A line is written
 * only where the feature is. By encoding: assemblers of Armv8.0 do not know the
 * names. Runs on every CPU, with the MMU off on all but the boot CPU: registers
 * and constants only.
 */
#include <base/util.h>
#include <asm/cpu.h>
#include <asm/cpu_control.h>
#include <asm/take_over.h>

#define ID_AA64DFR1_EL1		S3_0_C0_C5_1
#define ID_AA64ISAR2_EL1	S3_0_C0_C6_2
#define ID_AA64MMFR3_EL1	S3_0_C0_C7_3
#define MPAMIDR_EL1		S3_0_C10_C4_4

/* Field of an ID register; the PMU's and the debug architecture's 0xf means none. */
#define FIELD(reg, shift)	((unsigned int)(read_sysreg(reg) >> (shift) & 0xf))

#define HAS_FGT		(FIELD(ID_AA64MMFR0_EL1, 56) >= 1)
#define HAS_FGT2	(FIELD(ID_AA64MMFR0_EL1, 56) >= 2)
#define HAS_ECV_OFFSET	(FIELD(ID_AA64MMFR0_EL1, 60) >= 2)
#define HAS_HCX		(FIELD(ID_AA64MMFR1_EL1, 40) >= 1)
#define HAS_TCR2	(FIELD(ID_AA64MMFR3_EL1, 0) >= 1)
#define HAS_SCTLR2	(FIELD(ID_AA64MMFR3_EL1, 4) >= 1)
#define HAS_S1PIE	(FIELD(ID_AA64MMFR3_EL1, 8) >= 1)
#define HAS_S1POE	(FIELD(ID_AA64MMFR3_EL1, 16) >= 1)
#define HAS_AIE		(FIELD(ID_AA64MMFR3_EL1, 24) >= 1)
#define HAS_GIC_SYSREGS	(FIELD(ID_AA64PFR0_EL1, 24) >= 1)
#define HAS_RAS		(FIELD(ID_AA64PFR0_EL1, 28) >= 1)
#define HAS_SVE		(FIELD(ID_AA64PFR0_EL1, 32) >= 1)
#define HAS_MPAM	(FIELD(ID_AA64PFR0_EL1, 40) || FIELD(ID_AA64PFR1_EL1, 16))
#define HAS_AMU		(FIELD(ID_AA64PFR0_EL1, 44) >= 1)
#define HAS_SME		(FIELD(ID_AA64PFR1_EL1, 24) >= 1)
#define HAS_GCS		(FIELD(ID_AA64PFR1_EL1, 44) >= 1)
#define HAS_THE		(FIELD(ID_AA64PFR1_EL1, 48) >= 1)
#define HAS_LS64	(FIELD(ID_AA64ISAR1_EL1, 60) >= 1)
#define HAS_LS64_V	(FIELD(ID_AA64ISAR1_EL1, 60) >= 2)
#define HAS_LS64_DATA	(FIELD(ID_AA64ISAR1_EL1, 60) >= 3)
#define HAS_MOPS	(FIELD(ID_AA64ISAR2_EL1, 16) >= 1)
#define HAS_PMU		(FIELD(ID_AA64DFR0_EL1, 8) % 0xf)
#define HAS_PMU_3_9	(HAS_PMU && FIELD(ID_AA64DFR0_EL1, 8) >= 9)
#define HAS_PMU_ICNTR	(FIELD(ID_AA64DFR1_EL1, 36) >= 1)
#define HAS_SPMU	(FIELD(ID_AA64DFR1_EL1, 32) >= 1)
#define HAS_SPE		(FIELD(ID_AA64DFR0_EL1, 32) >= 1)
#define HAS_SPE_1_2	(FIELD(ID_AA64DFR0_EL1, 32) >= 3)
#define HAS_TRACE_FILT	(FIELD(ID_AA64DFR0_EL1, 40) >= 1)
#define HAS_TRBE	(FIELD(ID_AA64DFR0_EL1, 44) >= 1)
#define HAS_MTPMU	(FIELD(ID_AA64DFR0_EL1, 48) % 0xf)
#define HAS_BRBE	(FIELD(ID_AA64DFR0_EL1, 52) >= 1)

/* A bit that lets something through, where that exists. */
#define LET(has, bit)		((has) ? BIT(bit) : 0)

#define WRITE_WHERE(has, value, reg) do {					\
	if (has)								\
		write_sysreg(value, reg);					\
} while (0)

/* HCRX_EL2: EnAS0, EnALS, EnASR, MSCEn, TCR2En, SCTLR2En, GCSEn. */
static u64 hcrx_value(void)
{
	return LET(HAS_LS64_DATA, 0) | LET(HAS_LS64, 1) | LET(HAS_LS64_V, 2) |
	       LET(HAS_MOPS, 11) | LET(HAS_TCR2, 14) | LET(HAS_SCTLR2, 15) | LET(HAS_GCS, 22);
}

/*
 * Of the fine-grained traps a 1 traps, but for fields whose name begins with n.
 * HFGRTR_EL2 and HFGWTR_EL2: nACCDATA, nGCS_EL0, nGCS_EL1, nSMPRI, nTPIDR2,
 * nRCWMASK, nPIRE0, nPIR, nPOR_EL0, nPOR_EL1, nAMAIR2, nMAIR2.
 */
static u64 hfgrtr_value(void)
{
	return LET(HAS_LS64_DATA, 50) | LET(HAS_GCS, 52) | LET(HAS_GCS, 53) | LET(HAS_SME, 54) |
	       LET(HAS_SME, 55) | LET(HAS_THE, 56) | LET(HAS_S1PIE, 57) | LET(HAS_S1PIE, 58) |
	       LET(HAS_S1POE, 59) | LET(HAS_S1POE, 60) | LET(HAS_AIE, 62) | LET(HAS_AIE, 63);
}

/* nBRBINJ, nBRBIALL, nGCSPUSHM, nGCSSTR, nGCSEPP */
static u64 hfgitr_value(void)
{
	return LET(HAS_BRBE, 55) | LET(HAS_BRBE, 56) | LET(HAS_GCS, 57) | LET(HAS_GCS, 58) |
	       LET(HAS_GCS, 59);
}

/* nBRBIDR, which is read only; nBRBCTL, nBRBDATA, nPMSNEVFR */
static u64 hdfgrtr_value(void)
{
	return LET(HAS_BRBE, 59) | LET(HAS_BRBE, 60) | LET(HAS_BRBE, 61) | LET(HAS_SPE_1_2, 62);
}

/* nPMICNTR, nPMICFILTR, nPMUACR */
static u64 hdfgrtr2_value(void)
{
	return LET(HAS_PMU_ICNTR, 2) | LET(HAS_PMU_ICNTR, 3) | LET(HAS_PMU_3_9, 4);
}

static void clear_fine_grained_traps(void)
{
	WRITE_WHERE(HAS_HCX, hcrx_value(), S3_4_C1_C2_2);		/* HCRX_EL2 */
	WRITE_WHERE(HAS_FGT, hfgrtr_value(), S3_4_C1_C1_4);		/* HFGRTR_EL2 */
	WRITE_WHERE(HAS_FGT, hfgrtr_value(), S3_4_C1_C1_5);		/* HFGWTR_EL2 */
	WRITE_WHERE(HAS_FGT, hfgitr_value(), S3_4_C1_C1_6);		/* HFGITR_EL2 */
	WRITE_WHERE(HAS_FGT, hdfgrtr_value(), S3_4_C3_C1_4);		/* HDFGRTR_EL2 */
	WRITE_WHERE(HAS_FGT, hdfgrtr_value() & ~BIT(59), S3_4_C3_C1_5);	/* HDFGWTR_EL2 */
	WRITE_WHERE(HAS_FGT && HAS_AMU, 0, S3_4_C3_C1_6);		/* HAFGRTR_EL2 */
	WRITE_WHERE(HAS_FGT2, hdfgrtr2_value(), S3_4_C3_C1_0);		/* HDFGRTR2_EL2 */
	WRITE_WHERE(HAS_FGT2, hdfgrtr2_value(), S3_4_C3_C1_1);		/* HDFGWTR2_EL2 */
}

/* The longest vectors there are: EL1 has no more than EL2 lets it have. */
static void set_vector_lengths(void)
{
	WRITE_WHERE(HAS_SVE, 0xf, S3_4_C1_C2_0);			/* ZCR_EL2.LEN */
	/* SMCR_EL2: LEN, EZT0, FA64; the last two read as 0 without SME2 and FA64. */
	WRITE_WHERE(HAS_SME, 0xf | BIT(30) | BIT(31), S3_4_C1_C2_6);
	WRITE_WHERE(HAS_SME, 0, S3_4_C1_C2_5);				/* SMPRIMAP_EL2 */
}

/* All counters and buffers belong to EL1: HPMN, E2PB, EnSPM, E2TB, MTPME. */
static u64 mdcr_value(void)
{
	u64 mdcr = 0;

	if (HAS_PMU)
		mdcr |= read_sysreg(pmcr_el0) >> 11 & 0x1f;
	if (HAS_SPE)
		mdcr |= 3UL << 12;
	if (HAS_TRBE)
		mdcr |= 3UL << 24;
	return mdcr | LET(HAS_SPMU, 15) | LET(HAS_MTPMU, 28);
}

static void clear_other_traps(void)
{
	/* GIC system registers: SRE, DFB, DIB, Enable; and no trap of EL1's interface. */
	WRITE_WHERE(HAS_GIC_SYSREGS, read_sysreg(S3_4_C12_C9_5) | 0xf, S3_4_C12_C9_5);
	isb();
	WRITE_WHERE(HAS_GIC_SYSREGS, 0, S3_4_C12_C11_0);		/* ICH_HCR_EL2 */
	/* MPAM2_EL2: EnMPAMSM with SME; the partition and all traps 0. */
	WRITE_WHERE(HAS_MPAM, LET(HAS_SME, 50), S3_4_C10_C5_0);
	WRITE_WHERE(HAS_MPAM && read_sysreg(MPAMIDR_EL1) & BIT(17), 0, S3_4_C10_C4_0); /* MPAMHCR_EL2 */
	WRITE_WHERE(HAS_RAS, 0, S3_4_C5_C2_3);				/* VSESR_EL2 */
	WRITE_WHERE(HAS_RAS, 0, S3_4_C12_C1_1);				/* VDISR_EL2 */
	WRITE_WHERE(HAS_ECV_OFFSET, 0, S3_4_C14_C0_6);			/* CNTPOFF_EL2 */
	WRITE_WHERE(HAS_TRACE_FILT, 0, S3_4_C1_C2_1);			/* TRFCR_EL2 */
	WRITE_WHERE(HAS_SPE, 0, S3_4_C9_C9_0);				/* PMSCR_EL2 */
	WRITE_WHERE(HAS_BRBE, 0, S2_4_C9_C0_0);				/* BRBCR_EL2 */
}

void arch_el2_prepare(void)
{
	/* In the layout that HCR_EL2.E2H gives it now; mmu_switch() writes it again. */
	write_sysreg(cpu_cptr_el2(cpu_runs_vhe()), cptr_el2);
	write_sysreg(mdcr_value(), mdcr_el2);
	isb();
	set_vector_lengths();
	clear_fine_grained_traps();
	clear_other_traps();
	write_sysreg(0, cnthp_ctl_el2);
	isb();
}
