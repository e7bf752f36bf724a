// SPDX-License-Identifier: BSD-2-Clause
/* Host bridges out of the MCFG, and the way of their messages through the IORT. */
#include "tests.h"
#include <drivers/pci_host.h>

static struct machine machine;

static const struct device *segment(unsigned int n)
{
	const struct device *dev;

	device_for_each(dev)
		if (dev->acpi_id == ACPI_MCFG_SEGMENT && !n--)
			return dev;
	return NULL;
}

static struct base_iort *iort(void)
{
	return (void *)machine_find(&machine, "IORT")->data;
}

static void boot(void)
{
	machine_seal_checksum(machine_find(&machine, "IORT"));
	machine_boot(&machine);
}

static void makes_host_bridges(void)
{
	const struct device *host;
	struct pci_window window;
	u64 value;

	base_machine(&machine);
	machine_boot(&machine);
	host = segment(0);
	EXPECT_EQ(device_mem(host, 0)->base, 0x4010000000ULL);
	EXPECT_EQ(device_mem(host, 0)->size, 0x10000000ULL);
	host = segment(1);
	/* The address in the table is that of bus 0. */
	EXPECT_EQ(device_mem(host, 0)->base, 0x5011000000ULL);
	EXPECT_EQ(device_mem(host, 0)->size, 0x1000000ULL);
	EXPECT_EQ(device_get_u64(host, "bus-range", &value), 0);
	EXPECT_EQ(value, 0x100000001fULL);
	EXPECT_EQ(device_get_u64(host, "linux,pci-domain", &value), 0);
	EXPECT_EQ(value, 1ULL);
	EXPECT_EQ(host->ops->pci->window(host, 0, &window), -EOPNOTSUPP);
	EXPECT_EQ(host->ops->pci->intx(host, 0, 0, 1, &(struct resource){ 0 }), -EOPNOTSUPP);
	EXPECT(!segment(2));
	machine_free(&machine);
}

static void expect_message(const char *controller, u16 rid, u32 device_id)
{
	const struct device *host = segment(0);
	struct pci_msi_route route;

	EXPECT_EQ(host->ops->pci->msi(host, rid, &route), 0);
	EXPECT_STREQ(route.controller->name, controller);
	EXPECT_EQ(route.device_id, device_id);
}

static void follows_messages_to_an_its(void)
{
	base_machine(&machine);
	iort()->root.map[1].output_base = 0x18000;
	boot();
	expect_message("its@8080000", 0x7fff, 0x7fff);
	expect_message("its@8080000", 0x8010, 0x18010);
	machine_free(&machine);
}

/* Where the IORT has nothing for a function, a frame of the MADT takes everybody's. */
static void falls_back_to_a_frame(void)
{
	base_machine(&machine);
	iort()->root.map[0].number_of_ids = 0;
	boot();
	expect_message("its@8080000", 0, 0);
	expect_message("v2m@8020000", 1, 1);
	machine_free(&machine);
	base_machine(&machine);
	iort()->its.id[0] = 9;	/* no such ITS */
	boot();
	expect_message("v2m@8020000", 0x10, 0x10);
	machine_free(&machine);
}

/* A mapping back to its own node has no end. */
static void circles_are_left(void)
{
	base_machine(&machine);
	iort()->root.map[0].output_reference = offsetof(struct base_iort, root);
	boot();
	expect_message("v2m@8020000", 0x10, 0x10);
	machine_free(&machine);
}

void pci_tests(void)
{
	CTEST(makes_host_bridges);
	CTEST(follows_messages_to_an_its);
	CTEST(falls_back_to_a_frame);
	CTEST(circles_are_left);
}
