// SPDX-License-Identifier: BSD-2-Clause
/*
 * The real-time clock, where a PL031 is described (DDI0224C): what stands at its address
 * is one, what is read-only stays as it is, it counts a second in a second of the
 * system counter, and matches when it gets to the second that was asked for, at
 * which the interrupt comes that is described. Its time belongs to the machine: a
 * case sets it only with destructive=on, and puts it back.
 */
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <core/irq.h>
#include <drivers/device.h>
#include <drivers/device_irq.h>
#include <asm/lock.h>
#include "rtc.h"

static u32 match_before;

/* What the clock said when a case set it, and the system counter then. */
static struct {
	bool set;
	u32 seconds;
	u64 ticks;
} original;

static const struct device *described(void)
{
	struct device *dev;

	device_for_each(dev)
		if (device_compatible(dev, "arm,pl031") && !(dev->flags & DEVICE_DISABLED))
			return dev;
	return NULL;
}

static int rtc_init(void)
{
	if (!described())
		SKIP("no PL031 is described");
	if (pl031_device())
		match_before = pl031_read(PL031_MR);
	return 0;
}

/* The clock may have been set to anything: the system counter knows what has passed. */
static void restore_time(void)
{
	u64 us = time_ticks_to_us(time_ticks() - original.ticks);

	if (original.set)
		pl031_write(PL031_LR, original.seconds + (u32)((us + 500000) / 1000000));
	original.set = false;
}

static void rtc_exit(void)
{
	if (!pl031_device())
		return;
	restore_time();
	pl031_match_at(match_before);
	pl031_clear();
}

/* Each case but the first needs what that one asks for. */
static void clock_or_end(void)
{
	REQUIRE_NE(pl031_device(), NULL, "%s: it is no PL031, see the error above",
		   described()->origin);
}

static void is_what_is_described(void)
{
	clock_or_end();
	CHECK_EQ(pl031_id(PL031_PERIPHID) & PL031_PART_MASK, PL031_PART, "%s: part number",
		 described()->origin);
	CHECK_EQ(pl031_id(PL031_PERIPHID) & PL031_DESIGNER_MASK, PL031_DESIGNER, "%s: designer",
		 described()->origin);
	CHECK_EQ(pl031_id(PL031_PERIPHID) >> 24, 0U, "%s: configuration", described()->origin);
	CHECK_EQ(pl031_id(PL031_CELLID), PL031_CELL, "%s: PrimeCell identification",
		 described()->origin);
}

static void check_read_only(enum pl031_reg reg, const char *name)
{
	u32 before = pl031_read(reg);

	pl031_write(reg, ~before);
	CHECK_EQ(pl031_read(reg), before, "%s (0x%x)", name, (unsigned int)reg);
}

static void fields_are_read_only(void)
{
	u32 seconds, now;

	clock_or_end();
	for (unsigned int i = 0; i < 4; i++) {
		check_read_only(PL031_PERIPHID + 4 * i, "RTCPeriphID");
		check_read_only(PL031_CELLID + 4 * i, "RTCPCellID");
	}
	check_read_only(PL031_RIS, "RTCRIS");
	check_read_only(PL031_MIS, "RTCMIS");
	seconds = pl031_seconds();
	pl031_write(PL031_DR, seconds ^ 0x5a5a5a5a);
	now = pl031_seconds();
	CHECK(now == seconds || now == seconds + 1, "RTCDR (0x0): 0x%x, 0x%x before", now, seconds);
}

static void check_narrow(enum pl031_reg reg)
{
	u32 before = pl031_read(reg);

	pl031_write8(reg, (u8)~before);
	pl031_write16(reg, (u16)~before);
	CHECK_EQ(pl031_read8(reg), (u8)before, "byte at 0x%x", (unsigned int)reg);
	CHECK_EQ(pl031_read16(reg), (u16)before, "halfword at 0x%x", (unsigned int)reg);
	CHECK_EQ(pl031_read(reg), before, "word at 0x%x", (unsigned int)reg);
}

/* On request only: what a bus makes of them is not promised, and may be an SError. */
static void narrow_writes_change_nothing(void)
{
	clock_or_end();
	check_narrow(PL031_RIS);
	check_narrow(PL031_MIS);
	for (unsigned int i = 0; i < 4; i++) {
		check_narrow(PL031_PERIPHID + 4 * i);
		check_narrow(PL031_CELLID + 4 * i);
	}
}

static void it_runs(void)
{
	u32 before;

	clock_or_end();
	CHECK_EQ(pl031_read(PL031_CR) & 1, 1U, "RTCCR");
	before = pl031_seconds();
	CHECK_EQ(sleep_until(pl031_seconds() != before, 2 * TICK_US), 0, "RTCDR stays 0x%x",
		 before);
	CHECK_EQ(pl031_seconds() - before, 1U, "seconds at the first tick");
}

/* From one tick to the next; 0 when there is none. */
static u64 measure_tick_us(void)
{
	u32 second = pl031_seconds();
	u64 start;

	if (sleep_until(pl031_seconds() != second, 2 * TICK_US))
		return 0;
	start = time_ticks();
	second = pl031_seconds();
	if (sleep_until(pl031_seconds() != second, 2 * TICK_US))
		return 0;
	return time_ticks_to_us(time_ticks() - start);
}

/* A host that is busy disturbs one measurement, not all of them. */
static void ticks_once_a_second(void)
{
	u64 us = 0;

	clock_or_end();
	for (unsigned int i = 0; i < 3; i++) {
		us = measure_tick_us();
		if (us >= 950000 && us <= 1050000)
			break;
	}
	CHECK_GE(us, 950000ULL, "microseconds of the system counter in a second of the clock");
	CHECK_LE(us, 1050000ULL, "microseconds of the system counter in a second of the clock");
}

static void match_is_shown(void)
{
	u32 at;

	clock_or_end();
	at = pl031_seconds() + 2;
	pl031_match_at(at);
	CHECK(!pl031_has_matched(), "RTCRIS before the second that RTCMR has");
	CHECK_EQ(pl031_read(PL031_MR), at, "RTCMR");
	CHECK_EQ(sleep_until(pl031_has_matched(), 3 * TICK_US), 0, "RTCRIS: no match");
	CHECK(pl031_seconds() >= at, "RTCDR 0x%x when RTCMR 0x%x matched", pl031_seconds(), at);
	CHECK_EQ(pl031_read(PL031_MIS), 0U, "RTCMIS, masked");
	pl031_let_through(true);
	CHECK_EQ(pl031_read(PL031_MIS), 1U, "RTCMIS, let through");
	pl031_let_through(false);
	pl031_clear();
	CHECK(!pl031_has_matched(), "RTCRIS behind RTCICR");
	CHECK_EQ(pl031_read(PL031_MIS), 0U, "RTCMIS behind RTCICR");
}

static u32 interrupts, shown;

static irq_after_t take_match(u32 intid, struct pt_regs *regs, void *arg)
{
	(void)regs;
	(void)arg;
	shown = pl031_read(PL031_MIS);
	pl031_let_through(false);
	/* One whose mask does nothing would come for ever. */
	if (pl031_read(PL031_MIS))
		irq_disable(intid);
	WRITE_ONCE(interrupts, interrupts + 1);
	return NULL;
}

static void match_interrupt_comes(void)
{
	int intid;

	clock_or_end();
	if (!irqchip_get())
		SKIP("there is no interrupt controller with a driver");
	interrupts = 0;
	intid = device_irq_request(pl031_device(), 0, take_match, NULL);
	if (intid == -ENOENT)
		SKIP("%s has no interrupt", pl031_device()->origin);
	REQUIRE_GE(intid, 0, "%s", pl031_device()->origin);
	/* Not the next one: that may be now. */
	pl031_match_at(pl031_seconds() + 2);
	CHECK(!pl031_has_matched(), "RTCRIS before the match");
	CHECK_EQ(irq_is_pending(intid), 0, "interrupt %d before the match", intid);
	CHECK_EQ(sleep_until(pl031_has_matched(), 3 * TICK_US), 0, "RTCRIS: no match");
	CHECK_EQ(irq_is_pending(intid), 0, "interrupt %d, matched and masked", intid);
	pl031_let_through(true);
	CHECK_EQ(wait_until(irq_is_pending(intid) == 1, 10000), 0,
		 "interrupt %d is not pending, matched and let through", intid);
	CHECK_EQ(READ_ONCE(interrupts), 0U, "interrupts while it is disabled");
	CHECK_EQ(irq_enable(intid), 0);
	CHECK_EQ(wait_until(READ_ONCE(interrupts), 10000), 0, "interrupt %d never came", intid);
	CHECK_EQ(shown, 1U, "RTCMIS in the handler");
	pl031_clear();
	pl031_let_through(true);
	time_delay_us(100);
	CHECK_EQ(READ_ONCE(interrupts), 1U, "interrupts, once it is cleared");
	CHECK_EQ(irq_is_pending(intid), 0, "interrupt %d", intid);
	irq_disable(intid);
	irq_request(intid, NULL, NULL);
}

static void time_can_be_set(void)
{
	u32 wanted = 0x12345678;

	clock_or_end();
	original.seconds = pl031_seconds();
	original.ticks = time_ticks();
	original.set = true;
	pl031_write(PL031_LR, wanted);
	CHECK_EQ(sleep_until(pl031_seconds() - wanted <= 2, 2 * TICK_US), 0, "RTCDR 0x%x behind RTCLR",
		 pl031_seconds());
	restore_time();
}

static const struct test_case rtc_cases[] = {
	TEST_CASE(is_what_is_described, .spec = "DDI0224C 3.3.9, 3.3.10",
		  .hint = "reg of the node is another device's"),
	TEST_CASE(fields_are_read_only, .spec = "DDI0224C 3.2",
		  .hint = "the registers are memory, or another device's"),
	TEST_CASE(narrow_writes_change_nothing, .spec = "DDI0224C 3.2", .destructive = true,
		  .hint = "the bus or the device takes a byte of a read-only register for a write"),
	TEST_CASE(it_runs, .spec = "DDI0224C 3.3.4", .timeout_ms = 10000,
		  .hint = "firmware did not start the clock (RTCCR), or it has no 1 Hz signal"),
	TEST_CASE(ticks_once_a_second, .spec = "DDI0224C 2.2", .timeout_ms = 20000,
		  .hint = "CLK1HZ is not 1 Hz, or CNTFRQ_EL0 is wrong; QEMU with -icount needs "
			  "-rtc clock=vm"),
	TEST_CASE(match_is_shown, .spec = "DDI0224C 3.3.2, 3.3.5 to 3.3.8", .timeout_ms = 10000,
		  .hint = "the match register is not compared, or the interrupt's mask is not "
			  "applied"),
	TEST_CASE(match_interrupt_comes, .spec = "DDI0224C 2.2; the node's interrupts",
		  .timeout_ms = 10000,
		  .hint = "the interrupt described is not the clock's"),
	TEST_CASE(time_can_be_set, .spec = "DDI0224C 3.3.3", .destructive = true,
		  .timeout_ms = 10000,
		  .hint = "the load register is secured, or has no effect"),
	{}
};

TEST_SUITE(rtc, .about = "the PL031 real-time clock", .init = rtc_init, .exit = rtc_exit,
	   .mmu = TEST_MMU_ANY, .cases = rtc_cases);
