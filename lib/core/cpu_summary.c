// SPDX-License-Identifier: BSD-2-Clause
/* The CPUs, for people: what kinds, how many, where. */
#include <base/util.h>
#include <core/console.h>
#include <core/cpu.h>
#include <asm/cpu.h>
#include "core.h"

/* Kinds that get a line; machines have up to four. */
#define MAX_KINDS	8

struct kind {
	u64 midr;
	u64 first, last;	/* MPIDRs */
	unsigned int count;
};

static void count_cpu(struct kind *kinds, unsigned int *used, const struct cpu *cpu)
{
	unsigned int i;

	for (i = 0; i < *used; i++)
		if (kinds[i].midr == cpu->midr)
			break;
	if (i == MAX_KINDS)
		return;
	if (i == *used) {
		kinds[(*used)++] = (struct kind){ .midr = cpu->midr, .first = cpu->mpidr,
						  .last = cpu->mpidr, .count = 1 };
		return;
	}
	kinds[i].count++;
	kinds[i].first = MIN(kinds[i].first, cpu->mpidr);
	kinds[i].last = MAX(kinds[i].last, cpu->mpidr);
}

static void print_kind(const struct kind *kind)
{
	console_printf("          %u x %s r%llup%llu (MIDR 0x%08llx), MPIDR 0x%llx", kind->count,
		       cpu_name(kind->midr), kind->midr >> 20 & 0xf, kind->midr & 0xf,
		       kind->midr & GENMASK(31, 0), kind->first);
	if (kind->last != kind->first)
		console_printf(" to 0x%llx", kind->last);
	console_printf("\n");
}

void cpu_summary(void)
{
	struct kind kinds[MAX_KINDS];
	unsigned int i, used = 0;

	if (cpu_described() < 2 && cpu_count() < 2)
		return;
	console_printf("cpus:     %u of %u in use", cpu_online_count(), cpu_described());
	if (cpu_online_count() > 1)
		console_printf(", %u started %s in %llu us", cpu_online_count() - 1,
			       cpu_start_how(), cpu_start_us());
	console_printf("\n");
	cpu_for_each_online(i)
		count_cpu(kinds, &used, cpu_get(i));
	for (i = 0; i < used; i++)
		print_kind(&kinds[i]);
}
