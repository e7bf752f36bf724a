/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A table of what physical addresses are: as firmware describes it, as a device
 * tree does, and as the image goes by.
 */
#ifndef BASE_MEM_MAP_H
#define BASE_MEM_MAP_H

#include <base/types.h>

/*
 * What a range of physical addresses is, as far as the image cares. Of two that
 * share a page or claim the same bytes the stricter holds: mem_type_rank().
 */
enum mem_type {
	MEM_FREE,		/* RAM for us */
	MEM_IMAGE,		/* RAM holding the image and what was handed to us: DTB, initrd, ... */
	MEM_RESERVED,		/* RAM that somebody owns: mapped read-write, never allocated */
	MEM_NOMAP,		/* RAM that must not be mapped */
	MEM_ACPI,		/* RAM holding ACPI tables */
	MEM_RUNTIME_CODE,	/* firmware's runtime services, executable */
	MEM_RUNTIME_DATA,
	MEM_MMIO,		/* not RAM; firmware's own devices */
	MEM_TYPES,
};

#define MEM_REGION_RUNTIME	0x1	/* EFI_MEMORY_RUNTIME: the firmware wants it mapped */
#define MEM_REGION_NOT_WB	0x2	/* RAM that may not be mapped write-back cacheable */
#define MEM_REGION_RO		0x4	/* memory attributes table: read-only */
#define MEM_REGION_XP		0x8	/* memory attributes table: not executable */

struct mem_region {
	u64 base;
	u64 size;
	enum mem_type type;
	u32 flags;		/* MEM_REGION_* */
	u32 firmware_type;	/* EFI_MEMORY_TYPE as handed over; ~0 from a device tree */
	u64 firmware_attr;	/* EFI memory attributes as handed over */
};

#define BOOT_MAX_REGIONS	512

struct mem_map {
	unsigned int count;
	unsigned int dropped;	/* regions that had no room: then the map is not whole */
	struct mem_region region[BOOT_MAX_REGIONS];
};

/**
 * mem_type_rank() - how much a type forbids; of two the higher rank is kept
 *
 * MEM_FREE is the lowest: what anybody else claims is not free. Memory that may
 * not be mapped and registers are the highest: a speculative access there can
 * raise an SError.
 */
unsigned int mem_type_rank(enum mem_type type);

/**
 * mem_map_append() - add a region as it is, in whatever order
 * @map: the table
 * @region: not empty; joined with the last one when it goes on where that ends
 *
 * In a full table the smallest free region is dropped, be it this one: RAM that
 * is not in the table is not used, which is safe for every other type as well.
 */
void mem_map_append(struct mem_map *map, const struct mem_region *region);

/** mem_map_order() - sort by address */
void mem_map_order(struct mem_map *map);

enum mem_map_join {
	MEM_MAP_JOIN_SAME,	/* all alike, with what the firmware said */
	MEM_MAP_JOIN_KIND,	/* type and flags alike; what the firmware said is the first one's */
};

/** mem_map_join() - make neighbours that are alike one region; @map is sorted */
void mem_map_join(struct mem_map *map, enum mem_map_join what);

/** mem_map_find() - the region of a sorted, disjoint map that holds @addr, or NULL */
const struct mem_region *mem_map_find(const struct mem_map *map, u64 addr);

/** mem_map_overlap() - the first region that shares a byte with the range, or NULL */
const struct mem_region *mem_map_overlap(const struct mem_map *map, u64 base, u64 size);

enum mem_map_how {
	MEM_MAP_STRICTER = 0,	/* what is of a stricter type already keeps it */
	MEM_MAP_FORCE = 1,	/* all of it, whatever it was */
	MEM_MAP_COVER = 2,	/* what no region covers becomes one */
};

/**
 * mem_map_retype() - make a range another type
 * @map: sorted; stays so
 * @base: first byte
 * @size: bytes; 0 is nothing to do
 * @type: what it is from now on
 * @how: MEM_MAP_*
 *
 * Regions that reach over its ends are split. In a full table the smallest free
 * region is dropped for that; where there is none, the region that should have
 * been split becomes @type as a whole.
 *
 * Return: 0; -ERANGE when it wraps around the address space; -ENOSPC when
 * something was made @type, or left as it was, for want of room.
 */
int mem_map_retype(struct mem_map *map, u64 base, u64 size, enum mem_type type,
		   unsigned int how);

/**
 * mem_map_drop_reserved() - forget the smallest reserved region, for one that must be known
 * @map: the table
 * @keep: an address whose region stays
 *
 * What is not in the table is nobody's to use, and not mapped either.
 *
 * Return: false when there is none.
 */
bool mem_map_drop_reserved(struct mem_map *map, u64 keep);

/**
 * mem_map_flag() - add flags to the regions of a range that have some flag already
 * @map: sorted; stays so
 * @base: first byte
 * @size: bytes
 * @having: MEM_REGION_*, one of which a region has
 * @flags: MEM_REGION_* to add
 *
 * Return: as mem_map_retype().
 */
int mem_map_flag(struct mem_map *map, u64 base, u64 size, u32 having, u32 flags);

/**
 * mem_map_pages() - the map in whole pages, disjoint
 * @out: filled
 * @in: sorted; may overlap, may hold parts of pages
 * @page: a power of two
 *
 * Free memory shrinks to whole pages, everything else grows to them. Of a page
 * that several regions share the type is the strictest one's, and its mapping
 * allows what any of them needs. Regions that wrap around the address space are
 * left out.
 */
void mem_map_pages(struct mem_map *out, const struct mem_map *in, u64 page);

#endif
