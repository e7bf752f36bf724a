// SPDX-License-Identifier: BSD-2-Clause
#include "base.h"

static size_t element_size;
static unsigned long compares_made;

/* All bytes are the key, so that there is one right order. */
static int compare(const void *a, const void *b)
{
	compares_made++;
	return memcmp(a, b, element_size);
}

static void check_sort(const u8 *input, size_t count)
{
	size_t bytes = count * element_size;
	u8 *found = malloc(bytes + !bytes), *want = malloc(bytes + !bytes);
	unsigned long bound = 2 * count, n;

	for (n = count; n > 1; n >>= 1)
		bound += 2 * count;
	memcpy(found, input, bytes);
	memcpy(want, input, bytes);
	qsort(want, count, element_size, compare);
	compares_made = 0;
	base_sort(found, count, element_size, compare);
	EXPECT(!memcmp(found, want, bytes), "%zu elements of %zu", count, element_size);
	EXPECT(compares_made <= bound, "%zu elements: %lu compares, at most %lu",
	       count, compares_made, bound);
	free(found);
	free(want);
}

static void sort_random(void)
{
	static const size_t sizes[] = { 1, 2, 3, 4, 7, 8, 12, 16, 24 };
	u8 input[150 * 24];

	test_random(7);
	for (size_t s = 0; s < ARRAY_SIZE(sizes); s++)
		for (size_t count = 0; count <= 150; count += count < 20 ? 1 : 13) {
			element_size = sizes[s];
			/* Few values, so that some are equal, then any. */
			for (size_t i = 0; i < sizeof(input); i++)
				input[i] = (u8)(test_random(0) % 3);
			check_sort(input, count);
			for (size_t i = 0; i < sizeof(input); i++)
				input[i] = (u8)test_random(0);
			check_sort(input, count);
		}
}

/* All orders of up to six different elements. */
static void sort_permutations(void)
{
	element_size = 1;
	for (unsigned int n = 1; n <= 6; n++)
		for (unsigned int code = 0; code < 720; code++) {
			u8 left[] = { 1, 2, 3, 4, 5, 6 }, input[6];
			unsigned int rest = code, size = n;

			for (unsigned int i = 0; i < n; i++, size--) {
				unsigned int taken = rest % size;

				rest /= size;
				input[i] = left[taken];
				memmove(left + taken, left + taken + 1, size - taken - 1);
			}
			check_sort(input, n);
		}
}

static void sort_orders(void)
{
	u8 up[2000], down[2000], same[2000];

	element_size = 2;
	for (unsigned int i = 0; i < 1000; i++) {
		up[2 * i] = (u8)(i >> 8);
		up[2 * i + 1] = (u8)i;
		down[2 * i] = (u8)((999 - i) >> 8);
		down[2 * i + 1] = (u8)(999 - i);
	}
	memset(same, 1, sizeof(same));
	check_sort(up, 1000);
	check_sort(down, 1000);
	check_sort(same, 1000);
}

void test_sort(void)
{
	CTEST(sort_random);
	CTEST(sort_permutations);
	CTEST(sort_orders);
}
