// SPDX-License-Identifier: BSD-2-Clause
/* Deadlines of init() and of exit(). */
#include <test/test.h>

#define DEADLINE_MS	50

static bool exited;

static void loop(void)
{
	for (;;)
		__asm__ volatile("" ::: "memory");
}

static int init_loops(void)
{
	loop();
	return 0;
}

static void exit_behind_init(void)
{
	exited = true;
}

static void never_runs(void)
{
	CHECK(false, "ran although init() did not come back");
}

static const struct test_case isolation_init_cases[] = {
	TEST_CASE(never_runs, .needs = NEED_IRQ),
	{}
};
TEST_SUITE(isolation_init, .about = "init() that loops", .init = init_loops,
	   .exit = exit_behind_init, .timeout_ms = DEADLINE_MS, .cases = isolation_init_cases);

static void exit_ran(void)
{
	CHECK(exited, "exit() behind an init() that did not come back");
}

static const struct test_case isolation_exit_cases[] = {
	TEST_CASE(exit_ran, .needs = NEED_IRQ),
	{}
};
TEST_SUITE(isolation_last, .about = "exit() that loops", .exit = loop,
	   .timeout_ms = DEADLINE_MS, .cases = isolation_exit_cases);
