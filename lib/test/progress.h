/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A run that goes on behind a reset. What has come of each case is kept in memory
 * that a warm reset leaves alone; the next start finds it there, prints the results
 * again as those of an earlier start, and goes on behind the case that was in flight.
 * docs/resets.md says what is kept where, and what happens when it is lost.
 */
#ifndef LIB_TEST_PROGRESS_H
#define LIB_TEST_PROGRESS_H

#include "record.h"

/* What is known of something that runs: a case, or a suite's init() or exit(). */
enum progress_state {
	PROGRESS_NONE,		/* it has not begun */
	PROGRESS_DONE,		/* it has a result */
};

/**
 * progress_begin() - something begins, and may not come back
 * @what: its struct test_case, or the pointer to init or exit in its struct test_suite
 */
void progress_begin(const void *what);

/** progress_end() - it has come to an end, or to this result without beginning */
void progress_end(const void *what, const struct test_record *record);

/** progress_idle() - it has come to an end, and the next start does it again */
void progress_idle(void);

/**
 * progress_find() - what earlier starts of this run know of it
 * @what: as for progress_begin()
 * @record: filled when it is done: verdict, reason, text; may be NULL
 * @start: number of the start that it is of, counted from 1; may be NULL
 */
enum progress_state progress_find(const void *what, struct test_record *record,
				  unsigned int *start);

/** progress_errors_begin() - errors up to here are of booting: each start says them anew */
void progress_errors_begin(void);

/** progress_error_repeats() - the last error belongs to a kept result: each start says it anew */
void progress_error_repeats(void);

/**
 * progress_errors() - errors of earlier starts of this run that are no case's
 * @first: text of the first of them, "" when there is none
 *
 * Return: how many.
 */
unsigned int progress_errors(const char **first);

/** progress_start() - number of this start in the run: 1 when nothing came before */
unsigned int progress_start(void);

/** progress_is_futile() - the machine was reset so often that no further case is begun */
bool progress_is_futile(void);

/** progress_over() - the run has all its results: the next start begins another */
void progress_over(void);

/** progress_resets() - whether progress_reset() can go on behind a reset */
bool progress_resets(void);

/** progress_note() - what progress_reset() would keep, for the case that even that fails */
void progress_note(enum verdict verdict, const char *reason);

/**
 * progress_reset() - give up the case in flight, reset the machine, go on behind it
 * @verdict: of that case
 * @reason: with the place where it was; up to RECORD_REASON_SIZE
 *
 * From any CPU, with its MMU and its interrupts in any state. The line "# reset: ..."
 * is printed, the result is kept, and the machine reset by the best way that is there.
 * Where nothing can be kept, or nothing resets, "Bail out!" names the word that goes on
 * behind the case, and the machine is switched off or halts.
 */
void progress_reset(enum verdict verdict, const char *reason) __noreturn;

#endif
