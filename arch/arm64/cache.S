/* SPDX-License-Identifier: BSD-2-Clause */
#include <asm/assembler.h>

	.text

/* void cache_clean_poc(const void *start, size_t size) */
function cache_clean_poc
	add	x1, x0, x1
	dcache_line x2, x3
	dcache_range cvac, x0, x1, x2, x3
	dsb	sy
	ret
function_end cache_clean_poc

/* void cache_clean_invalidate_poc(const void *start, size_t size) */
function cache_clean_invalidate_poc
	add	x1, x0, x1
	dcache_line x2, x3
	dcache_range civac, x0, x1, x2, x3
	dsb	sy
	ret
function_end cache_clean_invalidate_poc

/* void cache_sync_code(const void *start, size_t size) */
function cache_sync_code
	add	x1, x0, x1
	dcache_line x2, x3
	dcache_range cvau, x0, x1, x2, x3
	dsb	ish
	audit_mark AUDIT_IC_IALLUIS
	ic	ialluis
	dsb	ish
	isb
	ret
function_end cache_sync_code
