/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Checks for C tests on the build machine. Output is TAP: a line a case, with
 * comments before it that say what was found, then the plan and a summary.
 */
#ifndef CTEST_H
#define CTEST_H

#include <host.h>

/** CTEST() - run a function void fn(void) as a case */
#define CTEST(fn) ctest_run(#fn, fn)

void ctest_run(const char *name, void (*fn)(void));

/**
 * ctest_end() - print plan and summary
 *
 * Return: the program's exit status: 0, or 1 when any case failed or none ran.
 */
int ctest_end(void);

/*
 * Record a failure: a line of the expression, then the message, which begins
 * with a blank. Only the first 10 of a case are printed, the rest are counted.
 */
bool ctest_check(bool ok, const char *file, int line, const char *expr,
		 const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/** EXPECT() - expression is true; an optional message in printf() form follows */
#define EXPECT(cond, ...) \
	ctest_check((cond), __FILE__, __LINE__, #cond, " " __VA_ARGS__)

/** EXPECT_EQ() - two integers are equal */
#define EXPECT_EQ(a, b) ({							\
	__auto_type _a = (a);							\
	__auto_type _b = (b);							\
	ctest_check(_a == (__typeof__(_a))_b, __FILE__, __LINE__, #a " == " #b,	\
		    " found %lld (0x%llx), expected %lld (0x%llx)",		\
		    (long long)_a, (unsigned long long)_a,			\
		    (long long)_b, (unsigned long long)_b);			\
})

/** EXPECT_STREQ() - two strings are equal */
#define EXPECT_STREQ(a, b) ({							\
	const char *_a = (a), *_b = (b);					\
	ctest_check(_a && _b && !strcmp(_a, _b), __FILE__, __LINE__,		\
		    #a " == " #b, " found \"%s\", expected \"%s\"",		\
		    _a ? _a : "(null)", _b ? _b : "(null)");			\
})

#endif
