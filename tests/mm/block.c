// SPDX-License-Identifier: BSD-2-Clause
/* Blocks, splitting them, and runs of entries with the contiguous bit. */
#include <asm/cpu_control.h>
#include <asm/exception.h>
#include <asm/tlb.h>
#include <core/page_alloc.h>
#include "mm.h"

#define STACK_SIZE	0x8000

/* Memory that a block can map; where a case ended early, mm_exit() gives it back. */
static void *block_memory;

static u64 take_block(void)
{
	u64 size = mm_block_size();

	if (!block_memory)
		block_memory = pages_alloc(size, size);
	if (!block_memory)
		SKIP("no %llu MiB of free memory in one piece, which is a block with this granule",
		     size >> 20);
	return (u64)block_memory;
}

void mm_give_block(void)
{
	pages_free(block_memory, mm_block_size());
	block_memory = NULL;
}

/* A window of a block onto a block of memory, mapped as one. */
static u64 map_block(const struct mm *mm, u64 pa)
{
	struct mmu_walk walk;

	REQUIRE_EQ(mmu_map_at(mm->va, pa, mm_block_size(), MAP_RW), 0);
	walk = mm_leaf(mm->va);
	REQUIRE_EQ(walk.level, 2, "level of a block's entry");
	return mm->va;
}

void blocks_where_they_fit(void)
{
	const struct mm *mm = mm_begin();
	u64 size = mm_block_size(), pa = take_block(), va = map_block(mm, pa);
	unsigned int tables = mmu_table_count();

	CHECK_EQ(mm_leaf(va + size - 8).pa, pa + size - 8);
	*(volatile u64 *)(pa + size - 8) = 0x4444;
	CHECK_EQ(*(volatile u64 *)(va + size - 8), 0x4444ULL);
	/* The same memory where the addresses do not fit: pages. */
	REQUIRE_EQ(mmu_map_at(va + size + PAGE_SIZE, pa, PAGE_SIZE * 2, MAP_RW), 0);
	CHECK_EQ(mm_leaf(va + size + PAGE_SIZE).level, 3);
	CHECK_EQ(mmu_table_count(), tables + 1);
	mm_give_block();
}

void unmap_splits_a_block(void)
{
	const struct mm *mm = mm_begin();
	u64 size = mm_block_size(), pa = take_block(), va = map_block(mm, pa);
	u64 hole = va + size / 2;

	*(volatile u64 *)(va + size / 2 - 8) = 0x5555;
	*(volatile u64 *)(hole + PAGE_SIZE) = 0x6666;
	REQUIRE_EQ(mmu_unmap(hole, PAGE_SIZE), 0);
	mm_expect(MM_READ, hole, MM_TRANSLATION, 3);
	mm_expect(MM_READ, hole + PAGE_SIZE - 8, MM_TRANSLATION, 3);
	CHECK_EQ(*(volatile u64 *)(va + size / 2 - 8), 0x5555ULL);
	CHECK_EQ(*(volatile u64 *)(hole + PAGE_SIZE), 0x6666ULL);
	CHECK_EQ(mm_leaf(va).pa, pa);
	CHECK_EQ(mm_leaf(va + size - 8).pa, pa + size - 8);
	mm_expect(MM_WRITE, va, MM_NONE, 0);
	mm_expect(MM_EXECUTE, va, MM_PERMISSION, 3);
	mm_give_block();
}

void protect_splits_a_block(void)
{
	const struct mm *mm = mm_begin();
	u64 size = mm_block_size(), pa = take_block(), va = map_block(mm, pa);

	REQUIRE_EQ(mmu_protect(va + PAGE_SIZE, PAGE_SIZE, MAP_RO), 0);
	mm_expect(MM_WRITE, va + PAGE_SIZE, MM_PERMISSION, 3);
	mm_expect(MM_READ, va + PAGE_SIZE, MM_NONE, 0);
	mm_expect(MM_WRITE, va, MM_NONE, 0);
	mm_expect(MM_WRITE, va + 2 * PAGE_SIZE, MM_NONE, 0);
	CHECK_EQ(mm_leaf(va + PAGE_SIZE).pa, pa + PAGE_SIZE);
	CHECK_EQ(mm_leaf(va + size - PAGE_SIZE).pa, pa + size - PAGE_SIZE);
	mm_give_block();
}

static int split_result;

static void split_under_us(void *va)
{
	split_result = mmu_protect((u64)va, PAGE_SIZE, MAP_RO);
}

/* The stack in use lies in the block that is invalid for a moment. */
void stack_survives_a_split(void)
{
	const struct mm *mm = mm_begin();
	u64 pa = take_block(), va = map_block(mm, pa);

	split_result = -EIO;
	arch_stack_call(split_under_us, (void *)va, (void *)(va + mm_block_size() - STACK_SIZE),
			STACK_SIZE);
	CHECK_EQ(split_result, 0);
	CHECK_EQ(mm_leaf(va).level, 3);
	mm_expect(MM_WRITE, va, MM_PERMISSION, 3);
	mm_give_block();
}

#define MAX_CONTIGUOUS	128

/* DDI0487J.a D8.6.1: entries of level 3 that make one range together. */
static unsigned int contiguous_pages(void)
{
	switch (mmu_page_shift()) {
	case 16:
		return 32;
	case 14:
		return 128;
	default:
		return 16;
	}
}

/*
 * DDI0487J.a D8.14.1: the bit changes with break-before-make, one for all. They
 * may have been walked since they were made, though nobody has used them.
 */
static void set_contiguous(u64 *entry, unsigned int n)
{
	u64 value[MAX_CONTIGUOUS];
	unsigned int i;

	for (i = 0; i < n; i++) {
		value[i] = entry[i] | PTE_CONTIGUOUS;
		WRITE_ONCE(entry[i], 0);
	}
	tlb_flush_all();
	for (i = 0; i < n; i++)
		WRITE_ONCE(entry[i], value[i]);
	dsb(ishst);
	isb();
}

void contiguous_entries_translate(void)
{
	const struct mm *mm = mm_begin();
	unsigned int n = contiguous_pages(), i, right = 0;
	u64 size = (u64)n * PAGE_SIZE, pa = (u64)pages_alloc(size, size);
	struct mmu_walk walk;

	REQUIRE(pa != 0, "0x%llx bytes in one piece", size);
	for (i = 0; i < n; i++)
		*(volatile u64 *)(pa + i * PAGE_SIZE) = 0x7000 + i;
	if (!mmu_map_at(mm->va, pa, size, MAP_RO)) {
		set_contiguous(mm_leaf(mm->va).entry, n);
		for (i = 0; i < n; i++)
			right += *(volatile u64 *)(mm->va + i * PAGE_SIZE) == 0x7000 + i;
		mm_expect(MM_WRITE, mm->va + size - 8, MM_PERMISSION, 3);
		mm_expect(MM_READ, mm->va + size, MM_TRANSLATION, 3);
		mmu_unmap(mm->va, size);
	}
	pages_free((void *)pa, size);
	CHECK_EQ(right, n, "pages that show their memory");
	REQUIRE_EQ(mmu_walk(mm->va, &walk), -ENOENT);
	for (i = 0; i < n; i++)
		mm_expect(MM_READ, mm->va + i * PAGE_SIZE, MM_TRANSLATION, walk.level);
}
