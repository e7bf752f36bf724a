// SPDX-License-Identifier: BSD-2-Clause
/*
 * Latencies, as distributions. Each case takes its samples one by one with the system
 * counter, whose own cost is the first of them and part of all others, and prints
 * them in a line (test/samples.h) behind the last, so that no printing is measured.
 *
 * They are figures for people: a verdict comes only of samples that never came, of
 * time that ran backwards, and where the best of all is beyond 100 ms: a host with
 * other work may be the cause of any but that one.
 */
#include "bench.h"

void bench_judge(struct samples *samples, unsigned int expected)
{
	samples_report(samples, expected);
	if (samples->count && time_frequency())
		CHECK_LT(time_ticks_to_us(samples_min(samples)), BOUND_US,
			 "%s: microseconds, the best of all", samples->what);
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
	TEST_CASE(timer_interrupt, .needs = NEED_IRQ, .spec = "DDI0487J.a D11.2.4",
		  .hint = "the timer's interrupts are late, or do not come"),
	TEST_CASE(timer_wake_up, .needs = NEED_IRQ, .spec = "DDI0487J.a D1.8.2",
		  .hint = "WFI takes the CPU into a state that it comes back from slowly"),
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

TEST_SUITE(bench, .about = "latencies", .mmu = TEST_MMU_ANY, .cases = bench_cases);
