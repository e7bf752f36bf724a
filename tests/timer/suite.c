// SPDX-License-Identifier: BSD-2-Clause
/*
 * The system counter and the timers of each CPU (DDI0487J.a D11): what an operating
 * system schedules with and sleeps by. The counter runs on, at the frequency that
 * CNTFRQ_EL0 tells. A timer's condition holds from the moment when the counter has
 * reached its compare value; enabled and not masked it asserts the PPI that the
 * firmware describes for it, on its own CPU and on no other, and wakes that CPU.
 *
 * Each case takes all timers that the exception level reaches, one by one: at EL1
 * physical and virtual, at EL2 also those of the hypervisor.
 */
#include "timer.h"

static const struct test_case timer_cases[] = {
	TEST_CASE(counter_is_monotonic, .mmu = TEST_MMU_ANY, .all_cpus = true,
		  .spec = "DDI0487J.a D11.1.2", .timeout_ms = 30000,
		  .hint = "the counter of this CPU is not the system counter, or is read in "
			  "two halves"),
	TEST_CASE(synchronised_views_are_the_counters, .mmu = TEST_MMU_ANY, .all_cpus = true,
		  .spec = "DDI0487J.a D11.2 CNTPCTSS_EL0, CNTVCTSS_EL0", .timeout_ms = 30000,
		  .hint = "the view has another offset than its counter, or ID_AA64MMFR0_EL1.ECV "
			  "tells of what is not there"),
	TEST_CASE(frequency_is_known, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D19.12.1 CNTFRQ_EL0; binding arm,arch_timer clock-frequency",
		  .hint = "firmware at EL3 has to write CNTFRQ_EL0 on every CPU"),
	TEST_CASE(frequency_is_plausible, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D11.1.2; BSA B_TIME_01",
		  .hint = "CNTFRQ_EL0 was written in kHz or MHz, or for another counter"),
	TEST_CASE(delay_takes_its_time, .mmu = TEST_MMU_ANY,
		  .hint = "the counter does not run at its frequency, or a delay ends early",
		  .spec = "include/core/time.h"),
	TEST_CASE(waits_end_without_a_clock, .mmu = TEST_MMU_ANY, .timeout_ms = 500,
		  .hint = "a wait of this image has no bound but the counter",
		  .spec = "include/core/time.h"),
	TEST_CASE(interrupts_are_private, .mmu = TEST_MMU_ANY,
		  .spec = "BSA B_PPI_00; binding arm,arch_timer interrupts; ACPI 6.5 5.2.25",
		  .hint = "the description gives an SPI, which one CPU of all takes"),
	TEST_CASE(something_runs_while_cpus_sleep, .mmu = TEST_MMU_ANY,
		  .spec = "BSA B_TIME_06; ACPI 6.5 5.2.25 always-on",
		  .hint = "the timers stop in a sleep state and nothing that goes on is "
			  "described: set always-on, or describe a system timer"),
	TEST_CASE(tval_is_the_difference, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D11.2.4.2",
		  .hint = "TVAL is not CVAL less the counter, or is not signed"),
	TEST_CASE(condition_follows_compare_value, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D11.2.4.1",
		  .hint = "the timer compares with another counter, or not at all"),
	TEST_CASE(condition_ignores_the_mask, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D19.12.16 CNTP_CTL_EL0 ISTATUS, IMASK",
		  .hint = "IMASK keeps ISTATUS from showing that the condition holds"),
	TEST_CASE(far_compare_value_is_far, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D11.2.4.1",
		  .hint = "only a part of CVAL is compared, or as a signed number"),
	TEST_CASE(offset_moves_the_virtual_timer, .needs = NEED_EL2, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D11.2.2 CNTVOFF_EL2",
		  .hint = "CNTVOFF_EL2 is not subtracted, or from the wrong counter"),
	TEST_CASE(fires_at_its_compare_value, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D11.2.4.1; BSA B_PPI_01",
		  .hint = "the interrupt described is not the timer's, or firmware keeps it"),
	TEST_CASE(fires_each_time, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D11.2.4.1",
		  .hint = "an interrupt is lost, or stays pending when its timer is set again"),
	TEST_CASE(disabled_timer_is_silent, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D19.12.16 CNTP_CTL_EL0 ENABLE",
		  .hint = "ENABLE does not keep the timer from asserting its interrupt"),
	TEST_CASE(masked_timer_is_silent, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .timeout_ms = 1000,
		  .spec = "DDI0487J.a D19.12.16 CNTP_CTL_EL0 IMASK",
		  .hint = "IMASK does not keep the timer from asserting its interrupt"),
	TEST_CASE(far_timer_is_silent, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D11.2.4.1",
		  .hint = "only a part of CVAL is compared, or as a signed number"),
	TEST_CASE(states_follow_the_timer, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .timeout_ms = 1000,
		  .spec = "DDI0487J.a D11.2.4.1; IHI0069H 4.1.2; IHI0048B.b 3.2.4",
		  .hint = "the PPI is handled as an edge, or the timer's line does not get to the "
			  "interrupt controller"),
	TEST_CASE(every_cpu_has_its_own, .needs = NEED_IRQ | NEED_SMP, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a D11.2.4; BSA B_PPI_00", .timeout_ms = 60000,
		  .hint = "a timer's interrupt goes to another CPU than its own, or to none"),
	TEST_CASE(claimed_timer_leaves_a_deadline, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .hint = "no second timer can stand in for the one of the deadline",
		  .spec = "include/drivers/timer.h"),
	TEST_CASE(wakes_a_cpu_in_wfi, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .spec = "BSA B_WAK_03; DDI0487J.a D1.8.2, D11.2.4.2", .timeout_ms = 2000,
		  .hint = "firmware or hypervisor suspends the CPU in WFI and wakes it for "
			  "something else only"),
	TEST_CASE(wakes_every_cpu, .needs = NEED_IRQ | NEED_SMP, .mmu = TEST_MMU_ANY,
		  .spec = "BSA B_WAK_03; DDI0487J.a D1.8.2", .timeout_ms = 60000,
		  .hint = "firmware or hypervisor suspends the CPU in WFI and wakes it for "
			  "something else only"),
	TEST_CASE(frames_are_implemented, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a I5.7.17 CNTTIDR",
		  .hint = "a frame is described that the block lacks, or at another address"),
	TEST_CASE(frames_count_the_same, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a I5.6.1; I5.7.8 CNTFRQ",
		  .hint = "the frame is the secure side's (CNTNSAR), or has another counter, or "
			  "its CNTFRQ was not written"),
	TEST_CASE(frames_fire, .needs = NEED_IRQ, .mmu = TEST_MMU_ANY,
		  .spec = "DDI0487J.a I5.6.3; BSA B_TIME_08",
		  .hint = "the interrupt described is not the frame's, or CNTACR keeps the timer "
			  "from us"),
	{}
};

TEST_SUITE(timer, .about = "the system counter and the CPUs' timers", .exit = timer_release_all,
	   .cases = timer_cases);
