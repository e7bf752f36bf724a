// SPDX-License-Identifier: BSD-2-Clause
/* The heap, which devices, the command line and the plan of this very run live in. */
#include <base/kconfig.h>
#include <base/string.h>
#include <base/util.h>
#include <core/heap.h>
#include "memory.h"

#define PIECES	64

static u8 *pieces[PIECES];

static size_t piece_size(unsigned int i)
{
	return 1 + i * 37 % 500;
}

static bool holds_only(const u8 *p, size_t n, u8 value)
{
	while (n && *p == value)
		n--, p++;
	return !n;
}

static void free_pieces(void)
{
	unsigned int i;

	for (i = 0; i < PIECES; i++) {
		heap_free(pieces[i]);
		pieces[i] = NULL;
	}
}

static void allocate_piece(unsigned int i)
{
	pieces[i] = heap_alloc(piece_size(i));
	if (!pieces[i]) {
		free_pieces();
		REQUIRE(pieces[i], "piece %u", i);
	}
	CHECK_EQ((u64)pieces[i] & 15, 0ULL, "misalignment of %p", pieces[i]);
	CHECK(holds_only(pieces[i], piece_size(i), 0), "%p + %zu is zeroed", pieces[i],
	      piece_size(i));
	memset(pieces[i], i + 1, piece_size(i));
}

/* Twice, the second time in an order that finds what the first one left. */
void heap_pieces_are_zeroed_and_apart(void)
{
	struct heap_stats before, now;
	unsigned int i;

	heap_stats(&before);
	for (i = 0; i < PIECES; i++)
		allocate_piece(i);
	for (i = 0; i < PIECES; i += 2)
		heap_free(pieces[i]);
	for (i = 0; i < PIECES; i += 2)
		allocate_piece(i);
	for (i = 0; i < PIECES; i++)
		CHECK(holds_only(pieces[i], piece_size(i), i + 1), "what was written to piece %u, "
		      "%p + %zu", i, pieces[i], piece_size(i));
	free_pieces();
	CHECK_EQ(heap_check(NULL), 0U, "faults that the heap finds in itself");
	heap_stats(&now);
	if (!IS_ENABLED(CONFIG_HEAP_REDZONES))	/* which keep some for a while */
		CHECK_EQ(now.used, before.used, "bytes in use after all was freed");
}

/* More than the image brought along. */
void heap_grows_from_pages(void)
{
	struct heap_stats before, now;
	size_t size;
	u8 *p;

	heap_stats(&before);
	size = before.size;	/* more than is free in any part of it */
	p = heap_alloc(size);
	REQUIRE(p, "%zu bytes", size);
	heap_stats(&now);
	CHECK_GT(now.arenas, before.arenas, "arenas");
	CHECK(holds_only(p, 64, 0), "the beginning is zeroed");
	CHECK(holds_only(p + size - 64, 64, 0), "the end is zeroed");
	memset(p + size - 64, 0x5a, 64);
	heap_free(p);
	heap_stats(&now);
	if (!IS_ENABLED(CONFIG_HEAP_REDZONES))
		CHECK_EQ(now.size, before.size, "bytes of the heap when that was freed");
	CHECK_EQ(heap_check(NULL), 0U, "faults that the heap finds in itself");
}

void heap_uses_freed_memory_again(void)
{
	struct heap_stats before, now;
	unsigned int i;
	void *p;

	heap_stats(&before);
	/* Each a quarter of it: without reuse it would have to grow. */
	for (i = 0; i < 64; i++) {
		p = heap_alloc((before.size - before.used) / 4);
		REQUIRE(p, "piece %u of %zu bytes", i, (before.size - before.used) / 4);
		heap_free(p);
	}
	heap_stats(&now);
	CHECK_EQ(now.size, before.size, "bytes of the heap");
}
