// SPDX-License-Identifier: BSD-2-Clause
#include "memory.h"

/* More free ranges than the map can have regions are made by nobody but the cases here. */
#define PIECES	1024

static struct piece pieces[PIECES];
static unsigned int count;

u64 hold_pages(u64 bytes, u64 align, u64 limit)
{
	u64 base;

	if (count == PIECES)
		return 0;
	base = (u64)pages_alloc_below(bytes, align, limit);
	if (base)
		pieces[count++] = (struct piece){ .base = base, .size = bytes };
	return base;
}

unsigned int hold_all(void)
{
	struct page_stats stats;

	hold_release();
	for (pages_stats(&stats); stats.largest && count < PIECES; pages_stats(&stats))
		if (!hold_pages(stats.largest, 0, 0))
			break;
	return count;
}

const struct piece *hold_piece(unsigned int n)
{
	return &pieces[n];
}

unsigned int hold_count(void)
{
	return count;
}

void hold_release(void)
{
	while (count) {
		count--;
		CHECK_EQ(pages_free((void *)pieces[count].base, pieces[count].size), 0,
			 "0x%llx + 0x%llx", pieces[count].base, pieces[count].size);
	}
}
