// SPDX-License-Identifier: BSD-2-Clause
/* Suites that pass, to select from; "flaky" fails on its third run only. */
#include <asm/exception.h>
#include <base/types.h>
#include <core/log.h>
#include <test/test.h>

static void one(void)
{
	CHECK(true);
}

static void two(void)
{
	test_diag("in two");
	CHECK(true);
}

static void three(void)
{
	CHECK(true);
}

static const struct test_case alpha_cases[] = {
	TEST_CASE(one, .spec = "SPEC-A 1"),
	TEST_CASE(two),
	TEST_CASE(three, .needs = NEED_DT | NEED_PSCI),
	{}
};
TEST_SUITE(alpha, .about = "three cases", .cases = alpha_cases);

static unsigned int runs;

static void flaky(void)
{
	CHECK_NE(++runs, 3U);
}

static void destructive(void)
{
	CHECK(true);
}

static const struct test_case beta_cases[] = {
	TEST_CASE(one),
	TEST_CASE(flaky),
	TEST_CASE(destructive, .destructive = true),
	{}
};
TEST_SUITE(beta, .about = "three others", .cases = beta_cases);

static void bad_exit(void)
{
	CHECK(false, "restoring went wrong");
}

static const struct test_case gamma_cases[] = {
	TEST_CASE(one),
	{}
};
TEST_SUITE(gamma, .about = "its exit() fails", .exit = bad_exit, .cases = gamma_cases);

static const struct test_case epsilon_cases[] = {
	{ .name = "early", .run = one, .phase = TEST_PHASE_BOOT_SERVICES },
	TEST_CASE(two, .needs = NEED_PSCI),
	TEST_CASE(three, .phase = TEST_PHASE_RESET),
	{}
};
TEST_SUITE(epsilon, .about = "of several phases", .cases = epsilon_cases);

static void complains(void)
{
	CHECK(true);
	pr_err("table FACP: checksum 0x12");
}

static void hides_end(void)
{
	CHECK(true);
	arch_guarded_exit(-1);
}

static void skips_in_silence(void)
{
	const char *reason = "";

	SKIP("%s", reason);
}

static void hashes(void)
{
	SKIP("node /x has no %s", "#size-cells");
}

static const struct test_case delta_cases[] = {
	TEST_CASE(hashes),
	TEST_CASE(skips_in_silence),
	TEST_CASE(complains),
	TEST_CASE(hides_end),
	{}
};
TEST_SUITE(delta, .about = "misbehaves", .cases = delta_cases);
