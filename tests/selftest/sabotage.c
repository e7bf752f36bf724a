// SPDX-License-Identifier: BSD-2-Clause
/*
 * Saboteurs: each breaks the machine or the image in a way that ended runs of other
 * test programs, and none may cost more than itself. They run in front of all other
 * suites, and only the one that sabotage= names does: make check boots each of them
 * and compares every verdict behind it with that of a run without. sabotage.toml says
 * where, and what each comes out as.
 *
 * What is repaired in place, what takes a reset, and why: docs/isolation.md.
 */
#include <asm/cpu.h>
#include <asm/mmu_off.h>
#include <asm/sections.h>
#include <asm/stack.h>
#include <asm/virtual_exception.h>
#include <base/errno.h>
#include <base/string.h>
#include <core/cpu.h>
#include <core/heap.h>
#include <core/irq.h>
#include <core/lock.h>
#include <core/param.h>
#include <core/power.h>
#include <drivers/gic.h>
#include <drivers/timer.h>
#include <drivers/uart.h>
#include <test/test.h>
#include "sabotage.h"

/* No address of any machine: with the MMU off it is of no size that there is. */
#define NOWHERE		0xdead000000000000ULL
#define CALL_US		50000ULL
#define DEADLINE_MS	50
#define OVERRUN		4096

static const char *chosen = "";

static int choose(const char *value)
{
	if (!value || !*value)
		return -EINVAL;
	chosen = value;
	return 0;
}
PARAM(sabotage, .help = "the saboteur that runs in front of all suites, by its name", .set = choose);

bool sabotage_is_chosen(const char *name)
{
	return !strcmp(chosen, name);
}

static void loop(void)
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

static void mask_all(void)
{
	__asm__ volatile("msr daifset, #0xf" ::: "memory");
}

static void dereferences_null(void)
{
	volatile u32 *nothing = NULL;

	__asm__ volatile("" : "+r"(nothing));
	*nothing = 1;
}

static void jumps_wild(void)
{
	void (*wild)(void) = (void (*)(void))NOWHERE;

	__asm__ volatile("" : "+r"(wild));
	wild();
}

static void executes_undefined(void)
{
	__asm__ volatile("udf #0");
}

/* Without a guard page only so far that the end of the stack is reached. */
static void overflows_stack(void)
{
	if (mmu_is_on())
		use_stack(8 * CASE_STACK_SIZE / sizeof(u64));
	else
		memset(case_stack, 0, 64);
}

static void takes_serror(void)
{
	if (arch_virtual_exceptions_set(VIRTUAL_SERROR))
		SKIP("an SError can be had only where the image was entered at EL2 and runs at EL1");
	loop();
}

static void loops(void)
{
	loop();
}

static void loops_masked_by_pmr(void)
{
	if (irq_set_priority_mask(0x80))
		SKIP("no interrupt controller with a priority mask");
	loop();
}

static void loops_masked_by_daif(void)
{
	mask_all();
	loop();
}

/* The same, where only a watchdog is left to see it. */
static void hangs_single_cpu(void)
{
	if (cpu_online_count() > 1)
		SKIP("another CPU sees it: loops_masked_by_daif");
	loops_masked_by_daif();
}

static irq_after_t never_silent(u32 intid __unused, struct pt_regs *regs __unused, void *arg __unused)
{
	return NULL;
}

/* A level that its handler does nothing about. */
static void storms(void)
{
	const struct timer *timer = timer_get(TIMER_PHYS);

	if (!timer || timer_claim(timer, never_silent, NULL))
		SKIP("no timer with an interrupt to be had");
	timer_start(timer, 0);
	loop();
}

static void trap(void *unused __unused)
{
	__builtin_trap();
}

static void crashes_secondary(void)
{
	CHECK_EQ(cpu_call(1, trap, NULL, CALL_US), 0);
}

static void hang(void *unused __unused)
{
	mask_all();
	loop();
}

static void hangs_secondary(void)
{
	CHECK(true);
	cpu_call(1, hang, NULL, CALL_US);
}

/* Headers of what lies behind, free or in use. */
static void corrupts_heap(void)
{
	char *piece = heap_alloc(64);

	REQUIRE(piece);
	memset(piece, 0x5a, OVERRUN);
}

/* What is sent comes back, or raises interrupts: nobody sees any of it on a board. */
static void breaks_console(void)
{
	struct uart *uart;

	CHECK(true);
	uart_for_each(uart) {
		if (uart->ops->events_enable)
			uart->ops->events_enable(uart, UART_EVENT_RX | UART_EVENT_TX);
		if (uart->ops->loopback)
			uart->ops->loopback(uart, true);
	}
}

static void leaves_mmu_otherwise(void)
{
	CHECK_EQ(mmu_is_on() ? mmu_disable() : mmu_enable(), 0);
}

static void set_vectors(u64 at)
{
	if (cpu_current_el() == 2 && !cpu_runs_vhe())
		write_sysreg(at, vbar_el2);
	else
		write_sysreg(at, vbar_el1);
}

static void moves_vectors(void)
{
	CHECK(true);
	set_vectors(0x800);
}

/* Every exception ends in the first loop of them, with all masked. */
__asm__(".pushsection .text.sabotage, \"ax\", %progbits\n"
	".balign 2048\n"
	".type dead_vectors, %function\n"
	"dead_vectors:\n"
	".rept 16\n"
	"	b	.\n"
	"	.balign 128\n"
	".endr\n"
	".size dead_vectors, . - dead_vectors\n"
	".popsection");
extern const char dead_vectors[];

/* The deadline's interrupt goes there. */
static void loops_without_vectors(void)
{
	set_vectors((u64)dead_vectors);
	loop();
}

/* GICD_CTLR of either version: nothing is let through. */
static void disables_distributor(void)
{
	struct gic_info info;

	if (gic_get_info(&info))
		SKIP("no GIC");
	gic_dist_write(0, 0);
	CHECK_EQ(gic_dist_read(0) & 3, 0U);
}

static void leaves_timers_firing(void)
{
	const struct timer *timer;
	unsigned int id;

	mask_all();
	CHECK(true);
	timer_for_each(timer, id) {
		timer_start(timer, 0);
		if (timer->intid)
			irq_enable(timer->intid);
	}
}

static struct spinlock left = SPINLOCK("that a saboteur left");

static void leaves_lock_held(void)
{
	CHECK(true);
	spin_lock(&left);
}

static void resets_machine(void)
{
	CHECK(true);
	power_reset(0);
}

static void overwrites_runner(void)
{
	CHECK(true);
	memset(_runner, 0xff, _runner_end - _runner);
}

/* Where its frames are while a case runs: at the top. */
static void overwrites_stack_of_runner(void)
{
	CHECK(true);
	memset(main_stack + MAIN_STACK_SIZE - 512, 0xff, 512);
}

/* Whoever is not named does nothing at all. */
#define DEFINE_RUN(fn)								\
static void run_##fn(void)							\
{										\
	if (!sabotage_is_chosen(#fn))						\
		SKIP("sabotage= does not name it");				\
	fn();									\
}
DEFINE_RUN(dereferences_null)
DEFINE_RUN(jumps_wild)
DEFINE_RUN(executes_undefined)
DEFINE_RUN(overflows_stack)
DEFINE_RUN(takes_serror)
DEFINE_RUN(loops)
DEFINE_RUN(loops_masked_by_pmr)
DEFINE_RUN(loops_masked_by_daif)
DEFINE_RUN(hangs_single_cpu)
DEFINE_RUN(storms)
DEFINE_RUN(crashes_secondary)
DEFINE_RUN(hangs_secondary)
DEFINE_RUN(corrupts_heap)
DEFINE_RUN(breaks_console)
DEFINE_RUN(leaves_mmu_otherwise)
DEFINE_RUN(moves_vectors)
DEFINE_RUN(loops_without_vectors)
DEFINE_RUN(disables_distributor)
DEFINE_RUN(leaves_timers_firing)
DEFINE_RUN(leaves_lock_held)
DEFINE_RUN(resets_machine)
DEFINE_RUN(overwrites_runner)
DEFINE_RUN(overwrites_stack_of_runner)

#define SABOTEUR(fn, ...)							\
	{ .name = #fn, .run = run_##fn, .mmu = TEST_MMU_ANY, .timeout_ms = DEADLINE_MS, __VA_ARGS__ }

static const struct test_case sabotage_cases[] = {
	{ .name = "dereferences_null", .run = run_dereferences_null, .mmu = TEST_MMU_ON },
	SABOTEUR(jumps_wild),
	SABOTEUR(executes_undefined),
	SABOTEUR(overflows_stack),
	SABOTEUR(takes_serror),
	SABOTEUR(loops, .needs = NEED_IRQ),
	SABOTEUR(loops_masked_by_pmr, .needs = NEED_IRQ),
	SABOTEUR(loops_masked_by_daif),
	SABOTEUR(hangs_single_cpu),
	SABOTEUR(storms, .needs = NEED_IRQ),
	SABOTEUR(crashes_secondary, .needs = NEED_SMP),
	{ .name = "hangs_secondary", .run = run_hangs_secondary, .mmu = TEST_MMU_ANY, .needs = NEED_SMP },
	SABOTEUR(corrupts_heap),
	SABOTEUR(breaks_console),
	SABOTEUR(leaves_mmu_otherwise),
	SABOTEUR(moves_vectors),
	SABOTEUR(loops_without_vectors),
	SABOTEUR(disables_distributor, .needs = NEED_IRQ),
	SABOTEUR(leaves_timers_firing, .needs = NEED_IRQ),
	SABOTEUR(leaves_lock_held),
	SABOTEUR(resets_machine),
	SABOTEUR(overwrites_runner),
	SABOTEUR(overwrites_stack_of_runner),
	{}
};

/* Its key puts it in front of all that are sorted by their names. */
static const struct test_suite sabotage = {
	.name = "sabotage", .about = "cases that break what all others need",
	.cases = sabotage_cases,
};
TABLE_ENTRY(suite, "0.sabotage", sabotage, sabotage);
