/* SPDX-License-Identifier: BSD-2-Clause */
/* Maintenance by virtual address; @size 0 does nothing. Each ends with the barriers it needs. */
#ifndef ASM_CACHE_H
#define ASM_CACHE_H

#include <base/types.h>
#include <asm/audit.h>

/** cache_clean_poc() - write dirty lines back to the point of coherency */
void cache_clean_poc(const void *start, size_t size);

/** cache_clean_invalidate_poc() - the same, and drop them */
void cache_clean_invalidate_poc(const void *start, size_t size);

/**
 * cache_invalidate_poc() - drop lines without writing them back
 *
 * For memory that was written with the MMU off. @start and @size are multiples of
 * MMUOFF_ALIGN, so that nobody else's data is dropped.
 */
void cache_invalidate_poc(const void *start, size_t size);

/** cache_line() - bytes that one operation reaches: the smallest data cache line of all CPUs */
size_t cache_line(void);

/**
 * cache_note_line() - there is another CPU
 * @ctr: its CTR_EL0
 *
 * Called on the boot CPU for each that came up.
 */
void cache_note_line(u64 ctr);

/**
 * cache_sync_code() - make instructions that were written visible to fetches of this CPU
 *
 * Clean to the point of unification, invalidate the instruction cache, ISB.
 */
void cache_sync_code(const void *start, size_t size);

/* Each call is a site of the cache audit. */
#define cache_clean_poc(start, size)	({ audit_site(); cache_clean_poc(start, size); })
#define cache_clean_invalidate_poc(start, size) \
	({ audit_site(); cache_clean_invalidate_poc(start, size); })
#define cache_invalidate_poc(start, size)	({ audit_site(); cache_invalidate_poc(start, size); })
#define cache_sync_code(start, size)	({ audit_site(); cache_sync_code(start, size); })

#endif
