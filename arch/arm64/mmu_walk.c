// SPDX-License-Identifier: BSD-2-Clause
/* Reading the tables as the CPU's walker does. */
#include <base/errno.h>
#include "mmu_private.h"

int mmu_walk(u64 va, struct mmu_walk *walk)
{
	u64 *table = mmu_root;

	if (va >> mmu_format.va_bits)
		return -ERANGE;
	for (walk->level = mmu_format.start_level; ; walk->level++) {
		walk->entry = &table[level_index(va, walk->level)];
		walk->descriptor = *walk->entry;
		walk->size = level_size(walk->level);
		walk->pa = 0;
		if (!(walk->descriptor & PTE_VALID))
			return -ENOENT;
		if (!is_table(walk->descriptor, walk->level))
			break;
		table = entry_table(walk->descriptor);
	}
	walk->pa = (mmu_descriptor_address(walk->descriptor) & ~(walk->size - 1)) |
		   (va & (walk->size - 1));
	return 0;
}

u64 mmu_lookup(u64 va)
{
	struct mmu_walk walk;

	return mmu_walk(va, &walk) ? 0 : walk.descriptor;
}
