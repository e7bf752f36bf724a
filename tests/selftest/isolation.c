// SPDX-License-Identifier: BSD-2-Clause
/*
 * Cases that would end a run, or leave the machine otherwise than they found it:
 * each costs itself only, and what it left is said. isolation.toml has what must
 * come out; the cases that pass in between find everything as it was.
 */
#include <asm/exception.h>
#include <asm/mmu_off.h>
#include <asm/stack.h>
#include <asm/cpu.h>
#include <core/alarm.h>
#include <core/heap.h>
#include <core/irq.h>
#include <drivers/timer.h>
#include <test/test.h>

/* No address of any machine: with the MMU off it is of no size that there is. */
#define NOWHERE		((const volatile u32 *)0xdead000000000000ULL)
#define SOME_SGI	5U
#define SOME_PPI	18U	/* no timer's, nor the PMU's (BSA 1.0C D) */

static bool went_on;

static void loop(void *unused __unused)
{
	for (;;)
		__asm__ volatile("" ::: "memory");
}

static u64 __noinline use_stack(unsigned int depth)
{
	volatile u64 frame[64];

	frame[depth % 64] = depth;
	return depth ? use_stack(depth - 1) + frame[depth % 64] : 0;
}

static void loops(void)
{
	CHECK(true);
	loop(NULL);
}

static void loops_in_guarded_call(void)
{
	arch_guarded_call(loop, NULL, NULL, NULL);
	went_on = true;
}

static void loops_printing(void)
{
	for (;;)
		test_diag("a line that may be cut off anywhere");
}

static void loops_behind_failure(void)
{
	CHECK_EQ(1, 2);
	loop(NULL);
}

static void overflows_stack(void)
{
	CHECK_NE(use_stack(4096), 0ULL);
}

static void finds_all_as_it_was(void)
{
	CHECK(mmu_is_on());
	CHECK_NE(use_stack(64), 0ULL);
	CHECK(!went_on, "a case went on behind its deadline");
}

static void faults_with_mmu_off(void)
{
	CHECK(!mmu_is_on());
	(void)*NOWHERE;
}

static void traps_with_mmu_off(void)
{
	__builtin_trap();
}

/* As an overflow would: there is no guard page. */
static void fills_stack_with_mmu_off(void)
{
	CHECK(true);
	*(volatile u64 *)case_stack = 0;
}

static void runs_with_mmu_off(void)
{
	CHECK(!mmu_is_on());
	CHECK_NE(use_stack(64), 0ULL);
}

static void leaves_mmu_off(void)
{
	CHECK_EQ(mmu_disable(), 0);
}

static void leaves_mmu_on(void)
{
	CHECK_EQ(mmu_enable(), 0);
}

static void faults_behind_mmu_disable(void)
{
	CHECK_EQ(mmu_disable(), 0);
	(void)*NOWHERE;
}

static void leaves_interrupts_masked(void)
{
	CHECK(true);
	__asm__ volatile("msr daifset, #2" ::: "memory");
}

static void leaves_other_vectors(void)
{
	CHECK(true);
	if (cpu_current_el() == 2 && !cpu_runs_vhe())
		write_sysreg(0x800, vbar_el2);
	else
		write_sysreg(0x800, vbar_el1);
}

/* With interrupts masked, since one would fault for ever. */
static void leaves_tpidr_changed(void)
{
	CHECK(true);
	__asm__ volatile("msr daifset, #0xf" ::: "memory");
	write_sysreg(0, tpidr_el1);
}

/* An SGI of a GICv2 need not be able to be disabled. */
static void leaves_ppi_enabled(void)
{
	CHECK_EQ(irq_enable(SOME_PPI), 0);
}

static irq_after_t never_called(u32 intid __unused, struct pt_regs *regs __unused,
				void *arg __unused)
{
	return NULL;
}

/* The last one that there is: boards have devices at the first. */
static u32 some_spi(void)
{
	u32 intid = IRQ_SPI_END - 1;

	while (intid > IRQ_SPI_FIRST && irq_is_enabled(intid) < 0)
		intid--;
	return intid;
}

static void leaves_spi_enabled(void)
{
	CHECK_EQ(irq_request(some_spi(), never_called, NULL), 0);
	CHECK_EQ(irq_set_priority(some_spi(), 0x40), 0);
	CHECK_EQ(irq_enable(some_spi()), 0);
}

/* Neither enabled nor requested any more, whatever it was made to be. */
static void finds_spi_free(void)
{
	CHECK_EQ(irq_is_enabled(some_spi()), 0);
	CHECK_EQ(irq_get_priority(some_spi()), (int)IRQ_PRIORITY);
	CHECK_EQ(irq_request(some_spi(), never_called, NULL), 0);
}

/* Nobody handles it: an unexpected exception, and the interrupt is gone afterwards. */
static void raises_sgi_of_nobody(void)
{
	CHECK_EQ(irq_enable(SOME_SGI), 0);
	CHECK_EQ(irq_send_sgi(cpu_mpidr(), SOME_SGI), 0);
	loop(NULL);
}

/* It must not come to the next case. */
static void leaves_sgi_pending(void)
{
	__asm__ volatile("msr daifset, #2" ::: "memory");
	CHECK_EQ(irq_enable(SOME_SGI), 0);
	CHECK_EQ(irq_send_sgi(cpu_mpidr(), SOME_SGI), 0);
}

static void loops_allocating(void)
{
	CHECK(true);
	for (;;) {
		void *small = heap_alloc(100), *large = heap_alloc(5000);

		heap_free(small);
		heap_free(large);
	}
}

static void finds_heap_whole(void)
{
	CHECK_EQ(heap_check(NULL), 0U);
}

static void stops_its_deadline(void)
{
	REQUIRE(alarm_get());
	alarm_get()->stop(alarm_get());
}

static irq_after_t claimed(u32 intid __unused, struct pt_regs *regs __unused, void *arg __unused)
{
	return NULL;
}

/* The timer of the deadline, or as many as there are: another one has it then. */
static void loops_with_its_timer_claimed(void)
{
	REQUIRE(alarm_get());
	for (unsigned int id = 0; id < TIMERS; id++) {
		const struct timer *timer = timer_get(id);

		if (timer && timer->intid == alarm_get()->intid) {
			CHECK_EQ(timer_claim(timer, claimed, NULL), 0);
			break;
		}
	}
	loop(NULL);
}

static const struct test_case isolation_cases[] = {
	TEST_CASE(loops, .timeout_ms = 50, .needs = NEED_IRQ),
	TEST_CASE(loops_in_guarded_call, .timeout_ms = 50, .needs = NEED_IRQ),
	TEST_CASE(loops_printing, .timeout_ms = 50, .needs = NEED_IRQ),
	TEST_CASE(loops_behind_failure, .timeout_ms = 50, .needs = NEED_IRQ),
	TEST_CASE(loops_with_its_timer_claimed, .timeout_ms = 50, .needs = NEED_IRQ),
	{ .name = "loops_again", .run = loops, .timeout_ms = 50, .needs = NEED_IRQ },
	TEST_CASE(overflows_stack),
	TEST_CASE(finds_all_as_it_was),
	{ .name = "loops_with_mmu_off", .run = loops, .mmu = TEST_MMU_OFF, .timeout_ms = 50,
	  .needs = NEED_IRQ },
	TEST_CASE(faults_with_mmu_off, .mmu = TEST_MMU_OFF),
	TEST_CASE(traps_with_mmu_off, .mmu = TEST_MMU_OFF),
	TEST_CASE(fills_stack_with_mmu_off, .mmu = TEST_MMU_OFF),
	TEST_CASE(runs_with_mmu_off, .mmu = TEST_MMU_OFF),
	TEST_CASE(leaves_mmu_on, .mmu = TEST_MMU_OFF),
	TEST_CASE(leaves_mmu_off),
	TEST_CASE(faults_behind_mmu_disable),
	TEST_CASE(leaves_interrupts_masked, .needs = NEED_IRQ),
	TEST_CASE(leaves_tpidr_changed, .needs = NEED_IRQ),
	TEST_CASE(leaves_other_vectors),
	TEST_CASE(leaves_ppi_enabled, .needs = NEED_IRQ),
	TEST_CASE(leaves_spi_enabled, .needs = NEED_IRQ),
	TEST_CASE(finds_spi_free, .needs = NEED_IRQ),
	TEST_CASE(raises_sgi_of_nobody, .needs = NEED_IRQ),
	TEST_CASE(leaves_sgi_pending, .needs = NEED_IRQ),
	TEST_CASE(stops_its_deadline, .needs = NEED_IRQ),
	TEST_CASE(loops_allocating, .timeout_ms = 50, .needs = NEED_IRQ),
	TEST_CASE(finds_heap_whole),
	{ .name = "finds_all_as_it_was_again", .run = finds_all_as_it_was },
	{}
};
TEST_SUITE(isolation, .about = "cases that leave the machine in disorder",
	   .cases = isolation_cases);
