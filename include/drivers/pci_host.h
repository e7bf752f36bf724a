/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a description says about a PCI host bridge besides its configuration
 * space: drivers/of and drivers/acpi answer, drivers/pci asks. Numbers of buses
 * and of the segment are the properties "bus-range" (first << 32 | last) and
 * "linux,pci-domain".
 */
#ifndef DRIVERS_PCI_HOST_H
#define DRIVERS_PCI_HOST_H

#include <base/types.h>
#include <drivers/device.h>

/* The host bridge of an MCFG entry. */
#define ACPI_MCFG_SEGMENT	ACPI_ID('M', 'C', 'F', 'G', 0)

enum pci_space {
	PCI_SPACE_IO,
	PCI_SPACE_MEM,		/* below 4 GiB on the bus */
	PCI_SPACE_MEM64,	/* anywhere */
};

/** struct pci_window - addresses of a bus that the CPUs reach */
struct pci_window {
	enum pci_space space;
	bool prefetchable;
	u64 pci;		/* first address on the bus */
	u64 cpu;		/* the same for the CPUs */
	u64 size;
};

/** struct pci_msi_route - where the MSIs of a function go, and as whose */
struct pci_msi_route {
	const struct device *controller;	/* an ITS or a v2m frame */
	u32 device_id;				/* what the controller knows the function by */
};

/* How the source answers for a host bridge. */
struct pci_source_ops {
	/*
	 * The n-th window. 0; -ENOENT when there are fewer; -EINVAL for an entry that is
	 * malformed; -EOPNOTSUPP where only AML describes the windows.
	 */
	int (*window)(const struct device *host, unsigned int n, struct pci_window *window);
	/*
	 * The interrupt of a pin (1 to 4) of a device on the root bus @bus. 0 with @irq
	 * filled; -ENOENT when no entry is for it; -EINVAL when the map is malformed;
	 * -ENODEV when it ends at no GIC; -EOPNOTSUPP where only AML describes it.
	 */
	int (*intx)(const struct device *host, u8 bus, u8 devfn, u8 pin, struct resource *irq);
	/*
	 * For a requester id (bus << 8 | devfn). 0; -ENOENT when none is described for
	 * it; -EINVAL when the map is malformed or leads nowhere.
	 */
	int (*msi)(const struct device *host, u16 rid, struct pci_msi_route *route);
};

#endif
