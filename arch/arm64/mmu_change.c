// SPDX-License-Identifier: BSD-2-Clause
/*
 * Changing what is mapped. What break-before-make takes away for a moment must
 * not be what the change itself needs:
 *
 * - the code is the image's text, and mmu_replace() uses no stack and takes no
 *   interrupt between break and make, so that the stack may lie in the block;
 * - the table that holds the entry is reached at its own address: a block that
 *   holds that table, or the text, is not split (-EBUSY). Entries for blocks of
 *   RAM lie in tables of the image's pool, since RAM is mapped before the page
 *   allocator gives tables, and the image has pages of its own, so this refuses
 *   only what nobody has a use for.
 */
#include <base/errno.h>
#include <base/util.h>
#include <asm/barrier.h>
#include <asm/page.h>
#include <asm/sections.h>
#include <asm/tlb.h>
#include "mmu_private.h"

/* More leaves than this, and all TLB entries go: one operation instead of many. */
#define FLUSH_EACH	64

static bool overlaps(u64 start, u64 size, const void *from, size_t bytes)
{
	return start < (u64)from + bytes && (u64)from < start + size;
}

/* Nothing of what is needed while [start, start + size) is invalid lies in it. */
static bool may_break(u64 start, u64 size, const u64 *entry)
{
	const void *table = (const void *)ALIGN_DOWN((u64)entry, mmu_table_bytes());

	return !overlaps(start, size, _text, _text_end - _text) &&
	       !overlaps(start, size, table, mmu_table_bytes());
}

void mmu_entry_write(u64 va, u64 *entry, u64 value)
{
	if (mmu_tables_are_walked())
		mmu_replace(entry, value, TLBI_VA(va), tlb_one_level());
	else
		*entry = value;
}

static void flush_range(u64 va, u64 end, u64 step)
{
	if (!mmu_tables_are_walked())
		return;
	if ((end - va) / step > FLUSH_EACH) {
		tlb_flush_all();
		return;
	}
	for (; va < end; va += step)
		tlb_flush_va(va);
}

/* A table in place of a block, with the same memory and attributes in smaller leaves. */
static int split_block(u64 va, u64 *entry, int level)
{
	u64 size = level_size(level), small = level_size(level + 1);
	u64 old = *entry, pa = mmu_descriptor_address(old) & ~(size - 1);
	u64 bits = old & ~(mmu_address_bits(pa) | 3), start = ALIGN_DOWN(va, size);
	u64 *table;
	unsigned int i;

	if (!may_break(start, size, entry))
		return -EBUSY;
	table = mmu_table_alloc();
	if (!table)
		return -ENOMEM;
	for (i = 0; i < mmu_entries(); i++)
		table[i] = leaf_entry(pa + i * small, level + 1, bits);
	mmu_entry_write(start, entry, mmu_address_bits((u64)table) | PTE_TABLE);
	return 0;
}

/*
 * The leaf that maps @va within [@va, @end), after splitting what reaches out of
 * that. Returns 0 or -errno.
 */
static int leaf_within(u64 va, u64 end, struct mmu_walk *walk)
{
	int ret;

	for (;;) {
		ret = mmu_walk(va, walk);
		if (ret)
			return ret;
		if (IS_ALIGNED(va, walk->size) && end - va >= walk->size)
			return 0;
		/* A page never reaches out: ranges have whole ones. */
		ret = split_block(va, walk->entry, walk->level);
		if (ret)
			return ret;
	}
}

/* The leaf as it is with other type and permissions; its memory stays. */
static u64 changed_leaf(const struct mmu_walk *walk, u64 bits)
{
	return leaf_entry(walk->pa & ~(walk->size - 1), walk->level, bits);
}

/* Not permissions alone: the leaf is invalid for a moment. */
static bool leaf_breaks(const struct mmu_walk *walk, u64 bits)
{
	return (changed_leaf(walk, bits) ^ walk->descriptor) & ~PTE_PERMISSIONS;
}

/* Who needs what the leaf maps would fault; @bits is 0 when it is unmapped. */
static bool leaf_loses(const struct mmu_walk *walk, u64 bits)
{
	return !bits || leaf_breaks(walk, bits) ||
	       (bits & ~walk->descriptor & (PTE_READ_ONLY | PTE_PXN | PTE_UXN));
}

/*
 * Before anything is changed: all is mapped, and nothing that a change needs is
 * in its way, each leaf by itself, since a range may have several kinds.
 */
static int check_change(u64 va, u64 size, u64 bits)
{
	struct mmu_walk walk;
	u64 at, next, end = va + size;
	int ret = mmu_check_range(va, size);
	bool needed = !ret && mmu_needs(va, size);

	for (at = va; !ret && at < end; at = next) {
		u64 start;
		bool loses;

		ret = mmu_walk(at, &walk);
		if (ret)
			break;
		start = ALIGN_DOWN(at, walk.size);
		next = start + walk.size;
		loses = leaf_loses(&walk, bits);
		if (loses && needed && mmu_needs(at, MIN(next, end) - at))
			return -EBUSY;
		if ((loses || start < va || next > end) &&
		    !may_break(start, walk.size, walk.entry))
			return -EBUSY;
	}
	return ret;
}

static bool is_empty(const u64 *table)
{
	unsigned int i;

	for (i = 0; i < mmu_entries(); i++)
		if (table[i])
			return false;
	return true;
}

/* Tables on the way to @va that hold nothing any more, from the last level up. */
static void free_empty_tables(u64 va)
{
	int level, depth;

	for (depth = LAST_LEVEL; depth > mmu_format.start_level; depth--) {
		u64 *table = mmu_root, *entry = NULL;

		for (level = mmu_format.start_level; level < depth; level++) {
			entry = &table[level_index(va, level)];
			if (!is_table(*entry, level))
				break;
			table = entry_table(*entry);
		}
		if (level < depth)
			continue;
		if (!is_empty(table))
			return;
		*entry = 0;
		flush_range(va, va + 1, 1);
		mmu_table_free(table);
	}
}

int mmu_unmap(u64 va, u64 size)
{
	u64 end = va + size, at = va, step = 0;
	struct mmu_walk walk;
	int ret = check_change(va, size, 0);

	while (!ret && at < end) {
		ret = leaf_within(at, end, &walk);
		if (ret)
			break;
		*walk.entry = 0;
		step = step ? MIN(step, walk.size) : walk.size;
		at += walk.size;
		/* The last of its table: the table may have nothing left. */
		if (at < end && !IS_ALIGNED(at, walk.size * mmu_entries()))
			continue;
		flush_range(va, at, step);
		free_empty_tables(at - walk.size);
		va = at;
		step = 0;
	}
	if (ret && at > va && step)
		flush_range(va, at, step);
	return ret;
}

static void leaf_protect(u64 va, const struct mmu_walk *walk, u64 bits)
{
	u64 value = changed_leaf(walk, bits);

	if (leaf_breaks(walk, bits)) {
		mmu_entry_write(va, walk->entry, value);
	} else {
		*walk->entry = value;
		flush_range(va, va + 1, 1);
	}
}

int mmu_protect(u64 va, u64 size, enum map_kind kind)
{
	u64 bits = mmu_kind_bits(kind), end = va + size;
	struct mmu_walk walk;
	int ret;

	if (!bits)
		return -EOPNOTSUPP;
	ret = check_change(va, size, bits);
	while (!ret && va < end) {
		ret = leaf_within(va, end, &walk);
		if (!ret)
			leaf_protect(va, &walk, bits);
		va += walk.size;
	}
	return ret;
}

int mmu_remap(u64 va, u64 pa, u64 size, enum map_kind kind)
{
	int ret;

	if (!mmu_kind_bits(kind))
		return -EOPNOTSUPP;
	if (!IS_ALIGNED(pa, (u64)PAGE_SIZE))
		return -EINVAL;
	if (pa + size < pa || pa + size > 1ULL << mmu_format.pa_bits)
		return -ERANGE;
	/* The break, for the whole range at once; the make is a mapping as any. */
	ret = mmu_unmap(va, size);
	return ret ? ret : mmu_map_at(va, pa, size, kind);
}
