/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef ASM_PAGE_H
#define ASM_PAGE_H

/* The granule that the image is built for: what is mapped has whole pages of it. */
#ifdef CONFIG_GRANULE_64K
#define PAGE_SHIFT	16
#elif defined(CONFIG_GRANULE_16K)
#define PAGE_SHIFT	14
#else
#define PAGE_SHIFT	12
#endif
#define PAGE_SIZE	(1 << PAGE_SHIFT)

/* Alignment of the image's segments: the largest granule, so that W^X holds with each. */
#define SEGMENT_ALIGN	0x10000

/*
 * What is written with the MMU off fills whole cache writeback granules, so that
 * invalidating it drops nobody else's data. CTR_EL0.CWG is at most 2 KiB.
 */
#define MMUOFF_ALIGN	2048

#endif
