/* SPDX-License-Identifier: BSD-2-Clause */
/* What is known of the case that runs, and its text for the report. */
#ifndef LIB_TEST_RECORD_H
#define LIB_TEST_RECORD_H

#include <asm/exception.h>
#include <stdarg.h>
#include <test/test.h>

#define RECORD_REASON_SIZE	256
#define RECORD_TEXT_SIZE	8192
#define RECORD_MAX_SHOWN	10	/* a loop that fails throughout says little more */

struct test_record {
	enum verdict verdict;		/* CRASHED until the case has come to its end */
	enum verdict worst;		/* of what has happened in it so far */
	unsigned int checks;
	unsigned int shown;		/* failures with their text */
	unsigned int dropped;		/* failures without */
	bool returned;			/* the function came back */
	bool ending;			/* it was left through test_end_case() */
	bool has_exception;
	int init_ret;			/* what init() returned */
	struct exception_info exception;
	struct pt_regs regs;
	char reason[RECORD_REASON_SIZE];	/* of the worst verdict; "" where the text says it */
	size_t text_len;
	char text[RECORD_TEXT_SIZE];	/* lines of the failures, each with its newline; the last member */
};

/** record_begin() - empty @record and make it the one that checks write to */
void record_begin(struct test_record *record);

/**
 * record_finish() - fix the verdict; checks are no longer expected
 *
 * It stays CRASHED when the function has come to no end that is known.
 */
void record_finish(struct test_record *record);

/** record_set() - a verdict without running anything */
void record_set(struct test_record *record, enum verdict verdict, const char *reason);

/** record_current() - the record in use; NULL outside of cases, init() and exit() */
struct test_record *record_current(void);

/**
 * record_fold() - something happened; the most severe verdict stays
 * @record: the record
 * @verdict: what it makes of the case
 * @fmt: the reason; the first one of the most severe verdict stays
 */
void record_fold(struct test_record *record, enum verdict verdict,
		 const char *fmt, ...) __printf(3, 4);
void record_vfold(struct test_record *record, enum verdict verdict,
		  const char *fmt, va_list args) __printf(3, 0);

/**
 * record_add() - add lines of a failure to the text, or count it as dropped
 * @record: the record
 * @lines: whole lines
 */
void record_add(struct test_record *record, const char *lines);

/** text_make_printable() - replace control characters, so that a text stays one line */
void text_make_printable(char *text);

#endif
