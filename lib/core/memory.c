// SPDX-License-Identifier: BSD-2-Clause
/* The memory map: sorted, disjoint, neighbours of a kind merged. */
#include <base/errno.h>
#include <base/sort.h>
#include <base/string.h>
#include <base/util.h>
#include <core/log.h>
#include <core/memory.h>
#include <asm/sections.h>
#include <asm/page.h>
#include "core.h"

static struct mem_map map;

static u64 region_end(const struct mem_region *region)
{
	return region->base + region->size;
}

static int insert(unsigned int at, struct mem_region region)
{
	if (map.count == BOOT_MAX_REGIONS)
		return -ENOSPC;
	memmove(&map.region[at + 1], &map.region[at],
		(map.count - at) * sizeof(map.region[0]));
	map.region[at] = region;
	map.count++;
	return 0;
}

/* Make @addr a border between two regions where it lies inside one. */
static int split_at(u64 addr)
{
	unsigned int i;

	for (i = 0; i < map.count; i++) {
		struct mem_region *region = &map.region[i], rest = *region;

		if (addr <= region->base || addr >= region_end(region))
			continue;
		rest.size = region_end(region) - addr;
		rest.base = addr;
		/* Without room for it the region stays whole: it has to be mapped. */
		if (insert(i + 1, rest))
			return -ENOSPC;
		region->size = addr - region->base;
		return 0;
	}
	return 0;
}

/* What no region covers between @start and @end becomes one: somebody put something there. */
static int cover(u64 start, u64 end, enum mem_type type)
{
	unsigned int i;

	for (i = 0; i <= map.count && start < end; i++) {
		u64 next = i < map.count ? MIN(map.region[i].base, end) : end;
		struct mem_region gap = {
			.base = start, .size = next - start, .type = type, .firmware_type = ~0U,
		};

		if (next > start && insert(i, gap))
			return -ENOSPC;
		start = MAX(start, region_end(&map.region[i]));
	}
	return 0;
}

int memory_reserve(u64 base, u64 size, enum mem_type type)
{
	u64 start = ALIGN_DOWN(base, PAGE_SIZE), end = ALIGN_UP(base + size, PAGE_SIZE);
	unsigned int i;

	if (!size)
		return 0;
	if (base + size < base || end < base + size)
		return -ERANGE;
	pages_withdraw(start, end - start);
	if (split_at(start) || split_at(end))
		return -ENOSPC;
	for (i = 0; i < map.count; i++)
		if (map.region[i].base >= start && region_end(&map.region[i]) <= end)
			map.region[i].type = type;
	return cover(start, end, type);
}

const struct mem_region *memory_find(u64 addr)
{
	unsigned int i;

	for (i = 0; i < map.count; i++)
		if (addr >= map.region[i].base && addr - map.region[i].base < map.region[i].size)
			return &map.region[i];
	return NULL;
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

static int compare_base(const void *a, const void *b)
{
	const struct mem_region *x = a, *y = b;

	return x->base < y->base ? -1 : x->base > y->base;
}

static bool same_kind(const struct mem_region *a, const struct mem_region *b)
{
	return a->type == b->type && a->flags == b->flags && region_end(a) == b->base;
}

static void merge(void)
{
	unsigned int from, to = 0;

	for (from = 1; from < map.count; from++) {
		if (same_kind(&map.region[to], &map.region[from]))
			map.region[to].size += map.region[from].size;
		else
			map.region[++to] = map.region[from];
	}
	if (map.count)
		map.count = to + 1;
}

/* Parts of pages at the borders go: RAM shrinks. False when nothing is left. */
static bool shrink_to_pages(struct mem_region *region)
{
	u64 start = ALIGN_UP(region->base, PAGE_SIZE);
	u64 end = ALIGN_DOWN(region_end(region), PAGE_SIZE);

	/* Behind the last page of all comes 0. */
	if (start < region->base || start >= end)
		return false;
	region->base = start;
	region->size = end - start;
	return true;
}

/* Leave of @region what lies behind @before; an overlap is said. */
static void cut_overlap(struct mem_region *region, const struct mem_region *before)
{
	u64 border = region_end(before), end = region_end(region);

	if (region->base >= border)
		return;
	pr_err("memory map: 0x%llx-0x%llx overlaps 0x%llx-0x%llx, which keeps what both claim",
	       region->base, end - 1, before->base, border - 1);
	region->base = MIN(border, end);
	region->size = end - region->base;
}

/* Whole pages, disjoint: what overlaps is given to the first. */
static void tidy(void)
{
	struct mem_region before = { .size = 0 };
	unsigned int i, to = 0;

	for (i = 0; i < map.count; i++) {
		struct mem_region region = map.region[i], given = region;

		if (!region.size)
			continue;
		if (region_end(&region) < region.base) {
			pr_err("memory map: the region at 0x%llx wraps around the address space",
			       region.base);
			continue;
		}
		cut_overlap(&region, &before);
		if (region_end(&given) > region_end(&before))
			before = given;
		if (shrink_to_pages(&region))
			map.region[to++] = region;
	}
	map.count = to;
}

/* Each by itself: one that cannot be taken out does not give the others away. */
static void reserve(const char *what, u64 base, u64 size)
{
	int ret = memory_reserve(base, size, MEM_IMAGE);

	if (ret == -ERANGE)
		pr_err("memory map: the %s, 0x%llx bytes at 0x%llx, wraps around the address space",
		       what, size, base);
	else if (ret)
		pr_err("memory map: more than %u regions once the %s at 0x%llx is taken out",
		       BOOT_MAX_REGIONS, what, base);
}

int memory_init(const struct boot_info *bi)
{
	unsigned int described;

	if (bi->map.dropped)
		pr_err("memory map: %u regions more than the %u that fit were dropped",
			bi->map.dropped, BOOT_MAX_REGIONS);
	map = bi->map;
	sort(map.region, map.count, sizeof(map.region[0]), compare_base);
	tidy();
	/* Before the image makes a region of its own. */
	described = map.count;
	if (!memory_find((u64)_image))
		pr_err("memory map: the image at 0x%llx is in no region that is described",
		       (u64)_image);
	reserve("image", (u64)_image, _image_end - _image);
	if (bi->fdt)
		reserve("device tree", (u64)bi->fdt, bi->fdt_limit);
	if (bi->initrd)
		reserve("initrd", (u64)bi->initrd, bi->initrd_size);
	merge();
	pages_init();
	return described ? 0 : -ENOENT;
}
