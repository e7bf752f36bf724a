// SPDX-License-Identifier: BSD-2-Clause
/* Heapsort: no memory, no recursion, and the worst case is the usual one. */
#include <base/sort.h>

/* The caller's elements are of any type. */
typedef u64 __attribute__((may_alias)) word;

struct heap {
	u8 *base;
	size_t size;
	bool words;		/* elements are whole words, at multiples of a word */
	int (*compare)(const void *a, const void *b);
};

static u8 *element(const struct heap *heap, size_t i)
{
	return heap->base + i * heap->size;
}

static void swap(const struct heap *heap, size_t i, size_t j)
{
	u8 *a = element(heap, i), *b = element(heap, j);
	size_t n = heap->size;

	if (heap->words) {
		for (; n; n -= sizeof(word), a += sizeof(word), b += sizeof(word)) {
			word value = *(word *)a;

			*(word *)a = *(word *)b;
			*(word *)b = value;
		}
		return;
	}
	for (; n; n--) {
		u8 byte = *a;

		*a++ = *b;
		*b++ = byte;
	}
}

static bool in_order(const struct heap *heap, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (heap->compare(element(heap, i - 1), element(heap, i)) > 0)
			return false;
	return true;
}

/* Lets element @i sink until no child of it, among the first @count, is greater. */
static void sink(const struct heap *heap, size_t i, size_t count)
{
	/* An element in the lower half has a child; written so that 2 * i cannot overflow. */
	while (i < count / 2) {
		size_t child = 2 * i + 1;

		if (child + 1 < count &&
		    heap->compare(element(heap, child), element(heap, child + 1)) < 0)
			child++;
		if (heap->compare(element(heap, i), element(heap, child)) >= 0)
			return;
		swap(heap, i, child);
		i = child;
	}
}

void sort(void *base, size_t count, size_t size,
	  int (*compare)(const void *a, const void *b))
{
	struct heap heap = {
		.base = base,
		.size = size,
		.words = (uintptr_t)base % sizeof(word) == 0 && size % sizeof(word) == 0,
		.compare = compare,
	};

	/* Memory maps mostly are, and are sorted more than once. */
	if (in_order(&heap, count))
		return;
	for (size_t i = count / 2; i; i--)
		sink(&heap, i - 1, count);
	for (size_t last = count; last > 1; last--) {
		swap(&heap, 0, last - 1);
		sink(&heap, 0, last - 1);
	}
}
