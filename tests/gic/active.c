// SPDX-License-Identifier: BSD-2-Clause
/*
 * The active state: of a shared interrupt it is the distributor's, the same for whoever
 * looks, and whoever sets or clears it; of a private one it is its CPU's.
 */
#include <asm/cpu.h>
#include "gic.h"

#define SGI	2U

void active_interrupt_is_held_back(void)
{
	u32 spi = gic_edge(0);
	u64 daif = irq_mask();

	CHECK_EQ(irq_enable(spi), 0, "SPI %u", spi);
	gic_set_bit(GIC_REG_ISACTIVER, spi);
	check_state(spi, false, true, "made active by software");
	gic_set_bit(GIC_REG_ISPENDR, spi);
	check_state(spi, true, true, "active, and set pending");
	nothing_comes("of an active SPI");
	gic_set_bit(GIC_REG_ICACTIVER, spi);
	take_and_end(spi, "of an SPI that is no longer active");
	irq_disable(spi);
	irq_restore(daif);
}

static u32 watched;
static u32 seen_active[CONFIG_NR_CPUS];

static void look(void *arg)
{
	(void)arg;
	seen_active[cpu_this()] = gic_bit(GIC_REG_ISACTIVER, watched);
}

static void all_see(u32 active, const char *when)
{
	unsigned int i;

	CHECK_EQ(cpu_call_all(look, NULL, GIC_CALL_US), 0);
	cpu_for_each_online(i)
		CHECK_EQ(seen_active[i], active, "SPI %u is active for CPU %u, %s", watched, i,
			 when);
}

void active_state_is_seen_by_all(void)
{
	u32 spi = gic_edge(0), token;
	u64 daif = irq_mask();

	watched = spi;
	CHECK_EQ(irq_enable(spi), 0, "SPI %u", spi);
	gic_set_bit(GIC_REG_ISPENDR, spi);
	if (take_this(spi, &token, "of an SPI set pending")) {
		all_see(1, "acknowledged by the boot CPU");
		irq_eoi(token);
	}
	all_see(0, "ended by the boot CPU");
	irq_disable(spi);
	irq_restore(daif);
}

void sgi_is_active_until_its_end(void)
{
	u64 daif = irq_mask();
	u32 token;

	CHECK_EQ(irq_enable(SGI), 0);
	irq_set_pending(SGI, true);
	if (take_this(SGI, &token, "of an SGI")) {
		check_state(SGI, false, true, "once acknowledged");
		irq_eoi(token);
	}
	check_state(SGI, false, false, "at the end");
	irq_disable(SGI);
	irq_restore(daif);
}

static unsigned int some_other(bool last)
{
	unsigned int i, found = cpu_this();

	cpu_for_each_online(i)
		if (i != cpu_this() && (last || found == cpu_this()))
			found = i;
	return found;
}

static void activate(void *arg)
{
	(void)arg;
	gic_set_bit(GIC_REG_ISACTIVER, watched);
}

static void deactivate(void *arg)
{
	(void)arg;
	gic_set_bit(GIC_REG_ICACTIVER, watched);
}

/* By one CPU, for another one's interrupt, and taken back by a third where there is one. */
void active_state_is_set_from_elsewhere(void)
{
	u32 spi = gic_edge(0);
	u64 daif = irq_mask();

	watched = spi;
	CHECK_EQ(irq_enable(spi), 0, "SPI %u", spi);
	CHECK_EQ(cpu_call(some_other(false), activate, NULL, GIC_CALL_US), 0);
	all_see(1, "made so by another CPU");
	gic_set_bit(GIC_REG_ISPENDR, spi);
	nothing_comes("of an SPI that another CPU has made active");
	CHECK_EQ(cpu_call(some_other(true), deactivate, NULL, GIC_CALL_US), 0);
	all_see(0, "taken back by another CPU");
	take_and_end(spi, "of an SPI that another CPU has deactivated");
	irq_disable(spi);
	irq_restore(daif);
}

void active_sgi_is_its_cpus(void)
{
	u64 daif = irq_mask();
	unsigned int i;
	u32 token;

	watched = SGI;
	CHECK_EQ(irq_enable(SGI), 0);
	CHECK_EQ(irq_send_sgi(cpu_mpidr(), SGI), 0);
	if (take_this(SGI, &token, "of an SGI to itself")) {
		CHECK_EQ(cpu_call_all(look, NULL, GIC_CALL_US), 0);
		cpu_for_each_online(i)
			CHECK_EQ(seen_active[i], (u32)(i == cpu_this()),
				 "SGI %u is active for CPU %u, acknowledged by CPU %u", SGI, i,
				 cpu_this());
		irq_eoi(token);
	}
	irq_disable(SGI);
	irq_restore(daif);
}

/* The priority is dropped, so that nothing but the active state holds the next one back. */
static void deactivate_by_register(void)
{
	u32 token;

	CHECK_EQ(irq_send_sgi(cpu_mpidr(), SGI), 0);
	if (!take_this(SGI, &token, "of an SGI to itself"))
		return;
	irq_eoi(token);
	check_state(SGI, false, true, "its priority dropped");
	CHECK_EQ(irq_send_sgi(cpu_mpidr(), SGI), 0);
	nothing_comes("of an SGI that is active");
	gic_set_bit(GIC_REG_ICACTIVER, SGI);
	check_state(SGI, true, false, "deactivated by GICD_ICACTIVER");
	if (take_this(SGI, &token, "of an SGI that waited for that")) {
		irq_eoi(token);
		irq_deactivate(token);
	}
	check_state(SGI, false, false, "at the end");
}

void sgi_is_deactivated_by_software(void)
{
	u64 daif = irq_mask();
	int ret = irq_split_eoi(true);

	if (!ret) {
		CHECK_EQ(irq_enable(SGI), 0);
		deactivate_by_register();
		irq_disable(SGI);
		irq_split_eoi(false);
	}
	irq_restore(daif);
	if (ret)
		SKIP("an end cannot be parted into priority and active state");
}
