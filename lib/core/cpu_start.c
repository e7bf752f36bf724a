// SPDX-License-Identifier: BSD-2-Clause
/* CPUs on and off. All are started before the first is waited for: one deadline for all. */
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <core/capability.h>
#include <core/cpu.h>
#include <core/irq.h>
#include <core/log.h>
#include <core/memory.h>
#include <core/page_alloc.h>
#include <core/param.h>
#include <core/stage.h>
#include <core/time.h>
#include <core/watch.h>
#include <asm/cache.h>
#include <asm/cpu.h>
#include <asm/exception.h>
#include <asm/lock.h>
#include <asm/secondary.h>
#include "core.h"
#include "cpu_private.h"

/* For one CPU to come, or go; firmware may have to power a cluster up first. */
#define START_US	2000000ULL
/* Of many, each may keep the others waiting for this long. */
#define START_EACH_US	20000ULL

static bool one_by_one;
static u64 start_ticks;

static int bringup_set(const char *value)
{
	if (!value || (strcmp(value, "serial") && strcmp(value, "parallel")))
		return -EINVAL;
	one_by_one = !strcmp(value, "serial");
	return 0;
}
PARAM(bringup, .help = "parallel (default): start all CPUs, then wait for them; serial: one after the other",
      .set = bringup_set);

/* Firmware's, whatever its map says: the word, and the loop that reads it. */
static void reserve_release_word(struct cpu *cpu)
{
	const struct mem_region *region = memory_find(cpu->release_addr);

	if (!cpu->release_addr)
		return;
	if (region && region->type == MEM_IMAGE) {
		cpu->ops = NULL;
		cpu->why = "its cpu-release-addr lies in the image";
	} else if (memory_reserve(cpu->release_addr, sizeof(u64), MEM_RESERVED)) {
		cpu->ops = NULL;
		cpu->why = "the memory at its cpu-release-addr cannot be reserved";
	}
}

void cpu_areas_init(void)
{
	unsigned int others = cpu_count() - 1, fit = others;
	void *areas = NULL;
	unsigned int i;

	for (i = 1; i <= others; i++)
		reserve_release_word(cpu_get(i));
	while (fit && !areas) {
		areas = pages_alloc(fit * arch_cpu_area_size(), PAGE_SIZE);
		if (!areas)
			fit /= 2;
	}
	if (fit < others)
		pr_err("CPUs: no %zu KiB of memory in one piece for the stacks of %u CPUs: %u are used",
		       others * arch_cpu_area_size() / 1024, others + 1, fit + 1);
	cpu_limit_count(fit + 1);
	arch_cpu_areas_set(areas, fit);
}

static int fail(struct cpu *cpu, int ret, const char *why)
{
	cpu->state = CPU_FAILED;
	cpu->why = why;
	return ret;
}

struct on_call {
	struct cpu *cpu;
	const char **why;
	int ret;
};

static void call_on(void *arg)
{
	struct on_call *call = arg;
	struct cpu *cpu = call->cpu;

	call->ret = cpu->ops->on(cpu, arch_cpu_entry(cpu->ops->no_context),
				 arch_cpu_context(cpu->area), call->why);
}

/* PSCI 0.1 has no call to try a conduit with, and a release address may be anything. */
static int ask_for(struct cpu *cpu, const char **why)
{
	struct on_call call = { .cpu = cpu, .why = why };

	if (!arch_guarded_call(call_on, &call, NULL, NULL))
		return call.ret;
	*why = "its method of starting raises an exception: wrong conduit of PSCI, or wrong release address";
	return -EFAULT;
}

/* Have its firmware start it, without waiting for it. */
static int start(struct cpu *cpu)
{
	const char *why = "its method of starting refuses";
	bool first = false;
	int ret = 0;

	if (!cpu->ops)
		return fail(cpu, -EOPNOTSUPP, cpu->why ? cpu->why : "no method of starting it is known");
	if (!cpu->area) {
		cpu->area = arch_cpu_area(cpu->index - 1);
		first = true;
	}
	/* Lines that somebody left dirty there must not come down on what is written now. */
	if (!cpu_mmu_is_on())
		cache_clean_invalidate_poc(cpu->area, sizeof(*cpu->area));
	if (first) {
		memset(cpu->area->request, 0, sizeof(cpu->area->request));
		memset(cpu->area->response, 0, sizeof(cpu->area->response));
	}
	watch_offer();
	arch_cpu_prepare(cpu->area, cpu->index, cpu->mpidr);
	cpu_request_write(cpu, NULL, NULL);
	if (cpu->ops->no_context)
		ret = arch_cpu_publish(cpu->area, cpu->mpidr);
	if (!ret)
		ret = ask_for(cpu, &why);
	return ret ? fail(cpu, ret, why) : 0;
}

static const char *how_far(const struct cpu *cpu)
{
	u64 entered = cpu->area->captured.entered;

	if (entered & SECONDARY_LOW_EL)
		return "it was started at EL1, the boot CPU at EL2";
	if (entered & SECONDARY_ENTERED)
		return "its first instructions ran, and then it was not heard of";
	return "no instruction of the image ran on it";
}

/* It runs all the same, and waits for events. */
static void report_irq(const struct cpu *cpu, int ret)
{
	const struct irqchip *chip = irqchip_get();

	if (chip && ret)
		pr_err("CPU %u (MPIDR 0x%llx, %s) takes no interrupts: %s: %s", cpu->index,
		       cpu->mpidr, cpu->origin, ret == -ENODEV ?
		       "nothing describes its part of the interrupt controller" :
		       ret == -EOPNOTSUPP ? "SGIs do not get to its affinity" :
		       "its part of the interrupt controller does not do as told",
		       errno_name(ret));
}

static void welcome(struct cpu *cpu)
{
	const struct cpu_response *response = cpu_response(cpu);

	cpu->midr = response->midr;
	cpu->wakes_by_sgi = !response->irq_ret;
	cpu->pending = false;
	cpu->why = NULL;
	cpu->state = CPU_ONLINE;
	cache_note_line(response->ctr);
	report_irq(cpu, (int)response->irq_ret);
	if (response->result.ret)
		pr_warn("CPU %u (MPIDR 0x%llx, %s): an SError was pending when it came", cpu->index,
			cpu->mpidr, cpu->origin);
}

static int await(struct cpu *cpu, struct time_bound *bound)
{
	if (cpu_await_answer(cpu, bound))
		return fail(cpu, -ETIMEDOUT, how_far(cpu));
	welcome(cpu);
	return 0;
}

int cpu_on(unsigned int index)
{
	struct time_bound bound = time_bound_start(START_US);
	struct cpu *cpu = cpu_get(index);
	int ret;

	if (cpu_this())
		return -EPERM;
	if (!cpu || cpu->state == CPU_LOST)
		return -ENODEV;
	if (cpu->state == CPU_ONLINE)
		return -EALREADY;
	ret = start(cpu);
	return ret ? ret : await(cpu, &bound);
}

/* Comes back only where it was refused. */
static void switch_off(void *arg)
{
	const struct cpu_ops *ops = arg;

	ops->off();
}

/* 0 once firmware says so; -EIO when the CPU answers instead. */
static int await_off(struct cpu *cpu)
{
	struct time_bound bound = time_bound_start(START_US);

	while (cpu->ops->affinity(cpu) != 1) {
		if (cpu_has_answered(cpu))
			return -EIO;
		if (time_bound_passed(&bound))
			return -ETIMEDOUT;
		cpu_relax();
	}
	return 0;
}

int cpu_off(unsigned int index)
{
	struct cpu *cpu = cpu_get(index);
	int ret;

	if (cpu_this())
		return -EPERM;
	if (!index)
		return -EBUSY;
	if (!cpu || cpu->state != CPU_ONLINE)
		return -ENODEV;
	if (cpu->pending)
		return -EBUSY;
	if (!cpu->ops->off || !cpu->ops->affinity)
		return -EOPNOTSUPP;
	cpu_post(cpu, switch_off, (void *)cpu->ops);
	ret = await_off(cpu);
	if (!ret)
		cpu->state = CPU_OFF;
	else if (ret == -ETIMEDOUT)
		cpu->state = CPU_LOST;
	return ret;
}

const struct entry_state *cpu_entry_state(unsigned int index)
{
	const struct cpu *cpu = cpu_get(index);

	return cpu && cpu->area ? &cpu->area->captured.entry : NULL;
}

u64 cpu_context(unsigned int index)
{
	const struct cpu *cpu = cpu_get(index);

	return cpu && cpu->area ? arch_cpu_context(cpu->area) : 0;
}

static void report_failure(const struct cpu *cpu, int ret)
{
	pr_err("CPU %u (MPIDR 0x%llx, %s) is not used: %s: %s", cpu->index, cpu->mpidr,
	       cpu->origin, cpu->why, errno_name(ret));
}

static void start_all(struct time_bound *bound)
{
	unsigned int i;
	int ret;

	for (i = 1; i < cpu_count(); i++) {
		struct cpu *cpu = cpu_get(i);

		ret = start(cpu);
		if (!ret && one_by_one)
			ret = await(cpu, bound);
		if (ret)
			report_failure(cpu, ret);
	}
}

static void await_all(struct time_bound *bound)
{
	unsigned int i;

	for (i = 1; i < cpu_count(); i++) {
		struct cpu *cpu = cpu_get(i);

		if (cpu->state == CPU_OFF && await(cpu, bound))
			report_failure(cpu, -ETIMEDOUT);
	}
}

static int cpus_start(struct boot_info *bi)
{
	struct time_bound bound = time_bound_start(START_US + cpu_count() * START_EACH_US);
	u64 begin = time_ticks();

	(void)bi;
	start_all(&bound);
	await_all(&bound);
	start_ticks = time_ticks() - begin;
	if (cpu_online_count() > 1)
		capability_provide(NEED_SMP);
	return 0;
}
STAGE(cpus_start, "90", .when = STAGE_PROBE, .run = cpus_start);

u64 cpu_start_us(void)
{
	return time_ticks_to_us(start_ticks);
}

const char *cpu_start_how(void)
{
	return one_by_one ? "one by one" : "in parallel";
}
