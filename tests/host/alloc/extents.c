// SPDX-License-Identifier: BSD-2-Clause
/* lib/base/extents.c against a table of flags, one for each address. */
#include "alloc.h"

#define ADDRESSES	256U
#define ROOM		24U

static struct extent table[ROOM];
static struct extents set;
static bool model[ADDRESSES];

static bool model_any(u64 base, u64 size)
{
	u64 at;

	for (at = base; at < base + size; at++)
		if (model[at])
			return true;
	return false;
}

static void model_set(u64 base, u64 size, bool free)
{
	u64 at;

	for (at = base; at < base + size; at++)
		model[at] = free;
}

/* The lowest place that fits; the real one may find none that would need room. */
static u64 model_take(u64 size, const struct extents_wish *wish)
{
	u64 limit = wish->limit ? MIN(wish->limit, (u64)ADDRESSES) : ADDRESSES, at, i;

	for (at = wish->from; at + size <= limit; at++) {
		for (i = 0; i < size && model[at + i]; i++)
			;
		if (i == size && !(at % MAX(wish->align, 1ULL)))
			return at;
	}
	return EXTENTS_NONE;
}

static void check_equal(unsigned int round)
{
	u64 at, sum = 0;
	unsigned int i;

	EXPECT(set.count <= ROOM, "round %u", round);
	for (i = 1; i < set.count; i++)
		EXPECT(table[i - 1].base + table[i - 1].size < table[i].base,
		       "round %u: %u is not apart", round, i);
	for (at = 0; at < ADDRESSES; at++) {
		sum += model[at];
		EXPECT(extents_overlap(&set, at, 1) == model[at], "round %u address %llu", round,
		       (unsigned long long)at);
	}
	EXPECT_EQ(extents_sum(&set), sum);
	EXPECT(extents_largest(&set) <= sum && (!sum || extents_largest(&set)), "round %u", round);
}

static void random_take(void)
{
	struct extents_wish wish = { .align = 1ULL << rand() % 4, .from = rand() % 100,
				     .limit = rand() % 2 ? 0 : 100 + rand() % 156 };
	u64 size = 1 + rand() % 12, want = model_take(size, &wish);
	bool full = set.count == ROOM;
	u64 got = extents_take(&set, size, &wish);

	EXPECT(got == want || full, "took %lld, not %lld", (long long)got, (long long)want);
	if (got == EXTENTS_NONE)
		return;
	EXPECT(model_take(size, &(struct extents_wish){ .align = wish.align, .from = got,
							.limit = got + size }) == got,
	       "%lld was not free", (long long)got);
	model_set(got, size, false);
}

static void random_add(void)
{
	u64 base = rand() % (ADDRESSES - 16), size = rand() % 16;
	bool any = model_any(base, size), full = set.count == ROOM;
	int ret = extents_add(&set, base, size);

	if (!size)
		EXPECT_EQ(ret, -EINVAL);
	else if (any)
		EXPECT_EQ(ret, -EEXIST);
	else
		EXPECT(!ret || (full && ret == -ENOSPC), "%d", ret);
	if (!ret)
		model_set(base, size, true);
}

/* What is removed is gone; with a full table, something beside it may be, too. */
static void random_remove(void)
{
	u64 base = rand() % (ADDRESSES - 16), size = 1 + rand() % 16, at;
	bool full = set.count == ROOM;

	extents_remove(&set, base, size);
	model_set(base, size, false);
	for (at = 0; full && at < ADDRESSES; at++) {
		bool there = extents_overlap(&set, at, 1);

		EXPECT(model[at] || !there, "%llu came back", (unsigned long long)at);
		model[at] = there;
	}
}

static void random_operations(void)
{
	unsigned int round;

	set = (struct extents){ .extent = table, .room = ROOM };
	memset(model, 0, sizeof(model));
	srand(2);
	for (round = 0; round < 20000; round++) {
		switch (rand() % 4) {
		case 0:
			random_take();
			break;
		case 1:
			random_remove();
			break;
		default:
			random_add();
		}
		check_equal(round);
	}
}

static void ends_of_the_address_space(void)
{
	struct extents_wish wish = { .align = 1ULL << 63 };

	set = (struct extents){ .extent = table, .room = ROOM };
	EXPECT_EQ(extents_add(&set, ~0ULL - 0xfff, 0x1000), -EINVAL);
	EXPECT_EQ(extents_add(&set, ~0ULL - 0x1fff, 0x1000), 0);
	EXPECT_EQ(extents_take(&set, 0x10, &wish), EXTENTS_NONE);
	wish.align = 0;
	EXPECT_EQ(extents_take(&set, 0x1001, &wish), EXTENTS_NONE);
	EXPECT_EQ(extents_take(&set, 0x1000, &wish), ~0ULL - 0x1fff);
	EXPECT_EQ(set.count, 0U);
	EXPECT_EQ(extents_take(&set, 1, &wish), EXTENTS_NONE);
}

void extents_tests(void)
{
	CTEST(random_operations);
	CTEST(ends_of_the_address_space);
}
