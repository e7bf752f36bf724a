// SPDX-License-Identifier: BSD-2-Clause
/* The Linux arm64 boot protocol's hand-off: all there is to know is a device tree. */
#include <core/hooks.h>
#include <base/util.h>
#include <asm/cpu.h>
#include <asm/exception.h>
#include "boot.h"

#define FDT_MAX_SIZE	SZ_2M
#define FDT_MAGIC	0xd00dfeed
#define FDT_LOOKED_AT	64	/* bytes, whatever is there: the header, or what stands in its place */

struct tree_start {
	u64 addr;
	u32 magic;
	u32 total;
};

static u32 be32_at(u64 addr)
{
	return __builtin_bswap32(*(const u32 *)addr);
}

static void read_start(void *arg)
{
	struct tree_start *start = arg;

	start->magic = be32_at(start->addr);
	start->total = be32_at(start->addr + 4);
}

struct reach {
	u64 end;
	u64 proven;	/* memory answers up to here */
};

/* One read in each page: an abort ends it with what was reached so far. */
static void read_pages(void *arg)
{
	struct reach *reach = arg;

	while (reach->proven < reach->end) {
		READ_ONCE(*(const u8 *)reach->proven);
		reach->proven = ALIGN_DOWN(reach->proven, SZ_4K) + SZ_4K;
	}
}

/* Bytes from @addr that memory answers for, @size at the most. */
static u64 readable(u64 addr, u64 size)
{
	struct reach reach = { .end = addr + size, .proven = addr };

	arch_guarded_call(read_pages, &reach, NULL, NULL);
	return MIN(reach.proven, reach.end) - addr;
}

/*
 * x0 may be anything, and an address without memory takes an abort, which nobody
 * would hear of before there is a console. The block behind the first may be
 * somebody else's memory, so it is mapped only for a tree that says that it
 * reaches there. Returns the bytes that can be read, 0 when nothing answers.
 */
static u64 map_rest(u64 fdt)
{
	u64 here = ALIGN_DOWN(fdt, SZ_2M) + SZ_2M - fdt, want = FDT_LOOKED_AT;
	struct tree_start start = { .addr = fdt };

	if (arch_guarded_call(read_start, &start, NULL, NULL))
		return 0;
	if (start.magic == FDT_MAGIC && start.total <= FDT_MAX_SIZE)
		want = MAX(want, (u64)start.total);
	if (start.magic == FDT_MAGIC && want > here)
		early_map_more(fdt + here);
	else
		want = MIN(want, here);
	return readable(fdt, want);
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
		boot_info_complain(bi, "x0 is above the CPU's physical addresses, or above 48 bits, where no device tree is looked for");
	} else {
		bi->fdt_limit = map_rest(fdt);
		bi->fdt_origin = "x0";
		if (bi->fdt_limit)
			bi->fdt = (const void *)fdt;
		else
			boot_info_complain(bi, "x0 points to where no memory answers: no device tree can be there");
	}
	start(bi);
}
