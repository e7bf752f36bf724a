/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Free ranges of addresses: sorted, disjoint, neighbours merged. What is known
 * of them lies apart from them, so that nothing in them is touched, and every
 * operation costs what there are ranges, not what they hold.
 */
#ifndef BASE_EXTENTS_H
#define BASE_EXTENTS_H

#include <base/types.h>

struct extent {
	u64 base;
	u64 size;
};

struct extents {
	struct extent *extent;	/* the caller's array of @room */
	unsigned int count;
	unsigned int room;
};

/* What extents_take() returns when nothing fits: no aligned address. */
#define EXTENTS_NONE	(~0ULL)

/* Where extents_take() looks. Zeroes: anywhere, at any alignment. */
struct extents_wish {
	u64 align;		/* power of two */
	u64 from;		/* lowest address */
	u64 limit;		/* address behind the last; 0: none */
};

/**
 * extents_add() - make a range free
 * @set: the free ranges
 * @base: first address
 * @size: bytes; @base + @size does not wrap
 *
 * Return: 0; -EINVAL when it is empty or wraps; -EEXIST when part of it is free
 * already; -ENOSPC when it joins no neighbour and the array is full.
 */
int extents_add(struct extents *set, u64 base, u64 size);

/**
 * extents_remove() - take a range out, as far as it is free
 * @set: the free ranges
 * @base: first address
 * @size: bytes
 *
 * Where a range would become two and the array is full, the smaller of them is
 * forgotten: what is removed is never free afterwards.
 */
void extents_remove(struct extents *set, u64 base, u64 size);

/**
 * extents_take() - take the lowest place that fits
 * @set: the free ranges
 * @size: bytes, not 0
 * @wish: where
 *
 * With a full array only a place at a border of a range is taken.
 *
 * Return: its address, or EXTENTS_NONE.
 */
u64 extents_take(struct extents *set, u64 size, const struct extents_wish *wish);

/** extents_overlap() - whether any part of the range is free */
bool extents_overlap(const struct extents *set, u64 base, u64 size);

/** extents_sum() - bytes in all ranges */
u64 extents_sum(const struct extents *set);

/** extents_largest() - bytes of the largest range */
u64 extents_largest(const struct extents *set);

#endif
