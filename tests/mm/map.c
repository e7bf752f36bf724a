// SPDX-License-Identifier: BSD-2-Clause
/* Map, unmap, protect, remap, and the pages that tables take. */
#include <asm/exception.h>
#include <asm/sections.h>
#include <asm/stack.h>
#include <core/address_space.h>
#include <core/page_alloc.h>
#include "mm.h"

static u64 word_at(u64 va)
{
	return *(const volatile u64 *)va;
}

void map_shows_memory(void)
{
	const struct mm *mm = mm_begin();
	struct mmu_walk walk;

	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RW), 0);
	mm_expect(MM_READ, mm->va, MM_NONE, 0);
	walk = mm_leaf(mm->va + 8);
	CHECK_EQ(walk.pa, mm->page[0] + 8);
	CHECK_EQ(walk.level, 3);
	REQUIRE_EQ(word_at(mm->va), 0x1000ULL);
	*(volatile u64 *)(mm->va + PAGE_SIZE - 8) = 0x2222;
	CHECK_EQ(word_at(mm->page[0] + PAGE_SIZE - 8), 0x2222ULL);
	*(volatile u64 *)mm->page[0] = 0x3333;
	CHECK_EQ(word_at(mm->va), 0x3333ULL);
	mm_expect(MM_READ, mm->va + PAGE_SIZE, MM_TRANSLATION, 3);
}

void unmap_takes_it_away(void)
{
	const struct mm *mm = mm_begin();
	u64 next = mm->va + PAGE_SIZE;

	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RW), 0);
	REQUIRE_EQ(mmu_map_at(next, mm->page[1], PAGE_SIZE, MAP_RW), 0);
	mm_expect(MM_READ, mm->va, MM_NONE, 0);
	mm_expect(MM_WRITE, next, MM_NONE, 0);
	REQUIRE_EQ(mmu_unmap(mm->va, PAGE_SIZE), 0);
	mm_expect(MM_READ, mm->va, MM_TRANSLATION, 3);
	mm_expect(MM_WRITE, mm->va, MM_TRANSLATION, 3);
	mm_expect(MM_READ, next, MM_NONE, 0);
	CHECK_EQ(mmu_lookup(mm->va), 0ULL);
}

void protect_changes_permissions(void)
{
	const struct mm *mm = mm_begin();

	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RW), 0);
	mm_expect(MM_WRITE, mm->va, MM_NONE, 0);
	REQUIRE_EQ(mmu_protect(mm->va, PAGE_SIZE, MAP_RO), 0);
	mm_expect(MM_WRITE, mm->va, MM_PERMISSION, 3);
	mm_expect(MM_READ, mm->va, MM_NONE, 0);
	CHECK_EQ(mm_leaf(mm->va).pa, mm->page[0]);
	REQUIRE_EQ(mmu_protect(mm->va, PAGE_SIZE, MAP_RW), 0);
	mm_expect(MM_WRITE, mm->va, MM_NONE, 0);
	/* Another memory type: break-before-make. */
	REQUIRE_EQ(mmu_protect(mm->va, PAGE_SIZE, MAP_NC), 0);
	CHECK_EQ(mm_leaf(mm->va).descriptor & PTE_ATTR_MASK, PTE_ATTR(1));
	CHECK_EQ(mm_leaf(mm->va).pa, mm->page[0]);
	mm_expect(MM_WRITE, mm->va, MM_NONE, 0);
}

void remap_shows_other_memory(void)
{
	const struct mm *mm = mm_begin();

	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RW), 0);
	REQUIRE_EQ(word_at(mm->va), 0x1000ULL);
	REQUIRE_EQ(mmu_remap(mm->va, mm->page[1], PAGE_SIZE, MAP_RO), 0);
	mm_expect(MM_READ, mm->va, MM_NONE, 0);
	CHECK_EQ(word_at(mm->va), 0x1001ULL);
	mm_expect(MM_WRITE, mm->va, MM_PERMISSION, 3);
	CHECK_EQ(word_at(mm->page[0]), 0x1000ULL);
}

void map_refuses_what_is_mapped(void)
{
	const struct mm *mm = mm_begin();

	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RW), 0);
	CHECK_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RW), 0, "the same again");
	CHECK_EQ(mmu_map_at(mm->va, mm->page[1], PAGE_SIZE, MAP_RW), -EEXIST, "other memory");
	CHECK_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RO), -EEXIST, "another kind");
	CHECK_EQ(mm_leaf(mm->va).pa, mm->page[0]);
}

void changes_refuse_what_is_not_mapped(void)
{
	const struct mm *mm = mm_begin();

	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RW), 0);
	CHECK_EQ(mmu_unmap(mm->va, 2 * PAGE_SIZE), -ENOENT);
	CHECK_EQ(mmu_protect(mm->va, 2 * PAGE_SIZE, MAP_RO), -ENOENT);
	CHECK_EQ(mmu_remap(mm->va, mm->page[1], 2 * PAGE_SIZE, MAP_RO), -ENOENT);
	/* And the first page is as it was. */
	mm_expect(MM_WRITE, mm->va, MM_NONE, 0);
}

void changes_refuse_partial_pages(void)
{
	const struct mm *mm = mm_begin();
	u64 beyond = 1ULL << mmu_va_bits();

	CHECK_EQ(mmu_map_at(mm->va + 8, mm->page[0], PAGE_SIZE, MAP_RW), -EINVAL);
	CHECK_EQ(mmu_map_at(mm->va, mm->page[0] + 8, PAGE_SIZE, MAP_RW), -EINVAL);
	CHECK_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE / 2, MAP_RW), -EINVAL);
	CHECK_EQ(mmu_map_at(0, mm->page[0], PAGE_SIZE, MAP_RW), -EINVAL, "the page at 0");
	CHECK_EQ(mmu_map_at(beyond, mm->page[0], PAGE_SIZE, MAP_RW), -ERANGE);
	CHECK_EQ(mmu_map_at(~(u64)(PAGE_SIZE - 1), mm->page[0], PAGE_SIZE, MAP_RW), -ERANGE);
	CHECK_EQ(mmu_map_at(mm->va, 1ULL << mmu_pa_bits(), PAGE_SIZE, MAP_RW), -ERANGE);
	CHECK_EQ(mmu_lookup(mm->va), 0ULL);
}

static void check_page_is_kept(const void *p, const char *what)
{
	u64 page = ALIGN_DOWN((u64)p, (u64)PAGE_SIZE);

	if (!CHECK_EQ(mmu_protect(page, PAGE_SIZE, MAP_RO), -EBUSY, "%s, read-only", what))
		mmu_protect(page, PAGE_SIZE, MAP_RW);
	if (!CHECK_EQ(mmu_unmap(page, PAGE_SIZE), -EBUSY, "%s", what))
		mmu_map(page, PAGE_SIZE, MAP_RW);
}

void changes_refuse_what_they_need(void)
{
	const struct mm *mm = mm_begin();
	/* Of the text, the end, so that nothing is lost with it should it go. */
	u64 text = (u64)_text_end - PAGE_SIZE;

	CHECK_EQ(mmu_unmap(text, PAGE_SIZE), -EBUSY, "the text");
	CHECK_EQ(mmu_remap(text, text, PAGE_SIZE, MAP_RX), -EBUSY, "the text");
	CHECK_EQ(mmu_protect(text, PAGE_SIZE, MAP_NC), -EBUSY, "the text");
	CHECK_EQ(mmu_protect(text, PAGE_SIZE, MAP_RO), -EBUSY, "the text, not executable");
	/* The same kind again is a change of nothing. */
	CHECK_EQ(mmu_protect(text, PAGE_SIZE, MAP_RX), 0, "the text, executable as before");
	/* A table of this page alone, and the end of a stack that nobody has reached. */
	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RW), 0);
	check_page_is_kept(mm_leaf(mm->va).entry, "a table");
	check_page_is_kept(main_stack, "the main stack");
}

#define OTHER_STACK_SIZE	0x10000

static int stack_changes[3];

static void change_our_stack(void *va)
{
	u64 stack = (u64)va + PAGE_SIZE;

	stack_changes[0] = mmu_unmap(stack, PAGE_SIZE);
	stack_changes[1] = mmu_protect(stack, OTHER_STACK_SIZE, MAP_RO);
	/* Of the range, the first page has that type already. */
	stack_changes[2] = mmu_protect((u64)va, PAGE_SIZE + OTHER_STACK_SIZE, MAP_NC);
}

/* The stack in use is none of the image's, and the range has two kinds of memory. */
void changes_refuse_the_stack_in_use(void)
{
	const struct mm *mm = mm_begin();
	u64 stack = (u64)pages_alloc(OTHER_STACK_SIZE, 0);

	REQUIRE(stack != 0, "0x%x bytes for a stack", OTHER_STACK_SIZE);
	if (CHECK_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_NC), 0) &&
	    CHECK_EQ(mmu_map_at(mm->va + PAGE_SIZE, stack, OTHER_STACK_SIZE, MAP_RW), 0)) {
		arch_stack_call(change_our_stack, (void *)mm->va, (void *)(mm->va + PAGE_SIZE),
				OTHER_STACK_SIZE);
		CHECK_EQ(stack_changes[0], -EBUSY, "its lowest page unmapped");
		CHECK_EQ(stack_changes[1], -EBUSY, "read-only");
		CHECK_EQ(stack_changes[2], -EBUSY, "memory of another type, behind a page that has it");
		CHECK_EQ(mm_leaf(mm->va + PAGE_SIZE).pa, stack);
		mmu_unmap(mm->va, PAGE_SIZE + OTHER_STACK_SIZE);
	}
	pages_free((void *)stack, OTHER_STACK_SIZE);
}

void tables_come_and_go(void)
{
	const struct mm *mm = mm_begin();
	unsigned int before = mmu_table_count(), i;
	u64 block = mm_block_size();

	for (i = 0; i < MM_BLOCKS; i++)
		REQUIRE_EQ(mmu_map_at(mm->va + i * block, mm->page[i % MM_PAGES], PAGE_SIZE,
				      MAP_RW), 0);
	CHECK_GE(mmu_table_count(), before + MM_BLOCKS);
	for (i = 0; i < mmu_table_count(); i++)
		CHECK(mmu_lookup((u64)mmu_table(i)) != 0, "table %u at %p is mapped", i,
		      mmu_table(i));
	for (i = 0; i < MM_BLOCKS; i++)
		REQUIRE_EQ(mmu_unmap(mm->va + i * block, PAGE_SIZE), 0);
	CHECK_EQ(mmu_table_count(), before);
}

/* More of level 3 than the image's own pool has, whatever the granule. */
#define MANY_TABLES	300

void tables_come_from_pages_at_last(void)
{
	const struct mm *mm = mm_begin();
	unsigned int before = mmu_table_count(), i, mapped, freed = 0;
	u64 block = mm_block_size(), size = MANY_TABLES * block;
	struct page_stats start, full, end;
	u64 va = (u64)address_space_alloc(size, block);

	REQUIRE(va != 0, "virtual addresses for %u tables", MANY_TABLES);
	pages_stats(&start);
	for (mapped = 0; mapped < MANY_TABLES; mapped++)
		if (mmu_map_at(va + mapped * block, mm->page[mapped % MM_PAGES], PAGE_SIZE, MAP_RO))
			break;
	pages_stats(&full);
	for (i = 0; i < mapped; i++)
		if (*(const volatile u64 *)(va + i * block) != 0x1000 + i % MM_PAGES)
			break;
	for (; freed < mapped; freed++)
		if (mmu_unmap(va + freed * block, PAGE_SIZE))
			break;
	pages_stats(&end);
	CHECK_EQ(mapped, (unsigned int)MANY_TABLES);
	CHECK_EQ(i, mapped, "pages that show their memory");
	CHECK_EQ(freed, mapped);
	CHECK_LT(full.free, start.free, "free pages while they are mapped");
	CHECK_EQ(end.free, start.free);
	CHECK_EQ(mmu_table_count(), before);
	CHECK_EQ(address_space_free((void *)va, size), 0);
}

void highest_address_translates(void)
{
	const struct mm *mm = mm_begin();
	u64 va = (1ULL << mmu_va_bits()) - PAGE_SIZE, found;
	unsigned int before = mmu_table_count();
	struct mmu_walk walk;

	REQUIRE_EQ(mmu_map_at(va, mm->page[2], PAGE_SIZE, MAP_RO), 0, "0x%llx", va);
	found = mm_try(MM_READ, va) == MM_NONE ? word_at(va) : 0;
	REQUIRE_EQ(mmu_unmap(va, PAGE_SIZE), 0);
	CHECK_EQ(found, 0x1002ULL, "read at 0x%llx", va);
	CHECK_EQ(mmu_table_count(), before);
	REQUIRE_EQ(mmu_walk(va, &walk), -ENOENT);
	mm_expect(MM_READ, va, MM_TRANSLATION, walk.level);
}
