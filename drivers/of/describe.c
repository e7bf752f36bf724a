// SPDX-License-Identifier: BSD-2-Clause
/*
 * STAGE_DESCRIBE: the tree is checked, and what it says about the hand-off goes
 * into boot_info: bootargs, memory, the initrd. Under UEFI load options and the
 * firmware's memory map say that (EBBR 2.4, 2.3).
 */
#include <base/string.h>
#include <core/log.h>
#include <core/stage.h>
#include <drivers/discovery.h>
#include "describe.h"
#include "tree.h"

static const char *origin(const struct boot_info *bi)
{
	return bi->fdt_origin ? bi->fdt_origin : "origin unknown";
}

/* Makes bi->fdt the tree that is read, or drops it. */
static void load(struct boot_info *bi)
{
	char why[192];

	if (!bi->fdt || of_fdt() == bi->fdt)
		return;
	if (!of_load(bi->fdt, bi->fdt_limit, why, sizeof(why))) {
		/* Known now, so that no more than the tree is taken out of memory. */
		bi->fdt_limit = of_header()->totalsize;
		return;
	}
	pr_err("device tree (%s) is not used: %s", origin(bi), why);
	bi->fdt = NULL;
}

static void describe_bootargs(struct boot_info *bi)
{
	int chosen = of_find_path("/chosen");
	const char *args;

	if (!of_has(chosen, "bootargs"))
		return;
	args = of_string(chosen, "bootargs", 0);
	if (!args) {
		pr_err("device tree: /chosen bootargs is no terminated string");
		return;
	}
	bi->cmdline[CMDLINE_BOOT] = args;
	bi->cmdline_name[CMDLINE_BOOT] = "/chosen/bootargs";
}

static void describe_initrd(struct boot_info *bi)
{
	int chosen = of_find_path("/chosen");
	u64 start, end;
	int ret;

	ret = of_u64(chosen, "linux,initrd-start", &start);
	if (ret == -ENOENT)
		return;
	if (!ret)
		ret = of_u64(chosen, "linux,initrd-end", &end);
	if (ret || start > end) {
		pr_err("device tree: /chosen linux,initrd-start and -end are no range");
		return;
	}
	if (start == end)
		return;
	if (!of_memory_contains(start, end - start)) {
		pr_err("device tree: initrd 0x%llx + 0x%llx is not inside the memory described",
		       start, end - start);
		return;
	}
	bi->initrd = (const void *)(uintptr_t)start;
	bi->initrd_size = end - start;
	bi->initrd_origin = "/chosen/linux,initrd-start";
}

static int of_describe(struct boot_info *bi)
{
	load(bi);
	if (!bi->fdt || bi->method == BOOT_METHOD_EFI)
		return 0;
	describe_bootargs(bi);
	of_memory_describe(bi);
	describe_initrd(bi);
	return 0;
}
STAGE(of_describe, "10", .when = STAGE_DESCRIBE, .run = of_describe);

/* Nothing but what a boot loader adds to pass words to a kernel with ACPI. */
static bool is_bare(void)
{
	int node;

	of_for_each_child(node, OF_ROOT) {
		if (!of_name_is(node, "chosen") && !of_name_is(node, "aliases"))
			return false;
	}
	return true;
}

/* Once more before devices are made: dtb= may have brought another tree. */
static int of_offer(struct boot_info *bi)
{
	load(bi);
	if (!bi->fdt)
		discovery_offer_dt(DISCOVERY_DT_NONE);
	else
		discovery_offer_dt(is_bare() ? DISCOVERY_DT_BARE : DISCOVERY_DT_WHOLE);
	return 0;
}
STAGE(of_offer, "10", .when = STAGE_DISCOVER, .run = of_offer);
