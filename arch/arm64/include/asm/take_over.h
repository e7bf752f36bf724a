/* SPDX-License-Identifier: BSD-2-Clause */
/* Making the machine ours. */
#ifndef ASM_TAKE_OVER_H
#define ASM_TAKE_OVER_H

#include <core/boot.h>
#include <asm/cpu_control.h>

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

/**
 * arch_el2_prepare() - clear what EL2 could trap; at EL2, on each CPU before mmu_switch()
 *
 * Also runs with the MMU off: system registers and a little stack only.
 */
void arch_el2_prepare(void);

/** arch_settle() - stop and clear what firmware may have left running on this CPU */
void arch_settle(void);

/** arch_control_in_use() - the control registers that arch_take_over() set, MMU on */
const struct cpu_control *arch_control_in_use(void);

/** arch_take_over_failed_at() - first region that could not be mapped, or NULL */
const struct mem_region *arch_take_over_failed_at(void);

#endif
