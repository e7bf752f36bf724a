/* SPDX-License-Identifier: BSD-2-Clause */
/* Page tables and the switch onto them. */
#ifndef ASM_MMU_H
#define ASM_MMU_H

#include <base/types.h>
#include <core/boot.h>

enum map_kind {
	MAP_RW,		/* normal write-back memory, data */
	MAP_RO,		/* normal write-back memory, read-only data */
	MAP_RX,		/* normal write-back memory, code */
	MAP_RWX,	/* firmware's runtime services without a memory attributes table */
	MAP_NC,		/* normal non-cacheable memory, data */
	MAP_DEVICE,	/* Device-nGnRE, never executable */
};

/**
 * mmu_map() - map a range at its own address (VA = PA)
 * @base: physical address, rounded down to the page
 * @size: bytes, rounded up
 * @kind: type and permissions
 *
 * Blocks where they fit. A part that is mapped already keeps what it has when
 * the kinds are equal.
 *
 * Return: 0; -ENOMEM when no page is left for tables; -ERANGE beyond the
 * physical address size of the CPU; -EEXIST when part of it is mapped as
 * another kind.
 */
int mmu_map(u64 base, u64 size, enum map_kind kind);

/** mmu_lookup() - descriptor that maps @va, or 0 */
u64 mmu_lookup(u64 va);

#endif
