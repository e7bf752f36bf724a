// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/mem_map.h>
#include <base/sort.h>
#include <base/string.h>
#include <base/util.h>

static u64 end_of(const struct mem_region *region)
{
	return region->base + region->size;
}

static bool wraps(u64 base, u64 size)
{
	return base + size < base;
}

unsigned int mem_type_rank(enum mem_type type)
{
	static const u8 rank[MEM_TYPES] = {
		[MEM_FREE] = 0,
		[MEM_IMAGE] = 1,
		[MEM_RESERVED] = 2,
		[MEM_ACPI] = 3,
		[MEM_RUNTIME_DATA] = 4,
		[MEM_RUNTIME_CODE] = 5,
		[MEM_NOMAP] = 6,
		[MEM_MMIO] = 7,
	};

	return rank[type];
}

static bool joins(const struct mem_region *a, const struct mem_region *b, enum mem_map_join what)
{
	return end_of(a) == b->base && a->type == b->type && a->flags == b->flags &&
	       (what == MEM_MAP_JOIN_KIND || (a->firmware_type == b->firmware_type &&
					      a->firmware_attr == b->firmware_attr));
}

static void take_out(struct mem_map *map, unsigned int at)
{
	map->count--;
	memmove(&map->region[at], &map->region[at + 1],
		(map->count - at) * sizeof(map->region[0]));
}

/* The smallest region of a type but the one that holds @keep; NULL when there is none. */
static struct mem_region *smallest(struct mem_map *map, u64 keep, enum mem_type type)
{
	struct mem_region *found = NULL, *region;

	for (region = map->region; region < map->region + map->count; region++) {
		if (region->type != type || keep - region->base < region->size)
			continue;
		if (!found || region->size < found->size)
			found = region;
	}
	return found;
}

/* A place in the table for one more; what is near @keep stays. */
static bool make_room(struct mem_map *map, u64 keep)
{
	struct mem_region *victim;

	if (map->count < BOOT_MAX_REGIONS)
		return true;
	victim = smallest(map, keep, MEM_FREE);
	if (!victim)
		return false;
	take_out(map, victim - map->region);
	map->dropped++;
	return true;
}

bool mem_map_drop_reserved(struct mem_map *map, u64 keep)
{
	struct mem_region *victim = smallest(map, keep, MEM_RESERVED);

	if (!victim)
		return false;
	take_out(map, victim - map->region);
	map->dropped++;
	return true;
}

void mem_map_append(struct mem_map *map, const struct mem_region *region)
{
	const struct mem_region *small;

	if (map->count && joins(&map->region[map->count - 1], region, MEM_MAP_JOIN_SAME)) {
		map->region[map->count - 1].size += region->size;
		return;
	}
	if (map->count == BOOT_MAX_REGIONS) {
		small = smallest(map, region->base, MEM_FREE);
		if (!small || (region->type == MEM_FREE && region->size <= small->size)) {
			map->dropped++;
			return;
		}
		make_room(map, region->base);
	}
	map->region[map->count++] = *region;
}

static int compare_base(const void *a, const void *b)
{
	const struct mem_region *x = a, *y = b;

	return x->base < y->base ? -1 : x->base > y->base;
}

void mem_map_order(struct mem_map *map)
{
	unsigned int i;

	for (i = 1; i < map->count; i++) {
		if (map->region[i].base < map->region[i - 1].base) {
			sort(map->region, map->count, sizeof(map->region[0]), compare_base);
			return;
		}
	}
}

void mem_map_join(struct mem_map *map, enum mem_map_join what)
{
	unsigned int from, to = 0;

	for (from = 1; from < map->count; from++) {
		if (joins(&map->region[to], &map->region[from], what))
			map->region[to].size += map->region[from].size;
		else if (++to != from)
			map->region[to] = map->region[from];
	}
	if (map->count)
		map->count = to + 1;
}

const struct mem_region *mem_map_find(const struct mem_map *map, u64 addr)
{
	unsigned int low = 0, high = map->count;

	/* The one looked for is in front of high and not in front of low. */
	while (low < high) {
		unsigned int middle = low + (high - low) / 2;
		const struct mem_region *region = &map->region[middle];

		if (addr - region->base < region->size)
			return region;
		if (addr < region->base)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const struct mem_region *mem_map_overlap(const struct mem_map *map, u64 base, u64 size)
{
	unsigned int i;

	for (i = 0; i < map->count; i++) {
		const struct mem_region *region = &map->region[i];

		if (base - region->base < region->size || region->base - base < size)
			return region;
	}
	return NULL;
}

/* Put @region in front of the first that begins behind it. */
static int insert(struct mem_map *map, const struct mem_region *region)
{
	unsigned int at;

	if (!make_room(map, region->base))
		return -ENOSPC;
	for (at = map->count; at && map->region[at - 1].base > region->base; at--)
		map->region[at] = map->region[at - 1];
	map->region[at] = *region;
	map->count++;
	return 0;
}

/* Make @addr a border in each region that it lies inside of: several, where they overlap. */
static int split_at(struct mem_map *map, u64 addr)
{
	struct mem_region *region = map->region, *end = region + map->count, rest;

	while (region < end) {
		if (addr <= region->base || addr - region->base >= region->size) {
			region++;
		} else if (map->count < BOOT_MAX_REGIONS) {
			rest = *region;
			rest.size = end_of(region) - addr;
			rest.base = addr;
			region->size = addr - region->base;
			insert(map, &rest);
			end++;
		} else if (make_room(map, addr)) {
			region = map->region;	/* the table has moved */
			end = region + map->count;
		} else {
			return -ENOSPC;
		}
	}
	return 0;
}

/* Where the first region behind @addr begins; @end at most. */
static u64 next_base(const struct mem_map *map, u64 addr, u64 end)
{
	unsigned int i;

	for (i = 0; i < map->count; i++)
		if (map->region[i].base > addr)
			return MIN(map->region[i].base, end);
	return end;
}

/* What no region covers of @new becomes one like it. */
static int cover(struct mem_map *map, const struct mem_region *new)
{
	u64 start = new->base, end = end_of(new);
	struct mem_region gap = *new;

	while (start < end) {
		const struct mem_region *holder = mem_map_overlap(map, start, 1);

		if (holder) {
			start = end_of(holder);
			continue;
		}
		gap.base = start;
		gap.size = next_base(map, start, end) - start;
		if (insert(map, &gap))
			return -ENOSPC;
	}
	return 0;
}

/* Regions that share a byte with the range; where they were to be split they are inside it. */
static bool touched(const struct mem_region *region, u64 base, u64 size)
{
	return region->base < base + size && end_of(region) > base;
}

int mem_map_retype(struct mem_map *map, u64 base, u64 size, enum mem_type type,
		   unsigned int how)
{
	const struct mem_region gap = {
		.base = base, .size = size, .type = type, .firmware_type = ~0U,
	};
	unsigned int i;
	int ret;

	if (!size)
		return 0;
	if (wraps(base, size))
		return -ERANGE;
	ret = split_at(map, base);
	if (split_at(map, base + size))
		ret = -ENOSPC;
	for (i = 0; i < map->count; i++) {
		struct mem_region *region = &map->region[i];

		if (touched(region, base, size) &&
		    (how & MEM_MAP_FORCE || mem_type_rank(type) > mem_type_rank(region->type)))
			region->type = type;
	}
	if (how & MEM_MAP_COVER && cover(map, &gap))
		ret = -ENOSPC;
	return ret;
}

int mem_map_flag(struct mem_map *map, u64 base, u64 size, u32 having, u32 flags)
{
	unsigned int i;
	int ret;

	if (wraps(base, size))
		return -ERANGE;
	ret = split_at(map, base);
	if (split_at(map, base + size))
		ret = -ENOSPC;
	for (i = 0; i < map->count; i++) {
		struct mem_region *region = &map->region[i];

		/* Only where the whole region is meant. */
		if (region->base >= base && end_of(region) <= base + size &&
		    region->flags & having)
			region->flags |= flags;
	}
	return ret;
}

/* What a page needs that both share: nobody's restriction may keep the other out. */
static u32 shared_flags(u32 a, u32 b)
{
	const u32 either = MEM_REGION_RUNTIME | MEM_REGION_NOT_WB;
	const u32 both = MEM_REGION_RO | MEM_REGION_XP;

	return ((a | b) & either) | (a & b & both);
}

/* Lay @new over what is there. */
static void overlay(struct mem_map *map, const struct mem_region *new)
{
	unsigned int i;

	/* In order of address, most follow each other. */
	if (!map->count || new->base >= end_of(&map->region[map->count - 1])) {
		if (make_room(map, new->base))
			map->region[map->count++] = *new;
		else
			map->dropped++;
		return;
	}
	split_at(map, new->base);
	split_at(map, end_of(new));
	for (i = 0; i < map->count; i++) {
		struct mem_region *region = &map->region[i];
		u32 flags = shared_flags(region->flags, new->flags);

		if (!touched(region, new->base, new->size))
			continue;
		if (mem_type_rank(new->type) > mem_type_rank(region->type)) {
			region->type = new->type;
			region->firmware_type = new->firmware_type;
			region->firmware_attr = new->firmware_attr;
		}
		region->flags = flags;
	}
	if (cover(map, new))
		map->dropped++;
}

/* Whole pages; false when nothing is left. */
static bool round_region(struct mem_region *region, u64 page)
{
	u64 start = region->base, end = end_of(region);

	if (region->type == MEM_FREE) {
		start = ALIGN_UP(start, page);
		end = ALIGN_DOWN(end, page);
		/* Behind the last page of all comes 0. */
		if (start < region->base || start >= end)
			return false;
	} else {
		start = ALIGN_DOWN(start, page);
		end = ALIGN_UP(end, page);
		if (end < start)
			end = ALIGN_DOWN(~0ULL, page);
	}
	region->base = start;
	region->size = end - start;
	return end > start;
}

void mem_map_pages(struct mem_map *out, const struct mem_map *in, u64 page)
{
	struct mem_region region;
	unsigned int i, next;

	out->count = 0;
	out->dropped = in->dropped;
	for (i = 0; i < in->count; i = next) {
		region = in->region[i];
		/* A border within a page between two alike is none. */
		for (next = i + 1; next < in->count; next++) {
			if (!joins(&region, &in->region[next], MEM_MAP_JOIN_KIND))
				break;
			region.size += in->region[next].size;
		}
		if (region.size && !wraps(region.base, region.size) && round_region(&region, page))
			overlay(out, &region);
	}
	mem_map_join(out, MEM_MAP_JOIN_KIND);
}
