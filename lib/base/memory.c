// SPDX-License-Identifier: BSD-2-Clause
/*
 * Blocks of memory. These run with the MMU off too, where every access is to
 * Device memory: each access is aligned to its own size, and none is DC ZVA.
 */
#include <base/string.h>

#define WORD sizeof(u64)

/* The caller's objects are of any type. */
typedef u64 __attribute__((may_alias)) word;

/*
 * Hides from the compiler how the pointer moves on: it would know such a loop
 * as a memcpy() or memset(), and call that, which is the function it is in.
 */
#define opaque(p) __asm__ volatile("" : "+r"(p))

static bool word_aligned(const void *p)
{
	return (uintptr_t)p % WORD == 0;
}

static bool same_offset(const void *a, const void *b)
{
	return ((uintptr_t)a ^ (uintptr_t)b) % WORD == 0;
}

/*
 * Also right for overlapping blocks where @d lies below @s: each iteration
 * reads all it needs before it writes.
 */
static void copy_up(u8 *d, const u8 *s, size_t n)
{
	if (same_offset(d, s)) {
		for (; n && !word_aligned(d); n--) {
			*d++ = *s++;
			opaque(d);
		}
		for (; n >= 4 * WORD; n -= 4 * WORD) {
			const word *from = (const word *)s;
			word *to = (word *)d;
			u64 a = from[0], b = from[1], c = from[2], e = from[3];

			to[0] = a;
			to[1] = b;
			to[2] = c;
			to[3] = e;
			s += 4 * WORD;
			d += 4 * WORD;
			opaque(d);
		}
		for (; n >= WORD; n -= WORD) {
			*(word *)d = *(const word *)s;
			s += WORD;
			d += WORD;
			opaque(d);
		}
	}
	for (; n; n--) {
		*d++ = *s++;
		opaque(d);
	}
}

/* From the end down, for overlapping blocks where @d lies above @s. */
static void copy_down(u8 *d, const u8 *s, size_t n)
{
	d += n;
	s += n;
	if (same_offset(d, s)) {
		for (; n && !word_aligned(d); n--) {
			*--d = *--s;
			opaque(d);
		}
		for (; n >= WORD; n -= WORD) {
			d -= WORD;
			s -= WORD;
			*(word *)d = *(const word *)s;
			opaque(d);
		}
	}
	for (; n; n--) {
		*--d = *--s;
		opaque(d);
	}
}

void *memcpy(void *dst, const void *src, size_t n)
{
	copy_up(dst, src, n);
	return dst;
}

void *memmove(void *dst, const void *src, size_t n)
{
	/* As unsigned distance: a destination below the source is far above it. */
	if ((uintptr_t)dst - (uintptr_t)src >= n)
		copy_up(dst, src, n);
	else
		copy_down(dst, src, n);
	return dst;
}

static void fill_line(word *to, u64 pattern)
{
	to[0] = pattern;
	to[1] = pattern;
	to[2] = pattern;
	to[3] = pattern;
	to[4] = pattern;
	to[5] = pattern;
	to[6] = pattern;
	to[7] = pattern;
}

void *memset(void *dst, int c, size_t n)
{
	u64 pattern = 0x0101010101010101ULL * (u8)c;
	u8 *d = dst;

	for (; n && !word_aligned(d); n--) {
		*d++ = (u8)c;
		opaque(d);
	}
	/* What is cleared at the start is hundreds of KiB. */
	for (; n >= 32 * WORD; n -= 32 * WORD) {
		fill_line((word *)d, pattern);
		fill_line((word *)d + 8, pattern);
		fill_line((word *)d + 16, pattern);
		fill_line((word *)d + 24, pattern);
		d += 32 * WORD;
		opaque(d);
	}
	for (; n >= 8 * WORD; n -= 8 * WORD) {
		fill_line((word *)d, pattern);
		d += 8 * WORD;
		opaque(d);
	}
	for (; n >= WORD; n -= WORD) {
		*(word *)d = pattern;
		d += WORD;
		opaque(d);
	}
	for (; n; n--) {
		*d++ = (u8)c;
		opaque(d);
	}
	return dst;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const u8 *x = a, *y = b;

	for (; n; n--, x++, y++) {
		if (*x != *y)
			return *x - *y;
	}
	return 0;
}

void *memchr(const void *s, int c, size_t n)
{
	const u8 *p = s;

	for (; n; n--, p++) {
		if (*p == (u8)c)
			return (void *)(uintptr_t)p;
	}
	return NULL;
}
