// SPDX-License-Identifier: BSD-2-Clause
/*
 * Locks exclude: on all CPUs at once, with the MMU on (exclusives) and with it
 * off on all of them (a bakery). Each claim has its counterpart without a lock,
 * which must come out wrong: otherwise the CPUs did not compete at all.
 */
#include <asm/cpu.h>
#include <asm/mmu_off.h>
#include "lock.h"

static int changed[CONFIG_NR_CPUS];

static void turn_off(void *arg)
{
	(void)arg;
	changed[cpu_this()] = mmu_disable();
}

static void turn_on(void *arg)
{
	(void)arg;
	mmu_enable();
}

/*
 * The others first, back in reverse: what CPUs share is the boot CPU's to
 * maintain, and nobody uses it while MMUs differ.
 */
void with_all_mmus_off(void (*fn)(void))
{
	bool was_on = cpu_mmu_is_on();

	if (!was_on) {
		fn();
		return;
	}
	REQUIRE_EQ(cpu_call_others(turn_off, NULL, LOCK_CALL_US), 0);
	mmu_disable();
	CHECK(!cpu_mmu_is_on());
	fn();
	mmu_enable();
	REQUIRE_EQ(cpu_call_others(turn_on, NULL, LOCK_CALL_US), 0);
}

static const struct test_case lock_cases[] = {
	TEST_CASE(nothing_is_lost_under_a_lock, .mmu = TEST_MMU_ANY, .timeout_ms = 30000,
		  .spec = "DDI0487J.a B2.9",
		  .hint = "the exclusive monitor does not work between all CPUs, or memory is "
			  "not coherent"),
	TEST_CASE(nothing_is_lost_by_trying, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .timeout_ms = 30000, .spec = "DDI0487J.a B2.9",
		  .hint = "a try takes a lock that another CPU has, or is taking"),
	TEST_CASE(something_is_lost_without_one, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .timeout_ms = 30000,
		  .hint = "CPUs do not run at the same time, so that the case before this one "
			  "says nothing",
		  .spec = "DDI0487J.a B2.2.1"),
	TEST_CASE(nothing_is_lost_with_all_mmus_off, .mmu = TEST_MMU_ANY, .timeout_ms = 30000,
		  .spec = "DDI0487J.a B2.9.2, D8.2.10",
		  .hint = "an access with the MMU off goes into a cache, or is reordered"),
	TEST_CASE(something_is_lost_with_all_mmus_off, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .timeout_ms = 30000,
		  .hint = "CPUs do not run at the same time with their MMUs off",
		  .spec = "DDI0487J.a B2.2.1"),
	TEST_CASE(first_come_first_served, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .timeout_ms = 30000, .hint = "a CPU that waits longer is passed over",
		  .spec = "arch/arm64/include/asm/lock.h"),
	TEST_CASE(first_come_first_served_with_all_mmus_off, .needs = NEED_SMP,
		  .mmu = TEST_MMU_ANY, .timeout_ms = 30000,
		  .hint = "a CPU that waits longer is passed over with the MMU off",
		  .spec = "arch/arm64/include/asm/lock.h"),
	TEST_CASE(held_lock_is_not_had_by_trying, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .hint = "a failed try takes the lock all the same, or a free lock is refused",
		  .spec = "include/core/lock.h"),
	TEST_CASE(held_lock_is_not_had_by_trying_with_all_mmus_off, .needs = NEED_SMP,
		  .mmu = TEST_MMU_ANY,
		  .hint = "a failed try takes the lock all the same, or a free lock is refused",
		  .spec = "include/core/lock.h"),
	TEST_CASE(stuck_lock_is_given_up, .needs = NEED_SMP, .mmu = TEST_MMU_ANY,
		  .hint = "a CPU that is lost with a lock held stops the run",
		  .spec = "include/core/lock.h"),
	TEST_CASE(lock_left_behind_is_taken_over, .mmu = TEST_MMU_ANY,
		  .hint = "a case that ended with a lock held stops the next one",
		  .spec = "include/core/lock.h"),
	{}
};
TEST_SUITE(lock, .about = "mutual exclusion between CPUs", .cases = lock_cases);
