// SPDX-License-Identifier: BSD-2-Clause
#include "execute.h"
#include "select.h"
#include "stack.h"
#include <asm/mmu_off.h>
#include <asm/stack.h>
#include <base/errno.h>
#include <base/string.h>
#include <core/time.h>

struct call {
	struct test_record *record;
	void (*run)(void);
	int (*init)(void);
};

static void call_function(void *arg)
{
	const struct call *call = arg;

	if (call->init)
		call->record->init_ret = call->init();
	else
		call->run();
	call->record->returned = true;
}

static void call_on_stack(void *arg)
{
	arch_stack_call(call_function, arg, case_stack, CASE_STACK_SIZE);
}

static void record_exception(struct test_record *record)
{
	char words[RECORD_REASON_SIZE];

	record->has_exception = true;
	exception_describe(words, sizeof(words), &record->exception);
	/* A stack overflow is described as such. */
	record_fold(record, VERDICT_FAIL, "%s%s",
		    record->exception.stack_overflow ? "" : "unexpected exception: ", words);
}

static void execute(struct call *call)
{
	struct test_record *record = call->record;
	int ret;

	record_begin(record);
	case_stack_prepare();
	ret = arch_guarded_call(call_on_stack, call, &record->exception, &record->regs);
	if (ret == -EFAULT)
		record_exception(record);
	else if (!record->returned && !record->ending)
		strscpy(record->reason, "it neither returned nor ended itself",
			sizeof(record->reason));
	if (case_stack_used() == CASE_STACK_SIZE)
		record_fold(record, VERDICT_FAIL, "stack overflow: all %u bytes of the stack were used",
			    CASE_STACK_SIZE);
}

static void check_deadline(struct test_record *record, const struct test_case *test, u64 ticks)
{
	u64 limit_ms = test->timeout_ms ? test->timeout_ms : CONFIG_TEST_TIMEOUT_MS;
	u64 us;

	limit_ms *= test_options.timeout_factor;
	if (!limit_ms || !time_frequency())
		return;
	us = time_ticks_to_us(ticks);
	if (us > limit_ms * 1000)
		record_fold(record, VERDICT_TIMEOUT, "took %llu ms, the deadline is %llu ms",
			    us / 1000, limit_ms);
}

static void mmu_set(bool on)
{
	if (on)
		mmu_enable();
	else
		mmu_disable();
}

void execute_case(struct test_record *record, const struct test_case *test, enum test_mmu mmu)
{
	struct call call = { .record = record, .run = test->run };
	bool mmu_was_on = mmu_is_on();
	u64 start;

	if (mmu != TEST_MMU_ANY)
		mmu_set(mmu == TEST_MMU_ON);
	start = time_ticks();
	execute(&call);
	check_deadline(record, test, time_ticks() - start);
	mmu_set(mmu_was_on);
	if (!record->checks && record->worst == VERDICT_PASS)
		record_fold(record, VERDICT_ERROR, "nothing checked");
	record_finish(record);
}

void execute_init(struct test_record *record, const struct test_suite *suite)
{
	struct call call = { .record = record, .init = suite->init };

	execute(&call);
	if (record->returned && record->init_ret)
		record_fold(record, VERDICT_ERROR, "%s", errno_name(record->init_ret));
	record_finish(record);
}

void execute_exit(struct test_record *record, const struct test_suite *suite)
{
	struct call call = { .record = record, .run = suite->exit };

	execute(&call);
	record_finish(record);
}
