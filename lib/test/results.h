/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Results for somebody who has nothing but the stick that the image was started
 * from: docs/no-serial-line.md says what is written where, and when.
 */
#ifndef LIB_TEST_RESULTS_H
#define LIB_TEST_RESULTS_H

#include "record.h"
#include "verdict.h"

/**
 * results_begin() - while boot services live: begin the file of this start
 *
 * And write out what the last start kept in the variable. Without a file system
 * that can be written, or with results=off, this and all that follow do nothing.
 */
void results_begin(void);

/** results_are_kept() - whether those of the whole run will be: there is a file, and a variable */
bool results_are_kept(void);

/** results_early() - while boot services live: add lines to the file, at once */
void results_early(const char *lines);

/** results_suite() - a suite begins */
void results_suite(const char *suite, unsigned int number, unsigned int suites);

/** results_case() - the result of a case; kept when it is not good */
void results_case(const char *suite, const char *name, enum outcome outcome,
		  const struct test_record *record);

/** results_end() - the run is over: the variable has it whole */
void results_end(const struct test_totals *totals);

#endif
