// SPDX-License-Identifier: BSD-2-Clause
/* The page allocator: what it hands out is free memory, whole, aligned, and nobody else's. */
#include <base/errno.h>
#include <base/util.h>
#include <asm/sections.h>
#include "memory.h"

/* All of it in regions that are free for us. */
static void check_free_memory(u64 base, u64 size)
{
	u64 at = base, end = base + size;

	while (at < end) {
		const struct mem_region *r = memory_find(at);

		if (!CHECK_NE(r, NULL, "region of the allocated 0x%llx", at))
			return;
		if (!CHECK_EQ(r->type, (enum mem_type)MEM_FREE, "type of the allocated 0x%llx", at))
			return;
		at = r->base + r->size;
	}
}

static bool apart(const struct piece *a, const struct piece *b)
{
	return a->base + a->size <= b->base || b->base + b->size <= a->base;
}

static void check_apart(void)
{
	unsigned int a, b;

	for (a = 0; a < hold_count(); a++)
		for (b = a + 1; b < hold_count(); b++)
			CHECK(apart(hold_piece(a), hold_piece(b)),
			      "0x%llx + 0x%llx and 0x%llx + 0x%llx are both allocated",
			      hold_piece(a)->base, hold_piece(a)->size,
			      hold_piece(b)->base, hold_piece(b)->size);
}

/* As much is free as before, in as many ranges: nothing got lost or cut. */
static void check_given_back(const struct page_stats *before)
{
	struct page_stats now;

	hold_release();
	pages_stats(&now);
	CHECK_EQ(now.free, before->free, "bytes free after all was given back");
	CHECK_EQ(now.largest, before->largest, "largest range after all was given back");
	CHECK_EQ(now.ranges, before->ranges, "ranges after all was given back");
}

void pages_are_aligned_in_every_order(void)
{
	struct page_stats before;
	unsigned int order;

	pages_stats(&before);
	/* Half of the largest range holds an aligned piece of a quarter. */
	for (order = PAGE_SHIFT; 4ULL << order <= before.largest; order++) {
		u64 base = hold_pages(1ULL << order, 1ULL << order, 0);

		/* Smaller ones are held already. */
		if (!CHECK(base || 4ULL << order > before.largest / 2, "nothing of order %u", order))
			break;
		CHECK_EQ(base & ((1ULL << order) - 1), 0ULL, "misalignment of 0x%llx", base);
		check_free_memory(base, 1ULL << order);
		if (order > PAGE_SHIFT + 8)
			hold_release();
	}
	check_apart();
	CHECK_GT(order, (unsigned int)PAGE_SHIFT, "orders tried");
	check_given_back(&before);
}

void pages_are_whole_and_apart(void)
{
	static const u64 sizes[] = { 1, PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE + 1, 5 * PAGE_SIZE };
	struct page_stats before, now;
	unsigned int i;

	pages_stats(&before);
	for (i = 0; i < 40; i++) {
		u64 size = sizes[i % ARRAY_SIZE(sizes)];
		u64 base = hold_pages(ALIGN_UP(size, PAGE_SIZE), PAGE_SIZE << i % 4, 0);

		REQUIRE_NE(base, 0ULL, "address of %llu bytes", size);
		CHECK_EQ(base & (PAGE_SIZE - 1), 0ULL, "parts of pages of 0x%llx", base);
		check_free_memory(base, ALIGN_UP(size, PAGE_SIZE));
	}
	check_apart();
	pages_stats(&now);
	CHECK_EQ(before.free - now.free, 80ULL * PAGE_SIZE, "bytes taken by 80 pages");
	/* A single byte takes a page. */
	CHECK_EQ(pages_free((void *)hold_piece(0)->base, 1), 0);
	pages_stats(&before);
	CHECK_EQ(before.free - now.free, (u64)PAGE_SIZE, "bytes that freeing 1 byte gives back");
	CHECK_NE(pages_alloc(1, 0), NULL, "one byte");
	pages_stats(&before);
	CHECK_EQ(before.free, now.free, "bytes free once it is allocated again");
	hold_release();
}

void pages_below_a_limit(void)
{
	u64 base = hold_pages(PAGE_SIZE, 0, 0), above = base + PAGE_SIZE;

	REQUIRE_NE(base, 0ULL);
	hold_release();
	CHECK_EQ(hold_pages(PAGE_SIZE, 0, above), base, "the page below 0x%llx", above);
	CHECK_EQ(hold_pages(PAGE_SIZE, 0, PAGE_SIZE), 0ULL, "a page below the second page");
	while (hold_count() < 20 && (base = hold_pages(PAGE_SIZE, 0, above + 8 * PAGE_SIZE)))
		CHECK_LE(base + PAGE_SIZE, above + 8 * PAGE_SIZE, "end of the page 0x%llx", base);
	check_apart();
	hold_release();
}

void pages_run_out_with_an_error(void)
{
	struct page_stats before, now;

	pages_stats(&before);
	CHECK_EQ(pages_alloc(before.largest + 1, 0), NULL, "more than the largest range");
	CHECK_EQ(pages_alloc(~0ULL, 0), NULL, "all addresses");
	CHECK_EQ(pages_alloc(0, 0), NULL, "nothing");
	CHECK_EQ(pages_alloc(PAGE_SIZE, 3 * PAGE_SIZE), NULL, "an alignment that is no power of two");
	CHECK_EQ(pages_alloc(PAGE_SIZE, 1ULL << 63), NULL, "an alignment beyond all memory");
	CHECK_GT(hold_all(), 0U, "pieces of free memory");
	pages_stats(&now);
	CHECK_EQ(now.free, 0ULL, "bytes free when all is taken");
	CHECK_EQ(pages_alloc(1, 0), NULL, "a page when all are taken");
	check_apart();
	check_given_back(&before);
}

/* NULL must stay none, and small boards have their spin-tables there (raspi3b: 0xd8). */
void pages_page_0_is_never_given(void)
{
	unsigned int i, n = hold_all();

	for (i = 0; i < n; i++) {
		CHECK_GE(hold_piece(i)->base, (u64)PAGE_SIZE, "start of a free piece");
		check_free_memory(hold_piece(i)->base, hold_piece(i)->size);
	}
	CHECK_GT(n, 0U, "pieces");
	hold_release();
	CHECK_EQ(pages_free(NULL, PAGE_SIZE), 0, "freeing NULL");
	CHECK_EQ(hold_pages(PAGE_SIZE, 0, PAGE_SIZE), 0ULL, "the page that NULL points to");
}

void pages_bad_frees_are_refused(void)
{
	u64 base = (u64)pages_alloc(4 * PAGE_SIZE, 0);
	struct page_stats before, now;

	REQUIRE_NE(base, 0ULL);
	pages_stats(&before);
	CHECK_EQ(pages_free((void *)(base + 8), PAGE_SIZE), -EINVAL, "no page");
	CHECK_EQ(pages_free((void *)base, ~0ULL), -EINVAL, "up to the last address");
	CHECK_EQ(pages_free(_image, PAGE_SIZE), -EINVAL, "the image");
	CHECK_EQ(pages_free((void *)(1ULL << 55), PAGE_SIZE), -EINVAL, "what is no memory");
	CHECK_EQ(pages_free((void *)base, 0), -EINVAL, "no bytes");
	pages_stats(&now);
	CHECK_EQ(now.free, before.free, "bytes free after refusals");
	CHECK_EQ(pages_free((void *)(base + PAGE_SIZE), PAGE_SIZE), 0, "a part of it");
	CHECK_EQ(pages_free((void *)(base + PAGE_SIZE), PAGE_SIZE), -EINVAL, "that part once more");
	CHECK_EQ(pages_free((void *)base, 4 * PAGE_SIZE), -EINVAL, "what is partly free");
	CHECK_EQ(pages_free((void *)base, PAGE_SIZE), 0, "what is left in front");
	CHECK_EQ(pages_free((void *)(base + 2 * PAGE_SIZE), 2 * PAGE_SIZE), 0, "and behind");
}
