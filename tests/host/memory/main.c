// SPDX-License-Identifier: BSD-2-Clause
/* lib/core/memory.c on the build machine: maps of firmware, good and bad. */
#include <asm/page.h>
#include "map.h"

static void regions_are_sorted(void)
{
	add(RAM + KIB(64), KIB(16), MEM_ACPI);
	add(RAM + KIB(128), KIB(16), MEM_MMIO);
	add_image();
	add(RAM, KIB(16), MEM_FREE);
	add(RAM + KIB(32), KIB(16), MEM_RESERVED);
	init_quietly();
	expect_count(4);
	expect_region(0, RAM, RAM + KIB(16), MEM_FREE);
	expect_region(1, RAM + KIB(32), RAM + KIB(48), MEM_RESERVED);
	expect_region(2, RAM + KIB(64), RAM + KIB(80), MEM_ACPI);
	expect_region(3, RAM + KIB(128), RAM + KIB(144), MEM_MMIO);
}

static void parts_of_pages_go(void)
{
	add_image();
	add(RAM + 1, KIB(16), MEM_FREE);
	add(RAM + KIB(32), KIB(8) - 1, MEM_FREE);
	add(RAM + KIB(64) + 1, KIB(8) - 2, MEM_FREE);	/* no whole page */
	add(RAM + KIB(96), 0, MEM_FREE);
	add(RAM + KIB(8), 0, MEM_MMIO);			/* overlaps nothing */
	init_quietly();
	expect_count(2);
	expect_region(0, RAM + KIB(4), RAM + KIB(16), MEM_FREE);
	expect_region(1, RAM + KIB(32), RAM + KIB(36), MEM_FREE);
}

/* One page, one byte of which is the next region's: all of it is the stricter one's. */
static void a_shared_page_is_no_overlap(void)
{
	add_image();
	add(RAM, KIB(4) + 0x800, MEM_FREE);
	add(RAM + KIB(4) + 0x800, KIB(8), MEM_RESERVED);
	init_quietly();
	expect_count(2);
	expect_region(0, RAM, RAM + KIB(4), MEM_FREE);
	expect_region(1, RAM + KIB(4), RAM + KIB(16), MEM_RESERVED);
}

static void overlap_is_of_the_stricter_type(void)
{
	add_image();
	add(RAM + KIB(12), KIB(16), MEM_RESERVED);
	add(RAM, KIB(16), MEM_FREE);
	EXPECT_EQ(init(), 0);
	EXPECT_EQ(error_count(), 1U);
	expect_log("E| memory map: 0x%llx-0x%llx overlaps 0x%llx-0x%llx", RAM + KIB(12),
		   RAM + KIB(28) - 1, RAM, RAM + KIB(16) - 1);
	expect_count(2);
	expect_region(0, RAM, RAM + KIB(12), MEM_FREE);
	expect_region(1, RAM + KIB(12), RAM + KIB(28), MEM_RESERVED);
}

static void overlap_inside_is_taken_out(void)
{
	add_image();
	add(RAM, KIB(64), MEM_FREE);
	add(RAM + KIB(8), KIB(8), MEM_RESERVED);
	add(RAM + KIB(60), KIB(8), MEM_ACPI);
	EXPECT_EQ(init(), 0);
	EXPECT_EQ(error_count(), 2U);
	expect_log("0x%llx-0x%llx overlaps 0x%llx-0x%llx", RAM + KIB(8), RAM + KIB(16) - 1, RAM,
		   RAM + KIB(64) - 1);
	expect_log("0x%llx-0x%llx overlaps 0x%llx-0x%llx", RAM + KIB(60), RAM + KIB(68) - 1, RAM,
		   RAM + KIB(64) - 1);
	expect_count(4);
	expect_region(0, RAM, RAM + KIB(8), MEM_FREE);
	expect_region(1, RAM + KIB(8), RAM + KIB(16), MEM_RESERVED);
	expect_region(2, RAM + KIB(16), RAM + KIB(60), MEM_FREE);
	expect_region(3, RAM + KIB(60), RAM + KIB(68), MEM_ACPI);
}

static void overlap_in_a_part_of_a_page_is_seen(void)
{
	add_image();
	add(RAM, KIB(4) + 0x800, MEM_FREE);
	add(RAM + KIB(4) + 0x400, KIB(8), MEM_FREE);
	EXPECT_EQ(init(), 0);
	EXPECT_EQ(error_count(), 1U);
	expect_log("0x%llx-0x%llx overlaps 0x%llx-0x%llx", RAM + KIB(4) + 0x400,
		   RAM + KIB(12) + 0x3ff, RAM, RAM + KIB(4) + 0x7ff);
	expect_count(2);
	expect_region(1, RAM + KIB(8), RAM + KIB(12), MEM_FREE);
}

/* The second of three is named as it was given, not as the first left it. */
static void overlaps_in_a_row(void)
{
	add_image();
	add(RAM, KIB(16), MEM_FREE);
	add(RAM + KIB(12), KIB(16), MEM_RESERVED);
	add(RAM + KIB(24), KIB(16), MEM_ACPI);
	EXPECT_EQ(init(), 0);
	EXPECT_EQ(error_count(), 2U);
	expect_log("0x%llx-0x%llx overlaps 0x%llx-0x%llx", RAM + KIB(24), RAM + KIB(40) - 1,
		   RAM + KIB(12), RAM + KIB(28) - 1);
	expect_count(3);
	expect_region(2, RAM + KIB(24), RAM + KIB(40), MEM_ACPI);
}

static void wrapping_regions_are_dropped(void)
{
	add_image();
	add(0ULL - KIB(32), KIB(24), MEM_FREE);
	add(0ULL - KIB(16), KIB(32), MEM_FREE);
	EXPECT_EQ(init(), 0);
	EXPECT_EQ(error_count(), 1U);
	expect_log("E| memory map: the region at 0x%llx wraps", 0ULL - KIB(16));
	expect_count(1);
	expect_region(0, 0ULL - KIB(32), 0ULL - KIB(8), MEM_FREE);
	EXPECT(!memory_find(0));
	EXPECT(!memory_find(~0ULL));
}

/* Its first whole page would be at 0: not everything up to there. */
static void a_part_of_the_last_page_is_nothing(void)
{
	add_image();
	add(0ULL - 0x800, 0x400, MEM_FREE);
	init_quietly();
	expect_count(0);
	host_boot_info()->map.count = 0;
	add(0ULL - 0x800, 0x400, MEM_FREE);
	EXPECT_EQ(init(), -ENOENT);
}

static void an_empty_map_is_an_error(void)
{
	EXPECT_EQ(init(), -ENOENT);
	add(RAM, 0, MEM_FREE);
	EXPECT_EQ(init(), -ENOENT);
	add(RAM, PAGE_SIZE - 1, MEM_FREE);
	EXPECT_EQ(init(), -ENOENT);
	host_reset();
	add_image();
	init_quietly();
}

static void neighbours_of_a_kind_are_merged(void)
{
	add_image();
	add(RAM, KIB(4), MEM_FREE);
	add(RAM + KIB(4), KIB(4), MEM_FREE);
	add(RAM + KIB(8), KIB(4), MEM_FREE);
	add(RAM + KIB(12), KIB(4), MEM_RESERVED);			/* another type */
	add(RAM + KIB(16), KIB(4), MEM_RESERVED)->flags = MEM_REGION_XP;	/* other flags */
	add(RAM + KIB(20), KIB(4), MEM_RESERVED)->flags = MEM_REGION_XP;
	add(RAM + KIB(28), KIB(4), MEM_RESERVED)->flags = MEM_REGION_XP;	/* after a gap */
	init_quietly();
	expect_count(4);
	expect_region(0, RAM, RAM + KIB(12), MEM_FREE);
	expect_region(1, RAM + KIB(12), RAM + KIB(16), MEM_RESERVED);
	expect_region(2, RAM + KIB(16), RAM + KIB(24), MEM_RESERVED);
	expect_region(3, RAM + KIB(28), RAM + KIB(32), MEM_RESERVED);
	EXPECT_EQ(nth(1)->flags, 0U);
	EXPECT_EQ(nth(2)->flags, MEM_REGION_XP);
}

/* A map with the image and this many regions, none of which can be merged. */
static void fill(unsigned int count)
{
	unsigned int i;

	add_image();
	for (i = 0; i < count; i++)
		add(RAM + i * KIB(64), KIB(16), MEM_FREE);
}

static void a_full_map_is_whole(void)
{
	fill(BOOT_MAX_REGIONS - 1);
	hand_over_fdt(RAM, KIB(16));	/* all of a region: takes no more */
	init_quietly();
	expect_count(BOOT_MAX_REGIONS - 1);
	expect_region(0, RAM, RAM + KIB(16), MEM_IMAGE);
}

static void a_map_that_just_suffices(void)
{
	fill(BOOT_MAX_REGIONS - 3);
	hand_over_fdt(RAM + KIB(4), KIB(4));
	init_quietly();
	expect_count(BOOT_MAX_REGIONS - 1);
	EXPECT_EQ(type_at(RAM + KIB(4)), MEM_IMAGE);
}

/* What is handed over is taken out, and nothing else but the smallest free piece goes for it. */
static void expect_full(u64 base, unsigned int lost)
{
	hand_over_fdt(base, KIB(4));
	EXPECT_EQ(init(), 0);
	EXPECT_EQ(error_count(), 1U);
	expect_log("E| memory map: more than %u regions: %u of them", BOOT_MAX_REGIONS, lost);
	EXPECT(memory_map_get()->count <= BOOT_MAX_REGIONS);
	EXPECT_EQ(type_at(base), MEM_IMAGE);
	EXPECT_EQ(type_at(base + KIB(4) - 1), MEM_IMAGE);
	EXPECT_EQ(type_at(RAM + 100 * KIB(64)), MEM_TYPES);
	EXPECT_EQ(type_at(RAM + 102 * KIB(64)), MEM_FREE);
}

/* One of the free pieces is smaller than all others, the next one second. */
static void fill_with_small(unsigned int count)
{
	fill(count);
	host_boot_info()->map.region[101].size = KIB(4);
	host_boot_info()->map.region[102].size = KIB(8);
}

static void a_map_without_room_gives_up_free_memory(void)
{
	fill_with_small(BOOT_MAX_REGIONS - 1);
	expect_full(RAM + KIB(4), 2);
	EXPECT_EQ(type_at(RAM + KIB(8)), MEM_FREE);
	host_reset();
	fill_with_small(BOOT_MAX_REGIONS - 2);	/* room for the one border, not for the other */
	expect_full(RAM + KIB(8), 1);
	EXPECT_EQ(type_at(RAM), MEM_FREE);
	EXPECT_EQ(type_at(RAM + 101 * KIB(64)), MEM_FREE);
	host_reset();
	fill_with_small(BOOT_MAX_REGIONS - 1);
	expect_full(RAM + KIB(12), 1);	/* no room for its start, none needed for its end */
	host_reset();
	fill_with_small(BOOT_MAX_REGIONS - 1);
	expect_full(RAM + KIB(32), 1);	/* in a gap */
}

/* Nothing free to give up: what is handed over is known all the same. */
static void a_map_of_reservations_has_the_hand_off(void)
{
	struct mem_map *map = &host_boot_info()->map;
	unsigned int i;

	fill(BOOT_MAX_REGIONS - 1);
	for (i = 0; i < map->count; i++)
		map->region[i].type = MEM_RESERVED;
	map->region[10].size = KIB(4);	/* after the image, 0 */
	hand_over_fdt(RAM + KIB(32), KIB(4));	/* in a gap */
	EXPECT_EQ(init(), 0);
	EXPECT_EQ(error_count(), 1U);
	EXPECT_EQ(type_at(RAM + KIB(32)), MEM_IMAGE);
	EXPECT_EQ(type_at(RAM + 9 * KIB(64)), MEM_TYPES);
	EXPECT_EQ(type_at(RAM + 10 * KIB(64)), MEM_RESERVED);
}

/* Nothing free to give up: what cannot be divided is the stricter type as a whole. */
static void a_map_without_room_never_frees(void)
{
	struct mem_map *map = &host_boot_info()->map;
	unsigned int i;

	fill(BOOT_MAX_REGIONS - 1);
	for (i = 0; i < map->count; i++)
		map->region[i].type = MEM_RESERVED;
	map->region[7].type = MEM_FREE;
	EXPECT_EQ(mem_map_retype(map, map->region[7].base + KIB(4), KIB(4), MEM_ACPI,
				 MEM_MAP_STRICTER), -ENOSPC);
	EXPECT_EQ(map->count, (unsigned int)BOOT_MAX_REGIONS);
	EXPECT_EQ(map->region[7].size, KIB(16));
	EXPECT_EQ(map->region[7].type, (enum mem_type)MEM_ACPI);
}

static void dropped_regions_are_reported(void)
{
	add_image();
	host_boot_info()->map.dropped = 7;
	EXPECT_EQ(init(), 0);
	EXPECT_EQ(error_count(), 1U);
	expect_log("E| memory map: more than %u regions: 7 of them", BOOT_MAX_REGIONS);
}

static void regions_are_found_up_to_their_borders(void)
{
	add_image();
	add(RAM, KIB(16), MEM_FREE);
	add(RAM + KIB(16), KIB(16), MEM_ACPI);
	add(RAM + KIB(64), KIB(4), MEM_RESERVED);
	init_quietly();
	EXPECT(!memory_find(RAM - 1));
	EXPECT(memory_find(RAM) == nth(0));
	EXPECT(memory_find(RAM + KIB(16) - 1) == nth(0));
	EXPECT(memory_find(RAM + KIB(16)) == nth(1));
	EXPECT(memory_find(RAM + KIB(32) - 1) == nth(1));
	EXPECT(!memory_find(RAM + KIB(32)));
	EXPECT(!memory_find(RAM + KIB(64) - 1));
	EXPECT(memory_find(RAM + KIB(68) - 1) == nth(2));
	EXPECT(!memory_find(RAM + KIB(68)));
	EXPECT(!memory_find(0));
	EXPECT(!memory_find(~0ULL));
}

static void ram_is_all_but_mmio(void)
{
	unsigned int type;

	add_image();
	for (type = 0; type < MEM_TYPES; type++)
		add(RAM + type * KIB(256), KIB(4) << type, type);
	init_quietly();
	expect_count(MEM_TYPES);
	EXPECT_EQ(memory_ram_bytes(),
		  IMAGE_PAGES + KIB(4) * ((1 << MEM_TYPES) - 1) - (KIB(4) << MEM_MMIO));
}

static void sizes_of_many_gib(void)
{
	add_image();
	add(1ULL << 39, 1ULL << 38, MEM_FREE);
	hand_over_initrd((1ULL << 39) + (1ULL << 33), 1ULL << 32);
	init_quietly();
	expect_count(3);
	expect_region(1, (1ULL << 39) + (1ULL << 33), (1ULL << 39) + (3ULL << 32), MEM_IMAGE);
	EXPECT_EQ(memory_ram_bytes(), (1ULL << 38) + IMAGE_PAGES);
}

static void borders_and_overlaps(void)
{
	CTEST(regions_are_sorted);
	CTEST(parts_of_pages_go);
	CTEST(a_shared_page_is_no_overlap);
	CTEST(overlap_is_of_the_stricter_type);
	CTEST(overlap_inside_is_taken_out);
	CTEST(overlaps_in_a_row);
	CTEST(overlap_in_a_part_of_a_page_is_seen);
	CTEST(wrapping_regions_are_dropped);
	CTEST(a_part_of_the_last_page_is_nothing);
	CTEST(an_empty_map_is_an_error);
}

int main(void)
{
	borders_and_overlaps();
	hand_offs();
	whole_pages();
	CTEST(neighbours_of_a_kind_are_merged);
	CTEST(a_full_map_is_whole);
	CTEST(a_map_that_just_suffices);
	CTEST(a_map_without_room_gives_up_free_memory);
	CTEST(a_map_of_reservations_has_the_hand_off);
	CTEST(a_map_without_room_never_frees);
	CTEST(dropped_regions_are_reported);
	CTEST(regions_are_found_up_to_their_borders);
	CTEST(ram_is_all_but_mmio);
	CTEST(sizes_of_many_gib);
	return ctest_end();
}
