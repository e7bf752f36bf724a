// SPDX-License-Identifier: BSD-2-Clause
/* The image and what was handed over are in the map, wherever they lie. */
#include <asm/sections.h>
#include "map.h"

/* It is mapped nevertheless: it runs. */
static void an_image_in_no_region_is_an_error(void)
{
	add(RAM, KIB(16), MEM_FREE);
	EXPECT_EQ(init(), 0);
	EXPECT_EQ(error_count(), 1U);
	expect_log("E| memory map: the image at 0x%llx is in no region", image);
	EXPECT_EQ(type_at(image), MEM_IMAGE);
	EXPECT_EQ(type_at(image + IMAGE_PAGES - 1), MEM_IMAGE);
	expect_count(1);
}

static void the_image_is_taken_out(void)
{
	EXPECT_EQ(_image_end - _image, 0x2801);
	add(image - KIB(16), KIB(64), MEM_FREE);
	init_quietly();
	EXPECT_EQ(memory_map_get()->count, 3U);
	EXPECT_EQ(type_at(image - 1), MEM_FREE);
	EXPECT_EQ(type_at(image), MEM_IMAGE);
	EXPECT_EQ(type_at(image + IMAGE_PAGES - 1), MEM_IMAGE);
	EXPECT_EQ(type_at(image + IMAGE_PAGES), MEM_FREE);
	EXPECT(!memory_find(image - KIB(16) - 1));
	EXPECT(!memory_find(image + KIB(48)));
}

static void hand_off_inside_free(void)
{
	add_image();
	add(RAM, KIB(64), MEM_FREE)->flags = MEM_REGION_XP;
	hand_over_fdt(RAM + KIB(8) + 8, 0x100);
	hand_over_initrd(RAM + KIB(32) - 1, 2);
	init_quietly();
	expect_count(5);
	expect_region(0, RAM, RAM + KIB(8), MEM_FREE);
	expect_region(1, RAM + KIB(8), RAM + KIB(12), MEM_IMAGE);
	expect_region(2, RAM + KIB(12), RAM + KIB(28), MEM_FREE);
	expect_region(3, RAM + KIB(28), RAM + KIB(36), MEM_IMAGE);
	expect_region(4, RAM + KIB(36), RAM + KIB(64), MEM_FREE);
	EXPECT_EQ(nth(1)->flags, MEM_REGION_XP);
	EXPECT_EQ(nth(4)->flags, MEM_REGION_XP);
}

static void hand_off_at_the_borders_of_free(void)
{
	add_image();
	add(RAM, KIB(64), MEM_FREE);
	hand_over_fdt(RAM, KIB(4));
	hand_over_initrd(RAM + KIB(60), KIB(4));
	init_quietly();
	expect_count(3);
	expect_region(0, RAM, RAM + KIB(4), MEM_IMAGE);
	expect_region(1, RAM + KIB(4), RAM + KIB(60), MEM_FREE);
	expect_region(2, RAM + KIB(60), RAM + KIB(64), MEM_IMAGE);
}

static void hand_off_across_two_regions(void)
{
	add_image();
	add(RAM, KIB(16), MEM_FREE);
	add(RAM + KIB(16), KIB(16), MEM_RESERVED);
	hand_over_initrd(RAM + KIB(12), KIB(8));
	init_quietly();
	expect_count(3);
	expect_region(0, RAM, RAM + KIB(12), MEM_FREE);
	expect_region(1, RAM + KIB(12), RAM + KIB(20), MEM_IMAGE);
	expect_region(2, RAM + KIB(20), RAM + KIB(32), MEM_RESERVED);
}

static void hand_off_inside_reserved(void)
{
	add_image();
	add(RAM, KIB(16), MEM_NOMAP);
	add(RAM + KIB(32), KIB(4), MEM_RESERVED);
	hand_over_fdt(RAM + KIB(4), KIB(4));
	hand_over_initrd(RAM + KIB(32), KIB(4));
	init_quietly();
	expect_count(4);
	expect_region(0, RAM, RAM + KIB(4), MEM_NOMAP);
	expect_region(1, RAM + KIB(4), RAM + KIB(8), MEM_IMAGE);
	expect_region(2, RAM + KIB(8), RAM + KIB(16), MEM_NOMAP);
	expect_region(3, RAM + KIB(32), RAM + KIB(36), MEM_IMAGE);
}

/* The tree ends, and the initrd begins, in one page. */
static void hand_offs_may_share_pages(void)
{
	add_image();
	add(RAM, KIB(16), MEM_FREE);
	hand_over_fdt(RAM + KIB(4), 0x100);
	hand_over_initrd(RAM + KIB(4) + 0x100, KIB(4));
	init_quietly();
	expect_count(3);
	expect_region(1, RAM + KIB(4), RAM + KIB(12), MEM_IMAGE);
}

static void hand_off_in_a_gap(void)
{
	add_image();
	add(RAM, KIB(16), MEM_FREE);
	add(RAM + KIB(64), KIB(16), MEM_FREE);
	hand_over_fdt(RAM + KIB(32), KIB(4) + 1);
	init_quietly();
	expect_count(3);
	expect_region(1, RAM + KIB(32), RAM + KIB(40), MEM_IMAGE);
	EXPECT_EQ(nth(1)->flags, 0U);
	EXPECT_EQ(nth(1)->firmware_type, ~0U);
	EXPECT(!memory_find(RAM + KIB(32) - 1));
	EXPECT(!memory_find(RAM + KIB(40)));
}

/* From within a region over a gap, a region and a gap into another. */
static void hand_off_over_gaps(void)
{
	add_image();
	add(RAM, KIB(16), MEM_FREE);
	add(RAM + KIB(32), KIB(16), MEM_RESERVED);
	add(RAM + KIB(64), KIB(16), MEM_FREE);
	hand_over_initrd(RAM + KIB(8), KIB(60));
	init_quietly();
	expect_count(3);
	expect_region(0, RAM, RAM + KIB(8), MEM_FREE);
	expect_region(1, RAM + KIB(8), RAM + KIB(68), MEM_IMAGE);
	expect_region(2, RAM + KIB(68), RAM + KIB(80), MEM_FREE);
}

static void hand_off_beyond_all_regions(void)
{
	add_image();
	add(RAM + KIB(16), KIB(16), MEM_FREE);
	hand_over_fdt(1ULL << 48, KIB(4));
	hand_over_initrd(RAM, KIB(8));
	init_quietly();
	expect_count(3);
	expect_region(0, RAM, RAM + KIB(8), MEM_IMAGE);
	expect_region(1, RAM + KIB(16), RAM + KIB(32), MEM_FREE);
	expect_region(2, 1ULL << 48, (1ULL << 48) + KIB(4), MEM_IMAGE);
}

/* Its page was cut away with the border, but the tree is there. */
static void hand_off_in_a_part_of_a_page(void)
{
	add_image();
	add(RAM, KIB(16) + 0x800, MEM_FREE);
	hand_over_fdt(RAM + KIB(16), 0x800);
	init_quietly();
	expect_count(2);
	expect_region(1, RAM + KIB(16), RAM + KIB(20), MEM_IMAGE);
}

static void hand_off_of_nothing(void)
{
	add_image();
	add(RAM, KIB(16), MEM_FREE);
	hand_over_fdt(RAM + KIB(4) + 8, 0);
	hand_over_initrd(0, KIB(4));	/* none: the size means nothing */
	init_quietly();
	expect_count(1);
	expect_region(0, RAM, RAM + KIB(16), MEM_FREE);
}

/* The one that wraps is said, the other is there in spite of it. */
static void hand_off_that_wraps(void)
{
	add_image();
	add(RAM, KIB(16), MEM_FREE);
	hand_over_fdt(0ULL - KIB(4), KIB(8));
	hand_over_initrd(RAM, KIB(4));
	EXPECT_EQ(init(), 0);
	EXPECT_EQ(error_count(), 1U);
	expect_log("E| memory map: the device tree, 0x2000 bytes at 0x%llx, wraps", 0ULL - KIB(4));
	expect_count(2);
	EXPECT_EQ(type_at(RAM), MEM_IMAGE);
	/* Only once it is made whole pages. */
	EXPECT_EQ(memory_reserve(0ULL - KIB(8), KIB(4) + 1, MEM_IMAGE), -ERANGE);
	EXPECT_EQ(memory_reserve(0ULL - KIB(8), KIB(4), MEM_IMAGE), 0);
	EXPECT_EQ(memory_reserve(RAM, ~0ULL, MEM_IMAGE), -ERANGE);
	EXPECT_EQ(type_at(RAM + KIB(4)), MEM_FREE);
}

void hand_offs(void)
{
	CTEST(an_image_in_no_region_is_an_error);
	CTEST(the_image_is_taken_out);
	CTEST(hand_off_inside_free);
	CTEST(hand_off_at_the_borders_of_free);
	CTEST(hand_off_across_two_regions);
	CTEST(hand_off_inside_reserved);
	CTEST(hand_offs_may_share_pages);
	CTEST(hand_off_in_a_gap);
	CTEST(hand_off_over_gaps);
	CTEST(hand_off_beyond_all_regions);
	CTEST(hand_off_in_a_part_of_a_page);
	CTEST(hand_off_of_nothing);
	CTEST(hand_off_that_wraps);
}
