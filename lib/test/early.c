// SPDX-License-Identifier: BSD-2-Clause
/*
 * The machine is still the firmware's: its timer, its interrupts, its console. So a case
 * runs without an alarm and without the isolation of later ones; exceptions are ours
 * (early_guard.h), and what the firmware's interrupts find late is ended behind them.
 * Where none comes the firmware's watchdog is what ends a case that hangs (UEFI 2.10
 * 7.5), by a reset; its name stands on the firmware's console and in the file of results
 * then, without a result, and the next start goes on behind it.
 */
#include "early.h"
#include "early_guard.h"
#include "ktap.h"
#include "progress.h"
#include "results.h"
#include "select.h"
#include "verdict.h"
#include <asm/exception.h>
#include <base/kconfig.h>
#include <base/printf.h>
#include <core/heap.h>
#include <core/log.h>
#include <core/stage.h>
#include <core/time.h>

struct early {
	struct list_head node;
	const struct test_case *test;
	struct test_record record;	/* last: its text is behind it */
};

static LIST_HEAD(results);
RECORD_ROOM(early_room);

const struct test_record *early_result(const struct test_case *test)
{
	const struct early *early;

	list_for_each_entry(early, &results, node)
		if (early->test == test)
			return &early->record;
	return NULL;
}

struct early_call {
	const struct test_case *test;
	struct test_record *record;
};

static void call_case(void *arg)
{
	const struct early_call *call = arg;

	call->record->guard = arch_guard_current();
	call->test->run();
	call->record->returned = true;
}

static void judge(struct test_record *record, u64 us, u64 limit_us, int ret)
{
	if (record->timed_out)
		record_fold_timeout(record, limit_us / 1000);
	else if (ret == -EFAULT)
		record_fold_exception(record, &record->exception, &record->regs);
	else if (limit_us && us > limit_us)
		record_fold(record, VERDICT_TIMEOUT, "took %llu ms, the deadline is %llu ms",
			    us / 1000, limit_us / 1000);
	else if (!record->checks && record->worst == VERDICT_PASS)
		record_fold(record, VERDICT_ERROR, "nothing checked");
}

static void execute(struct test_record *record, const struct test_case *test, u64 limit_us)
{
	struct early_call call = { .test = test, .record = record };
	u64 ticks = time_ticks();
	int ret;

	record_begin(record);
	early_guard_begin(record, limit_us);
	ret = arch_guarded_call(call_case, &call, &record->exception, &record->regs);
	early_guard_end();
	ticks = time_ticks() - ticks;
	if (!record->returned && !test->last_call)
		boot_info_get()->services->settle();
	judge(record, time_frequency() ? time_ticks_to_us(ticks) : 0, limit_us, ret);
	record_finish(record);
}

static void keep(const struct test_case *test, const struct test_record *record)
{
	struct early *early = heap_alloc(sizeof(*early) + record->text_len + 1);

	if (!early) {
		pr_err("no memory for the result of %s: raise CONFIG_HEAP_KIB", test->name);
		return;
	}
	early->test = test;
	record_copy(&early->record, record);
	list_add_tail(&early->node, &results);
}

/* On the stick, and then on the firmware's console: what is read there is kept. */
static void say(const struct boot_services *services, const char *line)
{
	results_early(line);
	services->puts(line);
}

static void say_result(const struct boot_services *services, const struct test_suite *suite,
		       const struct test_case *test, const struct test_record *record)
{
	enum outcome outcome = outcome_of(record->verdict, false);
	const char *directive = outcome_directive(outcome);
	char line[RECORD_REASON_SIZE + 192];

	snprintf(line, sizeof(line), "%s %s.%s%s%s%s%s\n",
		 outcome_is_good(outcome) ? "ok" : "not ok", suite->name, test->name,
		 *directive ? " # " : "", directive, record->reason[0] ? " " : "", record->reason);
	say(services, line);
	if (record->text[0])
		say(services, record->text);
}

static void run_case(const struct boot_services *services, const struct test_suite *suite,
		     const struct test_case *test)
{
	u64 limit_ms = (test->timeout_ms ? test->timeout_ms : CONFIG_TEST_TIMEOUT_MS) *
		       test_options.timeout_factor;
	char line[192];

	/* In an earlier start of this run. */
	if (progress_find(test, NULL, NULL))
		return;
	/* It has its result in the report: reset too often. */
	if (progress_is_futile())
		return;
	progress_begin(test);
	snprintf(line, sizeof(line), "# run %s.%s\n", suite->name, test->name);
	say(services, line);
	/* The firmware's clock may be coarse: it is the case's own deadline that judges. */
	if (limit_ms)
		services->watchdog(2 * limit_ms / 1000 + 5);
	execute(&early_room.record, test, limit_ms * 1000);
	progress_end(test, &early_room.record);
	keep(test, &early_room.record);
	if (test->last_call)
		return;
	services->watchdog(0);
	say_result(services, suite, test, &early_room.record);
}

static void run_cases(const struct boot_services *services, bool last)
{
	const struct test_suite *const *suite;
	const struct test_case *test;

	table_for_each(suite, suite) {
		for (test = (*suite)->cases; test->name; test++)
			if (test->phase == TEST_PHASE_BOOT_SERVICES && test->last_call == last &&
			    plan_wants(*suite, test))
				run_case(services, *suite, test);
	}
}

static int run_early(struct boot_info *bi)
{
	if (!bi->services || test_options.list)
		return 0;
	results_begin();
	run_cases(bi->services, false);
	return results_are_kept();
}
STAGE(early_cases, "50", .when = STAGE_SERVICES, .run = run_early);

/* Those that only memory services may follow, whatever suite they are of. */
static int run_last_calls(struct boot_info *bi)
{
	if (bi->services && !test_options.list)
		run_cases(bi->services, true);
	return 0;
}
STAGE(last_calls, "50", .when = STAGE_LEAVE, .run = run_last_calls);
