// SPDX-License-Identifier: BSD-2-Clause
/* What an ITS says it is, and how firmware has left it. */
#include <base/string.h>
#include <base/util.h>
#include <drivers/device.h>
#include "its.h"

#define PIDR2_ARCH(pidr2)	((pidr2) >> 4 & 0xf)

/* Where a driver found none, that is the machine's failure, and this case has to say it. */
void bound_where_described(void)
{
	const struct device *dev;

	device_for_each(dev)
		if (dev->driver && !strcmp(dev->driver->name, "its") &&
		    !(dev->flags & DEVICE_DISABLED))
			CHECK(dev->probed, "%s is described and is not there: see what its driver said",
			      dev->origin);
}

EACH_ITS(identified)
{
	struct its_registers regs;
	u32 arch;

	its_read(its, &regs);
	arch = PIDR2_ARCH(regs.pidr2);
	CHECK(arch == 3 || arch == 4, "%s: GITS_PIDR2 reads 0x%x", its_device(its)->origin,
	      regs.pidr2);
	CHECK(ITS_TYPER_PHYSICAL(regs.typer), "%s: GITS_TYPER reads 0x%llx",
	      its_device(its)->origin, regs.typer);
	/* Virtual LPIs take redistributors of a GICv4. */
	if (arch == 3)
		CHECK(!ITS_TYPER_VMAPP(regs.typer), "GITS_TYPER 0x%llx of a GICv3", regs.typer);
	test_diag("%s: GITS_IIDR 0x%x, DeviceIDs of %u bits, EventIDs of %u, %u bytes an event%s",
		  its_device(its)->name, regs.iidr, ITS_TYPER_DEVICE_BITS(regs.typer),
		  ITS_TYPER_EVENT_BITS(regs.typer), ITS_TYPER_ITT_ENTRY(regs.typer),
		  ITS_TYPER_VIRTUAL(regs.typer) ? ", virtual LPIs" : "");
}

EACH_ITS(read_only_registers_stay)
{
	struct its_registers before, after;

	its_read(its, &before);
	its_write_read_only(its);
	its_read(its, &after);
	CHECK_EQ(after.iidr, before.iidr, "GITS_IIDR");
	CHECK_EQ(after.typer, before.typer, "GITS_TYPER");
	CHECK_EQ(after.pidr2, before.pidr2, "GITS_PIDR2");
}

static void check_fixed_fields(struct its *its, unsigned int n)
{
	struct its_registers before, after;

	its_read(its, &before);
	its_write_baser(its, n, ~before.baser[n] & ~(1ULL << 63));
	its_read(its, &after);
	CHECK_EQ(after.baser[n] & ITS_BASER_READ_ONLY, before.baser[n] & ITS_BASER_READ_ONLY,
		 "GITS_BASER%u: type and size of entries", n);
	its_write_baser(its, n, 0);
}

EACH_ITS(tables_are_described)
{
	unsigned int devices = 0, collections = 0;
	struct its_registers regs;

	its_read(its, &regs);
	for (unsigned int n = 0; n < ITS_TABLES; n++) {
		devices += ITS_BASER_TYPE(regs.baser[n]) == ITS_BASER_DEVICES;
		collections += ITS_BASER_TYPE(regs.baser[n]) == ITS_BASER_COLLECTIONS;
	}
	CHECK_LE(devices, 1U, "tables of devices");
	CHECK_LE(collections, 1U, "tables of collections");
	/* IHI 0069H 5.2: it has room for one a CPU and one more, in itself or in memory. */
	if (!collections)
		CHECK_GE(ITS_TYPER_HCC(regs.typer), cpu_count() + 1, "GITS_TYPER.HCC");
	REQUIRE_EQ(its_stop(its), 0);
	for (unsigned int n = 0; n < ITS_TABLES; n++)
		check_fixed_fields(its, n);
	fresh(its);
}

EACH_ITS(was_stopped_at_entry)
{
	u32 ctlr = its_left_ctlr(its);

	CHECK(!(ctlr & ITS_CTLR_ENABLED), "%s: GITS_CTLR was 0x%x", its_device(its)->origin, ctlr);
	CHECK(ctlr & ITS_CTLR_QUIESCENT, "%s: GITS_CTLR was 0x%x", its_device(its)->origin, ctlr);
}

/* Tables that the memory map keeps for the GIC are a way of handing over, too. */
void lpis_were_off_at_entry(void)
{
	const struct lpi_left *left = lpi_left();

	if (!left->enabled || left->reserved) {
		CHECK_LE(left->stuck, left->enabled);
		return;
	}
	FAIL("%u redistributors had GICR_CTLR.EnableLPIs set (CPU 0x%llx: GICR_PROPBASER 0x%llx, GICR_PENDBASER 0x%llx), and their tables lie in free memory%s",
	     left->enabled, left->mpidr, left->propbaser, left->pendbaser,
	     left->stuck ? "; it cannot be cleared" : "");
}

EACH_ITS(redistributors_take_lpis)
{
	struct lpi_registers first, regs;
	unsigned int i;

	fresh(its);
	REQUIRE_EQ(lpi_read(cpu_get(0)->mpidr, &first), 0);
	cpu_for_each_online(i) {
		u64 mpidr = cpu_get(i)->mpidr;

		REQUIRE_EQ(lpi_cpu_start(mpidr), 0, "CPU %u", i);
		REQUIRE_EQ(lpi_read(mpidr, &regs), 0, "CPU %u", i);
		CHECK(regs.enabled, "GICR_CTLR.EnableLPIs of CPU %u", i);
		CHECK_EQ(LPI_TABLE_ADDRESS(regs.propbaser), LPI_TABLE_ADDRESS(first.propbaser),
			 "GICR_PROPBASER of CPU %u against CPU 0's", i);
		CHECK_EQ(LPI_TABLE_ID_BITS(regs.propbaser), lpi_id_bits(), "GICR_PROPBASER of CPU %u",
			 i);
		if (i)
			CHECK_NE(LPI_TABLE_ADDRESS(regs.pendbaser),
				 LPI_TABLE_ADDRESS(first.pendbaser),
				 "GICR_PENDBASER of CPU %u against CPU 0's", i);
	}
}
