/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The MMU off and on again. docs/mmu-off.md says for each region of memory why
 * it is right on both sides.
 *
 * With the MMU off every data access is to Device memory and passes the caches
 * by: none may be unaligned, exclusive, an LSE atomic or DC ZVA. SCTLR_ELx.A is
 * set there, so that an unaligned access faults on models as on hardware.
 *
 * The boot CPU owns what the image writes: its data and BSS, its stacks, and
 * every range that was given to mmu_off_share(). These it cleans and invalidates
 * on the way off, and invalidates on the way on. Nobody else may write there
 * while it is off.
 *
 * Every other CPU owns its stacks, its state and its answers, and no more. What
 * the boot CPU owns it may read with its MMU off, as it was when that went off.
 * What is newer, and what it writes there itself, needs either all MMUs off
 * (the others' first, the boot CPU's last, and on again in the other order), or a
 * granule with one writer that cleans and invalidates after each write.
 */
#ifndef ASM_MMU_OFF_H
#define ASM_MMU_OFF_H

#include <base/types.h>

/** mmu_is_on() - whether this CPU translates addresses (SCTLR_ELx.M) */
bool mmu_is_on(void);

/**
 * mmu_disable() - turn the MMU and the caches of this CPU off
 *
 * Writes back what will be read and drops what will be written, to the point of
 * coherency, by address; only what is in use. Interrupts stay as they are. While
 * a CPU that is not the boot CPU calls it, no other allocates, frees, maps or shares
 * memory: the boot CPU waits for it, as in cpu_call().
 *
 * Return: 0; -EALREADY when it is off.
 */
int mmu_disable(void);

/**
 * mmu_enable() - turn them on again
 *
 * Drops every line of what may have been written with the MMU off, and the TLB
 * entries of this CPU. Its instruction cache holds nothing old: all text was
 * cleaned to the point of coherency on the way off, and who writes code calls
 * cache_sync_code(), whatever the MMU is.
 *
 * Return: 0; -EALREADY when it is on.
 */
int mmu_enable(void);

/**
 * mmu_off_share() - memory that is written with the MMU off
 * @p: its beginning, a multiple of MMUOFF_ALIGN
 * @bytes: a multiple of MMUOFF_ALIGN
 *
 * From now on it is maintained at each change; of the boot CPU only. With the
 * MMU off already, lines that somebody left dirty there are dropped here, so
 * call it before the first write. What is shared twice is shared once.
 *
 * Return: 0; -EINVAL when @p or @bytes is not aligned; -ENOSPC when there are
 * too many ranges that are not neighbours.
 */
int mmu_off_share(const void *p, size_t bytes);

/**
 * mmu_off_unshare() - it is no longer written with the MMU off
 * @p: as for mmu_off_share()
 * @bytes: likewise; may be a part of what was shared, or more
 *
 * Call it behind the last write.
 *
 * Return: as mmu_off_share().
 */
int mmu_off_unshare(const void *p, size_t bytes);

/**
 * mmu_off_share_read() - memory that is read with the MMU off and not written
 * @p: anywhere
 * @bytes: its size
 *
 * It is cleaned to the point of coherency once: at the next mmu_disable(), or at
 * once with the MMU off. Whoever writes to it later shares it again.
 *
 * Return: 0; -ENOSPC when there are too many ranges.
 */
int mmu_off_share_read(const void *p, size_t bytes);

/** struct mmu_off_cost - DC operations by address, one a cache line */
struct mmu_off_cost {
	u64 read_only;		/* cleaned once: text, constants, tables of the firmware; so far */
	u64 off;		/* cleaned and invalidated at the last mmu_disable() */
	u64 on;			/* invalidated at the last mmu_enable() */
	unsigned int line;	/* bytes */
};

/** mmu_off_cost() - what the changes of the boot CPU took */
const struct mmu_off_cost *mmu_off_cost(void);

#endif
