// SPDX-License-Identifier: BSD-2-Clause
/*
 * CPUs that wait in firmware's loop for an address (Devicetree Specification
 * 0.4, 3.8.1 cpu-release-addr; Linux arm64 booting protocol). They read it with
 * the MMU off: it has to be in memory. Then an event wakes them.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/address_space.h>
#include <asm/cpu.h>
#include <asm/mmu.h>
#include <asm/page.h>
#include <asm/secondary.h>
#include "methods.h"

/*
 * The word may lie in page 0, which is never mapped, or where no RAM is
 * described: then it is written at another address.
 */
static int write_elsewhere(u64 pa, u64 value)
{
	u64 page = ALIGN_DOWN(pa, PAGE_SIZE);
	char *window = address_space_alloc(PAGE_SIZE, PAGE_SIZE);
	int ret;

	if (!window)
		return -ENOMEM;
	ret = mmu_map_at((u64)window, page, PAGE_SIZE, MAP_NC);
	if (!ret) {
		arch_cpu_write_word((u64 *)(window + (pa - page)), value);
		ret = mmu_unmap((u64)window, PAGE_SIZE);
	}
	address_space_free(window, PAGE_SIZE);
	return ret;
}

static int on(struct cpu *cpu, u64 entry, u64 context, const char **why)
{
	u64 pa = cpu->release_addr;
	int ret = 0;

	(void)context;
	if (cpu_mmu_is_on() && !mmu_lookup(pa))
		ret = write_elsewhere(pa, entry);
	else
		arch_cpu_write_word((u64 *)pa, entry);
	if (ret)
		*why = "the word at cpu-release-addr cannot be mapped";
	else
		arch_cpu_signal();
	return ret;
}

const struct cpu_ops spin_table_cpu_ops = {
	.name = "spin-table",
	.on = on,
	.no_context = true,
};
