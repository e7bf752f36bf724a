// SPDX-License-Identifier: BSD-2-Clause
#include <base/compiler.h>
#include <base/kconfig.h>
#include <base/printf.h>
#include <base/string.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/log.h>

#define HEAP_ALIGN	16

static char heap[CONFIG_HEAP_KIB * 1024] __section(".noinit") __aligned(HEAP_ALIGN);
static size_t used;

void *heap_alloc(size_t size)
{
	static bool said;
	void *p = heap + used;

	if (size > sizeof(heap) - used) {
		if (!said)
			pr_err("out of memory for set-up: %zu bytes wanted, %zu of %zu in use (CONFIG_HEAP_KIB)",
			       size, used, sizeof(heap));
		said = true;
		return NULL;
	}
	used = MIN(ALIGN_UP(used + size, HEAP_ALIGN), sizeof(heap));
	return memset(p, 0, size);
}

char *heap_strdup(const char *s)
{
	size_t n = strlen(s) + 1;
	char *copy = heap_alloc(n);

	return copy ? memcpy(copy, s, n) : NULL;
}

char *heap_printf(const char *fmt, ...)
{
	va_list args;
	char *text;
	int n;

	va_start(args, fmt);
	n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	text = heap_alloc(n + 1);
	if (!text)
		return NULL;
	va_start(args, fmt);
	vsnprintf(text, n + 1, fmt, args);
	va_end(args);
	return text;
}
