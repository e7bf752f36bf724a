// SPDX-License-Identifier: BSD-2-Clause
/* The memory map that the image goes by: whole pages, disjoint, neighbours of a kind merged. */
#include <base/errno.h>
#include <base/util.h>
#include <core/log.h>
#include <core/memory.h>
#include <asm/sections.h>
#include <asm/page.h>
#include "core.h"

static struct mem_map map;

int memory_reserve(u64 base, u64 size, enum mem_type type)
{
	u64 start = ALIGN_DOWN(base, PAGE_SIZE), end = ALIGN_UP(base + size, PAGE_SIZE);

	if (!size)
		return 0;
	if (base + size < base || end < base + size)
		return -ERANGE;
	pages_withdraw(start, end - start);
	return mem_map_retype(&map, start, end - start, type, MEM_MAP_FORCE | MEM_MAP_COVER);
}

const struct mem_region *memory_find(u64 addr)
{
	return mem_map_find(&map, addr);
}

const struct mem_map *memory_map_get(void)
{
	return &map;
}

u64 memory_ram_bytes(void)
{
	u64 bytes = 0;
	unsigned int i;

	for (i = 0; i < map.count; i++)
		if (map.region[i].type != MEM_MMIO)
			bytes += map.region[i].size;
	return bytes;
}

static u64 region_end(const struct mem_region *region)
{
	return region->base + region->size;
}

/* What cannot be true of memory. A device tree's own overlaps are reported with their nodes. */
static void report_nonsense(const struct mem_map *given)
{
	struct mem_region before = { .size = 0 };
	unsigned int i;

	for (i = 0; i < given->count; i++) {
		const struct mem_region *region = &given->region[i];

		if (!region->size)
			continue;
		if (region_end(region) < region->base) {
			pr_err("memory map: the region at 0x%llx wraps around the address space",
			       region->base);
			continue;
		}
		if (region->base < region_end(&before))
			pr_err("memory map: 0x%llx-0x%llx overlaps 0x%llx-0x%llx; what both claim is used as the stricter type says",
			       region->base, region_end(region) - 1, before.base,
			       region_end(&before) - 1);
		if (region_end(region) > region_end(&before))
			before = *region;
	}
}

/*
 * Each by itself: one that cannot be taken out does not give the others away.
 * What is not in the map is not mapped, and these are read.
 */
static void reserve_hand_off(const char *what, u64 base, u64 size)
{
	int ret;

	do
		ret = memory_reserve(base, size, MEM_IMAGE);
	while (ret == -ENOSPC && mem_map_drop_reserved(&map, base));
	if (ret == -ERANGE)
		pr_err("memory map: the %s, 0x%llx bytes at 0x%llx, wraps around the address space",
		       what, size, base);
	else if (ret)
		pr_err("memory map: no room among %u regions to take out the %s at 0x%llx alone",
		       BOOT_MAX_REGIONS, what, base);
}

int memory_init(struct boot_info *bi)
{
	unsigned int described;

	mem_map_order(&bi->map);
	report_nonsense(&bi->map);
	mem_map_pages(&map, &bi->map, PAGE_SIZE);
	/* Before the image makes a region of its own. */
	described = map.count;
	if (!memory_find((u64)_image))
		pr_err("memory map: the image at 0x%llx is in no region that is described",
		       (u64)_image);
	reserve_hand_off("image", (u64)_image, _image_end - _image);
	if (bi->fdt)
		reserve_hand_off("device tree", (u64)bi->fdt, bi->fdt_limit);
	if (bi->initrd)
		reserve_hand_off("initrd", (u64)bi->initrd, bi->initrd_size);
	mem_map_join(&map, MEM_MAP_JOIN_KIND);
	if (map.dropped)
		pr_err("memory map: more than %u regions: %u of them, the smallest pieces of free RAM first, are not used",
		       BOOT_MAX_REGIONS, map.dropped);
	pages_init();
	return described ? 0 : -ENOENT;
}
