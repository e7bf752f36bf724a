// SPDX-License-Identifier: BSD-2-Clause
/*
 * The same on other CPUs: what happens there is the case's, the most severe first,
 * and a CPU that is lost is missed by nobody but those that need it.
 */
#include <asm/mmu_off.h>
#include <asm/cpu.h>
#include <asm/page.h>
#include <asm/secondary.h>
#include <core/cpu.h>
#include <core/lock.h>
#include <core/time.h>
#include <test/test.h>

#define CALL_US		1000000ULL
#define HANG_US		50000ULL
#define LATE_US		5000000ULL

static unsigned int cpus_at_first;

static u64 __noinline use_stack(unsigned int depth)
{
	volatile u64 frame[64];

	frame[depth % 64] = depth;
	return depth ? use_stack(depth - 1) + frame[depth % 64] : 0;
}

static struct spinlock left_by_idle = SPINLOCK("of an idle CPU");
static struct spinlock left_by_lost = SPINLOCK("of a lost CPU");

static void hang(void *unused __unused)
{
	for (;;)
		__asm__ volatile("wfi" ::: "memory");
}

static void hang_with_lock(void *unused)
{
	spin_lock(&left_by_lost);
	hang(unused);
}

/* The last of those that run, never the boot CPU. */
static unsigned int last_cpu(void)
{
	unsigned int i, last = 0;

	cpu_for_each_online(i)
		last = i;
	REQUIRE_GT(last, 0U);
	return last;
}

static void runs_on_all(void)
{
	CHECK(mmu_is_on());
	CHECK_LT(cpu_this(), cpu_count());
}

static void runs_on_all_with_mmu_off(void)
{
	CHECK(!mmu_is_on());
}

static void fails_on_one(void)
{
	CHECK_NE(cpu_this(), 1U);
}

/* The boot CPU's verdict comes first in order and is the mildest. */
static void fails_behind_skip(void)
{
	CHECK(true);
	if (!cpu_this())
		SKIP("the boot CPU has nothing to do");
	if (cpu_this() == 1)
		FAIL("the second CPU has");
}

static void skips_on_one(void)
{
	CHECK(true);
	if (cpu_this() == 1)
		SKIP("not on this CPU");
}

static void traps_on_one(void)
{
	CHECK(true);
	if (cpu_this() == 1)
		__builtin_trap();
}

static void traps_with_mmu_off_on_one(void)
{
	CHECK(!mmu_is_on());
	if (cpu_this() == 1)
		__builtin_trap();
}

static void overflows_stack_on_one(void)
{
	CHECK(true);
	if (cpu_this() == 1)
		CHECK_NE(use_stack(4096), 0ULL);
}

static void check_something(void *unused __unused)
{
	CHECK_EQ(cpu_this(), 0U, "called by cpu_call()");
}

static void fails_in_call(void)
{
	cpu_call(1, check_something, NULL, CALL_US);
}

static void check_with_mmu_off(void *unused __unused)
{
	CHECK_EQ(mmu_disable(), 0);
	CHECK(mmu_is_on(), "checked with the MMU off");
	CHECK_EQ(mmu_enable(), 0);
}

/* The boot CPU, whose MMU is on, reads what was found with the MMU off. */
static void fails_in_call_with_mmu_off(void)
{
	cpu_call(1, check_with_mmu_off, NULL, CALL_US);
}

static void turn_mmu_off(void *unused __unused)
{
	CHECK_EQ(mmu_disable(), 0);
}

static void leaves_mmu_of_one_off(void)
{
	CHECK_EQ(cpu_call(1, turn_mmu_off, NULL, CALL_US), 0);
}

static void set_vectors(void *unused __unused)
{
	if (cpu_current_el() == 2 && !cpu_runs_vhe())
		write_sysreg(0x800, vbar_el2);
	else
		write_sysreg(0x800, vbar_el1);
}

static void leaves_vectors_of_one(void)
{
	CHECK_EQ(cpu_call(1, set_vectors, NULL, CALL_US), 0);
}

static void unmask_interrupts(void *unused __unused)
{
	__asm__ volatile("msr daifclr, #2" ::: "memory");
}

static void leaves_interrupts_of_one_unmasked(void)
{
	CHECK_EQ(cpu_call(1, unmask_interrupts, NULL, CALL_US), 0);
}

static void take_lock(void *unused __unused)
{
	spin_lock(&left_by_idle);
}

static void leaves_lock_of_one_held(void)
{
	CHECK_EQ(cpu_call(1, take_lock, NULL, CALL_US), 0);
}

static void finds_locks_free(void)
{
	CHECK(spin_trylock(&left_by_idle));
	spin_unlock(&left_by_idle);
	CHECK(spin_trylock(&left_by_lost));
	spin_unlock(&left_by_lost);
}

static void leaves_one_off(void)
{
	CHECK_EQ(cpu_off(1), 0);
}

static void take_time(void *unused __unused)
{
	time_delay_us(20000);
}

static void leaves_one_at_work(void)
{
	CHECK_EQ(cpu_call_start(1, take_time, NULL), 0);
}

static void finds_all_cpus(void)
{
	if (!cpus_at_first)
		cpus_at_first = cpu_online_count();
	CHECK_EQ(cpu_online_count(), cpus_at_first);
}

/* Written by the boot CPU alone; its granule, too. */
static struct {
	u64 go_on;
	char rest[MMUOFF_ALIGN - sizeof(u64)];
} signal __aligned(MMUOFF_ALIGN);

static void check_late_with_mmu_off(void *unused __unused)
{
	CHECK_EQ(mmu_disable(), 0);
	CHECK_EQ(wait_until(READ_ONCE(signal.go_on), LATE_US), 0);
	CHECK(!mmu_is_on());
	CHECK_EQ(mmu_enable(), 0);
}

/* Another case runs when it checks again, and it must find that with its MMU off. */
static void loses_one_with_mmu_off(void)
{
	CHECK(true);
	cpu_call(1, check_late_with_mmu_off, NULL, HANG_US);
}

static void takes_it_back(void)
{
	arch_cpu_write_word(&signal.go_on, 1);
	CHECK_EQ(wait_until(!cpu_recover(1), LATE_US), 0);
}

static void loses_one(void)
{
	CHECK(true);
	cpu_call(last_cpu(), hang_with_lock, NULL, HANG_US);
}

static unsigned int to_hang;

static void choose_to_hang(void)
{
	to_hang = last_cpu();
	CHECK_EQ(cpu_online_count(), cpus_at_first - 1);
	finds_locks_free();
}

static void hangs_on_one_of_all(void)
{
	CHECK(true);
	if (cpu_this() == to_hang)
		hang(NULL);
}

static void goes_on_without_them(void)
{
	CHECK_EQ(cpu_online_count(), cpus_at_first - 2);
}

static const struct test_case isolation_cpus_cases[] = {
	TEST_CASE(finds_all_cpus, .needs = NEED_SMP),
	TEST_CASE(runs_on_all, .needs = NEED_SMP, .all_cpus = true),
	TEST_CASE(runs_on_all_with_mmu_off, .needs = NEED_SMP, .all_cpus = true,
		  .mmu = TEST_MMU_OFF),
	TEST_CASE(fails_on_one, .needs = NEED_SMP, .all_cpus = true),
	TEST_CASE(fails_behind_skip, .needs = NEED_SMP, .all_cpus = true),
	TEST_CASE(skips_on_one, .needs = NEED_SMP, .all_cpus = true),
	TEST_CASE(traps_on_one, .needs = NEED_SMP, .all_cpus = true),
	TEST_CASE(traps_with_mmu_off_on_one, .needs = NEED_SMP, .all_cpus = true,
		  .mmu = TEST_MMU_OFF),
	TEST_CASE(overflows_stack_on_one, .needs = NEED_SMP, .all_cpus = true),
	TEST_CASE(fails_in_call, .needs = NEED_SMP),
	TEST_CASE(fails_in_call_with_mmu_off, .needs = NEED_SMP),
	TEST_CASE(leaves_mmu_of_one_off, .needs = NEED_SMP),
	TEST_CASE(leaves_vectors_of_one, .needs = NEED_SMP),
	TEST_CASE(leaves_interrupts_of_one_unmasked, .needs = NEED_SMP),
	TEST_CASE(leaves_lock_of_one_held, .needs = NEED_SMP),
	TEST_CASE(finds_locks_free, .needs = NEED_SMP),
	TEST_CASE(leaves_one_off, .needs = NEED_SMP),
	TEST_CASE(leaves_one_at_work, .needs = NEED_SMP),
	TEST_CASE(loses_one_with_mmu_off, .needs = NEED_SMP),
	TEST_CASE(takes_it_back),
	{ .name = "finds_all_cpus_again", .run = finds_all_cpus, .needs = NEED_SMP },
	{ .name = "runs_on_all_again", .run = runs_on_all, .needs = NEED_SMP, .all_cpus = true },
	TEST_CASE(loses_one, .needs = NEED_SMP),
	TEST_CASE(choose_to_hang, .needs = NEED_SMP),
	TEST_CASE(hangs_on_one_of_all, .needs = NEED_SMP, .all_cpus = true, .timeout_ms = 100),
	TEST_CASE(goes_on_without_them),
	{ .name = "runs_on_all_that_are_left", .run = runs_on_all, .all_cpus = true },
	{}
};
TEST_SUITE(isolation_cpus, .about = "disorder on other CPUs", .cases = isolation_cpus_cases);
