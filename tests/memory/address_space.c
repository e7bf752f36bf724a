// SPDX-License-Identifier: BSD-2-Clause
/* Addresses for mappings of their own: nothing that is described has them. */
#include <base/errno.h>
#include <base/util.h>
#include <core/address_space.h>
#include <drivers/device.h>
#include <asm/mmu.h>
#include "memory.h"

#define RANGES	8

static void check_unused(u64 base, u64 size)
{
	const struct mem_map *map = memory_map_get();
	const struct device *dev;
	unsigned int i;

	for (i = 0; i < map->count; i++)
		CHECK(map->region[i].base >= base + size ||
		      map->region[i].base + map->region[i].size <= base,
		      "0x%llx + 0x%llx and the region at 0x%llx", base, size, map->region[i].base);
	device_for_each(dev)
		for (i = 0; i < dev->nr_resources; i++)
			CHECK(dev->resources[i].kind != RES_MEM ||
			      dev->resources[i].base >= base + size ||
			      dev->resources[i].base + dev->resources[i].size <= base,
			      "0x%llx + 0x%llx and %s", base, size, dev->name);
	CHECK_EQ(mmu_lookup(base), 0ULL, "descriptor of 0x%llx", base);
	CHECK_EQ(mmu_lookup(base + size - 1), 0ULL, "descriptor of 0x%llx", base + size - 1);
	CHECK_EQ(base >> mmu_va_bits(), 0ULL, "bits of 0x%llx that are not translated", base);
}

void addresses_are_unused(void)
{
	u64 base[RANGES];
	unsigned int i, j;

	for (i = 0; i < RANGES; i++) {
		u64 size = (u64)PAGE_SIZE << 2 * i;

		base[i] = (u64)address_space_alloc(size, size);
		REQUIRE_NE(base[i], 0ULL, "0x%llx bytes", size);
		CHECK_EQ(base[i] & (size - 1), 0ULL, "misalignment of 0x%llx", base[i]);
		check_unused(base[i], size);
		/* With a page between them that nobody has. */
		for (j = 0; j < i; j++)
			CHECK(base[j] + ((u64)PAGE_SIZE << 2 * j) < base[i] ||
			      base[i] + size < base[j], "0x%llx and 0x%llx", base[i], base[j]);
	}
	for (i = 0; i < RANGES; i++)
		CHECK_EQ(address_space_free((void *)base[i], (u64)PAGE_SIZE << 2 * i), 0,
			 "0x%llx", base[i]);
}

void addresses_are_given_back(void)
{
	void *va = address_space_alloc(3 * PAGE_SIZE + 1, 0), *again;

	REQUIRE(va);
	CHECK_EQ(address_space_free(va, 3 * PAGE_SIZE), -EINVAL, "a page less");
	CHECK_EQ(address_space_free(va, 4 * PAGE_SIZE + 1), -EINVAL, "a page more");
	CHECK_EQ(address_space_free((char *)va + PAGE_SIZE, PAGE_SIZE), -EINVAL, "from its middle");
	CHECK_EQ(address_space_free(va, 3 * PAGE_SIZE + 1), 0);
	CHECK_EQ(address_space_free(va, 3 * PAGE_SIZE + 1), -EINVAL, "a second time");
	again = address_space_alloc(3 * PAGE_SIZE + 1, 0);
	CHECK_EQ(again, va, "the same range");
	CHECK_EQ(address_space_free(again, 3 * PAGE_SIZE + 1), 0);
	CHECK_EQ(address_space_free(NULL, PAGE_SIZE), 0, "NULL");
	CHECK_EQ(address_space_free((void *)boot_info_get(), PAGE_SIZE), -EINVAL, "memory");
	CHECK_EQ(address_space_alloc(0, 0), NULL, "nothing");
	CHECK_EQ(address_space_alloc(PAGE_SIZE, 3), NULL, "an alignment that is no power of two");
	CHECK_EQ(address_space_alloc(1ULL << 62, 0), NULL, "more than there is");
}
