/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory for set-up: lives in the image, so that it is there before the memory map is known. */
#ifndef CORE_HEAP_H
#define CORE_HEAP_H

#include <base/compiler.h>
#include <base/types.h>

/**
 * heap_alloc() - zeroed memory, aligned to 16 bytes, that stays until the end
 * @size: bytes
 *
 * Return: NULL when the heap (CONFIG_HEAP_KIB) is used up; that is said once on the console.
 */
void *heap_alloc(size_t size) __must_check;

/** heap_strdup() - copy of a string; NULL as heap_alloc() */
char *heap_strdup(const char *s) __must_check;

/** heap_printf() - formatted string of its own, NULL as heap_alloc() */
char *heap_printf(const char *fmt, ...) __printf(1, 2) __must_check;

#endif
