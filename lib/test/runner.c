// SPDX-License-Identifier: BSD-2-Clause
/*
 * The runner: selects, runs, judges, reports. It is the last stage of
 * start(); what it returns is the run's verdict.
 */
#include "cpu_record.h"
#include "early.h"
#include "execute.h"
#include "isolate.h"
#include "ktap.h"
#include "progress.h"
#include "report.h"
#include "results.h"
#include "recover.h"
#include "select.h"
#include "shield.h"
#include <asm/stack.h>
#include <base/printf.h>
#include <base/string.h>
#include <core/console.h>
#include <core/cpu.h>
#include <core/fault.h>
#include <core/log.h>
#include <core/stage.h>

static struct test_totals totals RUNNER_DATA;

/* Too large for a stack. */
RECORD_ROOM(case_room);
RECORD_ROOM(repeat_room);
RECORD_ROOM(init_room);
RECORD_ROOM(exit_room);

/* Why the cases of a suite cannot run, after its init(). */
struct suite_state {
	enum verdict verdict;	/* PASS: they can */
	const char *reason;
};

static bool has_case_to_run(const struct plan_suite *entry)
{
	for (unsigned int i = 0; i < entry->count; i++)
		if (!entry->cases[i].skip && !early_result(entry->cases[i].test) &&
		    !progress_find(entry->cases[i].test, NULL, NULL))
			return true;
	return false;
}

/* What failed is not done again in the next start, and none of it is forgotten there. */
static void keep_failure(const void *what, const struct test_record *record)
{
	if (record->verdict > VERDICT_SKIP)
		progress_end(what, record);
	else
		progress_idle();
}

static struct suite_state suite_begin(const struct plan_suite *entry)
{
	static char reason[RECORD_REASON_SIZE + 16];
	struct suite_state state = { .verdict = VERDICT_PASS };
	struct test_record *record = &init_room.record;

	if (!entry->suite->init)
		return state;
	if (!progress_find(&entry->suite->init, record, NULL)) {
		fault_scope(entry->suite->name, "");
		progress_begin(&entry->suite->init);
		execute_init(record, entry->suite);
		keep_failure(&entry->suite->init, record);
		recover();
	}
	if (record->verdict == VERDICT_PASS)
		return state;
	report_failures(record);
	report_exception(record);
	state.verdict = record->verdict == VERDICT_SKIP ? VERDICT_SKIP : VERDICT_ERROR;
	state.reason = record->reason;
	if (state.verdict == VERDICT_ERROR) {
		snprintf(reason, sizeof(reason), "init(): %s",
			 record->reason[0] ? record->reason : "a check did not hold");
		state.reason = reason;
	}
	return state;
}

static void report_exit(const struct plan_suite *entry, const struct test_record *record)
{
	if (record->verdict <= VERDICT_SKIP)
		return;
	report_failures(record);
	report_exception(record);
	pr_err("suite %s: exit() failed: %s", entry->suite->name,
	       record->reason[0] ? record->reason : "a check did not hold");
	progress_error_repeats();
}

static void suite_end(const struct plan_suite *entry)
{
	struct test_record *record = &exit_room.record;
	u32 intid;

	if (!entry->suite->exit) {
		/* What init() has requested goes all the same. */
		irq_scope_end(IRQ_SCOPE_SUITE, &intid);
		return;
	}
	fault_scope(entry->suite->name, "");
	progress_begin(&entry->suite->exit);
	execute_exit(record, entry->suite);
	keep_failure(&entry->suite->exit, record);
	report_exit(entry, record);
	recover();
}

/* All runs count; the record of the worst is kept. */
static void run_repeatedly(const struct test_suite *suite, const struct test_case *test)
{
	enum test_mmu mmu = case_mmu(suite, test);
	struct test_record *record = &case_room.record, *again = &repeat_room.record;
	u64 bad = 0, worst_run = 1;

	fault_scope(suite->name, test->name);
	execute_case(record, test, mmu);
	bad += record->verdict > VERDICT_SKIP;
	for (u64 run = 2; run <= test_options.repeat; run++) {
		execute_case(again, test, mmu);
		bad += again->verdict > VERDICT_SKIP;
		if (again->verdict <= record->verdict)
			continue;
		record_copy(record, again);
		worst_run = run;
	}
	if (bad && test_options.repeat > 1)
		ktap_comment("repeat:   %llu of %llu runs did not pass; what follows is of run %llu",
			     bad, test_options.repeat, worst_run);
}

static void run_for_progress(const struct test_suite *suite, const struct test_case *test)
{
	progress_begin(test);
	run_repeatedly(suite, test);
	progress_end(test, &case_room.record);
}

/* They were there when the plan was made. */
static const char *cpus_gone(const struct test_case *test)
{
	return test->needs & NEED_SMP && cpu_online_count() < 2 ?
	       "needs a second CPU that runs, and the last one was lost" : NULL;
}

/* Said where it changes, so that each result is known to be of this start or an earlier one. */
static void say_start(unsigned int start)
{
	static unsigned int said = 1;

	if (start != said)
		ktap_comment("start %u of this run:", start);
	said = start;
}

static enum outcome report_earlier(const struct plan_suite *entry, unsigned int index,
				   unsigned int start)
{
	const struct plan_case *plan = &entry->cases[index];
	enum outcome outcome;

	say_start(start);
	outcome = report_case(index + 1, plan->test, &case_room.record, plan->xfail);
	results_case(entry->suite->name, plan->test->name, outcome, &case_room.record);
	return outcome;
}

static enum outcome run_case(const struct plan_suite *entry, unsigned int index,
			     const struct suite_state *state)
{
	const struct plan_case *plan = &entry->cases[index];
	const char *xfail = plan->xfail, *gone = cpus_gone(plan->test);
	const struct test_record *early = early_result(plan->test);
	enum outcome outcome;
	unsigned int start;

	if (!plan->skip && progress_find(plan->test, &case_room.record, &start))
		return report_earlier(entry, index, start);
	say_start(progress_start());
	ktap_case_begin(entry->suite->name, plan->test->name);
	if (plan->skip)
		record_set(&case_room.record, VERDICT_SKIP, plan->skip);
	else if (early)
		record_copy(&case_room.record, early);
	else if (gone)
		record_set(&case_room.record, VERDICT_SKIP, gone);
	else if (state->verdict != VERDICT_PASS)
		record_set(&case_room.record, state->verdict, state->reason);
	else if (progress_is_futile())
		record_set(&case_room.record, VERDICT_ERROR,
			   "not run: the machine was reset too often in this run");
	else
		run_for_progress(entry->suite, plan->test);
	outcome = report_case(index + 1, plan->test, &case_room.record, xfail);
	if (!early || plan->test->last_call)
		results_case(entry->suite->name, plan->test->name, outcome, &case_room.record);
	return outcome;
}

static void run_suite(unsigned int number, const struct plan_suite *entry)
{
	struct suite_state state = { .verdict = VERDICT_PASS };
	bool used = has_case_to_run(entry);
	bool good = true;

	ktap_suite_begin(entry->suite->name, entry->count);
	recover_spare_watchdogs(entry->suite->has_watchdogs);
	if (used)
		state = suite_begin(entry);
	for (unsigned int i = 0; i < entry->count; i++) {
		enum outcome outcome = run_case(entry, i, &state);

		recover();

		totals.count[outcome]++;
		good &= outcome_is_good(outcome);
	}
	if (used)
		suite_end(entry);
	else if (progress_find(&entry->suite->exit, &exit_room.record, NULL))
		report_exit(entry, &exit_room.record);
	ktap_suite_end(number, entry->suite->name, good);
}

/*
 * A run that says nothing of the machine must not end well. Without any case it
 * was for "list", or plan_build() has said why.
 */
static void require_tested(void)
{
	unsigned int cases = 0;

	for (unsigned int i = 0; i < OUTCOMES; i++)
		cases += totals.count[i];
	if (cases && totals.count[OUTCOME_SKIP] == cases)
		pr_err("nothing was tested: all %u selected cases were skipped", cases);
}

/* Errors that belong to no case, as a suite of one. */
static void report_environment(unsigned int number)
{
	static const struct test_case clean = { .name = "clean" };
	const char *first;
	unsigned int earlier = progress_errors(&first), errors = earlier + error_count();
	enum outcome outcome;

	ktap_suite_begin("environment", 1);
	ktap_case_begin("environment", clean.name);
	record_set(&case_room.record, errors ? VERDICT_ERROR : VERDICT_PASS,
		   earlier ? first : error_first_text());
	outcome = report_case(1, &clean, &case_room.record, NULL);
	if (errors > 1)
		ktap_comment("errors:   %u, each on a line \"# error:\" above", errors);
	totals.count[outcome]++;
	ktap_suite_end(number, "environment", !errors);
}

static void list_cases(const struct plan *plan)
{
	for (unsigned int s = 0; s < plan->count; s++) {
		const struct plan_suite *entry = &plan->suites[s];

		for (unsigned int c = 0; c < entry->count; c++) {
			const struct test_case *test = entry->cases[c].test;

			if (entry->cases[c].unwanted)
				continue;
			console_printf("# list %s.%s%s%s\n", entry->suite->name, test->name,
				       test->spec ? " " : "", test->spec ? test->spec : "");
		}
	}
}

static void run_numbered(unsigned int number, const struct plan_suite *entry, unsigned int suites)
{
	results_suite(entry->suite->name, number, suites);
	run_suite(number, entry);
}

static int runner_run(struct boot_info *bi)
{
	static struct plan plan RUNNER_DATA;
	static bool built RUNNER_DATA;
	unsigned int number = 1;

	(void)bi;
	/* finish=menu may run it all again. */
	if (!built)
		plan_build(&plan);
	built = true;
	cpu_records_prepare();
	isolate_run_begin();
	recover_begin();
	progress_errors_begin();
	memset(&totals, 0, sizeof(totals));
	ktap_run_begin(test_options.list ? 1 : plan.count + 1);
	if (progress_start() > 1)
		console_printf("# start %u of this run: it goes on behind a reset\n", progress_start());
	if (test_options.shuffle)
		console_printf("# shuffle: seed %llu\n", test_options.seed);
	if (test_options.list)
		list_cases(&plan);
	else
		for (unsigned int s = 0; s < plan.count; s++)
			run_numbered(number++, &plan.suites[s], plan.count);
	require_tested();
	fault_report();
	report_environment(number);
	recover_end();
	results_end(&totals);
	ktap_totals(&totals);
	progress_over();
	return totals_failed(&totals);
}

STAGE(runner, "50", .when = STAGE_RUN, .run = runner_run);
