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

struct guard;

struct test_record {
	enum verdict verdict;		/* CRASHED until the case has come to its end */
	enum verdict worst;		/* of what has happened in it so far */
	unsigned int checks;
	unsigned int shown;		/* failures with their text */
	unsigned int dropped;		/* failures without */
	bool returned;			/* the function came back */
	bool ending;			/* it was left through test_end_case() */
	bool has_exception;
	bool timed_out;			/* the alarm ended it; regs say where */
	int init_ret;			/* what init() returned */
	u32 generation;			/* of another CPU's record: which case it is of */
	u64 place;			/* of its last check: where it is, as far as others know */
	struct guard *guard;		/* what test_end_case() leaves; NULL: the innermost */
	struct exception_info exception;
	struct pt_regs regs;
	char reason[RECORD_REASON_SIZE];	/* of the worst verdict; "" where the text says it */
	u32 text_size;			/* room for text */
	u32 text_len;
	char text[];			/* lines of the failures, each with its newline */
};

/** RECORD_ROOM() - a static record with RECORD_TEXT_SIZE bytes of room: name.record */
#define RECORD_ROOM(name)							\
	static union {								\
		struct test_record record;					\
		char room[sizeof(struct test_record) + RECORD_TEXT_SIZE];	\
	} name

/**
 * record_clear() - empty, as a case that has not begun
 * @record: the record
 * @text_size: bytes of room for text behind it
 */
void record_clear(struct test_record *record, u32 text_size);

/** record_copy() - all of @from; both have the same room */
void record_copy(struct test_record *to, const struct test_record *from);

/** record_begin() - empty a RECORD_ROOM() and make it the one that checks write to */
void record_begin(struct test_record *record);

/**
 * record_finish() - fix the verdict; checks are no longer expected
 *
 * It stays CRASHED when the function has come to no end that is known.
 */
void record_finish(struct test_record *record);

/** record_set() - a verdict without running anything */
void record_set(struct test_record *record, enum verdict verdict, const char *reason);

/**
 * record_current() - the record in use of the CPU that asks
 *
 * NULL outside of cases, init() and exit(). Secondary CPUs have records of their
 * own (cpu_record.h).
 */
struct test_record *record_current(void);

/** record_in_flight() - the boot CPU's, from any CPU; NULL without a case */
const struct test_record *record_in_flight(void);

/** record_check() - a check was made, by code at @place; NULL: the last one known will do */
void record_check(struct test_record *record, const void *place);

/** record_end() - the case is left by its own decision */
void record_end(struct test_record *record);

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
 * record_fold_exception() - an exception that nobody expected has ended something
 * @record: of the case; keeps the first one for the report
 * @info: the exception; may be @record's own
 * @regs: the interrupted state; likewise
 */
void record_fold_exception(struct test_record *record, const struct exception_info *info,
			   const struct pt_regs *regs);

/** record_fold_timeout() - it was ended at its deadline, where record->regs say */
void record_fold_timeout(struct test_record *record, u64 limit_ms);

/**
 * record_add() - add lines of a failure to the text, or count it as dropped
 * @record: the record
 * @lines: whole lines
 */
void record_add(struct test_record *record, const char *lines);

/** text_make_printable() - replace control characters, so that a text stays one line */
void text_make_printable(char *text);

#endif
