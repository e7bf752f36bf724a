/* SPDX-License-Identifier: BSD-2-Clause */
/* VMSAv8-64 descriptors, 4 KiB granule (DDI 0487J.a D8.3). */
#ifndef ASM_PAGE_TABLE_H
#define ASM_PAGE_TABLE_H

#include <base/util.h>

#define PTE_VALID		BIT(0)
#define PTE_TABLE		0x3ULL		/* levels 0 to 2: a table */
#define PTE_BLOCK		0x1ULL		/* levels 1 and 2: a block */
#define PTE_PAGE		0x3ULL		/* level 3: a page */
#define PTE_ATTR(index)		((u64)(index) << 2)
#define PTE_ATTR_MASK		(7ULL << 2)
#define PTE_AP_EL2_RES1		BIT(6)		/* a regime with one exception level */
#define PTE_READ_ONLY		BIT(7)
#define PTE_INNER_SHAREABLE	(3ULL << 8)
#define PTE_AF			BIT(10)
#define PTE_PXN			BIT(53)
#define PTE_UXN			BIT(54)		/* XN where there is one exception level */
#define PTE_ADDRESS		GENMASK(47, 12)

#endif
