// SPDX-License-Identifier: BSD-2-Clause
/*
 * Which interrupt is signalled, and while which other one. Of every priority only the
 * four high bits are used, which all GICs have; no two of one case share bit 7 to 4.
 */
#include "gic.h"

#define URGENT	0x40U
#define NORMAL	0xa0U
#define LAZY	0xc0U
#define IDLE	0xffU

/* Set where the CPU interface does not shift priorities, and the distributor does. */
static bool raw;

/*
 * With two security states the distributor shows the non-secure side half of the
 * priorities. So does the CPU interface, unless EL3 leaves group 0 to that side
 * (SCR_EL3.FIQ, IHI 0069H 4.8.6): then a mask's lowest bit stays.
 */
static void learn_view(void)
{
	u32 mask = gic_cpu_read(GIC_CPU_PMR), bits;

	raw = false;
	if (gic.one_security_state)
		return;
	bits = (gic_cpu_read(GIC_CPU_CTLR) >> 8 & 7) + 1;
	gic_cpu_write(GIC_CPU_PMR, 1U << (8 - bits));
	raw = gic_cpu_read(GIC_CPU_PMR);
	gic_cpu_write(GIC_CPU_PMR, mask);
}

/* What the CPU interface makes of a priority that the distributor was given. */
static u32 seen(u32 priority)
{
	return raw ? 0x80 | priority >> 1 : priority;
}

static u32 enabled_spi(unsigned int n, u32 priority)
{
	u32 spi = gic_edge(n);
	u64 daif = irq_mask();

	learn_view();
	irq_restore(daif);
	CHECK_EQ(irq_set_priority(spi, priority), 0, "SPI %u", spi);
	CHECK_EQ(irq_enable(spi), 0, "SPI %u", spi);
	return spi;
}

static void raise(u32 intid)
{
	gic_set_bit(GIC_REG_ISPENDR, intid);
	CHECK_EQ(wait_until(gic_bit(GIC_REG_ISPENDR, intid), GIC_US), 0, "INTID %u", intid);
}

/* What is acknowledged is @intid, at @priority; else a failure, with it ended. */
static bool takes(u32 intid, u32 priority, u32 *token, const char *when)
{
	u32 came = take_irq(token);

	if (!CHECK_EQ(came, intid, "INTID that came %s", when)) {
		if (came != IRQ_NONE)
			irq_eoi(*token);
		return false;
	}
	CHECK_EQ(gic_cpu_read(GIC_CPU_RPR), seen(priority), "running priority, INTID %u active",
		 intid);
	return true;
}

static void takes_and_ends(u32 intid, u32 priority, const char *when)
{
	u32 token;

	if (takes(intid, priority, &token, when))
		irq_eoi(token);
}

void priority_mask_holds_back(void)
{
	u32 spi = enabled_spi(0, NORMAL), mask = irq_priority_mask();
	u64 daif = irq_mask();

	for (u32 lower = 0; lower <= NORMAL; lower += 0x20) {
		CHECK_EQ(irq_set_priority_mask(lower), 0);
		CHECK_EQ(irq_priority_mask(), lower);
		gic_set_bit(GIC_REG_ISPENDR, spi);
		nothing_comes("of priority 0xa0, the mask at or below that");
	}
	CHECK(gic_bit(GIC_REG_ISPENDR, spi), "SPI %u waits", spi);
	irq_set_priority_mask(NORMAL + 0x10);
	takes_and_ends(spi, NORMAL, "with the mask above its priority");
	irq_set_priority_mask(mask);
	irq_disable(spi);
	irq_restore(daif);
}

void more_urgent_comes_first(void)
{
	u32 lazy = enabled_spi(0, LAZY), urgent = enabled_spi(1, URGENT);
	u32 normal = enabled_spi(2, NORMAL), mask = irq_priority_mask();
	u64 daif = irq_mask();

	irq_set_priority_mask(0);
	raise(lazy);
	raise(normal);
	raise(urgent);
	/* By then the most urgent one has got to the interface, too. */
	nothing_comes("with a mask of 0");
	irq_set_priority_mask(mask);
	takes_and_ends(urgent, URGENT, "first of three");
	takes_and_ends(normal, NORMAL, "second of three");
	takes_and_ends(lazy, LAZY, "third of three");
	CHECK_EQ(gic_cpu_read(GIC_CPU_RPR), IDLE, "running priority, nothing active");
	irq_disable(lazy);
	irq_disable(urgent);
	irq_disable(normal);
	irq_restore(daif);
}

void more_urgent_preempts(void)
{
	u32 normal = enabled_spi(0, NORMAL), urgent = enabled_spi(1, URGENT);
	u32 outer, inner;
	u64 daif = irq_mask();

	CHECK_EQ(gic_cpu_read(GIC_CPU_RPR), IDLE, "running priority, nothing active");
	raise(normal);
	if (takes(normal, NORMAL, &outer, "alone")) {
		raise(urgent);
		if (takes(urgent, URGENT, &inner, "while a less urgent one is active"))
			irq_eoi(inner);
		CHECK_EQ(gic_cpu_read(GIC_CPU_RPR), seen(NORMAL), "running priority behind it");
		irq_eoi(outer);
	}
	CHECK_EQ(gic_cpu_read(GIC_CPU_RPR), IDLE, "running priority behind the last EOI");
	irq_disable(normal);
	irq_disable(urgent);
	irq_restore(daif);
}

/* Has @second come while @first is active? Both are taken in the end. */
static void waits_for(u32 first, u32 first_priority, u32 second, u32 second_priority,
		      const char *when)
{
	u32 token;

	raise(first);
	if (!takes(first, first_priority, &token, "alone"))
		return;
	raise(second);
	nothing_comes(when);
	irq_eoi(token);
	takes_and_ends(second, second_priority, "once the first was ended");
}

void equal_does_not_preempt(void)
{
	u32 one = enabled_spi(0, NORMAL), other = enabled_spi(1, NORMAL);
	u32 lazy = enabled_spi(2, LAZY);
	u64 daif = irq_mask();

	waits_for(one, NORMAL, other, NORMAL, "while one of the same priority is active");
	waits_for(one, NORMAL, lazy, LAZY, "while a more urgent one is active");
	irq_disable(one);
	irq_disable(other);
	irq_disable(lazy);
	irq_restore(daif);
}

/* With a binary point of 7 bit 7 is all that may preempt; group 0's has not even that. */
#define COARSE	7U

void binary_point_groups_priorities(void)
{
	u32 one = enabled_spi(0, 0x60), urgent = enabled_spi(1, 0x20);
	u32 before = gic_cpu_read(GIC_CPU_BPR), token, running;
	u64 daif = irq_mask();

	gic_cpu_write(GIC_CPU_BPR, COARSE);
	CHECK_EQ(gic_cpu_read(GIC_CPU_BPR), COARSE, "the binary point, %u before", before);
	raise(one);
	if (CHECK_EQ(take_irq(&token), one, "INTID of the first")) {
		/* Of what is below the point RPR may show nothing (IHI 0069H 12.2.21). */
		running = gic_cpu_read(GIC_CPU_RPR);
		CHECK_EQ(running & 0x80, seen(0x60) & 0x80, "running priority 0x%x", running);
		raise(urgent);
		nothing_comes("more urgent below the binary point only");
		irq_eoi(token);
		if (CHECK_EQ(take_irq(&token), urgent, "INTID of the second"))
			irq_eoi(token);
	}
	gic_cpu_write(GIC_CPU_BPR, before);
	CHECK_EQ(gic_cpu_read(GIC_CPU_BPR), before);
	irq_disable(one);
	irq_disable(urgent);
	irq_restore(daif);
}

/* Both halves of the end of @intid, acknowledged as @token, with @other at its priority. */
static void check_halves(u32 intid, u32 other, u32 token)
{
	u32 second;

	irq_eoi(token);
	CHECK_EQ(gic_cpu_read(GIC_CPU_RPR), IDLE, "running priority once it was dropped");
	CHECK(gic_bit(GIC_REG_ISACTIVER, intid), "INTID %u is active until DIR", intid);
	raise(intid);
	nothing_comes("of an interrupt not yet deactivated");
	raise(other);
	if (takes(other, NORMAL, &second, "of the same priority once that was dropped")) {
		irq_eoi(second);
		irq_deactivate(second);
	}
	irq_deactivate(token);
	CHECK_EQ(wait_until(!gic_bit(GIC_REG_ISACTIVER, intid), GIC_US), 0,
		 "INTID %u is active behind DIR", intid);
	if (takes(intid, NORMAL, &second, "again once it was deactivated")) {
		irq_eoi(second);
		irq_deactivate(second);
	}
}

void split_end_drops_then_deactivates(void)
{
	u32 one = enabled_spi(0, NORMAL), other = enabled_spi(1, NORMAL), token;
	u64 daif = irq_mask();
	int ret = irq_split_eoi(true);

	if (ret == -EOPNOTSUPP) {
		irq_restore(daif);
		SKIP("the CPU interface cannot part priority drop and deactivation");
	}
	CHECK_EQ(ret, 0);
	raise(one);
	if (takes(one, NORMAL, &token, "alone"))
		check_halves(one, other, token);
	CHECK_EQ(irq_split_eoi(false), 0);
	irq_disable(one);
	irq_disable(other);
	irq_restore(daif);
}
