// SPDX-License-Identifier: BSD-2-Clause
/* MCFG: the host bridges' configuration space, and all that static tables say of them. */
#include <base/errno.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/log.h>
#include <drivers/pci_host.h>
#include "internal.h"

/* _CRS of the host bridge has the windows, _PRT the interrupts: AML, both of them. */
static int window(const struct device *host, unsigned int n, struct pci_window *w)
{
	(void)host;
	(void)n;
	(void)w;
	return -EOPNOTSUPP;
}

static int intx(const struct device *host, u8 bus, u8 devfn, u8 pin, struct resource *irq)
{
	(void)host;
	(void)bus;
	(void)devfn;
	(void)pin;
	(void)irq;
	return -EOPNOTSUPP;
}

static const struct device *find_its(u32 id)
{
	const struct device *dev;
	u64 found;

	device_for_each(dev)
		if (dev->acpi_id == ACPI_MADT(ACPI_MADT_ITS) &&
		    !device_get_u64(dev, "gic-its-id", &found) && found == id)
			return dev;
	return NULL;
}

static const struct device *find_msi_frame(void)
{
	const struct device *dev;

	device_for_each(dev)
		if (dev->acpi_id == ACPI_MADT(ACPI_MADT_MSI_FRAME))
			return dev;
	return NULL;
}

/*
 * The IORT leads to an ITS. MSI frames have no table of who uses which: any frame
 * is for all (ACPI 6.5 5.2.12.16), also where the IORT names an ITS that the MADT lacks.
 */
static int msi(const struct device *host, u16 rid, struct pci_msi_route *route)
{
	u64 segment;
	u32 its;
	int ret;

	if (device_get_u64(host, "linux,pci-domain", &segment))
		segment = 0;
	ret = acpi_iort_msi((u32)segment, rid, &its, &route->device_id);
	if (!ret) {
		route->controller = find_its(its);
		if (route->controller)
			return 0;
	}
	route->controller = find_msi_frame();
	route->device_id = rid;
	if (route->controller)
		return 0;
	return ret ? ret : -EINVAL;
}

const struct pci_source_ops acpi_pci_ops = { .window = window, .intx = intx, .msi = msi };

/* The base address is that of bus 0, wherever the buses begin (PCI Firmware 3.3 4.1.2). */
static int add_segment(const struct acpi_mcfg_entry *entry, u32 offset)
{
	u64 base = entry->base_address + entry->start_bus_number * SZ_1M;
	struct acpi_device *ad;

	if (entry->start_bus_number > entry->end_bus_number) {
		pr_err("ACPI: MCFG, offset 0x%x (start_bus_number): %u is above the last bus, %u; not used\n",
		       offset + (u32)offsetof(struct acpi_mcfg_entry, start_bus_number),
		       entry->start_bus_number, entry->end_bus_number);
		return 0;
	}
	ad = acpi_device_new(ACPI_MCFG_SEGMENT, heap_printf("pcie@%llx", base),
			     heap_printf("MCFG segment %u (at offset 0x%x)",
					 entry->pci_segment_group_number, offset), 1, 2);
	if (!ad)
		return -ENOMEM;
	ad->dev.source_node = (int)offset;
	acpi_device_mem(ad, "ECAM", base,
			(entry->end_bus_number - entry->start_bus_number + 1) * SZ_1M);
	acpi_device_u64(ad, "bus-range",
			(u64)entry->start_bus_number << 32 | entry->end_bus_number);
	acpi_device_u64(ad, "linux,pci-domain", entry->pci_segment_group_number);
	acpi_device_add(ad);
	return 0;
}

int acpi_mcfg_populate(void)
{
	const struct acpi_mcfg *mcfg = acpi_table_as(struct acpi_mcfg, "MCFG");
	const struct acpi_mcfg_entry *entry;
	u32 offset = sizeof(*mcfg);
	int ret = 0;

	if (!mcfg)
		return 0;
	for (; !ret && (entry = acpi_range(&mcfg->header, offset, sizeof(*entry)));
	     offset += sizeof(*entry))
		ret = add_segment(entry, offset);
	return ret;
}
