// SPDX-License-Identifier: BSD-2-Clause
/* Version, features, unknown functions. */
#include <base/util.h>
#include "psci.h"

#define FN_STAT_RESIDENCY	0x84000010U
#define FN_STAT_COUNT		0x84000011U
#define FN_MEM_PROTECT		0x84000013U
#define FN_MEM_PROTECT_RANGE	0x84000014U

/*
 * The driver asked for the version when it was probed, by the conduit that the
 * description names; where that failed it says why.
 */
void conduit_works(void)
{
	if (!psci_present()) {
		FAIL("%s", psci_reason());
		return;
	}
	test_diag("PSCI %u.%u by %s", psci_version() >> 16, psci_version() & 0xffff,
		  smccc_conduit_name(smccc_conduit()));
	if (psci_version() == PSCI_VERSION(0, 1))
		SKIP("PSCI 0.1 has no function that can be called without an effect");
	CHECK_EQ((u32)psci_call(PSCI_FN_VERSION, 0, 0, 0), psci_version(),
		 "PSCI_VERSION asked again by %s", smccc_conduit_name(smccc_conduit()));
}

static void need_version(u32 version)
{
	if (psci_version() < version)
		SKIP("PSCI is %u.%u, this came with %u.%u", psci_version() >> 16,
		     psci_version() & 0xffff, version >> 16, version & 0xffff);
}

void version_is_as_described(void)
{
	need_version(PSCI_VERSION(0, 2));
	CHECK_GE(psci_version(), psci_described_version(), "described by %s",
		 psci_device()->origin);
	/* Bit 31 is an error code's; the major version grows slowly. */
	CHECK_LT(psci_version() >> 16, 16U, "PSCI_VERSION");
}

/*
 * Functions that have a 64-bit form are called by it from AArch64. CPU_SUSPEND's
 * flags use bits 1:0, all others are 0.
 */
static const struct {
	u32 fn;
	s32 flags;
	const char *name;
} mandatory[] = {
	{ PSCI_FN_VERSION, 0, "PSCI_VERSION" },
	{ PSCI_FN_64(PSCI_FN_CPU_SUSPEND), 3, "CPU_SUSPEND (SMC64)" },
	{ PSCI_FN_CPU_OFF, 0, "CPU_OFF" },
	{ PSCI_FN_64(PSCI_FN_CPU_ON), 0, "CPU_ON (SMC64)" },
	{ PSCI_FN_64(PSCI_FN_AFFINITY_INFO), 0, "AFFINITY_INFO (SMC64)" },
	{ PSCI_FN_SYSTEM_OFF, 0, "SYSTEM_OFF" },
	{ PSCI_FN_SYSTEM_RESET, 0, "SYSTEM_RESET" },
	{ PSCI_FN_FEATURES, 0, "PSCI_FEATURES" },
};

void mandatory_functions_are_reported(void)
{
	unsigned int i;

	need_version(PSCI_VERSION(1, 0));
	for (i = 0; i < ARRAY_SIZE(mandatory); i++) {
		s32 flags = psci_features(mandatory[i].fn);

		if (CHECK_GE(flags, 0, "PSCI_FEATURES(0x%x %s)", mandatory[i].fn,
			     mandatory[i].name))
			CHECK_EQ(flags & ~mandatory[i].flags, 0, "reserved flags of 0x%x %s",
				 mandatory[i].fn, mandatory[i].name);
	}
}

static void check_pair(u32 one, u32 other, const char *names)
{
	CHECK_EQ(psci_features(one) >= 0, psci_features(other) >= 0, "%s: 0x%x and 0x%x", names,
		 one, other);
}

void pairs_are_reported_together(void)
{
	need_version(PSCI_VERSION(1, 0));
	check_pair(FN_STAT_RESIDENCY, FN_STAT_COUNT, "PSCI_STAT_RESIDENCY, PSCI_STAT_COUNT");
	check_pair(PSCI_FN_64(FN_STAT_RESIDENCY), PSCI_FN_64(FN_STAT_COUNT),
		   "PSCI_STAT_RESIDENCY, PSCI_STAT_COUNT (SMC64)");
	check_pair(FN_MEM_PROTECT, PSCI_FN_64(FN_MEM_PROTECT_RANGE),
		   "MEM_PROTECT, MEM_PROTECT_CHECK_RANGE");
}

void unknown_feature_is_not_supported(void)
{
	need_version(PSCI_VERSION(1, 0));
	CHECK_EQ(psci_features(PSCI_FN_RESERVED), PSCI_NOT_SUPPORTED,
		 "PSCI_FEATURES(0x%x)", PSCI_FN_RESERVED);
	CHECK_EQ(psci_features(PSCI_FN_64(PSCI_FN_RESERVED)), PSCI_NOT_SUPPORTED,
		 "PSCI_FEATURES(0x%x)", PSCI_FN_64(PSCI_FN_RESERVED));
}

void unknown_function_is_not_supported(void)
{
	need_version(PSCI_VERSION(0, 2));
	CHECK_EQ(psci_call(PSCI_FN_RESERVED, 0, 0, 0), (s64)PSCI_NOT_SUPPORTED,
		 "function 0x%x", PSCI_FN_RESERVED);
	CHECK_EQ(psci_call(PSCI_FN_64(PSCI_FN_RESERVED), 0, 0, 0), (s64)PSCI_NOT_SUPPORTED,
		 "function 0x%x", PSCI_FN_64(PSCI_FN_RESERVED));
}

/* 0 and 1: a trusted OS on one CPU, 2: none or one that does not care. */
void migrate_info_type_is_in_range(void)
{
	s64 type;

	need_version(PSCI_VERSION(0, 2));
	type = psci_call(PSCI_FN_MIGRATE_INFO_TYPE, 0, 0, 0);
	if (type == PSCI_NOT_SUPPORTED) {
		CHECK_LT(psci_features(PSCI_FN_MIGRATE_INFO_TYPE), 0,
			 "PSCI_FEATURES of MIGRATE_INFO_TYPE, which returns NOT_SUPPORTED");
		return;
	}
	CHECK_GE(type, 0LL, "MIGRATE_INFO_TYPE");
	CHECK_LE(type, 2LL, "MIGRATE_INFO_TYPE");
}

void smccc_version_is_1_1_or_later(void)
{
	struct smccc_regs regs = { .x = { SMCCC_FN_VERSION } };

	need_version(PSCI_VERSION(1, 0));
	if (psci_features(SMCCC_FN_VERSION) < 0)
		SKIP("PSCI_FEATURES does not report SMCCC_VERSION, so this is SMCCC 1.0");
	REQUIRE_EQ(smccc_call(&regs), 0);
	/* 1.0 has no such function: who has it is at least 1.1. */
	CHECK_GE((s32)regs.x[0], (s32)SMCCC_VERSION_1_1, "SMCCC_VERSION");
	CHECK_LT((u32)regs.x[0] >> 16, 16U, "SMCCC_VERSION");
}
