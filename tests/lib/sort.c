// SPDX-License-Identifier: BSD-2-Clause
#include <base/sort.h>
#include <base/util.h>
#include "lib.h"

#define COUNT 200

struct item {
	u32 key;
	u8 copy[8];	/* of the key: an element is moved whole */
};

static struct item items[COUNT + 1];
static unsigned int compares;

static int compare(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	compares++;
	return x->key < y->key ? -1 : x->key > y->key;
}

static int compare_words(const void *a, const void *b)
{
	const u64 *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void put(size_t i, u32 key)
{
	items[i].key = key;
	for (size_t j = 0; j < sizeof(items[i].copy); j++)
		items[i].copy[j] = (u8)(key + j);
}

static bool whole(const struct item *item)
{
	for (size_t j = 0; j < sizeof(item->copy); j++) {
		if (item->copy[j] != (u8)(item->key + j))
			return false;
	}
	return true;
}

/* Sorts the first @count of the items and looks at what came of it. */
static void check_sort(size_t count, const char *order)
{
	u32 before = 0, after = 0;

	for (size_t i = 0; i < count; i++)
		before += items[i].key * items[i].key + 1;
	compares = 0;
	sort(items, count, sizeof(items[0]), compare);
	for (size_t i = 0; i < count; i++) {
		after += items[i].key * items[i].key + 1;
		CHECK(whole(&items[i]), "%s, element %zu of %zu", order, i, count);
		if (i)
			CHECK_LE(items[i - 1].key, items[i].key, "%s, element %zu of %zu", order, i,
				 count);
	}
	CHECK_EQ(after, before, "%s: some element was lost", order);
}

/* Elements of whole words, which may be moved in another way than others. */
static void check_words(void)
{
	static struct {
		u64 key;
		u64 copy;
	} pairs[20];

	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
		pairs[i].key = pairs[i].copy = i * 7919 % 20;
	sort(pairs, ARRAY_SIZE(pairs), sizeof(pairs[0]), compare_words);
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		CHECK_EQ(pairs[i].key, (u64)i, "words, element %zu", i);
		CHECK_EQ(pairs[i].copy, (u64)i, "words, element %zu", i);
	}
}

void sort_orders(void)
{
	for (size_t count = 0; count <= 20; count++) {
		for (size_t i = 0; i <= COUNT; i++)
			put(i, (u32)(i * 7919 % 101));
		check_sort(count, "mixed");
		CHECK_EQ(items[count].key, (u32)(count * 7919 % 101), "the one behind, of %zu",
			 count);
		for (size_t i = 0; i < count; i++)
			put(i, (u32)i % 3);
		check_sort(count, "many equal");
	}
	check_words();
}

static void check_bound(const char *order)
{
	/* Two compares on each of log2(200) < 8 levels, while building and while taking off. */
	check_sort(COUNT, order);
	CHECK_LE(compares, 2U * 8U * COUNT + 2U * COUNT, "%s: compares", order);
	CHECK_GE(compares, COUNT - 1U, "%s: compares", order);
}

void sort_is_bounded(void)
{
	for (size_t i = 0; i < COUNT; i++)
		put(i, (u32)i);
	check_bound("sorted");
	for (size_t i = 0; i < COUNT; i++)
		put(i, (u32)(COUNT - i));
	check_bound("reversed");
	for (size_t i = 0; i < COUNT; i++)
		put(i, 5);
	check_bound("equal");
	for (size_t i = 0; i < COUNT; i++)
		put(i, (u32)(i < COUNT / 2 ? i : COUNT - i));
	check_bound("up and down");
}
