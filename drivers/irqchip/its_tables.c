// SPDX-License-Identifier: BSD-2-Clause
/*
 * The tables of an ITS: of devices, collections, and virtual CPUs (IHI 0069H 5.2). They
 * hold what it writes there, but for the first level of one with two.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/cpu.h>
#include <core/heap.h>
#include <core/log.h>
#include <asm/io.h>
#include <asm/page.h>
#include <drivers/device.h>
#include "gic_memory.h"
#include "its_private.h"

#define BASER_INDIRECT		(1ULL << 62)
#define BASER_PAGE_SHIFT	8		/* the field's: 0, 1, 2 for 4, 16, 64 KiB */
#define BASER_PAGE(reg)		((reg) >> BASER_PAGE_SHIFT & 3)
#define BASER_PAGES_MAX		256ULL
#define LEVEL_1_ENTRY		8ULL

/* Collections beside one for each CPU: for tests. */
#define SPARE_COLLECTIONS	16U
/* A table in one piece is no larger than this, whatever identifiers there could be. */
#define FLAT_MAX		SZ_2M
#define VPE_BITS		16U

static void __iomem *baser(const struct its *its, unsigned int n)
{
	return its->regs + GITS_BASER + 8 * n;
}

/* Of 64 KiB pages bits 51:48 of the address stand in its low bits (IHI 0069H 12.19). */
static u64 address_field(const struct its_table *table)
{
	u64 base = (u64)table->base;

	return table->page_shift == 16 ? (base & GENMASK(47, 16)) | (base >> 48 & 0xf) << 12 :
	       base & GENMASK(47, 12);
}

static u64 page_bytes(const struct its_table *table)
{
	return BIT(table->page_shift);
}

static u64 ids_a_page(const struct its_table *table)
{
	return page_bytes(table) / table->entry;
}

static u64 wanted_ids(const struct its *its, unsigned int type)
{
	switch (type) {
	case ITS_BASER_DEVICES:
		return BIT(ITS_TYPER_DEVICE_BITS(its->typer));
	case ITS_BASER_VPES:
		return BIT(VPE_BITS);
	default:
		return MIN((u64)cpu_count() + SPARE_COLLECTIONS,
			   BIT(ITS_TYPER_COLLECTION_BITS(its->typer)));
	}
}

/* What it can have of what is wanted: fields that are fixed read back so. */
static void choose_shape(struct its *its, unsigned int n, const struct its_layout *layout, u64 ids)
{
	struct its_table *table = &its->table[n];
	u64 page = (layout->page_shift - 12) / 2, found;

	writeq(page << BASER_PAGE_SHIFT | (layout->indirect ? BASER_INDIRECT : 0), baser(its, n));
	found = readq(baser(its, n));
	table->page_shift = 12 + 2 * (unsigned int)MIN(BASER_PAGE(found), 2ULL);
	table->indirect = (found & BASER_INDIRECT) && ids > ids_a_page(table);
}

static u64 table_pages(const struct its_table *table, u64 ids)
{
	u64 pages = (ids + ids_a_page(table) - 1) / ids_a_page(table);

	if (table->indirect)
		pages = ALIGN_UP(pages * LEVEL_1_ENTRY, page_bytes(table)) / page_bytes(table);
	else
		pages = MIN(pages, FLAT_MAX / page_bytes(table));
	return MIN(pages, BASER_PAGES_MAX);
}

/* What of the first level is written to, by us; the rest of a page is never looked at. */
static u64 level_1_bytes(const struct its_table *table)
{
	return MIN(ALIGN_UP(table->ids / ids_a_page(table) * LEVEL_1_ENTRY, (u64)MMUOFF_ALIGN),
		   table->bytes);
}

static int table_alloc(struct its_table *table, u64 ids)
{
	u64 pages = table_pages(table, ids);
	u64 held = table->indirect ? pages * page_bytes(table) / LEVEL_1_ENTRY * ids_a_page(table) :
		   pages * ids_a_page(table);

	table->ids = MIN(ALIGN_UP(ids, ids_a_page(table)), held);
	table->bytes = pages * page_bytes(table);
	table->base = gic_memory_alloc(table->bytes, page_bytes(table));
	if (!table->base)
		return -ENOMEM;
	if (!table->indirect)
		return 0;
	table->pages = heap_alloc(table->ids / ids_a_page(table) * sizeof(table->pages[0]));
	if (!table->pages)
		return -ENOMEM;
	return gic_memory_keep(table->base, level_1_bytes(table));
}

static int tell(struct its *its, unsigned int n)
{
	struct its_table *table = &its->table[n];
	u64 value = BASE_VALID | address_field(table) |
		    (u64)(table->page_shift - 12) / 2 << BASER_PAGE_SHIFT |
		    (table->indirect ? BASER_INDIRECT : 0) | (table->bytes / page_bytes(table) - 1);
	u64 found = gic_memory_set_base(baser(its, n), value, GIC_MEMORY_ITS, &table->coherent);
	u64 kept = BASE_VALID | BASER_INDIRECT | GENMASK(47, 12) | GENMASK(9, 0);

	if ((found & kept) == (value & kept))
		return 0;
	pr_err("%s: GITS_BASER%u reads 0x%llx where 0x%llx was written: no ITS is there, or its table cannot lie at 0x%llx",
	       its->dev->origin, n, found, value, (u64)table->base);
	return -EIO;
}

static int set_up(struct its *its, unsigned int n, const struct its_layout *layout)
{
	struct its_table *table = &its->table[n];
	u64 found = readq(baser(its, n)), ids;
	int ret;

	table->type = ITS_BASER_TYPE(found);
	if (table->type != ITS_BASER_DEVICES && table->type != ITS_BASER_COLLECTIONS &&
	    !(table->type == ITS_BASER_VPES && ITS_TYPER_VIRTUAL(its->typer))) {
		table->type = 0;
		/* What firmware may have had there is not gone on with. */
		writeq(0, baser(its, n));
		return 0;
	}
	table->entry = ITS_BASER_ENTRY(found);
	ids = wanted_ids(its, table->type);
	choose_shape(its, n, layout, ids);
	ret = table_alloc(table, ids);
	return ret ? ret : tell(its, n);
}

int its_tables_set_up(struct its *its, const struct its_layout *layout)
{
	for (unsigned int n = 0; n < ITS_TABLES; n++) {
		int ret = set_up(its, n, layout);

		if (ret)
			return ret;
	}
	return 0;
}

bool its_tables_fit(const struct its *its, const struct its_layout *layout)
{
	bool indirect = false;

	for (unsigned int n = 0; n < ITS_TABLES; n++) {
		if (its->table[n].type && its->table[n].page_shift != layout->page_shift)
			return false;
		indirect |= its->table[n].indirect;
	}
	return indirect == layout->indirect;
}

static void free_table(struct its_table *table)
{
	for (u64 i = 0; table->pages && i < table->ids / ids_a_page(table); i++)
		gic_memory_free(table->pages[i], page_bytes(table));
	if (table->pages)
		gic_memory_forget(table->base, level_1_bytes(table));
	heap_free(table->pages);
	gic_memory_free(table->base, table->bytes);
	*table = (struct its_table){ .type = 0 };
}

void its_tables_free(struct its *its)
{
	for (unsigned int n = 0; n < ITS_TABLES; n++) {
		if (!its->table[n].type)
			continue;
		writeq(0, baser(its, n));
		free_table(&its->table[n]);
	}
}

static struct its_table *find_table(struct its *its, unsigned int type)
{
	for (unsigned int n = 0; n < ITS_TABLES; n++)
		if (its->table[n].type == type)
			return &its->table[n];
	return NULL;
}

static int add_page(struct its_table *table, u64 at)
{
	u64 *entry = (u64 *)table->base + at;

	table->pages[at] = gic_memory_alloc(page_bytes(table), page_bytes(table));
	if (!table->pages[at])
		return -ENOMEM;
	/* Of an entry that was not valid nothing is cached. */
	*entry = BASE_VALID | (u64)table->pages[at];
	gic_memory_publish(entry, sizeof(*entry), table->coherent);
	return 0;
}

int its_cover(struct its *its, unsigned int type, u32 id)
{
	struct its_table *table = find_table(its, type);

	if (!table || id >= table->ids)
		return -ERANGE;
	if (!table->indirect || table->pages[id / ids_a_page(table)])
		return 0;
	return add_page(table, id / ids_a_page(table));
}

unsigned int its_collections(const struct its *its)
{
	for (unsigned int n = 0; n < ITS_TABLES; n++)
		if (its->table[n].type == ITS_BASER_COLLECTIONS)
			return (unsigned int)MIN(its->table[n].ids, 0x10000ULL);
	return ITS_TYPER_HCC(its->typer);
}

u64 its_devices(const struct its *its)
{
	for (unsigned int n = 0; n < ITS_TABLES; n++)
		if (its->table[n].type == ITS_BASER_DEVICES)
			return MIN(its->table[n].ids, BIT(ITS_TYPER_DEVICE_BITS(its->typer)));
	/* Without a table in memory it has them all. */
	return BIT(ITS_TYPER_DEVICE_BITS(its->typer));
}
