// SPDX-License-Identifier: BSD-2-Clause
/* The Linux arm64 boot protocol's hand-off: all there is to know is a device tree. */
#include <core/hooks.h>
#include <base/util.h>
#include <asm/cpu.h>
#include "boot.h"

#define FDT_MAX_SIZE	SZ_2M
#define FDT_MAGIC	0xd00dfeed
#define FDT_HEADER_START	8	/* magic and totalsize */

static u32 be32_at(u64 addr)
{
	return __builtin_bswap32(*(const u32 *)addr);
}

/*
 * The block behind the first may be somebody else's memory, so it is mapped only
 * for a tree that says that it reaches there. Returns the bytes that can be read.
 */
static u64 map_rest(u64 fdt)
{
	u64 border = ALIGN_DOWN(fdt, SZ_2M) + SZ_2M;
	u32 total;

	if (border - fdt < FDT_HEADER_START || be32_at(fdt) != FDT_MAGIC)
		return border - fdt;
	total = be32_at(fdt + 4);
	if (total <= border - fdt || total > FDT_MAX_SIZE)
		return border - fdt;
	early_map_more(border);
	return total;
}

void image_entry(u64 fdt, u64 mmu_was_on)
{
	struct boot_info *bi = &boot_info;

	bi->method = BOOT_METHOD_IMAGE;
	bi->method_name = "Linux boot protocol";
	bi->entry = boot_entry_state;
	if (mmu_was_on)
		boot_info_complain(bi, "entered with the MMU on: the boot protocol wants it off");
	if (!fdt) {
		boot_info_complain(bi, "x0 is 0: no device tree was handed over");
	} else if (!IS_ALIGNED(fdt, 8)) {
		boot_info_complain(bi, "x0 is not a multiple of 8: no device tree can be there");
	} else if (fdt >> cpu_physical_bits()) {
		boot_info_complain(bi, "x0 is above the CPU's physical addresses: no device tree can be there");
	} else {
		bi->fdt = (const void *)fdt;
		bi->fdt_limit = map_rest(fdt);
		bi->fdt_origin = "x0";
	}
	start(bi);
}
