// SPDX-License-Identifier: BSD-2-Clause
/*
 * Which of several interrupts comes, and when. All of them are pending before the
 * CPU looks, so that it cannot be by chance.
 */
#include <asm/lock.h>
#include "irq.h"

#define URGENT		0x40U
#define LAZY		0xc0U

/* Takes what is pending, now that all of it is. */
static void take_all(u64 daif)
{
	CHECK(wait_signal(), "nothing is signalled to the CPU");
	/* The later one may still be on its way when the first is signalled. */
	time_delay_us(HELD_US);
	irq_restore(daif);
}

static void check_order(u32 first_priority, u32 second_priority)
{
	struct came first, second;
	u64 daif = irq_mask();
	u32 one = raise_spi(0, &first), two = raise_spi(1, &second);

	CHECK_EQ(irq_set_priority(one, first_priority), 0);
	CHECK_EQ(irq_set_priority(two, second_priority), 0);
	take_all(daif);
	CHECK(comes(&first, 1), "SPI %u of priority 0x%x", one, first_priority);
	CHECK(comes(&second, 1), "SPI %u of priority 0x%x", two, second_priority);
	CHECK_EQ(first.order < second.order, first_priority < second_priority,
		 "SPI %u of priority 0x%x came before SPI %u of priority 0x%x", one,
		 first_priority, two, second_priority);
	irq_request(one, NULL, NULL);
	irq_request(two, NULL, NULL);
}

/* Both ways, so that it is not their number that decides. */
void irq_case_urgent_one_comes_first(void)
{
	check_order(URGENT, LAZY);
	check_order(LAZY, URGENT);
}

/* IHI 0069H 4.8: at least 16 of them; the upper four bits can be written. */
void irq_case_priority_reads_back(void)
{
	u32 intid = free_spi(0), neighbour = free_spi(1);

	REQUIRE_EQ(irq_set_priority(neighbour, IRQ_PRIORITY), 0);
	for (u32 priority = 0; priority <= 0xff; priority += 0x10) {
		CHECK_EQ(irq_set_priority(intid, priority), 0);
		CHECK_EQ(irq_get_priority(intid) & 0xf0, (int)priority, "SPI %u", intid);
	}
	CHECK_EQ(irq_get_priority(neighbour), (int)IRQ_PRIORITY, "SPI %u, beside %u", neighbour,
		 intid);
}

void irq_case_priority_mask_holds_back(void)
{
	u32 mask = irq_priority_mask();
	struct came urgent, lazy;
	u32 one, two;

	REQUIRE_EQ(irq_set_priority_mask(0x80), 0);
	one = raise_spi(0, &lazy);
	CHECK(is_held(one, &lazy, 0), "SPI %u of priority 0x%x, mask 0x80", one, IRQ_PRIORITY);
	two = request_spi(1, &urgent);
	CHECK_EQ(irq_set_priority(two, URGENT), 0);
	CHECK_EQ(irq_enable(two), 0);
	CHECK_EQ(irq_set_pending(two, true), 0);
	CHECK(comes(&urgent, 1), "SPI %u of priority 0x%x, mask 0x80", two, URGENT);
	CHECK_EQ(irq_set_priority_mask(mask), 0);
	CHECK_EQ(irq_priority_mask(), mask);
	CHECK(comes(&lazy, 1), "SPI %u of priority 0x%x, mask 0x%x", one, IRQ_PRIORITY, mask);
	CHECK_EQ(irq_disable(one), 0);
	CHECK_EQ(irq_disable(two), 0);
}

/* Acknowledged by hand: a handler's interrupt is over before the case goes on. */
static u32 ack_one(u32 *token)
{
	CHECK(wait_signal(), "nothing is signalled to the CPU");
	return irq_ack(token);
}

static void check_split(u32 one, u32 two)
{
	u32 token, other;

	REQUIRE_EQ(ack_one(&token), one);
	CHECK_EQ(irq_is_active(one), 1, "SPI %u was acknowledged", one);
	CHECK_EQ(irq_set_pending(two, true), 0);
	time_delay_us(HELD_US);
	CHECK_EQ(irq_ack(&other), IRQ_NONE, "SPI %u has the priority of the active one", two);
	irq_eoi(token);
	CHECK_EQ(irq_is_active(one), 1, "SPI %u, its priority dropped", one);
	CHECK_EQ(ack_one(&other), two, "the priority was dropped");
	irq_eoi(other);
	irq_deactivate(other);
	irq_deactivate(token);
	CHECK_EQ(irq_is_active(one), 0, "SPI %u was deactivated", one);
	CHECK_EQ(irq_is_active(two), 0, "SPI %u was deactivated", two);
}

void irq_case_split_eoi_keeps_it_active(void)
{
	struct came came, other;
	u64 daif = irq_mask();
	int ret = irq_split_eoi(true);
	u32 one, two;

	if (ret == -EOPNOTSUPP)
		SKIP("the interrupt controller cannot part the halves of an EOI");
	REQUIRE_EQ(ret, 0);
	two = request_spi(1, &other);
	CHECK_EQ(irq_enable(two), 0);
	one = raise_spi(0, &came);
	check_split(one, two);
	CHECK_EQ(irq_split_eoi(false), 0);
	CHECK_EQ(irq_disable(one), 0);
	CHECK_EQ(irq_disable(two), 0);
	irq_restore(daif);
}

void irq_case_nothing_pending_is_none(void)
{
	u64 daif = irq_mask();
	u32 token;

	CHECK_EQ(irq_ack(&token), IRQ_NONE);
	CHECK_EQ(irq_poll(), 0U);
	irq_restore(daif);
}
