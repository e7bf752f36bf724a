// SPDX-License-Identifier: BSD-2-Clause
/*
 * Suites whose init() does not succeed: none of their cases may run, each has
 * a verdict all the same, and exit() runs.
 */
#include <base/errno.h>
#include <test/test.h>
#include "selftest.h"

static unsigned int init_exits;

unsigned int selftest_init_exits(void)
{
	return init_exits;
}

static void count_exit(void)
{
	init_exits++;
}

static void first(void)
{
	CHECK(false, "ran although init() did not succeed");
}

static void second(void)
{
	CHECK(false, "ran although init() did not succeed");
}

static const struct test_case two_cases[] = {
	TEST_CASE(first),
	TEST_CASE(second),
	{}
};

static int init_errno(void)
{
	return -ENODEV;
}
TEST_SUITE(selftest_init_errno, .about = "init() returns -ENODEV", .init = init_errno,
	   .exit = count_exit, .cases = two_cases);

static int init_check(void)
{
	CHECK_EQ(1, 2);
	return 0;
}
TEST_SUITE(selftest_init_check, .about = "init() fails a check", .init = init_check,
	   .exit = count_exit, .cases = two_cases);

static int init_skip(void)
{
	SKIP("nothing of the kind here");
	return 0;
}
TEST_SUITE(selftest_init_skip, .about = "init() skips", .init = init_skip,
	   .exit = count_exit, .cases = two_cases);

static int init_fault(void)
{
	return *(const volatile int *)0xdead000000000000ULL;
}
TEST_SUITE(selftest_init_fault, .about = "init() takes an exception", .init = init_fault,
	   .exit = count_exit, .cases = two_cases);

static int init_ok(void)
{
	return 0;
}

static void exits_ran(void)
{
	CHECK_EQ(selftest_exits(), 1U);
	CHECK_EQ(selftest_init_exits(), 4U);
}

static const struct test_case last_cases[] = {
	TEST_CASE(exits_ran),
	{}
};
TEST_SUITE(selftest_last, .about = "runs behind the others", .init = init_ok,
	   .cases = last_cases);
