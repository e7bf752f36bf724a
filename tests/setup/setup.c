// SPDX-License-Identifier: BSD-2-Clause
/*
 * Whether this is the machine that was asked for. The words smp= and mem= come from
 * whoever made it (`make run` hands QEMU's own numbers over), what is held against
 * them from the tables: a firmware that drops a CPU, or a bank of memory, is
 * consistent in itself, and nothing else would find it.
 *
 * The rest of what stands first in any run has its suites: vectors by each way in,
 * from the kernel and from EL0, in exceptions; every CPU's MPIDR in smp; version
 * and conduit of PSCI in psci.
 */
#include <base/util.h>
#include <core/cpu.h>
#include <core/expected.h>
#include <core/memory.h>
#include <test/test.h>

static void cpus_are_as_said(void)
{
	u64 said = expected_cpus();

	if (!said)
		SKIP("no word smp= says how many CPUs there are");
	CHECK_EQ((u64)cpu_described(), said, "CPUs that the tables describe and enable");
	/* NR_CPUS or maxcpus= may take fewer. */
	if (cpu_count() == cpu_described())
		CHECK_EQ((u64)cpu_online_count(), said, "CPUs that run");
}

/*
 * What firmware reserves in the middle of RAM, as for a display: its map does not tell
 * that from a device's addresses.
 */
static u64 reserved_within(void)
{
	const struct mem_map *map = memory_map_get();
	const struct mem_region *at;
	u64 bytes = 0;

	for (unsigned int i = 1; i + 1 < map->count; i++) {
		at = &map->region[i];
		if (at->type == MEM_MMIO && at[-1].type != MEM_MMIO && at[1].type != MEM_MMIO &&
		    at[-1].base + at[-1].size == at->base && at->base + at->size == at[1].base)
			bytes += at->size;
	}
	return bytes;
}

static void memory_is_as_said(void)
{
	u64 said = expected_memory(), found = memory_ram_bytes() + reserved_within();

	if (!said)
		SKIP("no word mem= says how much RAM there is");
	CHECK_EQ(found, said, "%llu KiB are described, %llu KiB said", found / 1024, said / 1024);
}

static const struct test_case setup_cases[] = {
	TEST_CASE(cpus_are_as_said, .mmu = TEST_MMU_ANY,
		  .spec = "Devicetree 0.4 3.8; ACPI 6.5 5.2.12.14",
		  .hint = "firmware leaves a CPU out of its tables, disables it, or counts more "
			  "than there are; or smp= is of another machine"),
	TEST_CASE(memory_is_as_said, .mmu = TEST_MMU_ANY,
		  .spec = "Devicetree 0.4 3.4; UEFI 2.10 7.2.3",
		  .hint = "firmware leaves a bank out of its map, or keeps memory for itself "
			  "without saying so: the lines of the map above show what there is"),
	{}
};

TEST_SUITE(setup, .about = "whether this is the machine that was asked for", .cases = setup_cases);
