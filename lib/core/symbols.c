// SPDX-License-Identifier: BSD-2-Clause
/* Names of functions, from the table that the second link puts into the image. */
#include <base/util.h>
#include <core/symbols.h>
#include <asm/sections.h>

/* Made by scripts/kbuild: offsets from _image, sorted. */
extern const u32 symbols_count;
extern const u32 symbols_offset[];
extern const u32 symbols_name[];
extern const char symbols_strings[];

const char *symbol_find(u64 pc, u64 *offset)
{
	u64 at = pc - (u64)_image;
	u32 low = 0, high = symbols_count;

	if (pc < (u64)_text || pc >= (u64)_text_end || !high || at < symbols_offset[0])
		return NULL;
	/* symbols_offset[low] <= at throughout. */
	while (high - low > 1) {
		u32 middle = low + (high - low) / 2;

		if (symbols_offset[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	*offset = at - symbols_offset[low];
	return symbols_strings + symbols_name[low];
}
