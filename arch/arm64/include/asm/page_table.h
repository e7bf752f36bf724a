/* SPDX-License-Identifier: BSD-2-Clause */
/* VMSAv8-64 stage 1 descriptors, the same for every granule (DDI 0487J.a D8.3). */
#ifndef ASM_PAGE_TABLE_H
#define ASM_PAGE_TABLE_H

#include <base/util.h>

#define PTE_VALID		BIT(0)
#define PTE_TABLE		0x3ULL		/* levels -1 to 2: a table */
#define PTE_BLOCK		0x1ULL		/* levels 1 and 2: a block */
#define PTE_PAGE		0x3ULL		/* level 3: a page */
#define PTE_ATTR(index)		((u64)(index) << 2)
#define PTE_ATTR_MASK		(7ULL << 2)
#define PTE_EL0			BIT(6)		/* AP[1]: EL0, too */
#define PTE_AP_EL2_RES1		BIT(6)		/* a regime with one exception level */
#define PTE_READ_ONLY		BIT(7)		/* AP[2] */
#define PTE_INNER_SHAREABLE	(3ULL << 8)	/* with 52 bits of output address and TCR.DS: part of it */
#define PTE_AF			BIT(10)
#define PTE_NG			BIT(11)		/* of the current ASID only */
#define PTE_CONTIGUOUS		BIT(52)
#define PTE_PXN			BIT(53)
#define PTE_UXN			BIT(54)		/* XN where there is one exception level */
#define PTE_ADDRESS		GENMASK(47, 12)	/* as the early map and every 48-bit format have it */

/* What may change under a valid entry without break-before-make (DDI 0487J.a D8.14.1). */
#define PTE_PERMISSIONS		(PTE_EL0 | PTE_READ_ONLY | PTE_PXN | PTE_UXN | PTE_AF)

#endif
