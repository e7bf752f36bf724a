// SPDX-License-Identifier: BSD-2-Clause
/*
 * Blocks of memory: every offset within a word for source and destination, and
 * every length up to some words, with a fence on both sides that stays whole.
 */
#include <base/string.h>
#include <base/util.h>
#include "lib.h"

#define AREA	160
#define FENCE	24
#define LONGEST	72
#define NOWHERE	AREA

static u8 from[AREA] __aligned(64), to[AREA] __aligned(64);

static u8 source_byte(size_t i)
{
	return (u8)(i * 29 + 7);
}

static u8 fence_byte(size_t i)
{
	return (u8)(0xa5 ^ i);
}

/* Set without the functions under test. */
static void fill(void)
{
	for (size_t i = 0; i < AREA; i++) {
		WRITE_ONCE(from[i], source_byte(i));
		WRITE_ONCE(to[i], fence_byte(i));
	}
}

/* Where @to is not what a copy of @n bytes from @s to @d makes of it, or NOWHERE. */
static size_t copy_differs(size_t d, size_t s, size_t n)
{
	for (size_t i = 0; i < AREA; i++) {
		bool copied = i >= d && i < d + n;

		if (to[i] != (copied ? source_byte(i - d + s) : fence_byte(i)))
			return i;
	}
	return NOWHERE;
}

void memcpy_at_every_alignment(void)
{
	for (size_t d = FENCE; d < FENCE + 8; d++)
		for (size_t s = FENCE; s < FENCE + 8; s++)
			for (size_t n = 0; n <= LONGEST; n++) {
				fill();
				CHECK(memcpy(to + d, from + s, n) == to + d);
				CHECK_EQ(copy_differs(d, s, n), (size_t)NOWHERE,
					 "byte that is wrong; %zu bytes to offset %zu from %zu", n,
					 d, s);
			}
}

/* Within @from: where it is not what a move of @n bytes from @s to @d makes of it. */
static size_t move_differs(size_t d, size_t s, size_t n)
{
	for (size_t i = 0; i < AREA; i++) {
		bool moved = i >= d && i < d + n;

		if (from[i] != source_byte(moved ? i - d + s : i))
			return i;
	}
	return NOWHERE;
}

void memmove_overlapping(void)
{
	for (size_t d = FENCE; d < FENCE + 8; d++)
		for (size_t s = d - 18; s <= d + 18; s++)
			for (size_t n = 0; n <= LONGEST; n += n < 20 ? 1 : 13) {
				fill();
				CHECK(memmove(from + d, from + s, n) == from + d);
				CHECK_EQ(move_differs(d, s, n), (size_t)NOWHERE,
					 "byte that is wrong; %zu bytes to offset %zu from %zu", n,
					 d, s);
			}
}

static size_t set_differs(size_t d, u8 value, size_t n)
{
	for (size_t i = 0; i < AREA; i++) {
		bool set = i >= d && i < d + n;

		if (to[i] != (set ? value : fence_byte(i)))
			return i;
	}
	return NOWHERE;
}

/* It goes through them by larger steps. */
static void set_long_piece(size_t d, size_t n)
{
	static u8 piece[2 * FENCE + 8 + 300] __aligned(64);
	size_t wrong = 0;

	for (size_t i = 0; i < sizeof(piece); i++)
		WRITE_ONCE(piece[i], fence_byte(i));
	CHECK(memset(piece + d, 0x3c, n) == piece + d);
	for (size_t i = 0; i < sizeof(piece); i++)
		wrong += piece[i] != (i >= d && i < d + n ? 0x3c : fence_byte(i));
	CHECK_EQ(wrong, 0ULL, "bytes that are wrong; %zu bytes at offset %zu", n, d);
}

void memset_at_every_alignment(void)
{
	static const int values[] = { 0, 0x5a, 0x180, -1 };
	static const size_t lengths[] = { 256, 263, 300 };

	for (size_t d = FENCE; d < FENCE + 8; d++)
		for (size_t v = 0; v < ARRAY_SIZE(values); v++)
			for (size_t n = 0; n <= LONGEST; n++) {
				fill();
				CHECK(memset(to + d, values[v], n) == to + d);
				CHECK_EQ(set_differs(d, (u8)values[v], n), (size_t)NOWHERE,
					 "byte that is wrong; %zu bytes of %d at offset %zu", n,
					 values[v], d);
			}
	for (size_t d = FENCE; d < FENCE + 8; d++)
		for (size_t i = 0; i < ARRAY_SIZE(lengths); i++)
			set_long_piece(d, lengths[i]);
}

/* Of the two areas, equal but for @at, where @to holds @delta more. */
static int compare(size_t offset, size_t n, size_t at, int delta)
{
	for (size_t i = 0; i < AREA; i++) {
		WRITE_ONCE(from[i], 0x7f);
		WRITE_ONCE(to[i], 0x7f);
	}
	to[offset + at] = (u8)(0x7f + delta);
	return memcmp(from + offset, to + offset, n);
}

void memcmp_order(void)
{
	for (size_t offset = 0; offset < 4; offset++)
		for (size_t n = 1; n <= 20; n++)
			for (size_t at = 0; at < n; at++) {
				CHECK_LT(compare(offset, n, at, 0x80), 0,
					 "0xff is above 0x7f, as unsigned");
				CHECK_LT(compare(offset, n, at, 1), 0, "%zu bytes, other at %zu", n,
					 at);
				CHECK_GT(compare(offset, n, at, -1), 0, "%zu bytes, other at %zu",
					 n, at);
				CHECK_EQ(compare(offset, n, at, 0), 0, "%zu bytes, all equal", n);
				CHECK_EQ(compare(offset, n, n, 1), 0,
					 "%zu bytes, the next is other", n);
			}
	CHECK_EQ(compare(0, 0, 0, 1), 0, "no bytes at all");
}

void memchr_finds_first(void)
{
	for (size_t n = 1; n <= 20; n++)
		for (size_t at = 0; at < n; at++) {
			fill();
			for (size_t i = 0; i < AREA; i++)
				WRITE_ONCE(to[i], 1);
			to[3 + at] = to[3 + n] = 0xfe;
			CHECK(memchr(to + 3, 0xfe, n) == to + 3 + at, "%zu bytes, at %zu", n, at);
			CHECK(memchr(to + 3, 0x1fe, n) == to + 3 + at, "0x1fe as unsigned char");
			CHECK(memchr(to + 3, 0xfe, at) == NULL, "%zu bytes, it is behind them", at);
			CHECK(memchr(to + 3, 2, n) == NULL, "%zu bytes, none of them", n);
		}
}
