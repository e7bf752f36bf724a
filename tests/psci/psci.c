// SPDX-License-Identifier: BSD-2-Clause
/*
 * PSCI, as far as one CPU can ask without changing anything: what the
 * description promises, what PSCI_FEATURES reports, what wrong arguments get,
 * and which registers a call leaves alone. Then CPUs go off and on, one by one in
 * the suite smp, all of them and with many callers at once here.
 */
#include "psci.h"

static int psci_init(void)
{
	if (!psci_described())
		SKIP("%s", psci_reason());
	return 0;
}

static const struct test_case psci_cases[] = {
	TEST_CASE(conduit_works,
		  .spec = "DEN0022F PSCI_VERSION; DT binding arm,psci method; ACPI 6.5 5.2.9.4",
		  .hint = "method (DT) or PSCI_USE_HVC (FADT) names the wrong instruction for "
			  "the level we run at, or no firmware answers it"),
	TEST_CASE(version_is_as_described, .needs = NEED_PSCI, .spec = "DEN0022F PSCI_VERSION",
		  .hint = "the compatible string promises a newer PSCI than the firmware has"),
	TEST_CASE(mandatory_functions_are_reported, .needs = NEED_PSCI,
		  .spec = "DEN0022F PSCI_FEATURES",
		  .hint = "the firmware lacks a function that its version must have, or "
			  "PSCI_FEATURES forgets it"),
	TEST_CASE(pairs_are_reported_together, .needs = NEED_PSCI,
		  .spec = "DEN0022F PSCI_STAT_RESIDENCY, MEM_PROTECT",
		  .hint = "one function of a pair is implemented without the other"),
	TEST_CASE(unknown_feature_is_not_supported, .needs = NEED_PSCI,
		  .spec = "DEN0022F PSCI_FEATURES",
		  .hint = "PSCI_FEATURES does not look at its argument"),
	TEST_CASE(unknown_function_is_not_supported, .needs = NEED_PSCI,
		  .spec = "DEN0028F 5.2 unknown function identifier",
		  .hint = "the dispatcher does not check the function identifier, or "
			  "sign-extends -1 wrongly"),
	TEST_CASE(migrate_info_type_is_in_range, .needs = NEED_PSCI,
		  .spec = "DEN0022F MIGRATE_INFO_TYPE",
		  .hint = "the trusted OS dispatcher returns something of its own"),
	TEST_CASE(smccc_version_is_1_1_or_later, .needs = NEED_PSCI,
		  .spec = "DEN0028F SMCCC_VERSION",
		  .hint = "PSCI_FEATURES says that SMCCC_VERSION exists, and the call does not"),
	TEST_CASE(affinity_info_boot_cpu_is_on, .needs = NEED_PSCI,
		  .spec = "DEN0022F AFFINITY_INFO",
		  .hint = "the firmware's list of CPUs does not hold this CPU's MPIDR"),
	TEST_CASE(affinity_info_rejects_invalid_mpidr, .needs = NEED_PSCI,
		  .spec = "DEN0022F AFFINITY_INFO",
		  .hint = "the firmware masks the MPIDR instead of looking it up, so that an "
			  "absent CPU has a state"),
	TEST_CASE(cpu_on_boot_cpu_is_already_on, .needs = NEED_PSCI, .spec = "DEN0022F CPU_ON",
		  .hint = "the firmware does not know that the boot CPU runs"),
	TEST_CASE(cpu_on_rejects_invalid_mpidr, .needs = NEED_PSCI, .spec = "DEN0022F CPU_ON",
		  .hint = "the firmware masks the MPIDR instead of looking it up, and may "
			  "start another CPU"),
	TEST_CASE(call_preserves_x18_to_x30_and_sp, .needs = NEED_PSCI,
		  .spec = "DEN0028F 2.6 register use in AArch64 SMC and HVC calls",
		  .hint = "the firmware's entry code does not restore what it uses"),
	TEST_CASE(call_preserves_x4_to_x17, .needs = NEED_PSCI,
		  .spec = "DEN0028F 2.6 register use in AArch64 SMC and HVC calls",
		  .hint = "the firmware claims SMCCC 1.1 but leaves scratch values behind, as "
			  "1.0 allowed"),
	TEST_CASE(all_others_go_off_and_come_back, .needs = NEED_PSCI | NEED_SMP,
		  .timeout_ms = 30000,
		  .spec = "DEN0022F CPU_OFF, CPU_ON, AFFINITY_INFO",
		  .hint = "the firmware powers a cluster down with its last CPU, and not up again"),
	TEST_CASE(cpu_on_race_has_one_winner, .needs = NEED_PSCI | NEED_SMP, .timeout_ms = 30000,
		  .spec = "DEN0022F CPU_ON: ALREADY_ON, ON_PENDING",
		  .hint = "the firmware looks at a CPU's state and changes it without a lock: two "
			  "callers start it"),
	{}
};

TEST_SUITE(psci, .about = "power state coordination: version, features, conduit",
	   .init = psci_init, .mmu = TEST_MMU_ANY, .cases = psci_cases);
