// SPDX-License-Identifier: BSD-2-Clause
/*
 * Live migration: a machine that moves to another host, here another process of QEMU,
 * between two instructions of a case. To what runs in it nothing happens but that time
 * passes: memory, the registers of each CPU, what is pending and active in the
 * interrupt controller, timers and the tables of the ITS are as they were. Each of
 * them is somebody's code in a hypervisor, which saves it here and loads it there, and
 * what is forgotten shows nowhere else.
 *
 * A case sets its state up, has the machine moved, and looks at it again and at what
 * comes of it. docs/migration.md tells how it is moved.
 */
#include "migrate.h"

static int need_somebody(void)
{
	if (!test_migrates())
		SKIP("nobody moves this machine: make run MIGRATE=1");
	return 0;
}

#define CASE(fn, ...) TEST_CASE(fn, .timeout_ms = TEST_MIGRATE_MS + 20000, __VA_ARGS__)

static const struct test_case migrate_cases[] = {
	CASE(memory_stays, .spec = "DDI0487J.a B2.3",
	     .hint = "pages that were written just before the machine left were not sent again"),
	CASE(control_registers_stay, .spec = "DDI0487J.a D19.2",
	     .hint = "a register is missing from what the hypervisor sends"),
	CASE(fp_registers_stay, .spec = "DDI0487J.a B1.2.2",
	     .hint = "vector registers are missing from what the hypervisor sends, or sent short"),
	CASE(other_cpus_go_on, .needs = NEED_SMP, .spec = "DDI0487J.a D1.1",
	     .hint = "a CPU was left stopped, or lost its power state (PSCI)"),
	CASE(breakpoints_stay, .spec = "DDI0487J.a D2.8",
	     .hint = "DBGBVR and DBGBCR were sent, and not put to work at the target"),
	CASE(watchpoints_stay, .spec = "DDI0487J.a D2.10",
	     .hint = "DBGWVR and DBGWCR were sent, and not put to work at the target"),
	CASE(stepping_goes_on, .spec = "DDI0487J.a D2.12",
	     .hint = "MDSCR_EL1 is missing from what the hypervisor sends"),
	CASE(interrupt_states_stay, .needs = NEED_IRQ,
	     .spec = "IHI 0048B.b 4.3; IHI 0069H 12.9",
	     .hint = "a register of the distributor is missing from what the hypervisor sends"),
	CASE(pending_spi_comes_behind_it, .needs = NEED_IRQ,
	     .spec = "IHI 0048B.b 3.2.4; IHI 0069H 4.1",
	     .hint = "the line to the CPU was not raised again at the target"),
	CASE(pending_sgi_comes_behind_it, .needs = NEED_IRQ,
	     .spec = "IHI 0048B.b 3.2.4; IHI 0069H 4.1",
	     .hint = "pending SGIs (of a GICv2 by their source) are missing from what is sent"),
	CASE(counters_go_on, .spec = "DDI0487J.a D11.1.2",
	     .hint = "the offset of the virtual counter was not set at the target: time jumps"),
	CASE(timer_registers_stay, .needs = NEED_IRQ, .spec = "DDI0487J.a D11.2.4",
	     .hint = "CVAL or CTL of a timer is missing from what the hypervisor sends"),
	CASE(timers_fire_behind_it, .needs = NEED_IRQ, .spec = "DDI0487J.a D11.2.4",
	     .hint = "the timer was not armed anew at the target, or its level not raised"),
	CASE(events_become_lpis_behind_it, .needs = NEED_IRQ, .spec = "IHI 0069H 5.2",
	     .hint = "the ITS forgot its tables: GITS_BASER or CBASER is missing from what is sent"),
	CASE(pending_lpi_comes_behind_it, .needs = NEED_IRQ, .spec = "IHI 0069H 5.1.2",
	     .hint = "pending LPIs are kept outside of the pending table and were not written there"),
	{}
};

TEST_SUITE(migrate, .about = "what live migration keeps", .mmu = TEST_MMU_ANY,
	   .init = need_somebody, .cases = migrate_cases);
