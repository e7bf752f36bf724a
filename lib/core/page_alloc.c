// SPDX-License-Identifier: BSD-2-Clause
/* Free RAM in pages: ranges of addresses, described apart from them. */
#include <base/errno.h>
#include <base/extents.h>
#include <base/string.h>
#include <base/util.h>
#include <core/fault.h>
#include <core/lock.h>
#include <core/log.h>
#include <core/memory.h>
#include <core/page_alloc.h>
#include <asm/mmu_off.h>
#include <asm/page.h>
#include <asm/sections.h>
#include "core.h"

/* Room for every region of the map and as many holes, before pages can be used for more. */
#define FIRST_ROOM	(2 * BOOT_MAX_REGIONS)
/* One allocation or one free takes no more. */
#define SPARE		2

static struct extent first_table[FIRST_ROOM] __section(".noinit");
static struct extents ranges;
static u64 total;
static struct spinlock lock = SPINLOCK_WHOLE("pages");
static bool mapped;	/* what is allocated can be written to */

static bool is_ours(const struct mem_region *region)
{
	return region->type == MEM_FREE && !(region->flags & MEM_REGION_NOT_WB);
}

void pages_init(void)
{
	const struct mem_map *map = memory_map_get();
	unsigned int i;

	ranges = (struct extents){ .extent = first_table, .room = FIRST_ROOM };
	total = 0;
	for (i = 0; i < map->count; i++) {
		u64 base = map->region[i].base, size = map->region[i].size;

		/* NULL is no memory, and spin-tables of small boards live there. */
		if (!base) {
			base += PAGE_SIZE;
			size -= PAGE_SIZE;
		}
		/* Disjoint, and room for each: it cannot fail. */
		if (is_ours(&map->region[i]) && size && !extents_add(&ranges, base, size))
			total += size;
	}
}

void pages_withdraw(u64 base, u64 size)
{
	extents_remove(&ranges, base, size);
}

void pages_mapped(void)
{
	mapped = true;
}

/* A table twice as large, from the pages it describes. */
static void grow(void)
{
	static const struct extents_wish anywhere;
	struct extents old = ranges;
	u64 bytes = ALIGN_UP(2ULL * old.room * sizeof(struct extent), PAGE_SIZE);
	u64 base;

	if (!mapped)
		return;
	/* At the start of a range, which takes no room. */
	base = extents_take(&ranges, bytes, &anywhere);
	if (base == EXTENTS_NONE)
		return;
	if (mmu_off_share((void *)base, bytes))
		pr_err("pages: too many ranges of memory for the MMU to be turned off");
	memcpy((void *)base, old.extent, ranges.count * sizeof(struct extent));
	ranges.extent = (struct extent *)base;
	ranges.room = bytes / sizeof(struct extent);
	/* Lines of what stays shared would be dropped under whoever gets it next. */
	if (old.extent != first_table &&
	    !mmu_off_unshare(old.extent, old.room * sizeof(struct extent)))
		extents_add(&ranges, (u64)old.extent, old.room * sizeof(struct extent));
}

static void have_room(void)
{
	if (ranges.room - ranges.count < SPARE)
		grow();
}

static u64 take(u64 bytes, u64 align, u64 limit)
{
	struct extents_wish wish = {
		.align = MAX(align, (u64)PAGE_SIZE),
		.from = (u64)_image,
		.limit = limit,
	};
	u64 base;

	spin_lock(&lock);
	have_room();
	base = extents_take(&ranges, bytes, &wish);
	if (base == EXTENTS_NONE) {
		wish.from = 0;
		base = extents_take(&ranges, bytes, &wish);
	}
	spin_unlock(&lock);
	return base;
}

void *pages_alloc_below(u64 bytes, u64 align, u64 limit)
{
	u64 size = ALIGN_UP(bytes, PAGE_SIZE), base;

	if (!bytes || size < bytes || (align & (align - 1)))
		return NULL;
	if (fault_is_armed(FAULT_ALLOC) && !fault_alloc("pages"))
		return NULL;
	base = take(size, align, limit);
	return base == EXTENTS_NONE ? NULL : (void *)base;
}

void *pages_alloc(u64 bytes, u64 align)
{
	return pages_alloc_below(bytes, align, 0);
}

/* All of it in regions whose pages are handed out here. */
static bool was_ours(u64 base, u64 size)
{
	while (size) {
		const struct mem_region *region = memory_find(base);
		u64 held;

		if (!region || !is_ours(region))
			return false;
		held = MIN(region->size - (base - region->base), size);
		base += held;
		size -= held;
	}
	return true;
}

int pages_free(void *p, u64 bytes)
{
	u64 base = (u64)p, size = ALIGN_UP(bytes, PAGE_SIZE);
	int ret;

	if (!p)
		return 0;
	if (!IS_ALIGNED(base, PAGE_SIZE) || size < bytes || base + size < base ||
	    base < PAGE_SIZE || !was_ours(base, size))
		return -EINVAL;
	spin_lock(&lock);
	have_room();
	ret = extents_add(&ranges, base, size);
	spin_unlock(&lock);
	return ret == -EEXIST ? -EINVAL : ret;
}

void pages_stats(struct page_stats *stats)
{
	spin_lock(&lock);
	*stats = (struct page_stats){
		.total = total,
		.free = extents_sum(&ranges),
		.largest = extents_largest(&ranges),
		.ranges = ranges.count,
	};
	spin_unlock(&lock);
}
