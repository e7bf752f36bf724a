// SPDX-License-Identifier: BSD-2-Clause
/*
 * The framework under test: each case here must come out as expected.toml
 * says, most of them as something else than a pass. That a check compares in
 * the operands' own types, that REQUIRE() ends the case, that an exception or a
 * deadline costs one case and no more: all of it is seen from outside only, in
 * the report that the host compares.
 */
#include <base/errno.h>
#include <base/string.h>
#include <core/cpu.h>
#include <core/time.h>
#include <asm/mmu_off.h>
#include <test/test.h>
#include "selftest.h"

static bool went_on;
static unsigned int exits;

unsigned int selftest_exits(void)
{
	return exits;
}

static void passes(void)
{
	u64 high = 0x100000000ULL;
	const char *text = "text";
	unsigned int evaluated = 0;
	bool held;

	CHECK_EQ(high >> 32, 1ULL);
	CHECK_NE(high, 0ULL);
	CHECK_LT(-1, 0);
	CHECK_LE(high, high);
	CHECK_GT(0x80000000U, 0x7fffffffU);
	CHECK_GE(text, text);
	CHECK_STREQ(text, "text", "place %d", 1);
	CHECK_MEMEQ(text, "text", 4);
	held = CHECK_EQ(++evaluated, 1U);
	CHECK(held, "the result is true");
	CHECK_EQ(evaluated, 1U, "operands are evaluated once");
	REQUIRE(text);
}

static void fails(void)
{
	CHECK_EQ(1 + 1, 3, "node %s cell %u", "/timer", 3U);
}

static void fails_in_high_bits(void)
{
	CHECK_EQ(0x100000000ULL, 0ULL);
}

static void fails_signed(void)
{
	s8 found = -1;

	CHECK_GE(found, 0);
	CHECK_EQ(-ETIMEDOUT, 0);
}

static void fails_bool(void)
{
	bool found = false;

	CHECK_EQ(found, true);
}

static void fails_pointer(void)
{
	void *found = NULL;

	CHECK_NE(found, NULL);
}

static void fails_string(void)
{
	CHECK_STREQ("bochs\n", "BOCHS");
}

static void fails_memory(void)
{
	static const u8 found[] = { 1, 2, 3, 4 }, expected[] = { 1, 2, 9, 4 };

	CHECK_MEMEQ(found, expected, sizeof(found), "table %.4s", "APIC");
}

static void fails_by_statement(void)
{
	FAIL("no check says this: %d", 42);
}

static void fails_then_skips(void)
{
	CHECK(false);
	SKIP("a skip does not hide a failure");
}

static void fails_then_errs(void)
{
	CHECK(false);
	ERROR("an error does not hide a failure");
}

static void fails_many(void)
{
	for (unsigned int i = 0; i < 1000; i++)
		CHECK_NE(i, i, "turn %u", i);
}

static void require_ends(void)
{
	REQUIRE_EQ(1, 2);
	went_on = true;
}

static void skips(void)
{
	SKIP("ID_AA64PFR0_EL1 is 0x%x", 0x11U);
}

static void passes_then_skips(void)
{
	CHECK(true);
	SKIP("half of it");
}

static void errs(void)
{
	ERROR("the environment is broken: %s", errno_name(EIO));
}

static void checks_nothing(void)
{
}

static void runs_late(void)
{
	CHECK(true);
	time_delay_us(60000);
}

static void known_failure(void)
{
	CHECK(false);
}

static void known_late(void)
{
	CHECK(true);
	time_delay_us(60000);
}

static void known_error(void)
{
	ERROR("xfail= does not cover a broken test");
}

static void known_but_skips(void)
{
	SKIP("nothing to see");
}

static void known_but_passes(void)
{
	CHECK(true);
}

static void never_runs(void)
{
	went_on = true;
}

static void selftest_exit(void)
{
	exits++;
	/* Fails the suite "environment". */
	CHECK(!went_on, "a case went on behind REQUIRE(), or ran in spite of its needs");
}

static void runs_with_mmu_off(void)
{
	CHECK(!mmu_is_on());
}

static void runs_on_all_cpus(void)
{
	CHECK_LT(cpu_this(), cpu_count());
}

static const struct test_case selftest_cases[] = {
	TEST_CASE(passes),
	TEST_CASE(fails, .spec = "SPEC-A 1.2.3", .hint = "arithmetic is broken"),
	TEST_CASE(fails_in_high_bits),
	TEST_CASE(fails_signed),
	TEST_CASE(fails_bool),
	TEST_CASE(fails_pointer),
	TEST_CASE(fails_string),
	TEST_CASE(fails_memory),
	TEST_CASE(fails_by_statement),
	TEST_CASE(fails_then_skips),
	TEST_CASE(fails_then_errs),
	TEST_CASE(fails_many),
	TEST_CASE(require_ends),
	TEST_CASE(skips),
	TEST_CASE(passes_then_skips),
	TEST_CASE(errs, .spec = "SPEC-A 1.2.4", .hint = "not shown: an error is not the machine's"),
	TEST_CASE(checks_nothing),
	TEST_CASE(runs_late, .timeout_ms = 20),
	TEST_CASE(known_failure),
	TEST_CASE(known_late, .timeout_ms = 20),
	TEST_CASE(known_error),
	TEST_CASE(known_but_skips),
	TEST_CASE(known_but_passes),
	{ .name = "needs_the_impossible", .run = never_runs, .needs = 0x80000000 },
	{ .name = "is_destructive", .run = never_runs, .destructive = true },
	TEST_CASE(runs_with_mmu_off, .mmu = TEST_MMU_OFF),
	TEST_CASE(runs_on_all_cpus, .all_cpus = true),
	{ .name = "runs_in_no_phase", .run = never_runs, .phase = TEST_PHASE_VIRTUAL_MAP },
	{}
};
TEST_SUITE(selftest, .about = "verdicts other than a pass", .exit = selftest_exit,
	   .cases = selftest_cases);
