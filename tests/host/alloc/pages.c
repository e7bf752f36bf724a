// SPDX-License-Identifier: BSD-2-Clause
/* The page allocator against a table of owners, a byte for each page. */
#include "alloc.h"

#define BLOCKS	1200U

static u8 owned[RAM_PAGES];
static struct {
	u64 base;
	unsigned int pages;
} blocks[BLOCKS];

static void own(u64 base, unsigned int pages, bool mine)
{
	unsigned int at = (base - machine_ram()) / PAGE_SIZE, i;

	EXPECT(base >= machine_ram() && at + pages <= RAM_PAGES, "0x%llx", base);
	for (i = at; i < at + pages && i < RAM_PAGES; i++) {
		EXPECT(owned[i] != mine, "page %u is %s", i, mine ? "given twice" : "nobody's");
		owned[i] = mine;
	}
}

static void random_block(unsigned int i)
{
	u64 align = (u64)PAGE_SIZE << rand() % 5;

	if (blocks[i].base) {
		own(blocks[i].base, blocks[i].pages, false);
		EXPECT_EQ(pages_free((void *)blocks[i].base, (u64)blocks[i].pages * PAGE_SIZE), 0);
		EXPECT_EQ(pages_free((void *)blocks[i].base, PAGE_SIZE), -EINVAL);
		blocks[i].base = 0;
		return;
	}
	blocks[i].pages = 1 + rand() % 3;
	blocks[i].base = (u64)pages_alloc_below((u64)blocks[i].pages * PAGE_SIZE, align,
						machine_ram() + RAM_PAGES * PAGE_SIZE);
	if (!blocks[i].base)
		return;
	EXPECT_EQ(blocks[i].base % align, 0ULL);
	own(blocks[i].base, blocks[i].pages, true);
	memset((void *)blocks[i].base, i, (size_t)blocks[i].pages * PAGE_SIZE);
}

/* With so many holes that the allocator needs a larger table, which it takes from itself. */
static void random_pages(void)
{
	struct page_stats before, now;
	unsigned int i, round;

	machine_begin(0);
	memset(owned, 0, sizeof(owned));
	memset(blocks, 0, sizeof(blocks));
	pages_stats(&before);
	EXPECT_EQ(before.free, (u64)RAM_PAGES * PAGE_SIZE);
	srand(3);
	for (round = 0; round < 20000; round++)
		random_block(rand() % BLOCKS);
	for (i = 0; i < BLOCKS; i++)
		if (blocks[i].base)
			random_block(i);
	pages_stats(&now);
	EXPECT(now.free + 16 * PAGE_SIZE >= before.free, "%llu free", now.free);
}

/* One page in two is free, beside 500 regions: more ranges than the first table holds. */
static void the_table_grows(void)
{
	static void *pages[RAM_PAGES];
	struct page_stats stats;
	unsigned int i;

	machine_begin(500);
	/* The rest stays in one piece, for the larger table. */
	for (i = 0; i < RAM_PAGES - 64; i++)
		pages[i] = pages_alloc_below(PAGE_SIZE, 0, 0);
	for (i = 0; i < RAM_PAGES; i++)
		if (pages[i] && (u64)pages[i] / PAGE_SIZE % 2)
			EXPECT_EQ(pages_free(pages[i], PAGE_SIZE), 0);
	pages_stats(&stats);
	EXPECT(stats.ranges > 1000, "%u ranges", stats.ranges);
	for (i = 0; i < RAM_PAGES; i++)
		if (pages[i] && !((u64)pages[i] / PAGE_SIZE % 2))
			EXPECT_EQ(pages_free(pages[i], PAGE_SIZE), 0);
}

static void page_0_is_nobodys(void)
{
	struct page_stats stats;
	void *p;

	machine_begin(1);	/* of which the first is page 0 */
	pages_stats(&stats);
	EXPECT_EQ(stats.total, (u64)RAM_PAGES * PAGE_SIZE);
	p = pages_alloc_below(PAGE_SIZE, 0, PAGE_SIZE);
	EXPECT(!p);
	EXPECT_EQ(pages_free(NULL, PAGE_SIZE), 0);
}

static void what_is_reserved_later_is_gone(void)
{
	struct page_stats before, now;

	machine_begin(0);
	pages_stats(&before);
	EXPECT_EQ(memory_reserve(machine_ram() + 5 * PAGE_SIZE + 1, 2, MEM_RESERVED), 0);
	pages_stats(&now);
	EXPECT_EQ(now.free, before.free - PAGE_SIZE);
	EXPECT_EQ(pages_free((void *)(machine_ram() + 5 * PAGE_SIZE), PAGE_SIZE), -EINVAL);
}

static void addresses_lie_beside_memory(void)
{
	void *va[20];
	unsigned int i;

	machine_begin(0);
	address_space_avoid(0x100000000000ULL, 0x100000000000ULL);
	for (i = 0; i < ARRAY_SIZE(va); i++) {
		u64 at, size = (u64)PAGE_SIZE << i;

		va[i] = address_space_alloc(size, size);
		at = (u64)va[i];
		EXPECT(va[i] && !(at & (size - 1)) && at + size <= 1ULL << 48, "%p", va[i]);
		EXPECT(!mem_map_overlap(memory_map_get(), at, size), "%p is memory", va[i]);
		EXPECT(at + size <= 0x100000000000ULL || at >= 0x200000000000ULL, "%p", va[i]);
	}
	for (i = 0; i < ARRAY_SIZE(va); i++) {
		EXPECT_EQ(address_space_free(va[i], (u64)PAGE_SIZE << i), 0);
		EXPECT_EQ(address_space_free(va[i], (u64)PAGE_SIZE << i), -EINVAL);
	}
}

void page_tests(void)
{
	CTEST(random_pages);
	CTEST(the_table_grows);
	CTEST(page_0_is_nobodys);
	CTEST(what_is_reserved_later_is_gone);
	CTEST(addresses_lie_beside_memory);
}
