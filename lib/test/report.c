// SPDX-License-Identifier: BSD-2-Clause
#include "report.h"
#include "ktap.h"
#include <core/exception.h>

void report_failures(const struct test_record *record)
{
	ktap_lines(record->text);
	if (record->dropped)
		ktap_comment("more:     %u failures of which nothing is shown", record->dropped);
}

void report_exception(const struct test_record *record)
{
	if (record->has_exception)
		exception_dump("exception", &record->regs, &record->exception);
	else if (record->timed_out)
		exception_dump_place("deadline: it was here", &record->regs, &record->exception);
}

static void report_case_details(const struct test_case *test, const struct test_record *record,
				const char *shown_reason)
{
	report_failures(record);
	if (record->reason[0] && shown_reason != record->reason)
		ktap_comment("reason:   %s", record->reason);
	/* An ERROR says nothing about the machine, so no clause is broken. */
	if (record->verdict >= VERDICT_FAIL) {
		if (test->spec)
			ktap_comment("clause:   %s", test->spec);
		if (test->hint)
			ktap_comment("hint:     %s", test->hint);
	}
	report_exception(record);
}

enum outcome report_case(unsigned int number, const struct test_case *test,
			 const struct test_record *record, const char *xfail)
{
	enum outcome outcome = outcome_of(record->verdict, xfail);
	const char *reason = record->reason;

	if (outcome == OUTCOME_XFAIL || outcome == OUTCOME_XPASS)
		reason = xfail;
	ktap_case_end(number, test->name, outcome, reason);
	/* Behind a plain "not ok" there is no room for a reason. */
	if (outcome == OUTCOME_FAIL)
		reason = NULL;
	if (outcome != OUTCOME_PASS && outcome != OUTCOME_SKIP)
		report_case_details(test, record, reason);
	return outcome;
}
