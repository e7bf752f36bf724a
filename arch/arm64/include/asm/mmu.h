/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The image's own translation: one set of tables for all CPUs, in use from
 * arch_take_over() on. RAM and devices lie at their own address (VA = PA), so
 * that the MMU can go off; other addresses come from address_space_alloc().
 *
 * One caller at a time: the boot CPU changes the map. A change is seen by every
 * CPU on return: TLB maintenance is broadcast, and where an entry must be
 * invalid in between (break-before-make, DDI 0487J.a D8.14.1) it is. That
 * concerns blocks that are split: for some instructions nothing in them is
 * mapped. So no other CPU may use memory of a block of which a part is
 * unmapped, protected or remapped; what the boot CPU itself needs for the
 * change (text, stack, tables) is taken care of, or the call returns -EBUSY.
 *
 * While the MMU is off the map may be changed, too; the lines of the tables
 * then count as written with the MMU off.
 */
#ifndef ASM_MMU_H
#define ASM_MMU_H

#include <base/types.h>
#include <core/boot.h>

struct cpu_control;

enum map_kind {
	MAP_RW,		/* normal write-back memory, data */
	MAP_RO,		/* normal write-back memory, read-only data */
	MAP_RX,		/* normal write-back memory, code */
	MAP_RWX,	/* firmware's runtime services without a memory attributes table */
	MAP_NC,		/* normal non-cacheable memory, data */
	MAP_DEVICE,	/* Device-nGnRE, never executable */
	/* As the first three, and EL0 has the same access; not where EL2 runs without VHE. */
	MAP_EL0_RW,
	MAP_EL0_RO,
	MAP_EL0_RX,	/* executable at EL0 only */
	/* As MAP_RW and MAP_EL0_RW, with allocation tags (FEAT_MTE2); not on a CPU without them. */
	MAP_TAGGED,
	MAP_EL0_TAGGED,
};

/**
 * mmu_map() - map a range at its own address (VA = PA)
 * @base: physical address, rounded down to the page
 * @size: bytes, rounded up
 * @kind: type and permissions
 *
 * Blocks where they fit. A part that is mapped already keeps what it has when
 * the kinds are equal. The page at 0 is left out: a null pointer faults.
 *
 * Return: 0; -ENOMEM when no page is left for tables; -ERANGE beyond the
 * physical or virtual address size of the CPU; -EEXIST when part of it is
 * mapped as another kind; -EOPNOTSUPP for EL0's kinds where there is no EL0, and
 * for those with tags where there are none.
 * With -ENOMEM and -EEXIST what lies before the place stays mapped.
 */
int mmu_map(u64 base, u64 size, enum map_kind kind);

/**
 * mmu_map_at() - map a range at another address
 * @va: virtual address, a multiple of PAGE_SIZE, not page 0
 * @pa: physical address, a multiple of PAGE_SIZE
 * @size: bytes, a multiple of PAGE_SIZE
 * @kind: type and permissions
 *
 * Blocks where both addresses allow them.
 *
 * Return: as mmu_map(), and -EINVAL for what is no whole page.
 */
int mmu_map_at(u64 va, u64 pa, u64 size, enum map_kind kind);

/**
 * mmu_unmap() - take a range away; accesses to it fault on every CPU on return
 * @va: virtual address, a multiple of PAGE_SIZE
 * @size: bytes, a multiple of PAGE_SIZE
 *
 * A block that reaches out of the range is split. Tables without an entry
 * left are freed.
 *
 * Refused is what this CPU could not go on without: text, data and stacks of the
 * image, tables, the stack in use, and the CPU's own struct cpu_local. That
 * nobody uses the rest of the range is the caller's to see to: heap, stacks and
 * per-CPU areas of other CPUs, devices that are driven.
 *
 * Return: 0; -EINVAL for what is no whole page; -ENOENT when a part is not
 * mapped, and -EBUSY when something of the above lies in the range, or text or
 * the entry's table in a block to be split: nothing was changed; -ENOMEM when no
 * page was left for a split: what lies before it is unmapped.
 */
int mmu_unmap(u64 va, u64 size);

/**
 * mmu_protect() - give a mapped range another kind
 * @va: virtual address, a multiple of PAGE_SIZE
 * @size: bytes, a multiple of PAGE_SIZE
 * @kind: type and permissions from now on
 *
 * Where only permissions change, no access in between finds the entry invalid,
 * unless a block has to be split. What mmu_unmap() refuses is refused where its
 * memory type would change, or where it could no longer be written or executed.
 *
 * Return: as mmu_unmap(), with -ENOMEM what lies before the split has the new
 * kind; -EOPNOTSUPP as mmu_map().
 */
int mmu_protect(u64 va, u64 size, enum map_kind kind);

/**
 * mmu_remap() - let a mapped range show other memory
 * @va: virtual address, a multiple of PAGE_SIZE
 * @pa: physical address from now on, a multiple of PAGE_SIZE
 * @size: bytes, a multiple of PAGE_SIZE
 * @kind: type and permissions from now on
 *
 * Return: as mmu_unmap() and mmu_map_at(); with -ENOMEM a part is unmapped.
 */
int mmu_remap(u64 va, u64 pa, u64 size, enum map_kind kind);

/** struct mmu_walk - where a walk of the tables ended */
struct mmu_walk {
	u64 *entry;		/* the last descriptor read, in its table */
	u64 descriptor;		/* its value */
	int level;		/* -1 to 3; of a translation fault, when nothing is mapped */
	u64 size;		/* bytes that one entry of this level maps */
	u64 pa;			/* output address for the virtual one; of what is mapped */
};

/**
 * mmu_walk() - walk the tables in software as the CPU does
 * @va: virtual address
 * @walk: filled, unless -ERANGE
 *
 * Return: 0; -ENOENT when nothing is mapped at @va; -ERANGE when @va has more
 * bits than are translated.
 */
int mmu_walk(u64 va, struct mmu_walk *walk);

/** mmu_lookup() - descriptor that maps @va, or 0 */
u64 mmu_lookup(u64 va);

/**
 * mmu_entry_write() - change one valid or invalid entry, with break-before-make
 * @va: an address that it maps
 * @entry: as mmu_walk() found it
 * @value: new descriptor
 *
 * For tests of single descriptors. No other CPU may be using what is mapped there.
 */
void mmu_entry_write(u64 va, u64 *entry, u64 value);

/** mmu_page_shift() - log2 of the granule walked: PAGE_SHIFT, or 12 on a CPU without that */
unsigned int mmu_page_shift(void);

/** mmu_granule_missing() - the granule that the image is built for is none of this CPU's */
bool mmu_granule_missing(void);

/** mmu_va_bits() - size of virtual addresses: 48, or 52 where granule and CPU have it */
unsigned int mmu_va_bits(void);

/**
 * mmu_pa_bits() - size of output addresses: as the CPU has it, 52 where the granule has it, too
 *
 * Can be called before there are tables.
 */
unsigned int mmu_pa_bits(void);

/** mmu_start_level() - level of the root: -1, 0 or 1 */
int mmu_start_level(void);

/** mmu_table_bytes() - size of each table page */
size_t mmu_table_bytes(void);

/**
 * mmu_table_count() - table pages in use, wherever they came from
 *
 * With mmu_table() this is the list of all memory that the walker reads, for
 * those who maintain it around an MMU that goes off. Both run with the MMU off.
 */
unsigned int mmu_table_count(void);

/** mmu_table() - table page number @i, below mmu_table_count(); the order changes with the map */
void *mmu_table(unsigned int i);

/**
 * mmu_control_fill() - have control registers walk the tables
 * @control: ttbr0 and tcr are set; of the regime that cpu_control_fill() chose
 *
 * For every CPU that goes onto the image's own tables.
 */
void mmu_control_fill(struct cpu_control *control);

#endif
