// SPDX-License-Identifier: BSD-2-Clause
/* Everything after the hand-off, in order. */
#include <base/errno.h>
#include <base/stack_protector.h>
#include <core/heap.h>
#include <core/hooks.h>
#include <core/log.h>
#include <core/memory.h>
#include <core/param.h>
#include <core/stage.h>
#include <core/time.h>
#include <asm/mmu.h>
#include <asm/take_over.h>
#include "cmdline.h"
#include "core.h"

static const char *dtb_path;

static int dtb_set(const char *value)
{
	if (!value || !*value)
		return -EINVAL;
	dtb_path = value;
	return 0;
}
PARAM(dtb, .help = "path of a device tree on the EFI system partition, used instead of the firmware's",
      .set = dtb_set);

/* Sum of what the stages return where that is no error. */
unsigned int stages_run(enum stage_when when, struct boot_info *bi)
{
	const struct stage *const *stage;
	unsigned int sum = 0;
	int ret;

	table_for_each(stage, stage) {
		if ((*stage)->when != when)
			continue;
		ret = (*stage)->run(bi);
		if (ret < 0)
			pr_err("%s: %s", (*stage)->name, errno_name(ret));
		else
			sum += ret;
	}
	return sum;
}

static void report_complaints(const struct boot_info *bi)
{
	unsigned int i;

	for (i = 0; bi->complaints[i]; i++)
		pr_err("boot: %s", bi->complaints[i]);
}

static void load_dtb(struct boot_info *bi)
{
	void *data;
	size_t size;
	int ret;

	if (!dtb_path)
		return;
	if (!bi->services) {
		pr_err("dtb=%s: only UEFI can read files; without it the boot loader hands the tree over",
		       dtb_path);
		return;
	}
	ret = bi->services->load_file(dtb_path, &data, &size);
	if (ret) {
		pr_err("dtb=%s: %s", dtb_path, errno_name(ret));
		return;
	}
	bi->fdt = data;
	bi->fdt_limit = size;
	bi->fdt_origin = heap_printf("dtb=%s", dtb_path);
}

/* RAM that the tables leave out (the CPU has no such addresses) is nobody's to use. */
static void give_up_unmapped(void)
{
	const struct mem_map *map = memory_map_get();
	unsigned int i = map->count;

	/* From the end: one that joins its neighbours moves only those behind it. */
	while (i--) {
		const struct mem_region region = map->region[i];

		/* Mapped in order: the end comes last. */
		if (region.type == MEM_FREE && !(region.flags & MEM_REGION_NOT_WB) &&
		    !mmu_lookup(region.base + region.size - 1))
			memory_reserve(region.base, region.size, MEM_NOMAP);
	}
}

static void take_over(struct boot_info *bi)
{
	const struct mem_region *at;
	unsigned int el;
	bool vhe;
	int ret;

	if (memory_init(bi))
		pr_err("no memory is described");
	cpu_areas_init();
	level_choose(&el, &vhe);
	ret = arch_take_over(memory_map_get(), el, vhe, !mmu_stays_off());
	at = arch_take_over_failed_at();
	if (at) {
		pr_err("own page tables: the region at 0x%llx of 0x%llx bytes is not mapped, and not used: %s",
		       at->base, at->size, errno_name(ret));
		give_up_unmapped();
	} else if (ret) {
		pr_err("own page tables: %s", errno_name(ret));
	}
	if (!ret || at) {
		pages_mapped();
		heap_may_grow();
	}
}

/* There is a console now to say what comes. */
static void let_serrors_come(void)
{
	struct exception_info info;
	char text[128];

	if (!arch_serror_unmask(&info))
		return;
	exception_describe(text, sizeof(text), &info);
	pr_err("boot: an SError was pending when the image took over (%s): the firmware, or a device it left running, caused it",
	       text);
}

/* The trap that follows takes the vector, which tells from where. */
static void report_broken_canary(void)
{
	pr_err("stack protector: a function's canary was overwritten, so something wrote past an array on the stack");
}

void start(struct boot_info *bi)
{
	bool firmware_alive = bi->services;
	unsigned int failures;

	boot_info_set(bi);
	cpu_init_boot();
	bi->cmdline[CMDLINE_CONFIG] = CONFIG_CMDLINE;
	bi->cmdline_name[CMDLINE_CONFIG] = "CONFIG_CMDLINE";
	/* Until a driver knows better: waits before that want a bound, too. */
	time_set_frequency(bi->entry.cntfrq);
	stack_chk_set_report(report_broken_canary);
	report_complaints(bi);
	/* The command line is in the tree, or names the tree. */
	if (!firmware_alive)
		stages_run(STAGE_DESCRIBE, bi);
	cmdline_parse(bi);
	load_dtb(bi);
	if (firmware_alive)
		stages_run(STAGE_DESCRIBE, bi);
	stages_run(STAGE_DISCOVER, bi);
	firmware_leave(bi);
	take_over(bi);
	/* The early map of a direct boot does not hold it. */
	env_load_initrd(bi);
	stages_run(STAGE_PROBE, bi);
	let_serrors_come();
	summary_print(bi);
	stages_run(STAGE_SUMMARY, bi);
	do
		failures = stages_run(STAGE_RUN, bi);
	while (finish_menu());
	finish(failures);
}
