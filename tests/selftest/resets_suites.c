// SPDX-License-Identifier: BSD-2-Clause
/*
 * What init() and exit() came to must not be forgotten over a reset, nor what was said
 * on the way, nor may the same init() break the machine again in each start. These
 * suites are in front of the one whose cases reset it.
 */
#include <base/compiler.h>
#include <core/cpu.h>
#include <core/log.h>
#include <test/test.h>

#define CALL_US	50000ULL

static void hang(void *unused __unused)
{
	for (;;)
		__asm__ volatile("" ::: "memory");
}

static void passes(void)
{
	CHECK(true);
}

static int init_says_an_error(void)
{
	pr_err("said in one start only, on purpose");
	return 0;
}

static const struct test_case reset_error_cases[] = {
	TEST_CASE(passes),
	{}
};
TEST_SUITE(reset_error, .about = "an error that is no case's, before a reset",
	   .init = init_says_an_error, .cases = reset_error_cases);

/* The last one: others are needed behind it. */
static int init_loses_cpu(void)
{
	cpu_call(cpu_count() - 1, hang, NULL, CALL_US);
	return 0;
}

static void never_runs(void)
{
	CHECK(false, "ran although init() has lost a CPU");
}

static const struct test_case reset_init_cases[] = {
	TEST_CASE(never_runs),
	{}
};
TEST_SUITE(reset_init, .about = "init() that takes a reset", .init = init_loses_cpu,
	   .cases = reset_init_cases);

static void exit_fails(void)
{
	CHECK(false, "on purpose");
}

static const struct test_case reset_exit_cases[] = {
	TEST_CASE(passes),
	{}
};
TEST_SUITE(reset_exit, .about = "exit() that fails before a reset", .exit = exit_fails,
	   .cases = reset_exit_cases);
