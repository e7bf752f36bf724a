// SPDX-License-Identifier: BSD-2-Clause
/*
 * The identity map for entries with the MMU off. Runs with the MMU off, before
 * relocation: aligned accesses to .mmuoff only, no pointers in data.
 *
 * Always of 4 KiB pages, as UEFI's (UEFI 2.10 2.3.6), whatever granule the image
 * is built for: a block is 2 MiB then, where other granules have 32 MiB and 512
 * MiB, which would reach devices or somebody else's memory. It also serves to
 * say that the CPU lacks the other granule.
 */
#include <base/string.h>
#include <base/util.h>
#include <asm/audit.h>
#include <asm/cpu.h>
#include <asm/cpu_control.h>
#include <asm/page.h>
#include <asm/page_table.h>
#include "boot.h"

extern char vectors[];

/* One root; the image and the device tree may each straddle 1 GiB, and lie 512 GiB apart. */
#define EARLY_TABLES	8
#define ENTRIES		(SZ_4K / 8)

static u64 early_tables[EARLY_TABLES][ENTRIES] __section(".mmuoff") __aligned(SZ_4K);
static struct cpu_control early_control __section(".mmuoff") __aligned(MMUOFF_ALIGN);
static unsigned int early_used __section(".mmuoff");

static u64 *next_level(u64 *entry)
{
	if (!*entry)
		*entry = (u64)early_tables[early_used++] | PTE_TABLE;
	return (u64 *)(*entry & PTE_ADDRESS);
}

/* One 2 MiB block of write-back memory, everything allowed: the final tables come soon. */
static void map_block(u64 addr, bool el2_without_vhe)
{
	u64 *l1, *l2;

	/* A pointer that is none stays unmapped. */
	if (addr >> cpu_physical_bits())
		return;
	l1 = next_level(&early_tables[0][(addr >> 39) % ENTRIES]);
	l2 = next_level(&l1[(addr >> 30) % ENTRIES]);
	l2[(addr >> 21) % ENTRIES] = ALIGN_DOWN(addr, SZ_2M) | PTE_BLOCK | PTE_AF |
		PTE_INNER_SHAREABLE | PTE_ATTR(MAIR_NORMAL_WB) |
		(el2_without_vhe ? PTE_AP_EL2_RES1 : PTE_UXN);
}

void early_map_more(u64 addr)
{
	map_block(addr, cpu_current_el() == 2 && !cpu_runs_vhe());
	dsb(ishst);
	isb();
}

const struct cpu_control *early_map(u64 image, u64 image_end, u64 fdt)
{
	unsigned int el = cpu_current_el();
	bool vhe = el == 2 && cpu_e2h_is_fixed();
	bool el2_without_vhe = el == 2 && !vhe;
	u64 addr;

	memset(early_tables, 0, sizeof(early_tables));
	audit_table(AUDIT_TABLE, early_tables, sizeof(early_tables));
	early_used = 1;
	for (addr = ALIGN_DOWN(image, SZ_2M); addr < image_end; addr += SZ_2M)
		map_block(addr, el2_without_vhe);
	if (fdt && IS_ALIGNED(fdt, 8))
		map_block(fdt, el2_without_vhe);

	cpu_control_fill(&early_control, el, vhe);
	early_control.ttbr0 = (u64)early_tables[0];
	early_control.vbar = (u64)vectors;
	return &early_control;
}
