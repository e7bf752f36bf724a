// SPDX-License-Identifier: BSD-2-Clause
/* One shared interrupt through all of its states. */
#include "irq.h"

void irq_case_spi_comes(void)
{
	struct came came;
	u32 intid = raise_spi(0, &came);

	REQUIRE(comes(&came, 1), "SPI %u", intid);
	CHECK_EQ(irq_is_enabled(intid), 1, "SPI %u", intid);
	CHECK_EQ(came.intid, intid);
	CHECK_EQ(came.cpu, cpu_this(), "SPI %u: CPU that it came to", intid);
	CHECK_EQ(irq_is_pending(intid), 0, "SPI %u behind its handler", intid);
	CHECK_EQ(irq_is_active(intid), 0, "SPI %u behind its handler", intid);
	time_delay_us(HELD_US);
	CHECK_EQ(came.count, 1U, "SPI %u", intid);
	CHECK_EQ(irq_disable(intid), 0);
}

static bool comes_when_raised(u32 intid)
{
	struct came came = { 0 };
	bool good;

	CHECK_EQ(irq_request(intid, note_came, &came), 0, "SPI %u", intid);
	CHECK_EQ(irq_enable(intid), 0, "SPI %u", intid);
	CHECK_EQ(irq_set_pending(intid, true), 0, "SPI %u", intid);
	good = CHECK(comes(&came, 1), "SPI %u", intid);
	CHECK_EQ(irq_request(intid, NULL, NULL), 0, "SPI %u", intid);
	return good && CHECK_EQ(came.intid, intid);
}

/* Once some do not come nobody has to wait for all others. */
#define MISSING_MAX	4U

/* The ones that devices have are tried by the tests of those. */
void irq_case_every_free_spi_comes(void)
{
	u32 intid = IRQ_SPI_FIRST, tried = 0, missing = 0;

	/* Ends the case where there is none. */
	free_spi(0);
	for (; irq_is_enabled(intid) >= 0 && missing < MISSING_MAX; intid++) {
		if (is_described(intid))
			continue;
		missing += !comes_when_raised(intid);
		tried++;
	}
	if (missing < MISSING_MAX)
		CHECK_LT(irq_is_enabled(intid), 0, "INTID %u, behind the last SPI", intid);
	test_diag("%u of %u SPIs are no device's", tried, intid - IRQ_SPI_FIRST);
}

void irq_case_disabled_spi_waits(void)
{
	struct came came;
	u32 intid = request_spi(0, &came);

	CHECK_EQ(irq_set_pending(intid, true), 0);
	CHECK(is_held(intid, &came, 0), "SPI %u, disabled and pending", intid);
	CHECK_EQ(irq_enable(intid), 0);
	CHECK(comes(&came, 1), "SPI %u, pending since it was disabled", intid);
	CHECK_EQ(irq_disable(intid), 0);
	CHECK_EQ(irq_is_enabled(intid), 0, "SPI %u", intid);
	CHECK_EQ(irq_set_pending(intid, true), 0);
	CHECK(is_held(intid, &came, 1), "SPI %u, disabled again and pending", intid);
}

void irq_case_pending_is_taken_back(void)
{
	struct came came;
	u32 intid = request_spi(0, &came);

	CHECK_EQ(irq_set_pending(intid, true), 0);
	CHECK_EQ(irq_is_pending(intid), 1, "SPI %u", intid);
	CHECK_EQ(irq_set_pending(intid, false), 0);
	CHECK_EQ(irq_is_pending(intid), 0, "SPI %u", intid);
	CHECK_EQ(irq_enable(intid), 0);
	time_delay_us(HELD_US);
	CHECK_EQ(came.count, 0U, "SPI %u was no longer pending", intid);
	CHECK_EQ(irq_disable(intid), 0);
}

void irq_case_active_spi_waits(void)
{
	struct came came;
	u32 intid = request_spi(0, &came);

	CHECK_EQ(irq_set_active(intid, true), 0);
	CHECK_EQ(irq_is_active(intid), 1, "SPI %u", intid);
	CHECK_EQ(irq_enable(intid), 0);
	CHECK_EQ(irq_set_pending(intid, true), 0);
	CHECK(is_held(intid, &came, 0), "SPI %u, active and pending", intid);
	CHECK_EQ(irq_set_active(intid, false), 0);
	CHECK_EQ(irq_is_active(intid), 0, "SPI %u", intid);
	CHECK(comes(&came, 1), "SPI %u, no longer active", intid);
	CHECK_EQ(irq_disable(intid), 0);
}

void irq_case_edge_and_level_are_kept(void)
{
	struct came came, other;
	u32 intid = request_spi(0, &came), neighbour = request_spi(1, &other);

	CHECK_EQ(irq_is_edge(intid), 0, "SPI %u as requested", intid);
	if (irq_set_trigger(intid, true) == -EOPNOTSUPP)
		SKIP("SPI %u is level-sensitive for good", intid);
	CHECK_EQ(irq_is_edge(intid), 1, "SPI %u", intid);
	CHECK_EQ(irq_is_edge(neighbour), 0, "SPI %u, beside %u", neighbour, intid);
	CHECK_EQ(irq_set_trigger(neighbour, true), 0);
	CHECK_EQ(irq_is_edge(intid), 1, "SPI %u, beside %u", intid, neighbour);
	CHECK_EQ(irq_enable(intid), 0);
	CHECK_EQ(irq_set_trigger(intid, false), -EBUSY, "SPI %u is enabled", intid);
	CHECK_EQ(irq_set_pending(intid, true), 0);
	CHECK(comes(&came, 1), "SPI %u as an edge", intid);
	CHECK_EQ(irq_disable(intid), 0);
	CHECK_EQ(irq_set_trigger(intid, false), 0);
	CHECK_EQ(irq_is_edge(intid), 0, "SPI %u", intid);
}

/*
 * Which group is the image's depends on the controller: it is one of the two. Where
 * groups are the secure side's they cannot be changed, and all that comes is ours.
 */
void irq_case_only_our_group_comes(void)
{
	struct came came;
	u32 intid = request_spi(0, &came);
	u32 before;

	CHECK_EQ(irq_enable(intid), 0);
	for (unsigned int group = 0; group < 2; group++) {
		before = came.count;
		if (irq_set_group(intid, group))
			continue;
		CHECK_EQ(irq_set_pending(intid, true), 0);
		if (!wait_until(READ_ONCE(came.count) > before, SILENT_US))
			continue;
		CHECK_EQ(irq_is_pending(intid), 1, "SPI %u of group %u", intid, group);
		CHECK_EQ(irq_set_pending(intid, false), 0);
	}
	CHECK_EQ(came.count, 1U, "SPI %u raised once in each group", intid);
	CHECK_EQ(irq_disable(intid), 0);
}
