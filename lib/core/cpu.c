// SPDX-License-Identifier: BSD-2-Clause
/* The CPUs: who they are, and which can be called. */
#include <base/errno.h>
#include <base/parse.h>
#include <base/string.h>
#include <base/util.h>
#include <core/cpu.h>
#include <core/log.h>
#include <core/param.h>
#include <core/stage.h>
#include <asm/cpu.h>
#include <asm/percpu.h>
#include "core.h"
#include "cpu_private.h"

static struct cpu cpus[CONFIG_NR_CPUS] __section(".noinit");
static unsigned int count = 1, described;
static u64 max_cpus = CONFIG_NR_CPUS;

static int maxcpus_set(const char *value)
{
	if (!value || parse_u64(value, &max_cpus) || !max_cpus)
		return -EINVAL;
	return 0;
}
PARAM(maxcpus, .help = "CPUs to use at the most, the boot CPU included; 1: no other is started",
      .set = maxcpus_set);

void cpu_init_boot(void)
{
	count = 1;
	cpus[0] = (struct cpu){
		.mpidr = cpu_mpidr(), .midr = read_sysreg(midr_el1), .state = CPU_ONLINE,
	};
}

unsigned int cpu_count(void)
{
	return count;
}

unsigned int cpu_described(void)
{
	return described;
}

unsigned int cpu_online_count(void)
{
	unsigned int i, online = 0;

	cpu_for_each_online(i)
		online++;
	return online;
}

struct cpu *cpu_get(unsigned int index)
{
	return index < count ? &cpus[index] : NULL;
}

unsigned int cpu_this(void)
{
	return cpu_local()->index;
}

bool cpu_is_online(unsigned int index)
{
	return index < count && cpus[index].state == CPU_ONLINE;
}

/* CPUs from @limit on have no memory to run in. */
void cpu_limit_count(unsigned int limit)
{
	count = limit;
}

static struct cpu *find(u64 mpidr)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (cpus[i].mpidr == mpidr)
			return &cpus[i];
	return NULL;
}

static void report_twin(const struct cpu *cpu, const char *origin)
{
	pr_err("%s describes a CPU with MPIDR 0x%llx, which %s describes already: not used", origin,
	       cpu->mpidr, cpu->origin);
}

#define MPIDR_AFFINITY	0xff00ffffffULL

static bool is_too_many(const char *origin, u64 mpidr)
{
	static bool said;

	if (count < CONFIG_NR_CPUS && count < max_cpus)
		return false;
	if (count == CONFIG_NR_CPUS && !said) {
		pr_err("%s, MPIDR 0x%llx: more than %u CPUs; those from this one on are not used (CONFIG_NR_CPUS)",
		       origin, mpidr, CONFIG_NR_CPUS);
		said = true;
	}
	return true;
}

void cpu_add(u64 mpidr, const char *origin, const struct cpu_ops *ops, u64 release_addr,
	     const char *why)
{
	struct cpu *cpu;

	if (mpidr & ~MPIDR_AFFINITY) {
		pr_err("%s: 0x%llx is no MPIDR: it has bits beside the affinity fields; not used",
		       origin, mpidr);
		return;
	}
	cpu = find(mpidr);
	if (cpu && cpu->origin) {
		report_twin(cpu, origin);
		return;
	}
	described++;
	if (!cpu) {
		if (is_too_many(origin, mpidr))
			return;
		cpu = &cpus[count];
		*cpu = (struct cpu){ .index = count++, .mpidr = mpidr, .state = CPU_OFF };
	}
	cpu->origin = origin;
	cpu->ops = ops;
	cpu->release_addr = release_addr;
	cpu->why = why;
}

void cpu_check_boot(void)
{
	if (described && !cpus[0].origin)
		pr_err("no table describes the boot CPU, whose MPIDR is 0x%llx", cpus[0].mpidr);
}
