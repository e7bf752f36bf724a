/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whole pages of free RAM, identity mapped (VA = PA).
 *
 * Pages are neither cleared nor mapped when they are handed out, and what is
 * known of them lies elsewhere: an allocation touches none of its memory, and
 * costs what there are separate free ranges. Before the own page tables are
 * active (core/stage.h: before PROBE) pages can be allocated, for what these
 * tables will map, but not all of them can be accessed. Contents written with
 * the MMU off, or by a CPU whose MMU is off, are the caller's to maintain:
 * mmu_off_share().
 */
#ifndef CORE_PAGE_ALLOC_H
#define CORE_PAGE_ALLOC_H

#include <base/compiler.h>
#include <base/types.h>

/**
 * pages_alloc() - contiguous pages
 * @bytes: how much, rounded up to whole pages of PAGE_SIZE
 * @align: power of two; less than PAGE_SIZE (0 as well) is PAGE_SIZE
 *
 * Never the page at address 0. The lowest place above the image is preferred:
 * that memory is there where the image could be loaded.
 *
 * Return: NULL is -ENOMEM: nothing that large, or @bytes is 0, or @align is no
 * power of two. Nothing is said on the console: the caller knows what for.
 */
void *pages_alloc(u64 bytes, u64 align) __must_check;

/**
 * pages_alloc_below() - the same, all of it below an address
 * @bytes: as above
 * @align: as above
 * @limit: the address behind the last byte is at most this; 0 is no limit
 *
 * Return: as pages_alloc().
 */
void *pages_alloc_below(u64 bytes, u64 align, u64 limit) __must_check;

/**
 * pages_free() - give pages back
 * @p: as pages_alloc() gave it, or a page within; NULL is nothing to free
 * @bytes: as allocated, or fewer: part of an allocation can be given back
 *
 * Return: 0; -EINVAL when that is no whole pages of RAM that this allocator
 * hands out, or part of it is free already; -ENOSPC when there are too many separate ranges and no page
 * for a larger table of them. Nothing is freed then.
 */
int pages_free(void *p, u64 bytes);

struct page_stats {
	u64 total;		/* bytes that are or were free */
	u64 free;
	u64 largest;		/* contiguous */
	unsigned int ranges;	/* separate free ranges */
};

/** pages_stats() - how much there is */
void pages_stats(struct page_stats *stats);

#endif
