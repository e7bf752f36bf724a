/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of arch/arm64 that make the image's own translation. */
#ifndef ARM64_MMU_PRIVATE_H
#define ARM64_MMU_PRIVATE_H

#include <base/types.h>

/* Begin new tables for one translation regime; returns their root. */
u64 *mmu_tables_create(bool for_el2_without_vhe);

/* The CPU walks them from now on. */
void mmu_tables_activated(void);

#endif
