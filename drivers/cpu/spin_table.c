// SPDX-License-Identifier: BSD-2-Clause
/*
 * CPUs that wait in firmware's loop for an address (Devicetree Specification
 * 0.4, 3.8.1 cpu-release-addr; Linux arm64 booting protocol). They read it with
 * the MMU off: it has to be in memory. Then an event wakes them.
 */
#include <base/errno.h>
#include <asm/secondary.h>
#include "methods.h"

static int on(struct cpu *cpu, u64 entry, u64 context, const char **why)
{
	int ret = arch_cpu_write_word(cpu->release_addr, entry);

	(void)context;
	if (ret) {
		*why = "the word at cpu-release-addr cannot be mapped";
		return ret;
	}
	arch_cpu_signal();
	return 0;
}

const struct cpu_ops spin_table_cpu_ops = {
	.name = "spin-table",
	.on = on,
	.no_context = true,
};
