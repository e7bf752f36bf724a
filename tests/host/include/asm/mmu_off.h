/* SPDX-License-Identifier: BSD-2-Clause */
/* On the build machine there are no caches to care for. */
#ifndef HOST_ASM_MMU_OFF_H
#define HOST_ASM_MMU_OFF_H

#include <base/types.h>

static inline int mmu_off_share(const void *p, size_t bytes)
{
	(void)p;
	(void)bytes;
	return 0;
}

static inline int mmu_off_share_read(const void *p, size_t bytes)
{
	return mmu_off_share(p, bytes);
}

static inline bool mmu_is_on(void)
{
	return true;
}

#endif
