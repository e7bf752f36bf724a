// SPDX-License-Identifier: BSD-2-Clause
/*
 * What an ID register shows can be used: one register of each feature is read.
 * What traps is trapped by a level above: by EL3's firmware (SCR_EL3, CPTR_EL3,
 * MDCR_EL3, ...) or by a hypervisor, which then must not show the feature.
 */
#include <base/errno.h>
#include <base/util.h>
#include <asm/extable.h>
#include "exceptions.h"

struct feature {
	const char *name;
	const char *reg;
	u64 (*id)(void);
	u8 shift;
	u8 least;		/* smallest value of the field that has it */
	u8 none;		/* another value that has it not */
	int (*touch)(u64 *value);
	const char *above;	/* what lets it through */
};

#define ID(name, reg) static u64 name(void) { return read_sysreg(reg); }
ID(pfr0, ID_AA64PFR0_EL1)
ID(pfr1, ID_AA64PFR1_EL1)
ID(dfr0, ID_AA64DFR0_EL1)
ID(isar1, ID_AA64ISAR1_EL1)
ID(mmfr0, ID_AA64MMFR0_EL1)
ID(mmfr1, ID_AA64MMFR1_EL1)
ID(mmfr3, S3_0_C0_C7_3)

#define TOUCH(name, reg) static int name(u64 *value) { return arch_try_read_sysreg(reg, value); }
TOUCH(touch_fpcr, S3_3_C4_C4_0)
TOUCH(touch_zcr, S3_0_C1_C2_0)
TOUCH(touch_smcr, S3_0_C1_C2_6)
TOUCH(touch_tpidr2, S3_3_C13_C0_5)
TOUCH(touch_gcr, S3_0_C1_C0_6)
TOUCH(touch_apiakey, S3_0_C2_C1_0)
TOUCH(touch_amcr, S3_3_C13_C2_0)
TOUCH(touch_erridr, S3_0_C5_C3_0)
TOUCH(touch_disr, S3_0_C12_C1_1)
TOUCH(touch_mpam1, S3_0_C10_C5_0)
TOUCH(touch_pmcr, S3_3_C9_C12_0)
TOUCH(touch_mdscr, mdscr_el1)
TOUCH(touch_pmscr, S3_0_C9_C9_0)
TOUCH(touch_trblimitr, S3_0_C9_C11_0)
TOUCH(touch_trfcr, S3_0_C1_C2_1)
TOUCH(touch_brbcr, S2_1_C9_C0_0)
TOUCH(touch_lorid, S3_0_C10_C4_7)
TOUCH(touch_cntvctss, S3_3_C14_C0_6)
TOUCH(touch_rndr, S3_3_C2_C4_0)
TOUCH(touch_scxtnum, S3_0_C13_C0_7)
TOUCH(touch_icc_sre, S3_0_C12_C12_5)
TOUCH(touch_tcr2, S3_0_C2_C0_3)
TOUCH(touch_pir, S3_0_C10_C2_3)

static u64 isar0(void)
{
	return read_sysreg(ID_AA64ISAR0_EL1);
}

static const struct feature features[] = {
	{ "FP and SIMD", "FPCR", pfr0, 16, 0, 0xf, touch_fpcr, "CPTR_EL3.TFP, CPTR_EL2" },
	{ "SVE", "ZCR_EL1", pfr0, 32, 1, 0, touch_zcr, "CPTR_EL3.EZ, CPTR_EL2" },
	{ "SME", "SMCR_EL1", pfr1, 24, 1, 0, touch_smcr, "CPTR_EL3.ESM, CPTR_EL2" },
	{ "SME", "TPIDR2_EL0", pfr1, 24, 1, 0, touch_tpidr2, "SCR_EL3.EnTP2, HFGRTR_EL2" },
	{ "MTE", "GCR_EL1", pfr1, 8, 2, 0, touch_gcr, "SCR_EL3.ATA, HCR_EL2.ATA" },
	{ "pointer authentication", "APIAKeyLo_EL1", isar1, 4, 1, 0, touch_apiakey,
	  "SCR_EL3.APK, HCR_EL2.APK" },
	{ "pointer authentication", "APIAKeyLo_EL1", isar1, 8, 1, 0, touch_apiakey,
	  "SCR_EL3.APK, HCR_EL2.APK" },
	{ "AMU", "AMCR_EL0", pfr0, 44, 1, 0, touch_amcr, "CPTR_EL3.TAM, CPTR_EL2.TAM" },
	{ "RAS", "ERRIDR_EL1", pfr0, 28, 1, 0, touch_erridr, "SCR_EL3.TERR, HCR_EL2.TERR" },
	{ "RAS", "DISR_EL1", pfr0, 28, 1, 0, touch_disr, "SCR_EL3.TERR" },
	{ "MPAM", "MPAM1_EL1", pfr0, 40, 1, 0, touch_mpam1, "MPAM3_EL3.TRAPLOWER, MPAM2_EL2" },
	{ "PMU", "PMCR_EL0", dfr0, 8, 1, 0xf, touch_pmcr, "MDCR_EL3.TPM, MDCR_EL2.TPM" },
	{ "debug", "MDSCR_EL1", dfr0, 0, 6, 0, touch_mdscr, "MDCR_EL3.TDA, MDCR_EL2.TDA" },
	{ "SPE", "PMSCR_EL1", dfr0, 32, 1, 0, touch_pmscr, "MDCR_EL3.NSPB, MDCR_EL2.TPMS" },
	{ "TRBE", "TRBLIMITR_EL1", dfr0, 44, 1, 0, touch_trblimitr,
	  "MDCR_EL3.NSTB, MDCR_EL2.E2TB" },
	{ "trace filter", "TRFCR_EL1", dfr0, 40, 1, 0, touch_trfcr, "MDCR_EL3.TTRF" },
	{ "BRBE", "BRBCR_EL1", dfr0, 52, 1, 0, touch_brbcr, "MDCR_EL3.SBRBE, HDFGRTR_EL2" },
	{ "LOR", "LORID_EL1", mmfr1, 16, 1, 0, touch_lorid, "SCR_EL3.TLOR, HCR_EL2.TLOR" },
	{ "ECV", "CNTVCTSS_EL0", mmfr0, 60, 1, 0, touch_cntvctss, "CNTHCTL_EL2.EL1TVCT" },
	{ "RNG", "RNDR", isar0, 60, 1, 0, touch_rndr, "SCR_EL3.TRNDR" },
	{ "CSV2_2", "SCXTNUM_EL1", pfr0, 56, 2, 0, touch_scxtnum, "SCR_EL3.EnSCXT, HCR_EL2.EnSCXT" },
	{ "GIC system registers", "ICC_SRE_EL1", pfr0, 24, 1, 0, touch_icc_sre,
	  "ICC_SRE_EL3.Enable, ICC_SRE_EL2.Enable" },
	{ "TCR2", "TCR2_EL1", mmfr3, 0, 1, 0, touch_tcr2, "SCR_EL3.TCR2En, HCRX_EL2.TCR2En" },
	{ "S1PIE", "PIR_EL1", mmfr3, 8, 1, 0, touch_pir, "SCR_EL3.PIEn, HFGRTR_EL2.nPIR_EL1" },
};

static bool shown(const struct feature *feature)
{
	unsigned int value = feature->id() >> feature->shift & 0xf;

	return value >= feature->least && (!feature->none || value != feature->none);
}

void features_do_not_trap(void)
{
	const struct feature *feature;
	unsigned int count = 0;
	u64 value = 0;
	int ret;

	for (feature = features; feature < features + ARRAY_SIZE(features); feature++) {
		if (!shown(feature))
			continue;
		count++;
		ret = feature->touch(&value);
		CHECK_EQ(ret, 0, "%s: reading %s traps, ESR 0x%llx; look at %s", feature->name,
			 feature->reg, arch_try_esr(), feature->above);
	}
	test_diag("%u registers of features read", count);
}
