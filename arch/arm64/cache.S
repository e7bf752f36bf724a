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

/* void cache_invalidate_poc(const void *start, size_t size) */
function cache_invalidate_poc
	add	x1, x0, x1
	dcache_line x2, x3
	dcache_range ivac, x0, x1, x2, x3
	dsb	sy
	ret
function_end cache_invalidate_poc

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

/* size_t cache_line(void) */
function cache_line
	dcache_line x0, x1
	ret
function_end cache_line

/* void cache_note_line(u64 ctr) */
function cache_note_line
	ubfx	x0, x0, #16, #4
	mov	x1, #4
	lsl	x1, x1, x0
	adrp	x2, cache_line_min
	ldr	x3, [x2, :lo12:cache_line_min]
	cmp	x1, x3
	b.hs	1f
	str	x1, [x2, :lo12:cache_line_min]
1:	ret
function_end cache_note_line

	/* In the file: entries with the MMU off read it. No line is longer. */
	.section .data, "aw", %progbits
	.balign	8
	.globl	cache_line_min
	.hidden	cache_line_min
cache_line_min:
	.quad	131072
