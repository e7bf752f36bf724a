// SPDX-License-Identifier: BSD-2-Clause
/* What irq_request() and its like promise to drivers. */
#include <asm/lock.h>
#include <drivers/device_irq.h>
#include "irq.h"

/* All of what an interrupt can be left like. */
static void spoil(u32 intid)
{
	irq_set_trigger(intid, true);
	CHECK_EQ(irq_set_priority(intid, 0x30), 0);
	CHECK_EQ(irq_set_pending(intid, true), 0);
	CHECK_EQ(irq_set_active(intid, true), 0);
	CHECK_EQ(irq_enable(intid), 0);
}

static void check_fresh(u32 intid)
{
	CHECK_EQ(irq_is_enabled(intid), 0, "SPI %u", intid);
	CHECK_EQ(irq_is_pending(intid), 0, "SPI %u", intid);
	CHECK_EQ(irq_is_active(intid), 0, "SPI %u", intid);
	CHECK_EQ(irq_is_edge(intid), 0, "SPI %u", intid);
	CHECK_EQ(irq_get_priority(intid), (int)IRQ_PRIORITY, "SPI %u", intid);
}

void irq_case_request_forgets_the_past(void)
{
	struct came came = { 0 };
	u32 intid = free_spi(0);
	u64 daif = irq_mask();

	spoil(intid);
	REQUIRE_EQ(irq_request(intid, note_came, &came), 0, "SPI %u", intid);
	check_fresh(intid);
	irq_restore(daif);
	CHECK_EQ(irq_enable(intid), 0);
	time_delay_us(HELD_US);
	CHECK_EQ(came.count, 0U, "SPI %u was pending before it was requested", intid);
	CHECK_EQ(irq_set_pending(intid, true), 0);
	CHECK(comes(&came, 1), "SPI %u", intid);
	/* And so does giving it back. */
	spoil(intid);
	CHECK_EQ(irq_request(intid, NULL, NULL), 0);
	check_fresh(intid);
}

/* A device as a table would describe it. */
static void check_device(u32 intid, u32 flags)
{
	struct resource irq = { .kind = RES_IRQ, .flags = flags, .base = intid, .size = 1 };
	struct device dev = {
		.name = "irq-test", .origin = "tests/irq", .resources = &irq, .nr_resources = 1,
	};
	struct came came = { 0 };

	REQUIRE_EQ(device_irq_request(&dev, 0, note_came, &came), (int)intid);
	CHECK_EQ(irq_is_enabled(intid), 0, "SPI %u", intid);
	CHECK_EQ(irq_is_edge(intid), flags & RES_IRQ_EDGE ? 1 : 0, "SPI %u, flags 0x%x", intid,
		 flags);
	CHECK_EQ(device_irq_request(&dev, 1, note_came, &came), -ENOENT);
	CHECK_EQ(irq_enable(intid), 0);
	CHECK_EQ(irq_set_pending(intid, true), 0);
	CHECK(comes(&came, 1), "SPI %u, flags 0x%x", intid, flags);
	CHECK_EQ(irq_request(intid, NULL, NULL), 0);
}

void irq_case_device_interrupt_is_as_described(void)
{
	u32 intid = free_spi(0);

	check_device(intid, RES_IRQ_EDGE);
	check_device(intid, 0);
}

void irq_case_unasked_is_stopped(void)
{
	struct came came;
	/* Requested first: that is what sets its group and its target. */
	u32 intid = request_spi(0, &came);
	u64 daif = irq_mask();

	REQUIRE_EQ(irq_request(intid, NULL, NULL), 0);
	REQUIRE_EQ(irq_enable(intid), 0);
	REQUIRE_EQ(irq_set_pending(intid, true), 0);
	CHECK(wait_signal(), "SPI %u", intid);
	irq_poll();
	CHECK_EQ(irq_is_enabled(intid), 0, "SPI %u, which has no handler", intid);
	CHECK_EQ(irq_is_active(intid), 0, "SPI %u", intid);
	irq_disable(intid);
	irq_restore(daif);
}

void irq_case_misuse_is_refused(void)
{
	struct came came;
	u32 intid = request_spi(0, &came), none = 1020;

	CHECK_EQ(irq_request(intid, note_came, &came), -EBUSY, "SPI %u", intid);
	CHECK_EQ(irq_request(none, note_came, &came), -ERANGE, "INTID %u", none);
	CHECK_EQ(irq_request(IRQ_SPI_END + 16, note_came, &came), -ERANGE);
	CHECK_EQ(irq_enable(none), -ERANGE, "INTID %u", none);
	CHECK_EQ(irq_set_priority(none, IRQ_PRIORITY), -ERANGE, "INTID %u", none);
	CHECK_EQ(irq_set_priority(intid, 0x100), -EINVAL, "SPI %u", intid);
	CHECK_EQ(irq_set_group(intid, 2), -EINVAL, "SPI %u", intid);
	CHECK_EQ(irq_set_target(IRQ_SGIS, cpu_get(0)->mpidr), -EINVAL, "a private interrupt");
	CHECK_EQ(irq_set_target(intid, 0xff00ffffffULL), -ENODEV, "SPI %u", intid);
	CHECK_EQ(irq_send_sgi(cpu_get(0)->mpidr, IRQ_SGIS), -ERANGE);
	CHECK_EQ(irq_send_sgi_others(IRQ_SGIS), -ERANGE);
	CHECK_EQ(irq_is_enabled(IRQ_LPI_FIRST - 1), -ERANGE);
}
