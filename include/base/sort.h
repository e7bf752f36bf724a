/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <base/types.h>

/**
 * sort() - sort an array in place, O(n log n) at worst, without recursion
 * @base: first element
 * @count: elements
 * @size: bytes an element
 * @compare: negative, 0 or positive as its first argument sorts before, with or after the second
 */
void sort(void *base, size_t count, size_t size,
	  int (*compare)(const void *a, const void *b));

#endif
