// SPDX-License-Identifier: BSD-2-Clause
/* Descriptions in 4 KiB pages, or in bytes, for an image with larger ones. */
#include "map.h"

#define PAGE_64K	KIB(64)

static struct mem_map in, out;

static void begin(void)
{
	in.count = 0;
	in.dropped = 0;
}

static struct mem_region *describe(u64 base, u64 size, enum mem_type type)
{
	struct mem_region *region = &in.region[in.count++];

	*region = (struct mem_region){ .base = base, .size = size, .type = type };
	return region;
}

static void expect_out(unsigned int n, u64 base, u64 end, enum mem_type type, u32 flags)
{
	const struct mem_region *r = &out.region[n];

	EXPECT(n < out.count, "region %u of %u", n, out.count);
	EXPECT(r->base == base && r->base + r->size == end && r->type == type && r->flags == flags,
	       "region %u: found 0x%llx-0x%llx type %d flags 0x%x", n, r->base,
	       r->base + r->size, r->type, r->flags);
}

static void free_shrinks_and_the_rest_grows(void)
{
	begin();
	describe(RAM + KIB(4), KIB(252), MEM_FREE);
	describe(RAM + KIB(256) + KIB(4), KIB(4), MEM_RESERVED);
	describe(RAM + KIB(320) + KIB(60), KIB(8), MEM_ACPI);
	mem_map_pages(&out, &in, PAGE_64K);
	EXPECT_EQ(out.count, 3U);
	expect_out(0, RAM + KIB(64), RAM + KIB(256), MEM_FREE, 0);
	expect_out(1, RAM + KIB(256), RAM + KIB(320), MEM_RESERVED, 0);
	expect_out(2, RAM + KIB(320), RAM + KIB(448), MEM_ACPI, 0);
}

/* EFI's boot services data beside conventional memory: one piece of RAM to us. */
static void a_border_between_two_alike_is_none(void)
{
	begin();
	describe(RAM, KIB(68), MEM_FREE)->firmware_type = 4;
	describe(RAM + KIB(68), KIB(60), MEM_FREE)->firmware_type = 7;
	mem_map_pages(&out, &in, PAGE_64K);
	EXPECT_EQ(out.count, 1U);
	expect_out(0, RAM, RAM + KIB(128), MEM_FREE, 0);
}

static void reserved_inside_a_page_takes_all_of_it(void)
{
	begin();
	describe(RAM, KIB(128) + KIB(16), MEM_FREE);
	describe(RAM + KIB(144), KIB(4), MEM_RESERVED);
	describe(RAM + KIB(148), KIB(108), MEM_FREE);
	mem_map_pages(&out, &in, PAGE_64K);
	EXPECT_EQ(out.count, 3U);
	expect_out(0, RAM, RAM + KIB(128), MEM_FREE, 0);
	expect_out(1, RAM + KIB(128), RAM + KIB(192), MEM_RESERVED, 0);
	expect_out(2, RAM + KIB(192), RAM + KIB(256), MEM_FREE, 0);
}

/* All pairs, in both orders of address: the higher rank, never free. */
static void a_shared_page_is_the_stricter(void)
{
	unsigned int a, b;

	for (a = 0; a < MEM_TYPES; a++) {
		for (b = 0; b < MEM_TYPES; b++) {
			enum mem_type strict = mem_type_rank(a) > mem_type_rank(b) ? a : b;

			if (a == b)
				continue;
			EXPECT(mem_type_rank(a) != mem_type_rank(b), "types %u and %u", a, b);
			begin();
			describe(RAM, KIB(32), a);
			describe(RAM + KIB(32), KIB(32), b);
			mem_map_pages(&out, &in, PAGE_64K);
			EXPECT_EQ(out.count, 1U);
			expect_out(0, RAM, RAM + KIB(64), strict, 0);
		}
	}
	EXPECT_EQ(mem_type_rank(MEM_FREE), 0U);
}

/* Code that may not be written beside data that must be: neither is kept out. */
static void a_shared_page_allows_what_both_need(void)
{
	begin();
	describe(RAM, KIB(4), MEM_RUNTIME_CODE)->flags = MEM_REGION_RUNTIME | MEM_REGION_RO;
	describe(RAM + KIB(4), KIB(4), MEM_RUNTIME_DATA)->flags = MEM_REGION_RUNTIME | MEM_REGION_XP;
	describe(RAM + KIB(64), KIB(4), MEM_ACPI);
	describe(RAM + KIB(68), KIB(4), MEM_RESERVED)->flags = MEM_REGION_NOT_WB;
	mem_map_pages(&out, &in, PAGE_64K);
	EXPECT_EQ(out.count, 2U);
	expect_out(0, RAM, RAM + KIB(64), MEM_RUNTIME_CODE, MEM_REGION_RUNTIME);
	expect_out(1, RAM + KIB(64), RAM + KIB(128), MEM_ACPI, MEM_REGION_NOT_WB);
}

static void a_tib_over_many_borders(void)
{
	u64 tib = 1ULL << 40;

	begin();
	describe(RAM, KIB(1024) * 1024, MEM_FREE);
	describe(1ULL << 32, tib, MEM_FREE);
	describe(tib, KIB(4), MEM_NOMAP);	/* in the middle of that */
	mem_map_pages(&out, &in, PAGE_64K);
	EXPECT_EQ(out.count, 4U);
	expect_out(1, 1ULL << 32, tib, MEM_FREE, 0);
	expect_out(2, tib, tib + KIB(64), MEM_NOMAP, 0);
	expect_out(3, tib + KIB(64), tib + (1ULL << 32), MEM_FREE, 0);
}

/* Whatever is described, byte by byte: nothing free that anybody else claims. */
static bool claimed(u64 start, u64 end)
{
	unsigned int i;

	for (i = 0; i < in.count; i++)
		if (in.region[i].type != MEM_FREE && in.region[i].base < end &&
		    in.region[i].base + in.region[i].size > start)
			return true;
	return false;
}

/* By one region; one that several make up together may be free or nothing. */
static bool described_free(u64 start, u64 end)
{
	unsigned int i;

	for (i = 0; i < in.count; i++)
		if (in.region[i].type == MEM_FREE && in.region[i].base <= start &&
		    in.region[i].base + in.region[i].size >= end)
			return true;
	return false;
}

static bool described(u64 start, u64 end)
{
	u64 at;

	for (at = start; at < end; at += KIB(4))
		if (!mem_map_overlap(&in, at, KIB(4)))
			return false;
	return true;
}

static void check_page(u64 at)
{
	const struct mem_region *r = mem_map_find(&out, at);

	if (claimed(at, at + KIB(16)))
		EXPECT(r && r->type != MEM_FREE, "page 0x%llx is claimed", at);
	else if (described_free(at, at + KIB(16)))
		EXPECT(r && r->type == MEM_FREE, "page 0x%llx is free", at);
	else
		EXPECT(!r || described(at, at + KIB(16)), "page 0x%llx is nothing", at);
}

static void random_maps(void)
{
	unsigned int round, i;
	u64 at;

	srand(1);
	for (round = 0; round < 2000; round++) {
		begin();
		for (i = rand() % 12; i; i--)
			describe(RAM + rand() % 64 * KIB(4), (1 + rand() % 24) * KIB(4),
				 rand() % 2 ? MEM_FREE : (enum mem_type)(rand() % MEM_TYPES));
		mem_map_order(&in);
		mem_map_pages(&out, &in, KIB(16));
		for (i = 1; i < out.count; i++)
			EXPECT(out.region[i - 1].base + out.region[i - 1].size <= out.region[i].base,
			       "round %u region %u", round, i);
		for (at = RAM; at < RAM + KIB(400); at += KIB(16))
			check_page(at);
	}
}

/* More than the table holds, in any order: only free memory is lost, the smallest first. */
static void more_regions_than_fit(void)
{
	struct mem_region region = { .firmware_type = ~0U };
	unsigned int i, reserved = 0;

	begin();
	for (i = 0; i < 2 * BOOT_MAX_REGIONS; i++) {
		region.base = RAM + i * KIB(64);
		region.size = KIB(4) + (i % 7) * KIB(4);
		region.type = i % 4 ? MEM_FREE : MEM_RESERVED;
		mem_map_append(&in, &region);
	}
	EXPECT_EQ(in.count, (unsigned int)BOOT_MAX_REGIONS);
	EXPECT_EQ(in.dropped, (unsigned int)BOOT_MAX_REGIONS);
	for (i = 0; i < in.count; i++) {
		reserved += in.region[i].type == MEM_RESERVED;
		EXPECT(in.region[i].type == MEM_RESERVED || in.region[i].size >= KIB(20),
		       "0x%llx is free and small", in.region[i].base);
	}
	EXPECT_EQ(reserved, BOOT_MAX_REGIONS / 2U);
}

void whole_pages(void)
{
	CTEST(free_shrinks_and_the_rest_grows);
	CTEST(a_border_between_two_alike_is_none);
	CTEST(reserved_inside_a_page_takes_all_of_it);
	CTEST(a_shared_page_is_the_stricter);
	CTEST(a_shared_page_allows_what_both_need);
	CTEST(a_tib_over_many_borders);
	CTEST(random_maps);
	CTEST(more_regions_than_fit);
}
