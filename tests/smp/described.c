// SPDX-License-Identifier: BSD-2-Clause
/* The CPUs that run against the tables. */
#include <asm/cpu.h>
#include "smp.h"

static u64 mpidrs[CONFIG_NR_CPUS];

void described_cpus_run(void)
{
	unsigned int i;

	test_diag("%u described, %u used, %u online", cpu_described(), cpu_count(),
		  cpu_online_count());
	for (i = 0; i < cpu_count(); i++)
		CHECK(cpu_is_online(i), "CPU %u, MPIDR 0x%llx, %s: %s", i, cpu_get(i)->mpidr,
		      cpu_get(i)->origin ? cpu_get(i)->origin : "not described",
		      cpu_get(i)->why ? cpu_get(i)->why : "no reason known");
	/* More than are used is NR_CPUS or maxcpus=; fewer is the boot CPU's own error. */
	CHECK_LE(cpu_online_count(), cpu_count());
}

void boot_cpu_is_described(void)
{
	CHECK(cpu_get(0)->origin, "no table describes a CPU with MPIDR 0x%llx", cpu_mpidr());
}

static void note_mpidr(void *arg)
{
	(void)arg;
	mpidrs[cpu_this()] = cpu_mpidr();
}

/* Whether an earlier CPU reads the same. */
static bool seen_before(unsigned int index)
{
	unsigned int i;

	for (i = 0; i < index; i++)
		if (cpu_is_online(i) && mpidrs[i] == mpidrs[index])
			return true;
	return false;
}

void mpidrs_are_as_described(void)
{
	unsigned int i;

	REQUIRE_EQ(cpu_call_all(note_mpidr, NULL, CALL_US), 0);
	cpu_for_each_online(i) {
		CHECK_EQ(mpidrs[i], cpu_get(i)->mpidr, "CPU %u", i);
		CHECK(!seen_before(i), "CPU %u: MPIDR 0x%llx is an earlier one's too", i,
		      mpidrs[i]);
	}
}
