// SPDX-License-Identifier: BSD-2-Clause
/*
 * All addresses that the page tables translate, less everything that is mapped
 * at its own address or may be. Where the CPU's physical addresses are fewer
 * than the virtual ones, everything up to their end counts as that.
 */
#include <base/errno.h>
#include <base/extents.h>
#include <base/util.h>
#include <core/address_space.h>
#include <core/lock.h>
#include <core/memory.h>
#include <asm/cpu.h>
#include <asm/mmu.h>
#include <asm/page.h>

#define VA_BITS_MAX	52
#define VA_BITS_MIN	48
/* With every hole between regions and devices; without room the smallest are forgotten. */
#define ROOM		(BOOT_MAX_REGIONS / 2)

static struct extent table[ROOM];
static struct extents ranges = { .extent = table, .room = ROOM };
/* What is handed out, to compare with what is given back. Few at a time: windows of a case or driver. */
#define RANGES_MAX	128
static struct extent taken[RANGES_MAX];
static struct spinlock lock = SPINLOCK_WHOLE("address space");
static u64 lowest, highest;	/* the gap that is used, fixed by the first allocation */

static void begin(void)
{
	if (!ranges.count && !highest)
		extents_add(&ranges, PAGE_SIZE, (1ULL << VA_BITS_MAX) - PAGE_SIZE);
}

static void avoid(u64 base, u64 size)
{
	u64 start = ALIGN_DOWN(base, PAGE_SIZE), end = ALIGN_UP(base + size, PAGE_SIZE);

	if (!size || end <= start)
		return;
	begin();
	extents_remove(&ranges, start, end - start);
}

void address_space_avoid(u64 base, u64 size)
{
	/* Below the end of what the CPU can address, where no range is taken from then. */
	if (cpu_physical_bits() < VA_BITS_MIN)
		return;
	spin_lock(&lock);
	avoid(base, size);
	spin_unlock(&lock);
}

/* The largest gap, which nothing that is described lies in. */
static void choose(void)
{
	const struct mem_map *map = memory_map_get();
	u64 virtual = 1ULL << mmu_va_bits(), physical = 1ULL << cpu_physical_bits();
	struct extent best = { .size = 0 };
	unsigned int i;

	begin();
	for (i = 0; i < map->count; i++)
		avoid(map->region[i].base, map->region[i].size);
	if (physical < virtual)
		avoid(0, physical);
	extents_remove(&ranges, virtual, (1ULL << VA_BITS_MAX) - virtual);
	for (i = 0; i < ranges.count; i++)
		if (ranges.extent[i].size > best.size)
			best = ranges.extent[i];
	lowest = best.base;
	highest = best.base + best.size;
	ranges.extent[0] = best;
	ranges.count = best.size > 0;
}

/* The entry for what begins at @base, 0 for a free one; NULL when there is none. */
static struct extent *find_taken(u64 base)
{
	unsigned int i;

	for (i = 0; i < RANGES_MAX; i++)
		if (taken[i].base == base)
			return &taken[i];
	return NULL;
}

/* With the page behind it. */
static u64 take(u64 bytes, const struct extents_wish *wish)
{
	struct extent *entry = find_taken(0);
	u64 base = entry ? extents_take(&ranges, bytes, wish) : EXTENTS_NONE;

	if (base != EXTENTS_NONE)
		*entry = (struct extent){ .base = base, .size = bytes };
	return base;
}

static int give_back(u64 base, u64 bytes)
{
	struct extent *entry = find_taken(base);
	int ret;

	if (!entry || entry->size != bytes)
		return -EINVAL;
	ret = extents_add(&ranges, base, bytes);
	if (!ret)
		*entry = (struct extent){ .base = 0 };
	return ret;
}

void *address_space_alloc(u64 size, u64 align)
{
	u64 bytes = ALIGN_UP(size, PAGE_SIZE), base;
	struct extents_wish wish = { .align = MAX(align, (u64)PAGE_SIZE) };

	if (!size || (align & (align - 1)) || bytes + 2 * PAGE_SIZE < size)
		return NULL;
	spin_lock(&lock);
	if (!highest)
		choose();
	/* The page on either side belongs to it; the alignment is that of what lies between. */
	wish.from = lowest + PAGE_SIZE;
	wish.limit = highest - PAGE_SIZE;
	base = take(bytes + PAGE_SIZE, &wish);
	spin_unlock(&lock);
	return base == EXTENTS_NONE ? NULL : (void *)base;
}

int address_space_free(void *va, u64 size)
{
	u64 base = (u64)va, bytes = ALIGN_UP(size, PAGE_SIZE) + PAGE_SIZE;
	int ret;

	if (!va)
		return 0;
	spin_lock(&lock);
	ret = give_back(base, bytes);
	spin_unlock(&lock);
	return ret;
}
