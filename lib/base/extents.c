// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/extents.h>
#include <base/string.h>
#include <base/util.h>

static u64 end_of(const struct extent *extent)
{
	return extent->base + extent->size;
}

/* Index of the first range that ends behind @addr; @set->count when none does. */
static unsigned int first_behind(const struct extents *set, u64 addr)
{
	unsigned int low = 0, high = set->count;

	while (low < high) {
		unsigned int middle = low + (high - low) / 2;

		if (end_of(&set->extent[middle]) > addr)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static void drop(struct extents *set, unsigned int at)
{
	set->count--;
	memmove(&set->extent[at], &set->extent[at + 1],
		(set->count - at) * sizeof(set->extent[0]));
}

static int insert(struct extents *set, unsigned int at, u64 base, u64 size)
{
	if (set->count == set->room)
		return -ENOSPC;
	memmove(&set->extent[at + 1], &set->extent[at],
		(set->count - at) * sizeof(set->extent[0]));
	set->extent[at] = (struct extent){ .base = base, .size = size };
	set->count++;
	return 0;
}

bool extents_overlap(const struct extents *set, u64 base, u64 size)
{
	unsigned int at = first_behind(set, base);

	return at < set->count && set->extent[at].base < base + size;
}

int extents_add(struct extents *set, u64 base, u64 size)
{
	unsigned int at = first_behind(set, base);
	struct extent *before, *behind;

	if (!size || base + size < base)
		return -EINVAL;
	if (extents_overlap(set, base, size))
		return -EEXIST;
	before = at && end_of(&set->extent[at - 1]) == base ? &set->extent[at - 1] : NULL;
	behind = at < set->count && set->extent[at].base == base + size ? &set->extent[at] : NULL;
	if (before) {
		before->size += size;
		if (behind) {
			before->size += behind->size;
			drop(set, at);
		}
	} else if (behind) {
		behind->base = base;
		behind->size += size;
	} else {
		return insert(set, at, base, size);
	}
	return 0;
}

/* Take @base to @end out of the range at @at, which holds all of it. */
static int cut(struct extents *set, unsigned int at, u64 base, u64 end)
{
	struct extent *extent = &set->extent[at];
	u64 old_end = end_of(extent);

	if (extent->base == base && old_end == end) {
		drop(set, at);
	} else if (extent->base == base) {
		extent->base = end;
		extent->size = old_end - end;
	} else if (old_end == end) {
		extent->size = base - extent->base;
	} else {
		if (insert(set, at + 1, end, old_end - end))
			return -ENOSPC;
		extent->size = base - extent->base;
	}
	return 0;
}

void extents_remove(struct extents *set, u64 base, u64 size)
{
	u64 end = base + size;
	unsigned int at = first_behind(set, base);

	while (at < set->count && set->extent[at].base < end) {
		struct extent *extent = &set->extent[at];
		u64 from = MAX(extent->base, base), to = MIN(end_of(extent), end);

		if (cut(set, at, from, to)) {
			/* No room for both sides: the larger stays. */
			if (from - extent->base < end_of(extent) - to)
				cut(set, at, extent->base, to);
			else
				cut(set, at, from, end_of(extent));
		}
		/* What is left of it in front ends where the rest was. */
		at = first_behind(set, to);
	}
}

u64 extents_take(struct extents *set, u64 size, const struct extents_wish *wish)
{
	u64 align = MAX(wish->align, 1ULL), limit = wish->limit ? wish->limit : ~0ULL;
	unsigned int at;

	for (at = first_behind(set, wish->from); at < set->count; at++) {
		const struct extent *extent = &set->extent[at];
		u64 low = MAX(extent->base, wish->from), base = ALIGN_UP(low, align);
		u64 end = MIN(end_of(extent), limit);

		if (extent->base >= limit)
			break;
		/* An alignment beyond the last address wraps. */
		if (base < low || base >= end || end - base < size)
			continue;
		if (!cut(set, at, base, base + size))
			return base;
	}
	return EXTENTS_NONE;
}

u64 extents_sum(const struct extents *set)
{
	u64 sum = 0;
	unsigned int i;

	for (i = 0; i < set->count; i++)
		sum += set->extent[i].size;
	return sum;
}

u64 extents_largest(const struct extents *set)
{
	u64 largest = 0;
	unsigned int i;

	for (i = 0; i < set->count; i++)
		largest = MAX(largest, set->extent[i].size);
	return largest;
}
