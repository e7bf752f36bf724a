// SPDX-License-Identifier: BSD-2-Clause
/*
 * Cases that break: an exception, or the end of the stack, costs the case and
 * nothing else. The last case finds the runner and its stack as they should be.
 */
#include <asm/exception.h>
#include <asm/stack.h>
#include <base/errno.h>
#include <test/test.h>

/* Beyond any page table of 48 or 52 bits: no address of any machine. */
#define NOWHERE	((const volatile u32 *)0xdead000000000000ULL)

static bool went_on;

static u64 __noinline use_stack(unsigned int depth)
{
	volatile u64 frame[64];

	frame[depth % 64] = depth;
	return depth ? use_stack(depth - 1) + frame[depth % 64] : 0;
}

static void read_nowhere(void *arg)
{
	(void)arg;
	(void)*NOWHERE;
}

static void require_false(void *arg)
{
	(void)arg;
	REQUIRE(false, "inside of a guarded call");
}

static void takes_data_abort(void)
{
	CHECK(true);
	read_nowhere(NULL);
}

static void takes_data_abort_behind_failure(void)
{
	CHECK_EQ(1, 2);
	read_nowhere(NULL);
}

static void executes_trap(void)
{
	CHECK(true);
	__builtin_trap();
}

static void overflows_stack(void)
{
	CHECK_NE(use_stack(4096), 0ULL);
}

static void absorbs_exception(void)
{
	struct exception_info info;

	REQUIRE_EQ(test_guarded_call(read_nowhere, NULL, &info, NULL), -EFAULT);
}

static void requires_in_guarded_call(void)
{
	test_guarded_call(require_false, NULL, NULL, NULL);
	went_on = true;
}

/* As an overflow would where no guard page is. */
static void writes_end_of_stack(void)
{
	CHECK(true);
	*(volatile u64 *)case_stack = 0;
}

static void known_abort(void)
{
	read_nowhere(NULL);
}

static void runs_after_all_that(void)
{
	CHECK_NE(use_stack(64), 0ULL);
}

static void faults_exit(void)
{
	/* Fails the suite "environment". */
	CHECK(!went_on, "a case went on behind a REQUIRE() in a guarded call");
}

static const struct test_case selftest_faults_cases[] = {
	TEST_CASE(takes_data_abort, .spec = "SPEC-B 1", .hint = "nothing is mapped there"),
	TEST_CASE(takes_data_abort_behind_failure),
	TEST_CASE(executes_trap),
	TEST_CASE(overflows_stack),
	TEST_CASE(absorbs_exception),
	TEST_CASE(requires_in_guarded_call),
	TEST_CASE(writes_end_of_stack),
	TEST_CASE(known_abort),
	TEST_CASE(runs_after_all_that),
	{}
};
TEST_SUITE(selftest_faults, .about = "cases that break", .exit = faults_exit,
	   .cases = selftest_faults_cases);
