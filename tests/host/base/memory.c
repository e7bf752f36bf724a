// SPDX-License-Identifier: BSD-2-Clause
/* Blocks of memory at every offset within two words, for every short length and a few long ones. */
#include "base.h"

#define OFFSETS	16
#define LENGTHS	(sizeof(lengths) / sizeof(lengths[0]))
#define AREA	512
#define FENCE	32

static const size_t lengths[] = {
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
	23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
	44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64,
	65, 71, 72, 73, 95, 96, 97, 128, 200, 256, 263, 300,
};

static u8 source[AREA] __aligned(64), found[AREA] __aligned(64), expected[AREA] __aligned(64);

static void fill(void)
{
	for (size_t i = 0; i < AREA; i++) {
		source[i] = (u8)test_random(0);
		found[i] = expected[i] = (u8)test_random(0);
	}
}

static void copies(void)
{
	test_random(1);
	for (size_t d = FENCE; d < FENCE + OFFSETS; d++)
		for (size_t s = FENCE; s < FENCE + OFFSETS; s++)
			for (size_t i = 0; i < LENGTHS; i++) {
				size_t n = lengths[i];

				fill();
				memcpy(expected + d, source + s, n);
				EXPECT(base_memcpy(found + d, source + s, n) == found + d);
				EXPECT(!memcmp(found, expected, AREA),
				       "to %zu, from %zu, %zu bytes", d, s, n);
			}
}

static void moves(void)
{
	test_random(2);
	for (size_t d = FENCE; d < FENCE + 8; d++)
		for (size_t s = d - 24; s < d + 48; s++)
			for (size_t i = 0; i < LENGTHS; i++) {
				size_t n = lengths[i];

				fill();
				memmove(expected + d, expected + s, n);
				EXPECT(base_memmove(found + d, found + s, n) == found + d);
				EXPECT(!memcmp(found, expected, AREA),
				       "to %zu, from %zu, %zu bytes", d, s, n);
			}
}

static void sets(void)
{
	static const int values[] = { 0, 1, 0x5a, 0x80, 0xff, 0x1a5, -1 };

	test_random(3);
	for (size_t d = FENCE; d < FENCE + OFFSETS; d++)
		for (size_t v = 0; v < ARRAY_SIZE(values); v++)
			for (size_t i = 0; i < LENGTHS; i++) {
				size_t n = lengths[i];

				fill();
				memset(expected + d, values[v], n);
				EXPECT(base_memset(found + d, values[v], n) == found + d);
				EXPECT(!memcmp(found, expected, AREA),
				       "at %zu, %zu bytes, value %d", d, n, values[v]);
			}
}

/* A block that ends where the allocation does: reading on is seen. */
static u8 *block_end(u8 *block, size_t size, size_t n)
{
	return block + size - n;
}

static void compares(void)
{
	u8 *a = malloc(80), *b = malloc(80);

	for (size_t n = 0; n <= 64; n++)
		for (size_t at = 0; at <= n; at++)
			for (int delta = -128; delta < 128; delta += 51) {
				u8 *x = block_end(a, 80, n), *y = block_end(b, 79, n);
				int want, got;

				memset(a, 0x70, 80);
				memset(b, 0x70, 80);
				if (at < n)
					y[at] = (u8)(0x70 + delta);
				want = memcmp(x, y, n);
				got = base_memcmp(x, y, n);
				EXPECT((want > 0) - (want < 0) == (got > 0) - (got < 0),
				       "%zu bytes, other at %zu by %d: %d", n, at, delta, got);
			}
	free(a);
	free(b);
}

static void finds(void)
{
	u8 *block = malloc(80);

	for (size_t n = 0; n <= 64; n++)
		for (size_t at = 0; at <= n; at++) {
			u8 *s = block_end(block, 80, n);

			memset(block, 0x11, 80);
			if (at < n)
				s[at] = 0xee;
			if (at + 3 < n)
				s[at + 3] = 0xee;
			EXPECT(base_memchr(s, 0x1ee, n) == memchr(s, 0xee, n), "%zu at %zu", n, at);
			EXPECT(base_memchr(s, 0xee - 0x100, n) == memchr(s, 0xee, n));
			EXPECT(!base_memchr(s, 0x22, n));
		}
	free(block);
}

void test_memory(void)
{
	CTEST(copies);
	CTEST(moves);
	CTEST(sets);
	CTEST(compares);
	CTEST(finds);
}
