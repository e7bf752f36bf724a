// SPDX-License-Identifier: BSD-2-Clause
/* Suites that pass, to select from; "flaky" fails on its third run only. */
#include <asm/exception.h>
#include <base/types.h>
#include <core/cpu.h>
#include <core/irq.h>
#include <core/log.h>
#include <core/time.h>
#include <asm/mmu_off.h>
#include <test/test.h>
#include "machine.h"

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

/* What is left behind, and what happens on other CPUs. */

static void passes_deadline(void)
{
	CHECK(true);
	time_delay_us(30000);
	FAIL("it went on behind its deadline");
}

static void call_passes_deadline(void *arg)
{
	(void)arg;
	passes_deadline();
}

static void passes_deadline_in_guarded_call(void)
{
	test_guarded_call(call_passes_deadline, NULL, NULL, NULL);
	FAIL("the guarded call came back");
}

static void leaves_register(void)
{
	CHECK(true);
	host_set_register(7);
}

static void leaves_register_and_fails(void)
{
	CHECK(false);
	host_set_register(7);
}

static void leaves_mmu_off(void)
{
	CHECK_EQ(mmu_disable(), 0);
}

static void leaves_interrupt_enabled(void)
{
	CHECK_EQ(irq_enable(20), 0);
}

static void wants_mmu_off(void)
{
	CHECK(!mmu_is_on());
}

static void wants_mmu_on(void)
{
	CHECK(mmu_is_on());
}

static const struct test_case zeta_cases[] = {
	TEST_CASE(passes_deadline, .timeout_ms = 20),
	TEST_CASE(passes_deadline_in_guarded_call, .timeout_ms = 20),
	TEST_CASE(leaves_register),
	TEST_CASE(leaves_register_and_fails),
	TEST_CASE(leaves_mmu_off),
	TEST_CASE(leaves_interrupt_enabled, .needs = NEED_IRQ),
	TEST_CASE(wants_mmu_off, .mmu = TEST_MMU_OFF),
	TEST_CASE(wants_mmu_on),
	{}
};
TEST_SUITE(zeta, .about = "leaves things behind", .cases = zeta_cases);

static void everywhere(void)
{
	CHECK_LT(cpu_this(), cpu_count());
}

static void fails_on_two(void)
{
	CHECK_NE(cpu_this(), 2U, "in words");
}

static void skips_first_fails_later(void)
{
	CHECK(true);
	if (!cpu_this())
		SKIP("nothing for the first");
	REQUIRE_NE(cpu_this(), 1U);
}

static void faults_on_two(void)
{
	CHECK(true);
	if (cpu_this() == 2)
		*(volatile int *)0xdead000000000000ULL = 0;
}

static void off(void *arg)
{
	(void)arg;
	mmu_disable();
}

static void leaves_one_off(void)
{
	CHECK_EQ(cpu_off(1), 0);
}

static void hangs_on_two(void)
{
	CHECK(true);
	if (cpu_this() == 2)
		host_cpu_hang();
}

static void leaves_mmu_of_one_off(void)
{
	CHECK_EQ(cpu_call(1, off, NULL, 1), 0);
}

static void needs_another(void)
{
	CHECK_GT(cpu_online_count(), 1U);
}

static const struct test_case eta_cases[] = {
	TEST_CASE(everywhere, .all_cpus = true),
	TEST_CASE(fails_on_two, .all_cpus = true),
	TEST_CASE(skips_first_fails_later, .all_cpus = true),
	TEST_CASE(faults_on_two, .all_cpus = true),
	TEST_CASE(leaves_one_off, .needs = NEED_SMP),
	TEST_CASE(leaves_mmu_of_one_off, .needs = NEED_SMP),
	TEST_CASE(hangs_on_two, .all_cpus = true),
	TEST_CASE(needs_another, .needs = NEED_SMP),
	{}
};
TEST_SUITE(eta, .about = "on other CPUs", .cases = eta_cases);
