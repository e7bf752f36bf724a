// SPDX-License-Identifier: BSD-2-Clause
/*
 * Cases that take the machine down: each costs itself, the next start goes on behind
 * it, and the last report has all results.
 */
#include <asm/control_state.h>
#include <core/cpu.h>
#include <core/power.h>
#include <test/reset.h>
#include <test/test.h>
#include "../../lib/test/progress.h"

static void passes(void)
{
	CHECK(true);
}

static void skips(void)
{
	SKIP("on purpose, 100%% of it");
}

static void fails(void)
{
	CHECK_EQ(1, 2, "on purpose");
}

/* What was announced is not what came; and the only result there is must be found again. */
static void gives_up_announced(void)
{
	REQUIRE(!test_resets(NULL), "called again, as if the reset had been its own");
	test_reset_announce(NULL, 0);
	progress_reset(VERDICT_TIMEOUT, "given up on purpose, its reset announced");
}

static void resets_for_ever(void)
{
	test_reset_announce(NULL, 0);
	power_reset(0);
}

static void gives_up(void)
{
	progress_reset(VERDICT_TIMEOUT, "given up on purpose");
}

static void gives_up_masked(void)
{
	control_irq_mask();
	progress_reset(VERDICT_FAIL, "given up on purpose, interrupts masked");
}

static void give_up_there(void *arg)
{
	(void)arg;
	progress_reset(VERDICT_TIMEOUT, "given up on purpose by another CPU");
}

static void gives_up_on_another_cpu(void)
{
	if (cpu_call(1, give_up_there, NULL, 1000000))
		REQUIRE(false, "the other CPU came back");
}

static void resets(void)
{
	power_reset(0);
	CHECK(false, "nothing resets this machine");
}

static const struct test_case resets_cases[] = {
	TEST_CASE(gives_up_announced),
	TEST_CASE(passes),
	TEST_CASE(fails),
	TEST_CASE(gives_up),
	TEST_CASE(skips),
	TEST_CASE(gives_up_masked),
	{ .name = "gives_up_with_mmu_off", .run = gives_up, .mmu = TEST_MMU_OFF },
	TEST_CASE(resets),
	{ .name = "resets_with_mmu_off", .run = resets, .mmu = TEST_MMU_OFF },
	TEST_CASE(gives_up_on_another_cpu, .needs = NEED_SMP),
	TEST_CASE(resets_for_ever),
	{ .name = "passes_behind_them", .run = passes },
	{}
};
TEST_SUITE(resets, .about = "cases that take the machine down", .mmu = TEST_MMU_ANY,
	   .cases = resets_cases);
