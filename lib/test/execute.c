// SPDX-License-Identifier: BSD-2-Clause
#include "execute.h"
#include "cpu_record.h"
#include "isolate.h"
#include "recover.h"
#include "select.h"
#include "shield.h"
#include "stack.h"
#include <asm/control_state.h>
#include <asm/stack.h>
#include <base/errno.h>
#include <base/kconfig.h>
#include <base/string.h>
#include <core/alarm.h>
#include <core/cpu.h>
#include <core/fault.h>
#include <core/heap.h>
#include <core/time.h>

/* Where no deadline is wanted a wait for another CPU ends all the same. */
#define NO_DEADLINE_US	3600000000ULL
/* What the alarm may be late, for those that look whether it came. */
#define GUARD_MARGIN_US		250000ULL
#define NO_ALARM_MARGIN_US	10000000ULL
/* To put everything back and to tell all of it, on the slowest of lines. */
#define BEHIND_US		60000000ULL

struct call {
	struct test_record *record;
	void (*run)(void);
	int (*init)(void);
	u64 limit_ms;		/* 0: none */
	enum irq_scope requests;	/* whose are the interrupts that it requests */
	enum irq_scope ends;		/* whose are gone behind it */
	bool mmu_off;
	bool all_cpus;
	bool masked;		/* came back with interrupts masked that were not */
	bool tpidr_changed;	/* came back with another TPIDR_EL1 */
	const char *frames;	/* lowest of the main stack in use */
};

/* What the alarm leaves; valid while a function of a suite runs. */
static struct guard *call_guard RUNNER_DATA;
/* The rest of the frames of stack_call() and those between. */
#define FRAMES_BELOW	256

static void call_plainly(const struct call *call)
{
	if (call->init)
		call->record->init_ret = call->init();
	else
		call->run();
}

static u64 limit_us(const struct call *call)
{
	return call->limit_ms ? call->limit_ms * 1000 : NO_DEADLINE_US;
}

static void run_on_one(void *arg)
{
	const struct call *call = arg;

	/* The boot CPU's part may end alone: the others are waited for. */
	if (!cpu_this())
		call->record->guard = arch_guard_current();
	call->run();
}

/* Each CPU's checks are in its own record; here is what it could not record itself. */
static void fold_call(struct test_record *record, unsigned int index)
{
	struct cpu_result result;

	cpu_call_result(index, &result);
	if (result.ret == -EFAULT)
		record_fold_exception(record, &result.exception, &result.regs);
	else if (result.ret && result.ret != TEST_ENDED && result.ret != -ETIMEDOUT)
		record_fold(record, VERDICT_FAIL, "CPU %u: %s", index, errno_name(result.ret));
}

static void call_on_all(const struct call *call)
{
	unsigned int i;

	cpu_call_all(run_on_one, (void *)call, limit_us(call));
	call->record->guard = call_guard;
	cpu_for_each_online(i)
		fold_call(call->record, i);
}

static void call_function(void *arg)
{
	struct call *call = arg;
	u64 daif, daif_left, tpidr_left, tpidr = control_tpidr();

	shield_raise(call->frames);
	if (irqchip_get())
		control_irq_unmask();
	daif = control_daif();
	if (call->all_cpus)
		call_on_all(call);
	else
		call_plainly(call);
	/* First of all: no exception can be taken without it. */
	tpidr_left = control_tpidr();
	control_tpidr_set(tpidr);
	daif_left = control_daif();
	/* What else was masked comes here; what it left pending must not come at all. */
	control_daif_set(daif | CONTROL_DAIF_I);
	/* What follows is on the main stack, or got at from there. */
	shield_lower();
	call->tpidr_changed = tpidr_left != tpidr;
	call->masked = daif_left != daif;
	call->record->returned = true;
}

static void call_on_stack(void *arg)
{
	struct call *call = arg;

	call_guard = arch_guard_current();
	call->record->guard = call_guard;
	call->frames = (const char *)__builtin_frame_address(0) - FRAMES_BELOW;
	arch_stack_call(call_function, arg, case_stack, CASE_STACK_SIZE);
}

/* In the interrupt that the alarm is: the case ends here, wherever it is. */
static void leave_late_call(struct pt_regs *regs)
{
	struct test_record *record;

	shield_lower();
	record = record_current();
	if (!record)
		return;
	record->timed_out = true;
	record->regs = *regs;
	arch_backtrace_fill(&record->exception, regs);
	arch_guarded_exit_to(call_guard, TEST_ENDED);
}

/* One that has waited for other CPUs reports those first. */
static void set_alarm(const struct call *call)
{
	u64 slack = call->all_cpus ? limit_us(call) / 4 + 500000 : 0;

	if (call->limit_ms)
		alarm_start(limit_us(call) + slack, leave_late_call);
}

static void judge_shield(struct test_record *record)
{
	u64 at;

	if (!shield_was_hit(&at))
		return;
	isolate_say(record, "the runner's own data was overwritten, at image + 0x%llx", at);
	if (shield_is_broken())
		recover_want("the runner's data was overwritten, and so was its copy");
}

static void judge_stack(struct test_record *record)
{
	if (case_stack_overflowed())
		record_fold(record, VERDICT_FAIL, "stack overflow: all %u bytes of the stack were used",
			    CASE_STACK_SIZE);
}

/* Without an interrupt that could have ended it. */
static void judge_time(const struct call *call, u64 ticks)
{
	u64 us = time_frequency() ? time_ticks_to_us(ticks) : 0;

	if (call->limit_ms && !call->all_cpus && us > limit_us(call))
		record_fold(call->record, VERDICT_TIMEOUT, "took %llu ms, the deadline is %llu ms",
			    us / 1000, call->limit_ms);
}

static void judge_end(const struct call *call, int ret, u64 ticks)
{
	struct test_record *record = call->record;

	if (record->timed_out)
		record_fold_timeout(record, call->limit_ms);
	else if (ret == -EFAULT)
		record_fold_exception(record, &record->exception, &record->regs);
	else if (!record->returned && !record->ending)
		strscpy(record->reason, "it neither returned nor ended itself",
			sizeof(record->reason));
	else
		judge_time(call, ticks);
	judge_stack(record);
}

/* Whoever overwrote it: from here on nothing that comes of it can be trusted. */
static void judge_heap(struct test_record *record)
{
	struct heap_fault fault;

	if (IS_ENABLED(CONFIG_HEAP_REDZONES) && heap_check(&fault))
		record_fold(record, VERDICT_ERROR, "heap: %zu bytes at %p, allocated at %p, were %s",
			    fault.size, fault.p, fault.place, fault.what);
	if (!heap_give_up_broken())
		return;
	isolate_say(record, "the heap was overwritten");
	recover_want("the heap was overwritten, and what else lies in it nobody knows");
}

/*
 * Without an interrupt to end it, or when that does not come. Where only the end is judged
 * it may take longer, and is late then.
 */
static u64 guard_us(const struct call *call)
{
	u64 us = limit_us(call);

	if (!call->limit_ms)
		return 0;
	us += alarm_get() ? GUARD_MARGIN_US : us + NO_ALARM_MARGIN_US;
	return call->all_cpus ? us + limit_us(call) / 4 + 500000 : us;
}

static void execute(struct call *call)
{
	struct test_record *record = call->record;
	bool untouched;
	u64 start;
	int ret;

	record_begin(record);
	case_stack_prepare();
	isolate_case_begin(call->requests, call->ends);
	if (call->mmu_off)
		isolate_mmu(true, call->all_cpus);
	set_alarm(call);
	recover_guard(guard_us(call));
	start = time_ticks();
	fault_inside(true);
	ret = arch_guarded_call(call_on_stack, call, &record->exception, &record->regs);
	fault_inside(false);
	shield_lower();
	recover_guard_behind(call->limit_ms ? BEHIND_US : 0);
	start = time_ticks() - start;
	untouched = alarm_stop();
	isolate_case_end(record, call->mmu_off, call->all_cpus);
	if (call->tpidr_changed)
		isolate_say(record, "TPIDR_EL1 was another: any exception would have hung the run");
	if (call->masked)
		isolate_say(record, "interrupts were masked otherwise (DAIF)");
	if (!untouched)
		isolate_say(record, "the timer of the deadline (%s) was set otherwise",
			    alarm_get() ? alarm_get()->name : "which is none any more");
	judge_shield(record);
	cpu_records_fold(record);
	judge_end(call, ret, start);
	judge_heap(record);
}

static u64 limit_of(unsigned int timeout_ms)
{
	return (timeout_ms ? timeout_ms : CONFIG_TEST_TIMEOUT_MS) * test_options.timeout_factor;
}

void execute_case(struct test_record *record, const struct test_case *test, enum test_mmu mmu)
{
	struct call call = {
		.record = record,
		.run = test->run,
		.limit_ms = limit_of(test->timeout_ms),
		.requests = IRQ_SCOPE_CASE, .ends = IRQ_SCOPE_CASE,
		.mmu_off = mmu == TEST_MMU_OFF,
		.all_cpus = test->all_cpus,
	};

	execute(&call);
	if (!record->checks && record->worst == VERDICT_PASS)
		record_fold(record, VERDICT_ERROR, "nothing checked");
	record_finish(record);
}

void execute_init(struct test_record *record, const struct test_suite *suite)
{
	struct call call = {
		.record = record, .init = suite->init, .limit_ms = limit_of(suite->timeout_ms),
		.requests = IRQ_SCOPE_SUITE, .ends = IRQ_SCOPE_CASE,
	};

	execute(&call);
	if (record->returned && record->init_ret)
		record_fold(record, VERDICT_ERROR, "%s", errno_name(record->init_ret));
	record_finish(record);
}

void execute_exit(struct test_record *record, const struct test_suite *suite)
{
	struct call call = {
		.record = record, .run = suite->exit, .limit_ms = limit_of(suite->timeout_ms),
		.requests = IRQ_SCOPE_CASE, .ends = IRQ_SCOPE_SUITE,
	};

	execute(&call);
	record_finish(record);
}
