// SPDX-License-Identifier: BSD-2-Clause
/*
 * The map that the image goes by, against what was handed over, and against the
 * page tables made of it.
 */
#include <base/crc32.h>
#include <base/errno.h>
#include <base/kconfig.h>
#include <base/util.h>
#include <drivers/of.h>
#include <asm/mmu.h>
#include <asm/mmu_off.h>
#include <asm/page_table.h>
#include <asm/sections.h>
#include "memory.h"

#define WATCHED		64	/* regions */
#define WATCHED_BYTES	4096U	/* at either end of each */

static const struct mem_map *map(void)
{
	return memory_map_get();
}

static u64 last_of(const struct mem_region *region)
{
	return region->base + (region->size - 1);
}

void map_is_in_order(void)
{
	u64 end = 0;
	unsigned int i;

	REQUIRE_GT(map()->count, 0U, "regions");
	CHECK_EQ(map()->dropped, 0U, "regions that found no room");
	for (i = 0; i < map()->count; i++) {
		const struct mem_region *r = &map()->region[i];

		CHECK_GE(r->base, end, "start of region %u, end of the one before", i);
		CHECK_NE(r->size, 0ULL, "size of the region at 0x%llx", r->base);
		CHECK_EQ((r->base | r->size) & (PAGE_SIZE - 1), 0ULL,
			 "parts of pages of the region 0x%llx + 0x%llx", r->base, r->size);
		end = r->base + r->size;
		CHECK_GT(end, r->base, "end of the region at 0x%llx", r->base);
	}
}

/* All of the range is of the type, and page by page nobody's to free. */
static void check_kept(const char *what, u64 base, u64 size)
{
	u64 at = ALIGN_DOWN(base, PAGE_SIZE), end = base + size;

	while (at < end) {
		const struct mem_region *r = memory_find(at);

		if (!CHECK_NE(r, NULL, "region of the %s at 0x%llx", what, at))
			return;
		CHECK_EQ(r->type, (enum mem_type)MEM_IMAGE, "type of the %s at 0x%llx", what, at);
		CHECK_EQ(pages_free((void *)at, PAGE_SIZE), -EINVAL,
			 "freeing a page of the %s at 0x%llx", what, at);
		at = r->base + r->size;
	}
}

void image_and_hand_off_are_kept(void)
{
	const struct boot_info *bi = boot_info_get();

	check_kept("image", (u64)_image, _image_end - _image);
	if (bi->fdt)
		check_kept("device tree", (u64)bi->fdt, bi->fdt_limit);
	if (bi->initrd)
		check_kept("initrd", (u64)bi->initrd, bi->initrd_size);
}

/* First and last page, which rounding gets wrong if any. */
static void check_not_free(const char *what, u64 base, u64 size)
{
	const u64 ends[] = { base, base + (size - 1) };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		const struct mem_region *r = memory_find(ends[i]);

		CHECK(!r || r->type != MEM_FREE, "%s 0x%llx + 0x%llx: 0x%llx is in free memory",
		      what, base, size, ends[i]);
		CHECK_EQ(pages_free((void *)ALIGN_DOWN(ends[i], PAGE_SIZE), PAGE_SIZE),
			 ends[i] < PAGE_SIZE ? 0 : -EINVAL,	/* NULL is nothing to free */
			 "freeing the page of 0x%llx", ends[i]);
	}
}

void reserved_memory_is_never_free(void)
{
	const struct mem_map *given = &boot_info_get()->map;
	unsigned int i;

	for (i = 0; i < given->count; i++)
		if (given->region[i].type != MEM_FREE)
			check_not_free("described as reserved", given->region[i].base,
				       given->region[i].size);
	CHECK_GT(given->count, 0U, "regions handed over");
}

static void check_node(int node)
{
	unsigned int n;
	u64 base, size;

	for (n = 0; n < 64 && !of_address(node, n, &base, &size); n++)
		if (size)
			check_not_free(of_path(node), base, size);
}

/* Read from the tree once more: of a direct boot the map is made of the same tree. */
void tree_reservations_are_never_free(void)
{
	int node, parent;
	unsigned int n;
	u64 base, size;

	if (!IS_ENABLED(CONFIG_DT) || !of_fdt())
		SKIP("no device tree was handed over");
	for (n = 0; n < 64 && !of_reservation(n, &base, &size); n++)
		if (size)
			check_not_free("memory reservation block", base, size);
	parent = of_find_path("/reserved-memory");
	of_for_each_child(node, parent)
		if (of_enabled(node))
			check_node(node);
	CHECK_GT(map()->count, 0U, "regions");
}

static void check_mapped(u64 at)
{
	struct mmu_walk walk;

	if (!CHECK_EQ(mmu_walk(at, &walk), 0, "walk to free memory at 0x%llx", at))
		return;
	CHECK_EQ(walk.pa, at, "address that 0x%llx is translated to", at);
	CHECK_EQ(walk.descriptor & PTE_READ_ONLY, 0ULL, "read-only bit of 0x%llx", at);
	CHECK_NE(walk.descriptor & PTE_UXN, 0ULL, "execute-never bit of 0x%llx", at);
}

/* What is free now: who was given memory may have taken its guard pages away. */
void free_memory_is_mapped(void)
{
	unsigned int i;

	CHECK_GT(hold_all(), 0U, "pieces of free memory");
	for (i = 0; i < hold_count(); i++) {
		check_mapped(hold_piece(i)->base);
		check_mapped(hold_piece(i)->base + hold_piece(i)->size - PAGE_SIZE);
	}
	hold_release();
}

/* Firmware's own memory, and the holes on either side of each piece of RAM. */
void forbidden_memory_is_not_mapped(void)
{
	unsigned int i;

	for (i = 0; i < map()->count; i++) {
		const struct mem_region *r = &map()->region[i];
		u64 end = r->base + r->size;

		if (r->type == MEM_NOMAP) {
			CHECK_EQ(mmu_lookup(r->base), 0ULL, "descriptor of 0x%llx", r->base);
			CHECK_EQ(mmu_lookup(last_of(r)), 0ULL, "descriptor of 0x%llx", last_of(r));
		}
		/* Registers may follow: never as memory. */
		if (!memory_find(end))
			CHECK(!mmu_lookup(end) || (mmu_lookup(end) & PTE_ATTR_MASK) !=
			      (mmu_lookup((u64)_image) & PTE_ATTR_MASK),
			      "0x%llx behind the region at 0x%llx is mapped as memory", end, r->base);
	}
	CHECK_GT(map()->count, 0U, "regions");
	CHECK_EQ(mmu_lookup(0), 0ULL, "descriptor of address 0");
}

/* What nobody writes to while the image runs. MEM_RESERVED may have an owner who does. */
static bool is_watched(const struct mem_region *r)
{
	return (r->type == MEM_ACPI || r->type == MEM_RUNTIME_CODE) &&
	       !(r->flags & MEM_REGION_NOT_WB) && mmu_lookup(r->base) && mmu_lookup(last_of(r));
}

static u32 sums[WATCHED][2];
static u32 tree_sum;

/* With the MMU off it is memory that is read, and who wrote there had its caches on. */
static u32 watched_crc(const void *p, size_t bytes)
{
	if (!mmu_is_on())
		mmu_off_share_read(p, bytes);
	return crc32(0, p, bytes);
}

static u32 region_sum(const struct mem_region *r, unsigned int at_end)
{
	size_t bytes = MIN(r->size, (u64)WATCHED_BYTES);

	return watched_crc((const void *)(at_end ? r->base + r->size - bytes : r->base), bytes);
}

static u32 tree_sum_now(void)
{
	const struct boot_info *bi = boot_info_get();

	return bi->fdt ? watched_crc(bi->fdt, MIN(bi->fdt_limit, (size_t)WATCHED_BYTES)) : 0;
}

int reserved_remember(void)
{
	unsigned int i, n = 0;

	for (i = 0; i < map()->count && n < WATCHED; i++) {
		if (!is_watched(&map()->region[i]))
			continue;
		sums[n][0] = region_sum(&map()->region[i], 0);
		sums[n++][1] = region_sum(&map()->region[i], 1);
	}
	tree_sum = tree_sum_now();
	return 0;
}

/* The last case: all memory that is free has been written to by now. */
void reserved_memory_is_unchanged(void)
{
	unsigned int i, n = 0;

	CHECK_EQ(tree_sum_now(), tree_sum, "checksum of the device tree's beginning");
	for (i = 0; i < map()->count && n < WATCHED; i++) {
		const struct mem_region *r = &map()->region[i];

		if (!is_watched(r))
			continue;
		CHECK_EQ(region_sum(r, 0), sums[n][0], "checksum of the beginning of 0x%llx + 0x%llx",
			 r->base, r->size);
		CHECK_EQ(region_sum(r, 1), sums[n++][1], "checksum of the end of 0x%llx + 0x%llx",
			 r->base, r->size);
	}
}
