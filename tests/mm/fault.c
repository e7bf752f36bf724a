// SPDX-License-Identifier: BSD-2-Clause
/* Where nothing is mapped, and what a fault there says. */
#include <asm/cpu.h>
#include <asm/stack.h>
#include <asm/sections.h>
#include "mm.h"

static void expect_nothing_at(u64 va)
{
	struct mmu_walk walk;

	CHECK_EQ(mmu_walk(va, &walk), -ENOENT, "walk of 0x%llx", va);
	mm_expect(MM_READ, va, MM_TRANSLATION, walk.level);
	mm_expect(MM_WRITE, va, MM_TRANSLATION, walk.level);
}

void null_page_faults(void)
{
	struct mmu_walk walk;

	expect_nothing_at(0);
	expect_nothing_at(PAGE_SIZE - 8);
	CHECK_EQ(mmu_walk(0, &walk), -ENOENT);
	mm_expect(MM_EXECUTE, 0, MM_TRANSLATION, walk.level);
}

void stack_guards_fault(void)
{
	expect_nothing_at((u64)main_stack - 8);
	expect_nothing_at((u64)case_stack - 8);
	expect_nothing_at((u64)overflow_stack - 8);
	expect_nothing_at((u64)case_stack - STACK_GUARD_SIZE);
	mm_expect(MM_READ, (u64)case_stack, MM_NONE, 0);
	mm_expect(MM_READ, (u64)main_stack, MM_NONE, 0);
}

/* One address for each level at which a walk can end with nothing. */
void faults_report_their_level(void)
{
	const struct mm *mm = mm_begin();
	unsigned int seen = 0, shift;
	struct mmu_walk walk;
	u64 va;

	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RW), 0);
	for (shift = mmu_page_shift(); shift < mmu_va_bits(); shift++) {
		va = mm->va ^ 1ULL << shift;
		if (mmu_walk(va, &walk) != -ENOENT || seen >> (walk.level + 1) & 1)
			continue;
		seen |= 1U << (walk.level + 1);
		expect_nothing_at(va);
	}
	CHECK(seen & 1U << (3 + 1), "level 3 was seen");
	CHECK(seen & 1U << (2 + 1), "level 2 was seen");
}

/*
 * Addresses with more bits than are translated, and TTBR1's, which has no tables:
 * no walk begins, and the fault is one of level 0 wherever walks start.
 */
void addresses_beyond_fault(void)
{
	u64 beyond = 1ULL << mmu_va_bits();

	mm_expect(MM_READ, beyond, MM_TRANSLATION, 0);
	mm_expect(MM_READ, beyond | 0x1000, MM_TRANSLATION, 0);
	mm_expect(MM_READ, 1ULL << 54, MM_TRANSLATION, 0);
	mm_expect(MM_READ, ~(u64)(PAGE_SIZE - 1), MM_TRANSLATION, 0);
}

/* An output address that the CPU does not have; where it has all that fit, there is none. */
void output_beyond_faults(void)
{
	const struct mm *mm = mm_begin();
	unsigned int bits = mmu_pa_bits();
	struct mmu_walk walk;

	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RW), 0);
	CHECK_EQ(mmu_map_at(mm->va + PAGE_SIZE, 1ULL << bits, PAGE_SIZE, MAP_RW), -ERANGE);
	if (bits >= 48)
		return;
	walk = mm_leaf(mm->va);
	mmu_entry_write(mm->va, walk.entry, walk.descriptor | 1ULL << bits);
	mm_expect(MM_READ, mm->va, MM_ADDRESS_SIZE, 3);
	mm_expect(MM_WRITE, mm->va, MM_ADDRESS_SIZE, 3);
}
