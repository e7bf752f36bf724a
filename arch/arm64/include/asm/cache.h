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
 * cache_sync_code() - make instructions that were written visible to fetches of this CPU
 *
 * Clean to the point of unification, invalidate the instruction cache, ISB.
 */
void cache_sync_code(const void *start, size_t size);

/* Each call is a site of the cache audit. */
#define cache_clean_poc(start, size)	({ audit_site(); cache_clean_poc(start, size); })
#define cache_clean_invalidate_poc(start, size) \
	({ audit_site(); cache_clean_invalidate_poc(start, size); })
#define cache_sync_code(start, size)	({ audit_site(); cache_sync_code(start, size); })

#endif
