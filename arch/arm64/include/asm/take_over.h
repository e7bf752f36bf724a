/* SPDX-License-Identifier: BSD-2-Clause */
/* Making the machine ours. */
#ifndef ASM_TAKE_OVER_H
#define ASM_TAKE_OVER_H

#include <core/boot.h>

/**
 * arch_take_over() - own page tables, own vectors, every control register set
 * @map: memory to map, disjoint regions
 * @el: exception level to run at, 1 or 2, not above the current one
 * @vhe: at EL2: with HCR_EL2.E2H where the CPU has it
 * @mmu_on: false: end with the MMU off, and the tables ready for mmu_enable()
 *
 * W^X for the image; RAM writable and never executable; runtime services as
 * the memory attributes table says; nothing else.
 *
 * A region that cannot be mapped is left out and the rest goes on.
 *
 * Return: 0; -EINVAL for an impossible @el, and nothing was changed; else as
 * mmu_map() for the first region that was left out.
 */
int arch_take_over(const struct mem_map *map, unsigned int el, bool vhe, bool mmu_on);

/** arch_take_over_failed_at() - first region that could not be mapped, or NULL */
const struct mem_region *arch_take_over_failed_at(void);

#endif
