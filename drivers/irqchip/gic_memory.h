/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory that the GIC itself reads and writes: the tables of LPIs and of an ITS.
 * Whether it looks into the caches for them is up to the registers that hold their
 * addresses: each says what accesses are made, and an implementation that knows
 * only some kinds reads back as the one it makes (IHI 0069H 12.11, 12.19).
 */
#ifndef DRIVERS_IRQCHIP_GIC_MEMORY_H
#define DRIVERS_IRQCHIP_GIC_MEMORY_H

#include <base/compiler.h>
#include <base/types.h>

/* Where the field InnerCache lies; OuterCache 0 is "as the inner one", Shareability is at 10. */
#define GIC_MEMORY_REDIST	7	/* GICR_PROPBASER, GICR_PENDBASER */
#define GIC_MEMORY_ITS		59	/* GITS_CBASER, GITS_BASER */

/**
 * gic_memory_alloc() - zeroed memory with no line in a cache
 * @bytes: how much
 * @align: power of two
 *
 * Whoever is to write it reads it from memory or from the caches: both are the same.
 *
 * Return: NULL is -ENOMEM.
 */
void *gic_memory_alloc(u64 bytes, u64 align) __must_check;

/** gic_memory_free() - once no register leads there any more; NULL is nothing to free */
void gic_memory_free(void *p, u64 bytes);

/**
 * gic_memory_keep() - this CPU goes on writing to it, and the GIC only reads
 * @p: from gic_memory_alloc()
 * @bytes: multiple of MMUOFF_ALIGN
 *
 * Its lines are then dropped when the MMU comes on, which must not happen to what the
 * GIC wrote.
 *
 * Return: 0; -ENOSPC when there are too many such ranges.
 */
int gic_memory_keep(const void *p, u64 bytes);

/** gic_memory_forget() - before gic_memory_free() of what was kept */
void gic_memory_forget(const void *p, u64 bytes);

/**
 * gic_memory_publish() - what was written is there for the GIC
 * @p: anywhere
 * @bytes: its size
 * @coherent: as gic_memory_set_base() said
 *
 * Complete on return, so that a write to a register may follow.
 */
void gic_memory_publish(const void *p, u64 bytes, bool coherent);

/**
 * gic_memory_set_base() - tell a register where its table is
 * @reg: GICR_PROPBASER and the like, while it may be written
 * @value: all but shareability and cacheability
 * @inner: GIC_MEMORY_*
 * @coherent: set to whether the GIC sees the caches
 *
 * Asked for is inner shareable, write-back memory; where that is not to be had,
 * non-cacheable memory.
 *
 * Return: what the register reads then.
 */
u64 gic_memory_set_base(void __iomem *reg, u64 value, unsigned int inner, bool *coherent);

/** gic_memory_coherent() - whether a register's value says that the GIC sees the caches */
bool gic_memory_coherent(u64 value, unsigned int inner);

#endif
