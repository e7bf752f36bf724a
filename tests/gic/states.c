// SPDX-License-Identifier: BSD-2-Clause
/* An interrupt from inactive through pending and active, and both at once. */
#include <drivers/device.h>
#include <drivers/timer.h>
#include "gic.h"

#define SETTLES_US	10000ULL

static bool is_in_state(u32 intid, bool pending, bool active)
{
	return gic_bit(GIC_REG_ISPENDR, intid) == pending &&
	       gic_bit(GIC_REG_ISACTIVER, intid) == active;
}

/* What a CPU acknowledges or ends gets to the distributor in its time (IHI 0069H 4.1). */
void check_state(u32 intid, bool pending, bool active, const char *when)
{
	wait_until(is_in_state(intid, pending, active), SETTLES_US);
	CHECK_EQ(gic_bit(GIC_REG_ISPENDR, intid), pending, "INTID %u pending, %s", intid, when);
	CHECK_EQ(gic_bit(GIC_REG_ICPENDR, intid), pending, "INTID %u by the clear register, %s",
		 intid, when);
	CHECK_EQ(gic_bit(GIC_REG_ISACTIVER, intid), active, "INTID %u active, %s", intid, when);
	CHECK_EQ(gic_bit(GIC_REG_ICACTIVER, intid), active, "INTID %u by the clear register, %s",
		 intid, when);
}

bool take_this(u32 intid, u32 *token, const char *when)
{
	u32 came = take_irq(token);

	if (CHECK_EQ(came, intid, "INTID that came %s", when))
		return true;
	if (came != IRQ_NONE)
		irq_eoi(*token);
	return false;
}

void take_and_end(u32 intid, const char *when)
{
	u32 token;

	if (take_this(intid, &token, when))
		irq_eoi(token);
}

void states_go_round(void)
{
	u32 spi = gic_edge(0), token;
	u64 daif = irq_mask();

	CHECK_EQ(irq_enable(spi), 0, "SPI %u", spi);
	check_state(spi, false, false, "at first");
	gic_set_bit(GIC_REG_ISPENDR, spi);
	check_state(spi, true, false, "once set pending");
	if (take_this(spi, &token, "of an SPI set pending")) {
		check_state(spi, false, true, "once acknowledged");
		irq_eoi(token);
	}
	check_state(spi, false, false, "at the end");
	nothing_comes("behind the end");
	irq_disable(spi);
	irq_restore(daif);
}

void disabled_interrupt_stays_pending(void)
{
	u32 spi = gic_edge(0);
	u64 daif = irq_mask();

	gic_set_bit(GIC_REG_ISPENDR, spi);
	check_state(spi, true, false, "set pending while disabled");
	nothing_comes("of a disabled SPI");
	CHECK_EQ(irq_enable(spi), 0, "SPI %u", spi);
	take_and_end(spi, "of an SPI enabled while pending");
	irq_disable(spi);
	irq_restore(daif);
}

void withdrawn_interrupt_is_spurious(void)
{
	u32 spi = gic_edge(0), idle = gic_cpu_read(GIC_CPU_RPR);
	u64 daif = irq_mask();

	CHECK_EQ(gic_cpu_read(GIC_CPU_IAR) & 0xffffff, IRQ_NONE, "with nothing pending");
	CHECK_EQ(irq_enable(spi), 0, "SPI %u", spi);
	gic_set_bit(GIC_REG_ISPENDR, spi);
	CHECK_EQ(wait_until((gic_cpu_read(GIC_CPU_HPPIR) & 0xffffff) == spi, GIC_US), 0,
		 "SPI %u is not the highest pending one", spi);
	gic_set_bit(GIC_REG_ICPENDR, spi);
	check_state(spi, false, false, "once withdrawn");
	CHECK_EQ(wait_until((gic_cpu_read(GIC_CPU_HPPIR) & 0xffffff) == IRQ_NONE, GIC_US), 0,
		 "the highest pending one once it was withdrawn");
	CHECK_EQ(gic_cpu_read(GIC_CPU_IAR) & 0xffffff, IRQ_NONE, "once withdrawn");
	CHECK_EQ(gic_cpu_read(GIC_CPU_RPR), idle, "running priority, nothing being active");
	irq_disable(spi);
	irq_restore(daif);
}

void edge_is_remembered_while_active(void)
{
	u32 spi = gic_edge(0), token;
	u64 daif = irq_mask();

	CHECK_EQ(irq_enable(spi), 0, "SPI %u", spi);
	gic_set_bit(GIC_REG_ISPENDR, spi);
	gic_set_bit(GIC_REG_ISPENDR, spi);
	if (take_this(spi, &token, "of two edges")) {
		check_state(spi, false, true, "both taken as one");
		gic_set_bit(GIC_REG_ISPENDR, spi);
		check_state(spi, true, true, "with an edge while active");
		nothing_comes("of an edge while active");
		irq_eoi(token);
		take_and_end(spi, "of an edge while active, behind the end");
	}
	nothing_comes("behind all edges");
	irq_disable(spi);
	irq_restore(daif);
}

static irq_after_t silence(u32 intid, struct pt_regs *regs, void *arg)
{
	const struct timer *timer = arg;

	(void)intid;
	(void)regs;
	timer_stop(timer);
	return NULL;
}

static bool is_pending(u32 intid, bool want)
{
	return !wait_until(gic_bit(GIC_REG_ISPENDR, intid) == want, GIC_US);
}

static void check_level(const struct timer *timer)
{
	u32 intid = timer->intid, token;

	timer_start(timer, 0);
	CHECK(is_pending(intid, true), "INTID %u of the %s that has expired", intid, timer->name);
	if (take_this(intid, &token, "of a timer")) {
		CHECK(gic_bit(GIC_REG_ISPENDR, intid), "a level that still is, while active");
		nothing_comes("of a level while active");
		irq_eoi(token);
		take_and_end(intid, "of a level that still is, behind the end");
	}
	timer_stop(timer);
	CHECK(is_pending(intid, false), "INTID %u of the %s that was silenced", intid, timer->name);
	nothing_comes("of a level that is no more");
}

void level_follows_its_source(void)
{
	const struct timer *timer = timer_get(TIMER_PHYS);
	u64 daif;

	if (!timer || !timer->intid || timer->irq_flags & RES_IRQ_EDGE)
		SKIP("no timer of ours is described with a level-sensitive PPI");
	REQUIRE_EQ(timer_claim(timer, silence, (void *)timer), 0, "%s", timer->name);
	daif = irq_mask();
	check_level(timer);
	irq_restore(daif);
	timer_release(timer);
}
