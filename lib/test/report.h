/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands in the report under a case. */
#ifndef LIB_TEST_REPORT_H
#define LIB_TEST_REPORT_H

#include "record.h"
#include "verdict.h"

/**
 * report_case() - the line of a case and, where it is not ok, what is known of it
 * @number: counted from 1 in the suite
 * @test: the case
 * @record: its result
 * @xfail: why a failure is expected, NULL where none is
 *
 * Return: its outcome, for the totals.
 */
enum outcome report_case(unsigned int number, const struct test_case *test,
			 const struct test_record *record, const char *xfail);

/** report_failures() - what checks have said */
void report_failures(const struct test_record *record);

/** report_exception() - the dump of the exception that ended it, if one did */
void report_exception(const struct test_record *record);

#endif
