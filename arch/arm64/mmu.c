// SPDX-License-Identifier: BSD-2-Clause
/* The image's page tables: mapping what was not mapped. Only what is described, blocks where they fit. */
#include <base/errno.h>
#include <base/util.h>
#include <asm/barrier.h>
#include <asm/page.h>
#include "mmu_private.h"

/* As many leaves of one size as fit into the rest of a table: most of RAM is mapped here. */
static u64 map_run(u64 *entry, u64 va, u64 pa, u64 end, int level, u64 bits)
{
	u64 size = level_size(level), next = leaf_entry(pa, level, bits);
	u64 count = MIN((u64)(mmu_entries() - level_index(va, level)), (end - va) / size);
	u64 *last = entry + count, *first = entry;

	/* Where the output address is not in one piece, the sum is not either. */
	if (mmu_format.wide && (pa + count * size) >> 48) {
		*entry = next;
		return size;
	}
	/* Four a turn: each piece of memory has hundreds at both of its ends. */
	for (; last - entry >= 4 && !(entry[0] | entry[1] | entry[2] | entry[3]); entry += 4) {
		entry[0] = next;
		entry[1] = next + size;
		entry[2] = next + 2 * size;
		entry[3] = next + 3 * size;
		next += 4 * size;
	}
	for (; entry < last && !*entry; entry++, next += size)
		*entry = next;
	return (entry - first) * size;
}

static bool leaf_fits(u64 va, u64 pa, u64 end, int level)
{
	u64 size = level_size(level);

	return level_has_leaves(level) && IS_ALIGNED(va | pa, size) && end - va >= size;
}

/*
 * Walk down to where @va is or can be mapped, and map as much from there as one
 * table holds. Returns the bytes covered or -errno.
 */
static s64 map_some(u64 va, u64 pa, u64 end, u64 bits)
{
	u64 *table = mmu_root, *entry;
	int level;

	for (level = mmu_format.start_level; ; level++) {
		u64 size = level_size(level), into = va & (size - 1);

		entry = &table[level_index(va, level)];
		if (*entry && !is_table(*entry, level))
			return *entry == leaf_entry(pa - into, level, bits) ?
			       (s64)(size - into) : -EEXIST;
		if (!*entry && leaf_fits(va, pa, end, level))
			return map_run(entry, va, pa, end, level, bits);
		if (!*entry) {
			u64 *next = mmu_table_alloc();

			if (!next)
				return -ENOMEM;
			/* Zeroed before it is linked, for the walkers of other CPUs. */
			dmb(ishst);
			*entry = mmu_address_bits((u64)next) | PTE_TABLE;
		}
		table = entry_table(*entry);
	}
}

int mmu_map_at(u64 va, u64 pa, u64 size, enum map_kind kind)
{
	u64 bits = mmu_kind_bits(kind), end = va + size;
	int ret = mmu_check_range(va, size);

	if (ret)
		return ret;
	if (!IS_ALIGNED(pa, (u64)PAGE_SIZE))
		return -EINVAL;
	if (pa + size < pa || pa + size > 1ULL << mmu_format.pa_bits)
		return -ERANGE;
	if (!bits)
		return -EOPNOTSUPP;
	while (va < end) {
		s64 covered = map_some(va, pa, end, bits);

		if (covered < 0) {
			ret = covered;
			break;
		}
		va += covered;
		pa += covered;
	}
	if (mmu_tables_are_walked()) {
		dsb(ishst);
		isb();
	}
	return ret;
}

int mmu_map(u64 base, u64 size, enum map_kind kind)
{
	u64 start = ALIGN_DOWN(base, (u64)PAGE_SIZE);
	u64 end = ALIGN_UP(base + size, (u64)PAGE_SIZE);

	if (base + size < base || end < base + size)
		return -ERANGE;
	start = MAX(start, (u64)PAGE_SIZE);
	return end > start ? mmu_map_at(start, start, end - start, kind) : 0;
}
