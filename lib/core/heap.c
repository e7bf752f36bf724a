// SPDX-License-Identifier: BSD-2-Clause
#include <base/compiler.h>
#include <base/kconfig.h>
#include <base/printf.h>
#include <base/string.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/log.h>
#include <asm/mmu_off.h>
#include <asm/page.h>

#define HEAP_ALIGN	16

static char heap[CONFIG_HEAP_KIB * 1024] __section(".noinit") __aligned(MMUOFF_ALIGN);
static size_t used;

/* Parts of it join what is written with the MMU off as they come into use. */
#define SHARE_STEP	(16 * 1024)
static size_t shared;

static void share_used(void)
{
	if (used <= shared)
		return;
	if (mmu_off_share(heap + shared, ALIGN_UP(used, SHARE_STEP) - shared))
		pr_err("heap: too many ranges of memory for the MMU to be turned off");
	shared = ALIGN_UP(used, SHARE_STEP);
}

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
	share_used();
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
