// SPDX-License-Identifier: BSD-2-Clause
/*
 * Latencies, as distributions. Each case takes its samples one by one with the system
 * counter, whose own cost is the first of them and taken off all others, and prints
 * them behind the last (test/samples.h), so that no printing is measured. What a CPU does
 * alone is also counted in its cycles.
 *
 * They are figures for people: a verdict comes only of samples that never came, of
 * time that ran backwards, and where the best of all is beyond 100 ms: a host with
 * other work may be the cause of any but that one.
 */
#include "bench.h"

void bench_judge_within(struct samples *samples, u64 us)
{
	u64 hz = samples->clock->frequency();

	samples_report(samples);
	if (samples->count && hz)
		CHECK_LT(samples_min(samples), hz * us / 1000000,
			 "%s: ticks of %s, the best of all", samples->what, samples->clock->name);
}

void bench_judge(struct samples *samples)
{
	bench_judge_within(samples, BOUND_US);
}

static const struct test_case bench_cases[] = {
	TEST_CASE(counter_read, .spec = "DDI0487J.a D11.1.2",
		  .hint = "reads of the counter are trapped, and emulated slowly"),
	TEST_CASE(exception_and_return, .spec = "DDI0487J.a D1.3",
		  .hint = "exceptions are lost, or trapped by somebody above"),
	TEST_CASE(firmware_call, .needs = NEED_PSCI, .spec = "DEN0022F PSCI_VERSION",
		  .hint = "firmware takes its time for what is a constant"),
	TEST_CASE(device_read, .needs = NEED_IRQ, .spec = "IHI0069H 12.9.13 GICD_ISENABLER",
		  .hint = "each access to the interrupt controller is trapped"),
	TEST_CASE(end_of_interrupt, .needs = NEED_IRQ,
		  .spec = "IHI0069H 12.2.10 ICC_EOIR1_EL1; IHI0048B.b 4.4.5 GICC_EOIR",
		  .hint = "each access to the CPU interface is trapped"),
	TEST_CASE(timer_interrupt, .needs = NEED_IRQ, .spec = "DDI0487J.a D11.2.4",
		  .hint = "the timer's interrupts are late, or do not come"),
	TEST_CASE(timer_wake_up, .needs = NEED_IRQ, .spec = "DDI0487J.a D1.8.2",
		  .hint = "WFI takes the CPU into a state that it comes back from slowly"),
	TEST_CASE(timer_10_ms, .needs = NEED_IRQ, .spec = "DDI0487J.a D11.2.4, D1.8.2",
		  .hint = "WFI takes the CPU into a state that it comes back from slowly"),
	TEST_CASE(lpi, .needs = NEED_IRQ, .spec = "IHI0069H 5.1, 5.3 INT",
		  .hint = "the ITS is slow to read its queue or its tables"),
	TEST_CASE(ipi, .needs = NEED_IRQ | NEED_SMP, .spec = "IHI0069H 4.2; IHI0048B.b 4.3.15",
		  .timeout_ms = 20000,
		  .hint = "software-generated interrupts get lost, or are late"),
	TEST_CASE(console_line, .timeout_ms = 10000,
		  .hint = "the console takes each character by itself, or has no FIFO",
		  .spec = "include/core/console.h"),
	TEST_CASE(call_of_a_cpu, .needs = NEED_SMP,
		  .hint = "a CPU that sleeps is slow to wake",
		  .spec = "include/core/cpu.h"),
	{}
};

TEST_SUITE(bench, .about = "latencies", .exit = bench_cycles_end, .mmu = TEST_MMU_ANY,
	   .cases = bench_cases);
