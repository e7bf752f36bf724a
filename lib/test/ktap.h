/* SPDX-License-Identifier: BSD-2-Clause */
/* The report: KTAP version 1, suites nested in the run. */
#ifndef LIB_TEST_KTAP_H
#define LIB_TEST_KTAP_H

#include "verdict.h"

/** ktap_run_begin() - version and plan of the whole run */
void ktap_run_begin(unsigned int suites);

/** ktap_suite_begin() - version, name and plan of a suite */
void ktap_suite_begin(const char *suite, unsigned int cases);

/** ktap_case_begin() - the line before a case, so that a hang has a name */
void ktap_case_begin(const char *suite, const char *name);

/**
 * ktap_case_end() - the line of a result
 * @number: counted from 1 in the suite
 * @name: of the case
 * @outcome: its result
 * @reason: behind the directive, with each '#' as '_'; may be ""
 */
void ktap_case_end(unsigned int number, const char *name, enum outcome outcome,
		   const char *reason);

/** ktap_suite_end() - the suite's line in the run */
void ktap_suite_end(unsigned int number, const char *suite, bool good);

/** ktap_totals() - totals, and the last line */
void ktap_totals(const struct test_totals *totals);

/** ktap_comment() - a comment within the suite, without a newline in @fmt */
void ktap_comment(const char *fmt, ...) __printf(1, 2);

/** ktap_lines() - whole lines of text within the suite */
void ktap_lines(const char *lines);

#endif
