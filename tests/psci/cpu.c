// SPDX-License-Identifier: BSD-2-Clause
/* Calls that name a CPU: the one that runs, and one that cannot exist. */
#include <asm/cpu.h>
#include "psci.h"

#define AFFINITY_ON	0

/* All affinity fields at their largest: nobody has that many of anything. */
#define MPIDR_ABSENT	0xff00ffffffULL
/* MPIDR_EL1's own bit 31, which the calls' argument must not have. */
#define MPIDR_RES1	0x80000000ULL

static void need_64bit_calls(void)
{
	if (psci_version() < PSCI_VERSION(0, 2))
		SKIP("PSCI 0.1 has no AFFINITY_INFO, and its CPU_ON has no rules for errors");
}

static s64 affinity_info(u64 mpidr)
{
	return psci_call(PSCI_FN_64(PSCI_FN_AFFINITY_INFO), mpidr, 0, 0);
}

static s64 cpu_on(u64 mpidr)
{
	return psci_call(PSCI_FN_64(PSCI_FN_CPU_ON), mpidr, (u64)psci_park, 0);
}

void affinity_info_boot_cpu_is_on(void)
{
	need_64bit_calls();
	CHECK_EQ(affinity_info(cpu_mpidr()), (s64)AFFINITY_ON, "MPIDR 0x%llx", cpu_mpidr());
}

void affinity_info_rejects_invalid_mpidr(void)
{
	need_64bit_calls();
	CHECK_EQ(affinity_info(MPIDR_ABSENT), (s64)PSCI_INVALID_PARAMETERS,
		 "MPIDR 0x%llx", MPIDR_ABSENT);
	/* The caller has to clear it; KVM and TF-A do that themselves, and no rule is against it. */
	test_diag("MPIDR 0x%llx, reserved bit 31 set: %lld", cpu_mpidr() | MPIDR_RES1,
		  affinity_info(cpu_mpidr() | MPIDR_RES1));
}

void cpu_on_boot_cpu_is_already_on(void)
{
	need_64bit_calls();
	CHECK_EQ(cpu_on(cpu_mpidr()), (s64)PSCI_ALREADY_ON, "MPIDR 0x%llx", cpu_mpidr());
}

void cpu_on_rejects_invalid_mpidr(void)
{
	need_64bit_calls();
	CHECK_EQ(cpu_on(MPIDR_ABSENT), (s64)PSCI_INVALID_PARAMETERS, "MPIDR 0x%llx",
		 MPIDR_ABSENT);
}
