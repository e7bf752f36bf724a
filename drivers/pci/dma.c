// SPDX-License-Identifier: BSD-2-Clause
/*
 * Memory that functions access. Whether they look into the CPUs' caches is
 * described (dma-coherent, _CCA) and not to be relied on by tests of the very
 * machine: everything is cleaned and invalidated to the point of coherency, which
 * is right for both, whatever the MMU is. Lines written by the CPU then lie in
 * memory, and none is left that could be written over what the function writes,
 * or be read in its place; one fetched by speculation meanwhile is clean, and is
 * dropped by the second call. A function that does write into a cache leaves a
 * dirty line there, which the same call brings to where a CPU with its MMU off
 * reads.
 */
#include <base/string.h>
#include <base/util.h>
#include <core/page_alloc.h>
#include <asm/barrier.h>
#include <asm/cache.h>
#include <asm/mmu_off.h>
#include <asm/page.h>
#include <drivers/pci_dma.h>

void *pci_dma_alloc(const struct pci_function *fn, size_t bytes)
{
	size_t size = ALIGN_UP(bytes, (size_t)PAGE_SIZE);
	void *p;

	if (device_has(fn->host->dev, "dma-ranges"))
		return NULL;
	p = pages_alloc(size, 0);
	if (!p)
		return NULL;
	/* It may be written with the MMU off: from now on maintained with it. */
	if (mmu_off_share(p, size)) {
		pages_free(p, size);
		return NULL;
	}
	memset(p, 0, size);
	return p;
}

void pci_dma_free(void *p, size_t bytes)
{
	size_t size = ALIGN_UP(bytes, (size_t)PAGE_SIZE);

	if (!p)
		return;
	mmu_off_unshare(p, size);
	pages_free(p, size);
}

void pci_dma_sync(const void *p, size_t bytes)
{
	dsb(sy);
	cache_clean_invalidate_poc(p, bytes);
	dsb(sy);
}
