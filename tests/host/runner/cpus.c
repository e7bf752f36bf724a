// SPDX-License-Identifier: BSD-2-Clause
/*
 * CPUs, interrupts and control registers, for the build machine. A call of another
 * CPU runs at once, under that CPU's index; one that says so (host_cpu_hang()) does
 * not come back from it. The alarm fires when time_delay_us() has moved the time on.
 */
#define _GNU_SOURCE
#include <host.h>
#include <asm/cache.h>
#include <asm/control_state.h>
#include <asm/mmu_off.h>
#include <core/alarm.h>
#include <core/capability.h>
#include <core/cpu.h>
#include <core/lock.h>
#include <core/page_alloc.h>
#include <core/symbols.h>
#include "machine.h"

#undef cache_clean_invalidate_poc

static struct cpu cpus[CONFIG_NR_CPUS] = { { .state = CPU_ONLINE } };
static struct cpu_result results[CONFIG_NR_CPUS];
static unsigned int count = 1, this;
static bool hangs;

void machine_set_cpus(unsigned int number)
{
	for (count = 1; count < number && count < CONFIG_NR_CPUS; count++)
		cpus[count] = (struct cpu){ .index = count, .mpidr = 0x100 + count,
					    .state = CPU_ONLINE, .origin = "host" };
	if (count > 1)
		capability_provide(NEED_SMP);
}

void host_cpu_hang(void)
{
	hangs = true;
}

unsigned int cpu_count(void)
{
	return count;
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
	return this;
}

bool cpu_is_online(unsigned int index)
{
	return index < count && cpus[index].state == CPU_ONLINE;
}

int cpu_call(unsigned int index, void (*fn)(void *arg), void *arg, u64 timeout_us)
{
	struct cpu_result *result = &results[index];

	(void)timeout_us;
	if (!cpu_is_online(index))
		return -ENODEV;
	cpus[index].sequence++;
	this = index;
	hangs = false;
	memset(result, 0, sizeof(*result));
	result->ret = arch_guarded_call(fn, arg, &result->exception, &result->regs);
	result->exception.cpu = index;
	this = 0;
	if (!hangs)
		return result->ret;
	cpus[index].state = CPU_LOST;
	return result->ret = -ETIMEDOUT;
}

int cpu_call_mask(const struct cpu_mask *mask, void (*fn)(void *arg), void *arg, u64 timeout_us)
{
	int ret = 0;

	for (unsigned int i = count; i-- > 0;)
		if (cpu_mask_test(mask, i) && cpu_call(i, fn, arg, timeout_us))
			ret = -EIO;
	return ret;
}

static int call_from(unsigned int first, void (*fn)(void *arg), void *arg)
{
	struct cpu_mask mask = { 0 };

	for (unsigned int i = first; i < count; i++)
		if (cpu_is_online(i))
			cpu_mask_set(&mask, i);
	return cpu_call_mask(&mask, fn, arg, 0);
}

int cpu_call_all(void (*fn)(void *arg), void *arg, u64 timeout_us)
{
	(void)timeout_us;
	return call_from(0, fn, arg);
}

int cpu_call_others(void (*fn)(void *arg), void *arg, u64 timeout_us)
{
	(void)timeout_us;
	return call_from(1, fn, arg);
}

int cpu_call_wait(unsigned int index, u64 timeout_us)
{
	(void)timeout_us;
	return results[index].ret;
}

void cpu_call_result(unsigned int index, struct cpu_result *result)
{
	*result = results[index];
}

int cpu_on(unsigned int index)
{
	cpus[index].state = CPU_ONLINE;
	return 0;
}

int cpu_off(unsigned int index)
{
	cpus[index].state = CPU_OFF;
	return 0;
}

const char *spin_release_left(unsigned int index)
{
	(void)index;
	return NULL;
}

bool cpu_daif_was_left(void)
{
	return false;
}

int cpu_recover(unsigned int index)
{
	(void)index;
	return -ETIMEDOUT;
}

void *pages_alloc(u64 bytes, u64 align)
{
	return aligned_alloc(align, bytes);
}

void cache_clean_invalidate_poc(const void *start, size_t size)
{
	(void)start;
	(void)size;
}

const char *symbol_find(u64 pc, u64 *offset)
{
	(void)pc;
	*offset = 4;
	return "somewhere";
}

/* What a case may leave behind: one register, and DAIF. */
static u64 host_register, daif;

void host_set_register(u64 value)
{
	host_register = value;
}

void control_state_save(struct control_state *state)
{
	state->value[0] = host_register;
	state->mmu_on = mmu_is_on();
}

unsigned int control_state_restore(const struct control_state *state, char *what, size_t size)
{
	unsigned int differ = host_register != state->value[0];

	snprintf(what, size, "%s", differ ? "register" : "");
	host_register = state->value[0];
	return differ;
}

unsigned int control_state_restore_other(const struct control_state *state, char *what, size_t size)
{
	return control_state_restore(state, what, size);
}

void exception_reset_handlers(void)
{
}

u64 control_tpidr(void)
{
	return 0;
}

void control_tpidr_set(u64 tpidr)
{
	(void)tpidr;
}

u64 control_daif(void)
{
	return daif;
}

void control_daif_set(u64 value)
{
	daif = value;
}

void control_irq_unmask(void)
{
	daif &= ~0x80ULL;
}

void control_irq_mask(void)
{
	daif |= 0x80;
}

/* An interrupt controller, with --irq 1: its alarm is the only interrupt. */
static struct alarm_timer *timer;
static u64 fires_at, started_at;
static u32 enabled;
static irq_handler_t handler;
static void *handler_arg;

static void controller_save(struct irq_cpu_state *state)
{
	state->enabled = enabled;
}

static void controller_restore(const struct irq_cpu_state *state)
{
	enabled = state->enabled;
}

static const struct irqchip controller = {
	.name = "host", .save = controller_save, .restore = controller_restore,
};

static void timer_start(struct alarm_timer *alarm __unused, u64 at)
{
	fires_at = started_at = at;
}

static void timer_stop(const struct alarm_timer *alarm __unused)
{
	fires_at = 0;
}

static bool timer_is_set(const struct alarm_timer *alarm __unused)
{
	return fires_at == started_at;
}

static struct alarm_timer host_timer = {
	.name = "host's timer", .intid = 27, .start = timer_start, .stop = timer_stop,
	.is_set = timer_is_set,
};

void machine_set_irq(void)
{
	timer = &host_timer;
	alarm_register(timer);
	capability_provide(NEED_IRQ);
}

const struct irqchip *irqchip_get(void)
{
	return timer ? &controller : NULL;
}

int irq_request(u32 intid, irq_handler_t fn, void *arg)
{
	(void)intid;
	handler = fn;
	handler_arg = arg;
	return 0;
}

int irq_enable(u32 intid)
{
	enabled |= 1U << intid;
	return 0;
}

int irq_set_priority(u32 intid, u32 priority)
{
	(void)intid;
	(void)priority;
	return 0;
}

int irq_disable(u32 intid)
{
	enabled &= ~(1U << intid);
	return 0;
}

enum irq_scope irq_scope_set(enum irq_scope scope)
{
	(void)scope;
	return IRQ_SCOPE_IMAGE;
}

unsigned int irq_scope_end(enum irq_scope scope, u32 *left)
{
	(void)scope;
	*left = IRQ_NONE;
	return 0;
}

void machine_time_passed(u64 now)
{
	struct pt_regs regs = { .pc = 0x1000 };
	irq_after_t after;

	if (!fires_at || now < fires_at || daif & 0x80 || !(enabled >> host_timer.intid & 1))
		return;
	after = handler(host_timer.intid, &regs, handler_arg);
	if (after)
		after(&regs);
}
