// SPDX-License-Identifier: BSD-2-Clause
/* One CPU: what becomes of an event. */
#include <base/util.h>
#include <core/time.h>
#include <asm/cpu.h>
#include "its.h"

EACH_ITS(int_raises_lpi)
{
	struct line *line;

	fresh(its);
	line = line_open(its, last_device(its, 0), 3);
	line_enable(line);
	REQUIRE_EQ(raise(line), 0);
	line_came(line, 1);
	CHECK_EQ(line->cpu, cpu_this(), "CPU that it came to");
	REQUIRE_EQ(raise(line), 0);
	line_came(line, 2);
	line_close(line);
}

EACH_ITS(disabled_lpi_waits)
{
	struct line *line;

	fresh(its);
	line = line_open(its, last_device(its, 0), 0);
	REQUIRE_EQ(raise(line), 0);
	line_came(line, 0);
	line_enable(line);
	line_came(line, 1);
	line_close(line);
}

EACH_ITS(inv_reads_one)
{
	struct line *line;

	fresh(its);
	line = line_open(its, last_device(its, 0), 1);
	line_enable(line);
	REQUIRE_EQ(raise(line), 0);
	line_came(line, 1);
	/* What was read once may be kept until the INV. */
	REQUIRE_EQ(lpi_configure(line->intid, false, LPI_PRIORITY), 0);
	do_command(its, its_inv(line->device, line->event));
	REQUIRE_EQ(raise(line), 0);
	line_came(line, 1);
	REQUIRE_EQ(lpi_configure(line->intid, true, LPI_PRIORITY), 0);
	do_command(its, its_inv(line->device, line->event));
	line_came(line, 2);
	line_close(line);
}

EACH_ITS(invall_reads_all)
{
	struct line *line[2];

	fresh(its);
	for (unsigned int i = 0; i < ARRAY_SIZE(line); i++) {
		line[i] = line_open(its, last_device(its, i), i);
		REQUIRE_EQ(raise(line[i]), 0);
		line_came(line[i], 0);
	}
	/* Nothing but INVALL from here on: whatever else is done may have it read anew, too. */
	for (unsigned int i = 0; i < ARRAY_SIZE(line); i++)
		REQUIRE_EQ(lpi_configure(line[i]->intid, true, LPI_PRIORITY), 0);
	do_command(its, its_invall(cpu_this()));
	for (unsigned int i = 0; i < ARRAY_SIZE(line); i++) {
		line_came(line[i], 1);
		line_close(line[i]);
	}
}

EACH_ITS(clear_takes_back)
{
	struct line *line;

	fresh(its);
	line = line_open(its, last_device(its, 0), 0);
	REQUIRE_EQ(raise(line), 0);
	do_command(its, its_clear(line->device, line->event));
	line_enable(line);
	line_came(line, 0);
	REQUIRE_EQ(raise(line), 0);
	line_came(line, 1);
	line_close(line);
}

EACH_ITS(discard_ends_event)
{
	struct line *line;

	no_refusal(its);
	fresh(its);
	line = line_open(its, last_device(its, 0), 2);
	line_enable(line);
	REQUIRE_EQ(raise(line), 0);
	line_came(line, 1);
	do_command(its, its_discard(line->device, line->event));
	try_command(its, its_int(line->device, line->event));
	line_came(line, 1);
	/* And it can be mapped again. */
	REQUIRE_EQ(its_event_map(line->events, line->event, line->intid), 0);
	REQUIRE_EQ(raise(line), 0);
	line_came(line, 2);
	line_close(line);
}

EACH_ITS(discard_drops_pending)
{
	struct line *line;

	fresh(its);
	line = line_open(its, last_device(its, 0), 2);
	REQUIRE_EQ(raise(line), 0);
	do_command(its, its_discard(line->device, line->event));
	/* Without the CLEAR that its_event_map() sends, too. */
	REQUIRE_EQ(lpi_configure(line->intid, true, LPI_PRIORITY), 0);
	do_command(its, its_mapti(line->device, line->event, line->intid, cpu_this()));
	do_command(its, its_inv(line->device, line->event));
	line_came(line, 0);
	REQUIRE_EQ(raise(line), 0);
	line_came(line, 1);
	line_close(line);
}

EACH_ITS(mapd_ends_device)
{
	struct line *line, *other;

	no_refusal(its);
	fresh(its);
	line = line_open(its, last_device(its, 0), 4);
	other = line_open(its, last_device(its, 1), 4);
	line_enable(line);
	line_enable(other);
	do_command(its, its_unmapd(line->device));
	try_command(its, its_int(line->device, line->event));
	line_came(line, 0);
	REQUIRE_EQ(raise(other), 0);
	line_came(other, 1);
	line_came(line, 0);
	line_close(line);
	line_close(other);
}

/* An LPI's number as EventID: it takes a device with that many events. */
EACH_ITS(mapi_takes_the_event)
{
	struct line line = { .its = its };
	struct its_registers regs;
	u32 intid;

	its_read(its, &regs);
	if (ITS_TYPER_EVENT_BITS(regs.typer) < 14)
		SKIP("GITS_TYPER.ID_bits: no EventID is as large as an LPI's number");
	fresh(its);
	line.device = last_device(its, 0);
	REQUIRE_EQ(lpi_alloc(1, &intid), 0);
	REQUIRE_EQ(its_events_create(its, line.device, intid + 1, &line.events), 0);
	line.event = intid;
	do_command(its, its_mapi(line.device, line.event, cpu_this()));
	line_request(&line, intid);
	REQUIRE_EQ(lpi_configure(intid, true, LPI_PRIORITY), 0);
	do_command(its, its_inv(line.device, line.event));
	REQUIRE_EQ(raise(&line), 0);
	line_came(&line, 1);
	do_command(its, its_discard(line.device, line.event));
	line_close(&line);
	lpi_free(intid, 1);
}

/*
 * Halved in the non-secure view it is still below the mask, which need not be (SCR_EL3.FIQ,
 * IHI 0069H 4.8.6).
 */
#define LEAST_URGENT	0xc0

EACH_ITS(priorities_order_lpis)
{
	u32 mask = irq_priority_mask();
	struct line *line[3];

	fresh(its);
	/* In the order in which they are not to come. */
	for (unsigned int i = 0; i < ARRAY_SIZE(line); i++) {
		line[i] = line_open(its, last_device(its, i), 0);
		REQUIRE_EQ(irq_set_priority(line[i]->intid, LEAST_URGENT - 0x20 * i), 0);
		line_enable(line[i]);
	}
	irq_set_priority_mask(0);
	for (unsigned int i = 0; i < ARRAY_SIZE(line); i++)
		raise(line[i]);
	/* A redistributor takes its time to find the most urgent one. */
	time_delay_us(QUIET_US);
	irq_set_priority_mask(mask);
	for (unsigned int i = 0; i < ARRAY_SIZE(line); i++) {
		line_came(line[i], 1);
		CHECK_EQ(line[i]->order, (u32)ARRAY_SIZE(line) - i, "LPI of priority 0x%x",
			 LEAST_URGENT - 0x20 * i);
		line_close(line[i]);
	}
}

/* The same event of two devices: the device table tells them apart. */
EACH_ITS(devices_are_apart)
{
	struct line *one, *two;

	fresh(its);
	one = line_open(its, last_device(its, 0), 5);
	two = line_open(its, last_device(its, 2), 5);
	line_enable(one);
	line_enable(two);
	REQUIRE_EQ(raise(one), 0);
	line_came(one, 1);
	line_came(two, 0);
	REQUIRE_EQ(raise(two), 0);
	line_came(two, 1);
	line_came(one, 1);
	line_close(one);
	line_close(two);
}
