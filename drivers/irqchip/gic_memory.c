// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <core/page_alloc.h>
#include <asm/barrier.h>
#include <asm/cache.h>
#include <asm/io.h>
#include <asm/mmu_off.h>
#include <asm/page.h>
#include "gic_memory.h"

/* Encodings that GICR_PROPBASER and GITS_CBASER share. */
#define SHARE_MASK		(3ULL << 10)
#define SHARE_INNER		(1ULL << 10)
#define CACHE_MASK		7ULL
#define CACHE_NC		1ULL
#define CACHE_WRITE_BACK	7ULL		/* read- and write-allocate */

void *gic_memory_alloc(u64 bytes, u64 align)
{
	void *p = pages_alloc(bytes, align);

	if (!p)
		return NULL;
	/* Left dirty by whoever had it before, a line would come down on the zeros. */
	if (!mmu_is_on())
		cache_clean_invalidate_poc(p, bytes);
	memset(p, 0, bytes);
	cache_clean_invalidate_poc(p, bytes);
	return p;
}

void gic_memory_free(void *p, u64 bytes)
{
	if (p)
		pages_free(p, bytes);
}

int gic_memory_keep(const void *p, u64 bytes)
{
	return mmu_off_share(p, bytes);
}

void gic_memory_forget(const void *p, u64 bytes)
{
	mmu_off_unshare(p, bytes);
}

/*
 * With the MMU off this CPU has written to memory, and a GIC that looks into caches
 * must find no older line there.
 */
void gic_memory_publish(const void *p, u64 bytes, bool coherent)
{
	if (!coherent || !mmu_is_on())
		cache_clean_invalidate_poc(p, bytes);
	dsb(sy);
}

/* Not inlined: where it says no, all else has to work by maintenance alone, which is tried. */
bool __noinline gic_memory_coherent(u64 value, unsigned int inner)
{
	return (value & SHARE_MASK) && (value >> inner & CACHE_MASK) > CACHE_NC;
}

u64 gic_memory_set_base(void __iomem *reg, u64 value, unsigned int inner, bool *coherent)
{
	writeq(value | CACHE_WRITE_BACK << inner | SHARE_INNER, reg);
	*coherent = gic_memory_coherent(readq(reg), inner);
	/* IHI 0069H 12.19: shareability of non-cacheable memory is of no interest. */
	if (!*coherent)
		writeq(value | CACHE_NC << inner, reg);
	return readq(reg);
}
