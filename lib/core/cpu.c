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
#include <asm/exception.h>
#include "core.h"

static struct cpu cpus[CONFIG_NR_CPUS] __section(".noinit");
static unsigned int count = 1, described;
static u64 max_cpus = CONFIG_NR_CPUS;
static struct cpu_result boot_result;

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
	return 0;
}

bool cpu_is_online(unsigned int index)
{
	return index < count && cpus[index].state == CPU_ONLINE;
}

static int call_self(void (*fn)(void *arg), void *arg)
{
	boot_result.ret = arch_guarded_call(fn, arg, &boot_result.exception, &boot_result.regs);
	return boot_result.ret;
}

int cpu_call_start(unsigned int index, void (*fn)(void *arg), void *arg)
{
	if (index)
		return -ENODEV;
	call_self(fn, arg);
	cpus[0].pending = true;
	return 0;
}

int cpu_call_wait(unsigned int index, u64 timeout_us)
{
	(void)timeout_us;
	if (index || !cpus[0].pending)
		return -EINVAL;
	cpus[0].pending = false;
	return boot_result.ret;
}

bool cpu_call_poll(unsigned int index)
{
	return !index;
}

int cpu_call(unsigned int index, void (*fn)(void *arg), void *arg, u64 timeout_us)
{
	int ret = cpu_call_start(index, fn, arg);

	return ret ? ret : cpu_call_wait(index, timeout_us);
}

void cpu_call_result(unsigned int index, struct cpu_result *result)
{
	if (!index)
		*result = boot_result;
}

int cpu_call_mask(const struct cpu_mask *mask, void (*fn)(void *arg), void *arg, u64 timeout_us)
{
	return cpu_mask_test(mask, 0) ? cpu_call(0, fn, arg, timeout_us) : 0;
}

int cpu_call_all(void (*fn)(void *arg), void *arg, u64 timeout_us)
{
	return cpu_call(0, fn, arg, timeout_us);
}

int cpu_call_others(void (*fn)(void *arg), void *arg, u64 timeout_us)
{
	(void)fn;
	(void)arg;
	(void)timeout_us;
	return 0;
}
