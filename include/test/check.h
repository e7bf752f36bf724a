/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Checks. What was found comes first, what is expected second; printf
 * arguments behind them say what was looked at and are evaluated only when the
 * check fails:
 *
 *	CHECK_EQ(cells, 2U, "node %s", path);
 *	REQUIRE(fdt_check_header(fdt) == 0);
 *	CHECK_MEMEQ(oem_id, "BOCHS ", 6, "table %.4s", name);
 *
 * CHECK* is an expression, true when it held, and goes on after a failure;
 * REQUIRE* ends the case. Operands are evaluated once and compared in their own
 * types: mixing signed and unsigned does not compile, so write 2U, or cast where
 * the conversion is meant. An enumerator is an int: compare an enum variable with
 * (enum x)X. A bit-field needs a cast as well.
 *
 * All of it works in a suite's init() and exit() too: a failure there is an
 * ERROR of the cases, SKIP() in init() skips them all.
 */
#ifndef TEST_CHECK_H
#define TEST_CHECK_H

#include <base/compiler.h>
#include <base/string.h>
#include <base/types.h>

struct exception_info;
struct pt_regs;

/* The whole point of comparing in the operands' own types. */
#pragma GCC diagnostic error "-Wsign-compare"

enum check_kind {
	CHECK_KIND_SIGNED = 0x10,	/* the low four bits hold the size in bytes */
	CHECK_KIND_UNSIGNED = 0x20,
	CHECK_KIND_BOOL = 0x30,
	CHECK_KIND_POINTER = 0x40,
	CHECK_KIND_MASK = 0xf0,
};

/** struct check_site - what is known of a check when it is compiled */
struct check_site {
	const char *file;
	const char *text;	/* "CHECK_EQ(a, b)" as it is written */
	u16 line;
	u8 found;		/* enum check_kind | size of the operand */
	u8 expected;
};

#define CHECK_KIND(v) (u8)(_Generic((v),					\
	bool: CHECK_KIND_BOOL,							\
	char: (char)-1 < (char)1 ? CHECK_KIND_SIGNED : CHECK_KIND_UNSIGNED,	\
	signed char: CHECK_KIND_SIGNED, short: CHECK_KIND_SIGNED,		\
	int: CHECK_KIND_SIGNED, long: CHECK_KIND_SIGNED,			\
	long long: CHECK_KIND_SIGNED,						\
	unsigned char: CHECK_KIND_UNSIGNED, unsigned short: CHECK_KIND_UNSIGNED, \
	unsigned int: CHECK_KIND_UNSIGNED, unsigned long: CHECK_KIND_UNSIGNED,	\
	unsigned long long: CHECK_KIND_UNSIGNED,				\
	default: CHECK_KIND_POINTER) | sizeof(v))

#define CHECK_SITE(name, what, found_kind, expected_kind)			\
	static const struct check_site name = {					\
		__FILE__, what, __LINE__, found_kind, expected_kind,		\
	}

#define CHECK_CONDITION(what, cond, ...) ({					\
	CHECK_SITE(_site, what, CHECK_KIND_BOOL | 1, CHECK_KIND_BOOL | 1);	\
	(cond) ? test_check_passed() :						\
		test_check_failed(&_site, 0, 1, " " __VA_ARGS__);		\
})

#define CHECK_COMPARE(what, op, a, b, ...) ({					\
	__auto_type _found = (a);						\
	__auto_type _expected = (b);						\
	CHECK_SITE(_site, what, CHECK_KIND(_found), CHECK_KIND(_expected));	\
	(_found op _expected) ? test_check_passed() :				\
		test_check_failed(&_site, (u64)(uintptr_t)_found,		\
				  (u64)(uintptr_t)_expected, " " __VA_ARGS__);	\
})

#define CHECK_STRING(what, a, b, ...) ({					\
	const char *_found = (a);						\
	const char *_expected = (b);						\
	CHECK_SITE(_site, what, CHECK_KIND_POINTER, CHECK_KIND_POINTER);	\
	test_string_equal(_found, _expected) ? test_check_passed() :		\
		test_check_failed_string(&_site, _found, _expected,		\
					 " " __VA_ARGS__);			\
})

#define CHECK_MEMORY(what, a, b, n, ...) ({					\
	const void *_found = (a);						\
	const void *_expected = (b);						\
	size_t _size = (n);							\
	CHECK_SITE(_site, what, CHECK_KIND_POINTER, CHECK_KIND_POINTER);	\
	memcmp(_found, _expected, _size) == 0 ? test_check_passed() :		\
		test_check_failed_memory(&_site, _found, _expected, _size,	\
					 " " __VA_ARGS__);			\
})

/** CHECK() - @cond holds; goes on when it does not */
#define CHECK(cond, ...) CHECK_CONDITION("CHECK(" #cond ")", cond, __VA_ARGS__)

/** CHECK_EQ() and the like - compare two integers, bools or pointers */
#define CHECK_EQ(a, b, ...) CHECK_COMPARE("CHECK_EQ(" #a ", " #b ")", ==, a, b, __VA_ARGS__)
#define CHECK_NE(a, b, ...) CHECK_COMPARE("CHECK_NE(" #a ", " #b ")", !=, a, b, __VA_ARGS__)
#define CHECK_LT(a, b, ...) CHECK_COMPARE("CHECK_LT(" #a ", " #b ")", <, a, b, __VA_ARGS__)
#define CHECK_LE(a, b, ...) CHECK_COMPARE("CHECK_LE(" #a ", " #b ")", <=, a, b, __VA_ARGS__)
#define CHECK_GT(a, b, ...) CHECK_COMPARE("CHECK_GT(" #a ", " #b ")", >, a, b, __VA_ARGS__)
#define CHECK_GE(a, b, ...) CHECK_COMPARE("CHECK_GE(" #a ", " #b ")", >=, a, b, __VA_ARGS__)

/** CHECK_STREQ() - two strings are equal; NULL equals only NULL */
#define CHECK_STREQ(a, b, ...) CHECK_STRING("CHECK_STREQ(" #a ", " #b ")", a, b, __VA_ARGS__)

/** CHECK_MEMEQ() - @n bytes are equal */
#define CHECK_MEMEQ(a, b, n, ...) \
	CHECK_MEMORY("CHECK_MEMEQ(" #a ", " #b ", " #n ")", a, b, n, __VA_ARGS__)

/** REQUIRE() and the like - the same, and end the case when it does not hold */
#define REQUIRE(cond, ...) \
	test_require(CHECK_CONDITION("REQUIRE(" #cond ")", cond, __VA_ARGS__))
#define REQUIRE_EQ(a, b, ...) \
	test_require(CHECK_COMPARE("REQUIRE_EQ(" #a ", " #b ")", ==, a, b, __VA_ARGS__))
#define REQUIRE_NE(a, b, ...) \
	test_require(CHECK_COMPARE("REQUIRE_NE(" #a ", " #b ")", !=, a, b, __VA_ARGS__))
#define REQUIRE_LT(a, b, ...) \
	test_require(CHECK_COMPARE("REQUIRE_LT(" #a ", " #b ")", <, a, b, __VA_ARGS__))
#define REQUIRE_LE(a, b, ...) \
	test_require(CHECK_COMPARE("REQUIRE_LE(" #a ", " #b ")", <=, a, b, __VA_ARGS__))
#define REQUIRE_GT(a, b, ...) \
	test_require(CHECK_COMPARE("REQUIRE_GT(" #a ", " #b ")", >, a, b, __VA_ARGS__))
#define REQUIRE_GE(a, b, ...) \
	test_require(CHECK_COMPARE("REQUIRE_GE(" #a ", " #b ")", >=, a, b, __VA_ARGS__))
#define REQUIRE_STREQ(a, b, ...) \
	test_require(CHECK_STRING("REQUIRE_STREQ(" #a ", " #b ")", a, b, __VA_ARGS__))
#define REQUIRE_MEMEQ(a, b, n, ...) \
	test_require(CHECK_MEMORY("REQUIRE_MEMEQ(" #a ", " #b ", " #n ")", a, b, n, __VA_ARGS__))

/** FAIL() - record a failure that no check expresses, with printf arguments; goes on */
#define FAIL(...) ({								\
	CHECK_SITE(_site, "FAIL", 0, 0);					\
	test_fail(&_site, __VA_ARGS__);						\
})

/** ERROR() - end the case: not the machine but the test or its environment is broken */
#define ERROR(...) ({								\
	CHECK_SITE(_site, "ERROR", 0, 0);					\
	test_error(&_site, __VA_ARGS__);					\
})

/** SKIP() - end the case, or in init() the suite: it does not apply here, and why */
#define SKIP(...) test_skip(__VA_ARGS__)

/**
 * test_check_passed() - count a check that held
 *
 * A case that returns without any is an ERROR: it tested nothing.
 *
 * Return: true.
 */
bool test_check_passed(void);

/**
 * test_check_failed() - record a failed comparison; used by the macros
 * @site: the check
 * @found: left operand, sign-extended
 * @expected: right operand, likewise
 * @fmt: a blank, then the place in words
 *
 * Return: false.
 */
bool test_check_failed(const struct check_site *site, u64 found, u64 expected,
		       const char *fmt, ...) __printf(4, 5);
bool test_check_failed_string(const struct check_site *site, const char *found,
			      const char *expected, const char *fmt, ...) __printf(4, 5);
bool test_check_failed_memory(const struct check_site *site, const void *found,
			      const void *expected, size_t size,
			      const char *fmt, ...) __printf(5, 6);

/** test_string_equal() - strcmp() == 0, where NULL equals only NULL */
bool test_string_equal(const char *a, const char *b);

void test_fail(const struct check_site *site, const char *fmt, ...) __printf(2, 3);
void test_error(const struct check_site *site, const char *fmt, ...) __printf(2, 3) __noreturn;
void test_skip(const char *fmt, ...) __printf(1, 2) __noreturn;

/**
 * test_diag() - print a comment under the case that runs, at once
 * @fmt: one line, without a newline
 */
void test_diag(const char *fmt, ...) __printf(1, 2);

/**
 * test_end_case() - end the case with the verdict it has so far; exit() still runs
 */
void test_end_case(void) __noreturn;

static inline bool test_require(bool held)
{
	if (!held)
		test_end_case();
	return held;
}

/**
 * test_guarded_call() - arch_guarded_call() for tests
 * @fn: called with @arg; REQUIRE(), SKIP() and ERROR() in it end the whole case,
 *	where a bare arch_guarded_call() would return into it
 * @arg: passed on
 * @info: filled when an exception ended @fn; may be NULL
 * @regs: likewise
 *
 * Return: 0 when @fn returned, -EFAULT when an exception ended it.
 */
int test_guarded_call(void (*fn)(void *arg), void *arg,
		      struct exception_info *info, struct pt_regs *regs);

#endif
