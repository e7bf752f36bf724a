// SPDX-License-Identifier: BSD-2-Clause
/*
 * Calls of the boot CPU to the others.
 *
 * A request and a response are granules with one writer each. The writer cleans
 * and invalidates what it wrote: a reader whose MMU is off finds it in memory,
 * and one whose MMU is on finds no older line in its cache. What is written
 * comes first, its number behind it, each by itself, since a line with the
 * number could leave the cache before one with the contents.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/cpu.h>
#include <core/irq.h>
#include <core/log.h>
#include <core/watch.h>
#include <asm/cache.h>
#include <asm/cpu.h>
#include <asm/exception.h>
#include <asm/lock.h>
#include <asm/percpu.h>
#include <asm/secondary.h>
#include "cpu_private.h"

static struct cpu_result boot_result;

struct cpu_request *cpu_request(const struct cpu *cpu)
{
	return (struct cpu_request *)cpu->area->request;
}

struct cpu_response *cpu_response(const struct cpu *cpu)
{
	return (struct cpu_response *)cpu->area->response;
}

void cpu_request_write(struct cpu *cpu, void (*fn)(void *arg), void *arg)
{
	struct cpu_request *request = cpu_request(cpu);

	request->fn = fn;
	request->arg = arg;
	watch_offer();
	request->boot_mmu_off = !cpu_mmu_is_on();
	cache_clean_invalidate_poc(request, offsetof(struct cpu_request, sequence));
	WRITE_ONCE(request->sequence, ++cpu->sequence);
	cache_clean_invalidate_poc(&request->sequence, sizeof(request->sequence));
}

void cpu_post(struct cpu *cpu, void (*fn)(void *arg), void *arg)
{
	cpu_request_write(cpu, fn, arg);
	arch_cpu_signal();
	if (cpu->wakes_by_sgi)
		irq_send_sgi(cpu->mpidr, IRQ_SGI_WAKE);
}

bool cpu_has_answered(const struct cpu *cpu)
{
	bool answered = READ_ONCE(cpu_response(cpu)->sequence) == cpu->sequence;

	dmb(sy);	/* what it says is read behind that it does */
	return answered;
}

int cpu_await_answer(const struct cpu *cpu, struct time_bound *bound)
{
	while (!cpu_has_answered(cpu)) {
		if (time_bound_passed(bound))
			return cpu_has_answered(cpu) ? 0 : -ETIMEDOUT;
		cpu_relax();
	}
	return 0;
}

static void lose(struct cpu *cpu)
{
	cpu->state = CPU_LOST;
	cpu->why = "it did not come back from a call";
	pr_warn("CPU %u (MPIDR 0x%llx, %s) did not come back in time: it is not used any more",
		cpu->index, cpu->mpidr, cpu->origin);
}

int cpu_recover(unsigned int index)
{
	struct cpu *cpu = cpu_get(index);

	if (!cpu || cpu_this())
		return cpu ? -EPERM : -ENODEV;
	if (cpu->state == CPU_ONLINE)
		return 0;
	if (cpu->state != CPU_LOST)
		return -ENODEV;
	if (!cpu_has_answered(cpu))
		return -ETIMEDOUT;
	cpu->state = CPU_ONLINE;
	cpu->pending = false;
	cpu->why = NULL;
	return 0;
}

int cpu_call_start(unsigned int index, void (*fn)(void *arg), void *arg)
{
	struct cpu *cpu = cpu_get(index);

	if (cpu_this())
		return -EPERM;
	if (!cpu || cpu->state != CPU_ONLINE)
		return -ENODEV;
	if (cpu->pending)
		return -EBUSY;
	cpu->pending = true;
	if (index)
		cpu_post(cpu, fn, arg);
	else
		boot_result.ret = arch_guarded_call(fn, arg, &boot_result.exception,
						    &boot_result.regs);
	return 0;
}

static int wait_within(struct cpu *cpu, struct time_bound *bound)
{
	if (!cpu->pending)
		return -EINVAL;
	cpu->pending = false;
	if (!cpu->index)
		return boot_result.ret;
	if (cpu_await_answer(cpu, bound)) {
		lose(cpu);
		return -ETIMEDOUT;
	}
	return cpu_response(cpu)->result.ret;
}

int cpu_call_wait(unsigned int index, u64 timeout_us)
{
	struct time_bound bound = time_bound_start(timeout_us);
	struct cpu *cpu = cpu_get(index);

	if (cpu_this())
		return -EPERM;
	return cpu ? wait_within(cpu, &bound) : -ENODEV;
}

bool cpu_call_poll(unsigned int index)
{
	const struct cpu *cpu = cpu_get(index);

	return !cpu || !cpu->area || cpu_has_answered(cpu);
}

int cpu_call(unsigned int index, void (*fn)(void *arg), void *arg, u64 timeout_us)
{
	int ret = cpu_call_start(index, fn, arg);

	return ret ? ret : cpu_call_wait(index, timeout_us);
}

void cpu_call_result(unsigned int index, struct cpu_result *result)
{
	const struct cpu *cpu = cpu_get(index);

	*result = (struct cpu_result){ .ret = -ENODEV };
	if (!cpu)
		return;
	if (!index)
		*result = boot_result;
	else if (cpu->state == CPU_LOST)
		result->ret = -ETIMEDOUT;
	else if (cpu->area)
		*result = cpu_response(cpu)->result;
}

/* The others first: then they run while the caller does. */
static int start_mask(const struct cpu_mask *mask, struct cpu_mask *started,
		      void (*fn)(void *arg), void *arg)
{
	unsigned int i = cpu_count();
	int ret, first = 0;

	*started = (struct cpu_mask){ 0 };
	while (i-- > 0) {
		if (!cpu_mask_test(mask, i))
			continue;
		ret = cpu_call_start(i, fn, arg);
		if (ret)
			first = ret;
		else
			cpu_mask_set(started, i);
	}
	return first;
}

int cpu_call_mask(const struct cpu_mask *mask, void (*fn)(void *arg), void *arg, u64 timeout_us)
{
	struct time_bound bound = time_bound_start(timeout_us);
	struct cpu_mask started;
	unsigned int i;
	int ret, first;

	if (cpu_this())
		return -EPERM;
	first = start_mask(mask, &started, fn, arg);
	for (i = 0; i < cpu_count(); i++) {
		if (!cpu_mask_test(&started, i))
			continue;
		ret = wait_within(cpu_get(i), &bound);
		if (ret && !first)
			first = ret;
	}
	return first;
}

static int call_from(unsigned int first, void (*fn)(void *arg), void *arg, u64 timeout_us)
{
	struct cpu_mask mask = { 0 };
	unsigned int i;

	cpu_for_each_online(i)
		if (i >= first)
			cpu_mask_set(&mask, i);
	return cpu_call_mask(&mask, fn, arg, timeout_us);
}

int cpu_call_all(void (*fn)(void *arg), void *arg, u64 timeout_us)
{
	return call_from(0, fn, arg, timeout_us);
}

int cpu_call_others(void (*fn)(void *arg), void *arg, u64 timeout_us)
{
	return call_from(1, fn, arg, timeout_us);
}
