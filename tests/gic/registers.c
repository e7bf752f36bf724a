// SPDX-License-Identifier: BSD-2-Clause
/* What the distributor says of itself, and bits that are there or not. */
#include <base/util.h>
#include <asm/cpu.h>
#include <drivers/device.h>
#include "gic.h"

static void check_read_only(u32 offset, const char *name)
{
	u32 before = gic_dist_read(offset);

	gic_dist_write(offset, ~before);
	CHECK_EQ(gic_dist_read(offset), before, "%s after writing 0x%x", name, ~before);
}

/* Each CPU has a redistributor of its own. */
static void check_redistributor_read_only(void *arg)
{
	u64 typer = gic_redist_read64(GIC_REDIST_TYPER);
	u32 iidr = gic_redist_read(GIC_REDIST_IIDR), pidr2 = gic_redist_read(GIC_REG_PIDR2_V3);

	(void)arg;
	gic_redist_write(GIC_REDIST_TYPER, ~(u32)typer);
	gic_redist_write(GIC_REDIST_TYPER + 4, ~(u32)(typer >> 32));
	gic_redist_write(GIC_REDIST_IIDR, ~iidr);
	gic_redist_write(GIC_REG_PIDR2_V3, ~pidr2);
	CHECK_EQ(gic_redist_read64(GIC_REDIST_TYPER), typer, "GICR_TYPER");
	CHECK_EQ(gic_redist_read(GIC_REDIST_IIDR), iidr, "GICR_IIDR");
	CHECK_EQ(gic_redist_read(GIC_REG_PIDR2_V3), pidr2, "GICR_PIDR2");
	CHECK_GE(pidr2 >> 4 & 0xf, 3U, "architecture in GICR_PIDR2 of a GICv3");
}

void identification_is_read_only(void)
{
	u32 pidr2 = gic_is_v2() ? GIC_REG_PIDR2_V2 : GIC_REG_PIDR2_V3;

	check_read_only(GIC_REG_TYPER, "GICD_TYPER");
	check_read_only(GIC_REG_IIDR, "GICD_IIDR");
	check_read_only(pidr2, "GICD_PIDR2");
	CHECK_NE(gic_dist_read(GIC_REG_TYPER), 0xffffffffU, "nothing answers");
	/* 1: of Armv7 cores, like a GICv2 here; 4: GICv4. */
	if (gic_is_v2())
		CHECK_LE(gic_dist_read(pidr2) >> 4 & 0xf, 2U, "architecture of a GICv2");
	else
		CHECK_GE(gic_dist_read(pidr2) >> 4 & 0xf, 3U, "architecture of a GICv3");
	if (!gic_is_v2())
		CHECK_EQ(cpu_call_all(check_redistributor_read_only, NULL, GIC_CALL_US), 0);
}

/*
 * A GICv3 whose GICD_CTLR.DS is 1 has one, whatever it was made with. One state beside
 * a CPU that shows EL3 is no fault: a hypervisor's guest may have both.
 */
void security_states_fit_the_cpu(void)
{
	u32 typer = gic_dist_read(GIC_REG_TYPER);
	bool two = typer & GIC_TYPER_SECURITY;

	CHECK(!two || cpu_has_el3(), "two security states, and no EL3 of the CPU: GICD_TYPER 0x%x",
	      typer);
	if (!gic_is_v2())
		CHECK(gic.one_security_state || cpu_has_el3(), "GICD_CTLR.DS is 0 without EL3");
	if (!two && cpu_has_el3())
		test_diag("one security state, and EL3 of the CPU: GICD_TYPER 0x%x", typer);
}

/* A byte of a priority that there is takes some bits; one that there is not takes none. */
static u8 priority_bits(u32 intid)
{
	u8 before = gic_dist_read8(GIC_REG_IPRIORITYR + intid), bits;

	gic_dist_write8(GIC_REG_IPRIORITYR + intid, 0xff);
	bits = gic_dist_read8(GIC_REG_IPRIORITYR + intid);
	gic_dist_write8(GIC_REG_IPRIORITYR + intid, before);
	return bits;
}

static u32 priority_word(u32 intid)
{
	u32 at = GIC_REG_IPRIORITYR + intid, before = gic_dist_read(at), bits;

	gic_dist_write(at, ~0U);
	bits = gic_dist_read(at);
	gic_dist_write(at, before);
	return bits;
}

void lines_are_as_many_as_said(void)
{
	u32 typer = gic_dist_read(GIC_REG_TYPER), there = 0;

	for (u32 intid = gic.lines - 32; intid < gic.lines; intid++)
		there += intid >= IRQ_SPI_FIRST && !!priority_bits(intid);
	if (gic.lines > IRQ_SPI_FIRST)
		CHECK_GT(there, 0U, "of the last 32 of %u INTIDs, GICD_TYPER 0x%x", gic.lines,
			 typer);
	for (u32 intid = gic.lines; intid < 1020; intid += 4)
		if (!CHECK_EQ(priority_word(intid), 0U,
			      "priorities from INTID %u on, with %u by GICD_TYPER 0x%x", intid,
			      gic.lines, typer))
			break;
	CHECK_LE(gic.lines, 1020U);
}

void enables_set_and_clear(void)
{
	u32 spi = gic_spi(0);

	CHECK(!gic_bit(GIC_REG_ISENABLER, spi), "SPI %u at first", spi);
	gic_set_bit(GIC_REG_ISENABLER, spi);
	CHECK(gic_bit(GIC_REG_ISENABLER, spi), "SPI %u once set", spi);
	CHECK(gic_bit(GIC_REG_ICENABLER, spi), "SPI %u in the clear register", spi);
	gic_dist_write(GIC_REG_ISENABLER + spi / 32 * 4, 0);
	gic_dist_write(GIC_REG_ICENABLER + spi / 32 * 4, 0);
	CHECK(gic_bit(GIC_REG_ISENABLER, spi), "SPI %u once zeros were written", spi);
	gic_set_bit(GIC_REG_ICENABLER, spi);
	irq_disable(spi);
	CHECK(!gic_bit(GIC_REG_ISENABLER, spi), "SPI %u once cleared", spi);
	CHECK(!gic_bit(GIC_REG_ICENABLER, spi), "SPI %u in the clear register", spi);
}

static bool is_edge(u32 intid)
{
	u32 word = intid < IRQ_PRIVATE ? gic_private_read(GIC_REG_ICFGR + intid / 16 * 4) :
					 gic_dist_read(GIC_REG_ICFGR + intid / 16 * 4);

	return word >> (intid % 16 * 2 + 1) & 1;
}

void triggers_are_configured(void)
{
	u32 spi = gic_spi(0);

	CHECK(!is_edge(spi), "SPI %u as requested", spi);
	CHECK_EQ(irq_set_trigger(spi, true), 0, "SPI %u", spi);
	CHECK(is_edge(spi), "SPI %u as an edge", spi);
	CHECK_EQ(irq_set_trigger(spi, false), 0, "SPI %u", spi);
	CHECK(!is_edge(spi), "SPI %u as a level", spi);
	/* SGIs are edges for good. */
	for (u32 sgi = 0; sgi < IRQ_SGIS; sgi++)
		CHECK(is_edge(sgi), "SGI %u", sgi);
}

static u32 interfaces[CONFIG_NR_CPUS];
static u64 typers[CONFIG_NR_CPUS];

static void read_mine(void *arg)
{
	unsigned int self = cpu_this();

	(void)arg;
	interfaces[self] = gic_is_v2() ? gic_interface() : gic_redist_read(GIC_REDIST_WAKER);
	typers[self] = gic_redist_read64(GIC_REDIST_TYPER);
}

/* A GICv2 on its own may read the targets of a lone CPU as 0 (IHI 0048B.b 4.3.12). */
static void check_interface(unsigned int index, u32 *seen)
{
	u32 mask = interfaces[index], cpus = GIC_TYPER_CPUS(gic_dist_read(GIC_REG_TYPER));

	if (!mask && cpus == 1)
		return;
	CHECK(mask && !(mask & (mask - 1)), "CPU %u: interface as a bit, 0x%x", index, mask);
	CHECK(!(mask & *seen), "CPU %u: interface 0x%x is another's, too", index, mask);
	CHECK_EQ(mask >> cpus, 0U, "CPU %u: interface 0x%x, GICD_TYPER has %u", index, mask, cpus);
	*seen |= mask;
}

static void check_redistributor(unsigned int index)
{
	u64 typer = 0, mpidr = cpu_get(index)->mpidr;

	CHECK(gic_redist_typer(mpidr, &typer), "CPU %u: no redistributor has MPIDR 0x%llx", index,
	      mpidr);
	CHECK_EQ(typers[index] >> 32, (mpidr >> 8 & 0xff000000) | (mpidr & 0xffffff),
		 "CPU %u: affinity in GICR_TYPER 0x%llx", index, typers[index]);
	CHECK_EQ(interfaces[index] & (GIC_WAKER_SLEEP | GIC_WAKER_ASLEEP), 0U,
		 "CPU %u: GICR_WAKER", index);
}

void every_cpu_has_its_interface(void)
{
	u32 seen = 0;
	unsigned int i;

	CHECK_EQ(cpu_call_all(read_mine, NULL, GIC_CALL_US), 0);
	cpu_for_each_online(i) {
		if (gic_is_v2())
			check_interface(i, &seen);
		else
			check_redistributor(i);
	}
	if (gic_is_v2())
		CHECK_LE(cpu_described(), GIC_TYPER_CPUS(gic_dist_read(GIC_REG_TYPER)),
			 "CPUs described, and by GICD_TYPER");
}
