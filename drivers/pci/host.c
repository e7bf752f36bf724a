// SPDX-License-Identifier: BSD-2-Clause
/*
 * Host bridges whose configuration space is ECAM. Probing notes them down; their
 * functions are looked for when somebody asks, by pci_enumerate().
 */
#include <base/string.h>
#include <base/util.h>
#include <core/address_space.h>
#include <core/heap.h>
#include <core/log.h>
#include "internal.h"

/* More than any has; the list ends there should its source never say so. */
#define MAX_WINDOWS	32U

static LIST_HEAD(hosts);

struct list_head *pci_hosts(void)
{
	return &hosts;
}

static int read_windows(struct pci_host *host, struct pci_window *windows)
{
	unsigned int n;
	int ret = 0;

	for (n = 0; n < MAX_WINDOWS; n++) {
		ret = host->source->window(host->dev, n, &windows[n]);
		if (ret)
			break;
		address_space_avoid(windows[n].cpu, windows[n].size);
	}
	host->nr_windows = n;
	host->aml = ret == -EOPNOTSUPP;
	return ret == -ENOENT || host->aml ? 0 : ret;
}

static int find_windows(struct pci_host *host)
{
	struct pci_window windows[MAX_WINDOWS];
	int ret = host->source ? read_windows(host, windows) : 0;

	if (ret)
		pr_err("%s (%s): window %u of the host bridge is malformed or not within the buses above it",
		       host->dev->name, host->dev->origin, host->nr_windows);
	if (ret || !host->nr_windows)
		return ret;
	host->windows = heap_alloc(host->nr_windows * sizeof(*host->windows));
	if (!host->windows)
		return -ENOMEM;
	memcpy(host->windows, windows, host->nr_windows * sizeof(*host->windows));
	return 0;
}

/* The number of the bus takes the place of address bits 20 and up (PCI Express 5.0 7.2.2). */
static int check_base(const struct device *dev)
{
	u64 base = device_mem(dev, 0)->base;

	if (base % PCI_BUS_SIZE == 0)
		return 0;
	pr_err("%s (%s): configuration space at 0x%llx is not aligned to 1 MiB; not used",
	       dev->name, dev->origin, base);
	return -EINVAL;
}

static int find_buses(struct pci_host *host)
{
	u64 range = 0xff, domain = 0, buses = device_mem(host->dev, 0)->size / PCI_BUS_SIZE;

	device_get_u64(host->dev, "linux,pci-domain", &domain);
	if (device_get_u64(host->dev, "bus-range", &range) == -EINVAL || (u32)range > 0xff ||
	    range >> 32 > (u32)range || !buses) {
		pr_err("%s (%s): the buses %llu to %u in 0x%llx bytes of configuration space cannot be",
		       host->dev->name, host->dev->origin, range >> 32, (u32)range,
		       device_mem(host->dev, 0)->size);
		return -EINVAL;
	}
	host->segment = (u16)domain;
	host->first_bus = (u8)(range >> 32);
	/* What is described, and no more: the smaller of the two. */
	host->last_bus = (u8)MIN((range >> 32) + buses - 1, (u64)(u32)range);
	return 0;
}

static int pci_ecam_probe(struct device *dev, const struct device_match *match)
{
	struct pci_host *host;
	int ret;

	(void)match;
	/* As device_map() does it, but mapped bus by bus: most have nothing on them. */
	if (!device_mem_usable(dev, 0)) {
		device_map(dev, 0);
		return -EINVAL;
	}
	ret = check_base(dev);
	if (ret)
		return ret;
	host = heap_alloc(sizeof(*host));
	if (!host)
		return -ENOMEM;
	host->dev = dev;
	host->source = dev->ops ? dev->ops->pci : NULL;
	host->ecam = (void __force __iomem *)(uintptr_t)device_mem(dev, 0)->base;
	ret = find_buses(host);
	if (!ret)
		ret = find_windows(host);
	if (ret) {
		heap_free(host);
		return ret;
	}
	list_add_tail(&host->node, &hosts);
	dev->priv = host;
	return 0;
}

static const struct device_match pci_ecam_match[] = {
	{ .compatible = "pci-host-ecam-generic", .acpi = ACPI_MCFG_SEGMENT },
	{}
};

DRIVER(pci_ecam, .class = DRIVER_OTHER, .match = pci_ecam_match, .probe = pci_ecam_probe);
