// SPDX-License-Identifier: BSD-2-Clause
/*
 * The image's page tables: 4 KiB granule, 48 bits, VA = PA. Only what is
 * described gets mapped, blocks where they fit.
 */
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <asm/audit.h>
#include <asm/cpu.h>
#include <asm/cpu_control.h>
#include <asm/mmu.h>
#include <asm/mmu_off.h>
#include <asm/page.h>
#include <asm/page_table.h>
#include "mmu_private.h"

#define ENTRIES		(PAGE_SIZE / 8)
#define LEVELS		4
/* Tables live in the image: the map is made before any memory is known to be ours. */
#define TABLE_POOL	256
/* Kept back for devices, the console among them: without those nothing could be said. */
#define TABLE_RESERVE	32

static u64 table_pool[TABLE_POOL][ENTRIES] __section(".noinit") __aligned(PAGE_SIZE);
static unsigned int tables_used;
static u64 *root;
static bool el2_without_vhe;	/* the regime that the tables are for */
static bool active;		/* walked by the CPU already */

static u64 *table_alloc(void)
{
	unsigned int limit = active ? TABLE_POOL : TABLE_POOL - TABLE_RESERVE;
	u64 *table;

	if (tables_used == limit)
		return NULL;
	table = table_pool[tables_used];
	if (mmu_off_share(table, PAGE_SIZE))
		return NULL;
	tables_used++;
	memset(table, 0, PAGE_SIZE);
	audit_table(AUDIT_TABLE, table, PAGE_SIZE);
	return table;
}

u64 *mmu_tables_create(bool for_el2_without_vhe)
{
	el2_without_vhe = for_el2_without_vhe;
	tables_used = 0;
	active = false;
	root = table_alloc();
	return root;
}

void mmu_tables_activated(void)
{
	active = true;
}

static u64 level_size(unsigned int level)
{
	return 1ULL << (PAGE_SHIFT + 9 * (LEVELS - 1 - level));
}

static unsigned int level_index(u64 va, unsigned int level)
{
	return va / level_size(level) % ENTRIES;
}

static u64 kind_bits(enum map_kind kind)
{
	const u64 normal = PTE_ATTR(MAIR_NORMAL_WB) | PTE_INNER_SHAREABLE;
	const u64 never_execute = el2_without_vhe ? PTE_UXN : PTE_UXN | PTE_PXN;
	/* EL0 runs nothing of ours: where it exists, UXN is always set. */
	const u64 execute = el2_without_vhe ? 0 : PTE_UXN;
	const u64 common = PTE_AF | (el2_without_vhe ? PTE_AP_EL2_RES1 : 0);

	switch (kind) {
	case MAP_RW:
		return common | normal | never_execute;
	case MAP_RO:
		return common | normal | never_execute | PTE_READ_ONLY;
	case MAP_RX:
		return common | normal | execute | PTE_READ_ONLY;
	case MAP_RWX:
		return common | normal | execute;
	case MAP_NC:
		return common | PTE_ATTR(MAIR_NORMAL_NC) | PTE_INNER_SHAREABLE | never_execute;
	case MAP_DEVICE:
		break;
	}
	return common | PTE_ATTR(MAIR_DEVICE_NGNRE) | never_execute;
}

static bool is_table(u64 entry, unsigned int level)
{
	return level < LEVELS - 1 && (entry & 3) == PTE_TABLE;
}

/* Address and attributes of a leaf, as compared between an old and a new mapping. */
static u64 leaf(u64 pa, unsigned int level, u64 bits)
{
	return pa | bits | (level == LEVELS - 1 ? PTE_PAGE : PTE_BLOCK);
}

/* As many leaves of one size as fit into the rest of a table: most of RAM is mapped here. */
static u64 map_run(u64 *entry, u64 va, u64 end, unsigned int level, u64 bits)
{
	u64 size = level_size(level), next = leaf(va, level, bits);
	u64 count = MIN((u64)(ENTRIES - level_index(va, level)), (end - va) / size);
	u64 *last = entry + count, *first = entry;

	for (; entry < last && !*entry; entry++, next += size)
		*entry = next;
	return (entry - first) * size;
}

/*
 * Walk down to where @va is or can be mapped, and map as much from there as one
 * table holds. Returns the bytes covered or -errno.
 */
static s64 map_some(u64 va, u64 end, u64 bits)
{
	u64 *table = root, *entry;
	unsigned int level;

	for (level = 0; ; level++) {
		u64 size = level_size(level), start = ALIGN_DOWN(va, size);

		entry = &table[level_index(va, level)];
		if (*entry && !is_table(*entry, level))
			return *entry == leaf(start, level, bits) ? (s64)(size - (va - start)) : -EEXIST;
		if (!*entry && level > 0 && start == va && end - va >= size)
			return map_run(entry, va, end, level, bits);
		if (!*entry) {
			u64 *next = table_alloc();

			if (!next)
				return -ENOMEM;
			*entry = (u64)next | PTE_TABLE;
		}
		table = (u64 *)(*entry & PTE_ADDRESS);
	}
}

int mmu_map(u64 base, u64 size, enum map_kind kind)
{
	u64 limit = 1ULL << cpu_physical_bits();
	u64 va = ALIGN_DOWN(base, PAGE_SIZE), end = ALIGN_UP(base + size, PAGE_SIZE);
	u64 bits = kind_bits(kind);

	if (base + size < base || end > limit || base >= limit)
		return -ERANGE;
	while (va < end) {
		s64 covered = map_some(va, end, bits);

		if (covered < 0)
			return covered;
		va += covered;
	}
	if (active) {
		dsb(ishst);
		isb();
	}
	return 0;
}

u64 mmu_lookup(u64 va)
{
	u64 *table = root;
	unsigned int level;

	for (level = 0; level < LEVELS; level++) {
		u64 entry = table[level_index(va, level)];

		if (!(entry & PTE_VALID))
			return 0;
		if (!is_table(entry, level))
			return entry;
		table = (u64 *)(entry & PTE_ADDRESS);
	}
	return 0;
}
