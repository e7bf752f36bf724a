// SPDX-License-Identifier: BSD-2-Clause
/* Linux arm64 boot protocol: the state at entry. */
#include <asm/cpu_control.h>
#include <asm/sections.h>
#include "boot.h"

#define FDT_MAGIC	0xd00dfeedU

/* Header of the Image: text_offset and flags are its second and fourth quadword. */
#define HEADER_TEXT_OFFSET	1

void image_mmu_is_off(void)
{
	CHECK_EQ(entry()->sctlr & SCTLR_M, 0ULL, "SCTLR_EL%u 0x%llx, M", entry_state_el(entry()),
		 entry()->sctlr);
}

void image_exceptions_are_masked(void)
{
	const u64 all = DAIF_D | DAIF_A | DAIF_I | DAIF_F;

	CHECK_EQ(entry()->daif & all, all, "DAIF at entry");
}

static u32 be32_at(u64 addr)
{
	const u8 *p = (const u8 *)addr;

	return (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3];
}

void image_x0_is_a_device_tree(void)
{
	u64 fdt = entry()->x[0];

	REQUIRE_NE(fdt, 0ULL, "x0 at entry");
	REQUIRE_EQ(fdt & 7, 0ULL, "x0 at entry 0x%llx is a multiple of 8", fdt);
	if (!boot_info_get()->fdt)
		ERROR("x0 at entry is 0x%llx, but the image took no tree from there", fdt);
	REQUIRE_EQ(be32_at(fdt), FDT_MAGIC, "magic at x0 0x%llx", fdt);
	CHECK_LE(be32_at(fdt + 4), (u32)SZ_2M, "totalsize of the tree at 0x%llx", fdt);
}

void image_x1_to_x3_are_zero(void)
{
	unsigned int i;

	for (i = 1; i <= 3; i++)
		CHECK_EQ(entry()->x[i], 0ULL, "x%u at entry", i);
}

void image_base_is_aligned(void)
{
	u64 text_offset = ((const u64 *)_image)[HEADER_TEXT_OFFSET];

	CHECK_EQ((entry()->base - text_offset) % SZ_2M, 0ULL,
		 "base 0x%llx minus text_offset 0x%llx, over 2 MiB", entry()->base, text_offset);
}
