// SPDX-License-Identifier: BSD-2-Clause
/*
 * Pages for tables, and the list of those in use. The first come from the
 * image: the map is made before any memory is known to be ours, and, after a
 * direct boot, before other memory is mapped. Once it is walked, the page
 * allocator gives more when those are used up.
 */
#include <base/string.h>
#include <base/util.h>
#include <core/hooks.h>
#include <asm/audit.h>
#include <asm/mmu_off.h>
#include <asm/page.h>
#include <asm/percpu.h>
#include <asm/sections.h>
#include "mmu_private.h"

#define POOL_BYTES	(PAGE_SHIFT == 16 ? 0x200000 : 0x100000)
/* At the end of the pool, for devices, the console among them: without those nothing could be said. */
#define RESERVE_PARTS	8
#define MAX_TABLES	1024

static u8 pool[POOL_BYTES] __section(".noinit.parts") __aligned(PAGE_SIZE);
static unsigned int pool_used;		/* pages of it that were handed out once */
static u64 *tables[MAX_TABLES];		/* in use */
static unsigned int nr_tables;
static u64 *returned;			/* freed pages of the pool, linked by their first word */
static bool walked;			/* by the CPU */

u64 *mmu_root;

size_t mmu_table_bytes(void)
{
	return 1UL << mmu_format.shift;
}

unsigned int mmu_table_count(void)
{
	return nr_tables;
}

void *mmu_table(unsigned int i)
{
	return tables[i];
}

bool mmu_tables_are_walked(void)
{
	return walked;
}

static u64 *pool_take(void)
{
	unsigned int pages = POOL_BYTES >> mmu_format.shift;
	u64 *table = returned;

	if (table) {
		returned = (u64 *)table[0];
		return table;
	}
	if (pool_used == (walked ? pages : pages - pages / RESERVE_PARTS))
		return NULL;
	return (u64 *)(pool + ((size_t)pool_used++ << mmu_format.shift));
}

static bool in_pool(const u64 *table)
{
	return (const u8 *)table >= pool && (const u8 *)table < pool + POOL_BYTES;
}

/* The pool's stay shared with the MMU-off code: their number is small, and they come again. */
static void table_give_back(u64 *table)
{
	if (in_pool(table)) {
		table[0] = (u64)returned;
		returned = table;
	} else if (!mmu_off_unshare(table, mmu_table_bytes())) {
		/* Kept otherwise: its lines would be dropped under whoever gets it next. */
		pages_free(table, mmu_table_bytes());
	}
}

u64 *mmu_table_alloc(void)
{
	u64 *table;

	if (nr_tables == MAX_TABLES)
		return NULL;
	table = pool_take();
	if (!table && walked)
		table = pages_alloc(mmu_table_bytes(), mmu_table_bytes());
	if (!table)
		return NULL;
	/* Before the first write, which may come with the MMU off. */
	if (mmu_off_share(table, mmu_table_bytes())) {
		table_give_back(table);
		return NULL;
	}
	memset(table, 0, mmu_table_bytes());
	audit_table(AUDIT_TABLE, table, mmu_table_bytes());
	tables[nr_tables++] = table;
	return table;
}

void mmu_table_free(u64 *table)
{
	unsigned int i;

	for (i = 0; i < nr_tables; i++)
		if (tables[i] == table)
			break;
	if (i == nr_tables)
		return;
	tables[i] = tables[--nr_tables];
	audit_table(AUDIT_TABLE_GONE, table, mmu_table_bytes());
	table_give_back(table);
}

static bool overlaps(u64 start, u64 size, u64 from, u64 to)
{
	return start < to && from < start + size;
}

bool mmu_needs(u64 va, u64 size)
{
	const struct cpu_local *local = cpu_local();
	unsigned int i;

	/* The stack in use may lie anywhere: arch_stack_call(). */
	if (overlaps(va, size, (u64)_data, (u64)_stacks_end) ||
	    overlaps(va, size, (u64)local, (u64)(local + 1)) ||
	    overlaps(va, size, local->stack_low - STACK_HANDLER_ROOM, local->stack_high) ||
	    overlaps(va, size, local->overflow_low - STACK_HANDLER_ROOM, local->overflow_high))
		return true;
	for (i = 0; i < nr_tables; i++)
		if (overlaps(va, size, (u64)tables[i], (u64)tables[i] + mmu_table_bytes()))
			return true;
	return false;
}

void mmu_tables_create(bool for_el2_without_vhe)
{
	mmu_format_choose(for_el2_without_vhe);
	nr_tables = 0;
	pool_used = 0;
	returned = NULL;
	walked = false;
	mmu_root = mmu_table_alloc();
}

void mmu_tables_activated(void)
{
	walked = true;
}
