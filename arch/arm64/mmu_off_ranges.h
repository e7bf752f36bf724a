/* SPDX-License-Identifier: BSD-2-Clause */
/* Between mmu_off_ranges.c and its assembler. */
#ifndef ARM64_MMU_OFF_RANGES_H
#define ARM64_MMU_OFF_RANGES_H

#define MMU_OFF_RANGE_SIZE	16

#ifdef __ASSEMBLER__
#include <asm/assembler.h>

/*
 * One operation on each line of the \count ranges at \ranges (struct mmu_off_range);
 * both are lost, as are the five others. Each range is a site of the cache audit.
 */
.macro	dcache_ranges op, ranges, count, line, tmp, start, end
	/* Without ranges nothing is read: a CPU that has none may have its MMU off. */
	cbz	\count, .Lranges_done\@
	dcache_line \line, \tmp
.Lrange\@:
	cbz	\count, .Lranges_done\@
	ldp	\start, \end, [\ranges], #MMU_OFF_RANGE_SIZE
	sub	\count, \count, #1
	audit_site
	dcache_range \op, \start, \end, \line, \tmp
	b	.Lrange\@
.Lranges_done\@:
.endm

#else

#include <base/types.h>

/* Physical addresses, which are virtual ones here. */
struct mmu_off_range {
	u64 start;
	u64 end;
};

_Static_assert(sizeof(struct mmu_off_range) == MMU_OFF_RANGE_SIZE, "MMU_OFF_RANGE_SIZE");

/* Clean and invalidate @count ranges, then set SCTLR of this level; nothing is stored between. */
void mmu_leave(u64 sctlr, const struct mmu_off_range *ranges, u64 count);

/* Invalidate them, then set SCTLR, likewise. */
void mmu_enter(u64 sctlr, const struct mmu_off_range *ranges, u64 count);

/* The boot CPU's ranges as they are now, for whoever leaves by other ways; what is only read is clean. */
const struct mmu_off_range *mmu_off_prepare(u64 *count);
#endif
#endif
