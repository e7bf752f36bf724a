/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of arch/arm64 that make the image's own translation. */
#ifndef ARM64_MMU_PRIVATE_H
#define ARM64_MMU_PRIVATE_H

#include <base/types.h>
#include <asm/mmu.h>
#include <asm/page_table.h>

#define LAST_LEVEL	3

/* How the tables are laid out: by the configuration, and by what the CPU has. */
struct mmu_format {
	unsigned int shift;	/* of the granule */
	unsigned int va_bits;
	unsigned int pa_bits;
	int start_level;
	bool ds;		/* TCR.DS: 52 bits with 4 KiB and 16 KiB, shareability from TCR */
	bool wide;		/* 52 bits of output address */
	bool missing;		/* the CPU lacks the configured granule */
	bool el2_without_vhe;	/* the regime that the tables are for */
};

extern struct mmu_format mmu_format;

void mmu_format_choose(bool el2_without_vhe);

/* Output address in a descriptor, and out of one. */
u64 mmu_address_bits(u64 pa);
u64 mmu_descriptor_address(u64 descriptor);

static inline unsigned int mmu_entries(void)
{
	return 1U << (mmu_format.shift - 3);
}

static inline unsigned int level_shift(int level)
{
	return mmu_format.shift + (mmu_format.shift - 3) * (LAST_LEVEL - level);
}

static inline u64 level_size(int level)
{
	return 1ULL << level_shift(level);
}

static inline unsigned int level_index(u64 va, int level)
{
	return va >> level_shift(level) & (mmu_entries() - 1);
}

/* Blocks of 1 GiB, 2 MiB, 32 MiB, 512 MiB; what 52 bits add is larger than any RAM of one kind. */
static inline bool level_has_leaves(int level)
{
	return level >= 2 || (level == 1 && mmu_format.shift == 12);
}

static inline bool is_table(u64 entry, int level)
{
	return level < LAST_LEVEL && (entry & 3) == PTE_TABLE;
}

static inline u64 *entry_table(u64 entry)
{
	return (u64 *)mmu_descriptor_address(entry);
}

static inline u64 leaf_entry(u64 pa, int level, u64 bits)
{
	return mmu_address_bits(pa) | bits | (level == LAST_LEVEL ? PTE_PAGE : PTE_BLOCK);
}

/* Type and permissions; 0 where the regime has no such kind. */
u64 mmu_kind_bits(enum map_kind kind);

/* Table pages: zeroed, NULL when there is none. */
u64 *mmu_table_alloc(void);
void mmu_table_free(u64 *table);
void mmu_tables_reset(void);
bool mmu_tables_are_walked(void);

/* Data, stacks or tables that the next change reads or writes, at their own addresses. */
bool mmu_needs(u64 va, u64 size);

extern u64 *mmu_root;

/* Whole pages within the virtual addresses. */
int mmu_check_range(u64 va, u64 size);

/* mmu_replace.S */
void mmu_replace(u64 *entry, u64 value, u64 tlbi_operand, u64 el2_without_vhe);

/* Begin new tables for one translation regime. */
void mmu_tables_create(bool for_el2_without_vhe);

/* The CPU walks them from now on. */
void mmu_tables_activated(void);

#endif
