// SPDX-License-Identifier: BSD-2-Clause
/*
 * Host bridges: ranges, interrupt-map and msi-map (PCI Bus Binding to IEEE 1275,
 * 2.2; Devicetree Specification v0.4, 2.4.3; binding pci-msi).
 */
#include <base/util.h>
#include <drivers/pci_host.h>
#include "pci.h"
#include "tree.h"

#define PCI_CELLS		3	/* of an address: flags, high, low */
#define PCI_SIZE_CELLS		2
#define PCI_FLAG_PREFETCHABLE	0x40000000U
#define PCI_FLAG_SPACE(flags)	((flags) >> 24 & 3)

static enum pci_space space_of(u32 flags)
{
	switch (PCI_FLAG_SPACE(flags)) {
	case 1:
		return PCI_SPACE_IO;
	case 2:
		return PCI_SPACE_MEM;
	default:
		return PCI_SPACE_MEM64;
	}
}

static int bad_bus(int node, unsigned int *parent)
{
	unsigned int address, size;

	if (of_bus_cells(node, &address, &size) || address != PCI_CELLS ||
	    size != PCI_SIZE_CELLS || of_bus_cells(of_parent(node), parent, &size))
		return -EINVAL;
	return 0;
}

static int window(const struct device *host, unsigned int n, struct pci_window *w)
{
	int node = host->source_node;
	unsigned int parent;
	size_t len, at;
	const void *ranges = of_prop(node, "ranges", &len);
	size_t entry;

	if (!ranges)
		return -ENOENT;
	if (bad_bus(node, &parent))
		return -EINVAL;
	entry = PCI_CELLS + parent + PCI_SIZE_CELLS;
	if (len % (entry * 4))
		return -EINVAL;
	at = n * entry;
	if (at >= len / 4)
		return -ENOENT;
	w->space = space_of(of_cell(ranges, at));
	w->prefetchable = of_cell(ranges, at) & PCI_FLAG_PREFETCHABLE;
	if (!PCI_FLAG_SPACE(of_cell(ranges, at)) ||
	    of_number(ranges, at + 1, 2, &w->pci) ||
	    of_number(ranges, at + PCI_CELLS, parent, &w->cpu) ||
	    of_number(ranges, at + PCI_CELLS + parent, PCI_SIZE_CELLS, &w->size) ||
	    !w->size || w->pci + (w->size - 1) < w->pci)
		return -EINVAL;
	return of_translate(of_parent(node), &w->cpu, w->size, NULL) ? -EINVAL : 0;
}

/* The controller's cells behind the child's, which begin at @at; moves @at to the next entry. */
static int map_parent(const void *map, size_t cells, size_t *at, struct of_irq *irq)
{
	u32 address = 0, count;
	unsigned int i;

	if (*at >= cells)
		return -EINVAL;
	irq->controller = of_by_phandle(of_cell(map, *at));
	if (irq->controller < 0 || of_u32(irq->controller, "#interrupt-cells", 0, &count) ||
	    !count || count > OF_MAX_IRQ_CELLS)
		return -EINVAL;
	/* Of an interrupt parent a missing #address-cells means 0, not 2 (2.4.3.1). */
	if (of_has(irq->controller, "#address-cells") &&
	    of_u32(irq->controller, "#address-cells", 0, &address))
		return -EINVAL;
	if (address > OF_MAX_CELLS || *at + 1 + address + count > cells)
		return -EINVAL;
	irq->count = count;
	irq->at = *at + 1 + address;
	for (i = 0; i < count; i++)
		irq->cell[i] = of_cell(map, irq->at + i);
	*at = irq->at + count;
	return 0;
}

/* Address of the device and pin, masked, against the first four cells of an entry. */
static bool map_matches(const void *map, size_t at, const void *mask, const u32 *unit)
{
	unsigned int i;

	for (i = 0; i < PCI_CELLS + 1; i++) {
		u32 care = mask ? of_cell(mask, i) : ~0U;

		if ((of_cell(map, at + i) & care) != (unit[i] & care))
			return false;
	}
	return true;
}

static int map_lookup(int node, const u32 *unit, struct of_irq *irq)
{
	size_t len, mask_len, at = 0, child;
	const void *map = of_prop(node, "interrupt-map", &len);
	const void *mask = of_prop(node, "interrupt-map-mask", &mask_len);
	u32 pin_cells;
	int ret;

	if (!map)
		return -ENOENT;
	if (len % 4 || (mask && mask_len != (PCI_CELLS + 1) * 4) ||
	    of_u32(node, "#interrupt-cells", 0, &pin_cells) || pin_cells != 1)
		return -EINVAL;
	/* Each turn takes six cells or more off the property. */
	while (at < len / 4) {
		child = at;
		at += PCI_CELLS + 1;
		ret = map_parent(map, len / 4, &at, irq);
		if (ret)
			return ret;
		if (map_matches(map, child, mask, unit))
			return 0;
	}
	return -ENOENT;
}

static int intx(const struct device *host, u8 bus, u8 devfn, u8 pin, struct resource *res)
{
	const u32 unit[PCI_CELLS + 1] = { (u32)bus << 16 | (u32)devfn << 8, 0, 0, pin };
	struct of_irq irq;
	u32 intid, flags;
	int ret;

	ret = map_lookup(host->source_node, unit, &irq);
	if (!ret)
		ret = of_irq_gic(&irq, &intid, &flags);
	if (ret)
		return ret == -ERANGE ? -EINVAL : ret;
	*res = (struct resource){ .kind = RES_IRQ, .base = intid, .size = 1, .flags = flags };
	return 0;
}

static const struct device *device_of_node(int node)
{
	const struct device *dev;

	device_for_each(dev)
		if (dev->source == SOURCE_DT && dev->source_node == node)
			return dev;
	return NULL;
}

static int msi_target(u32 phandle, u32 device_id, struct pci_msi_route *route)
{
	route->controller = device_of_node(of_by_phandle(phandle));
	route->device_id = device_id;
	return route->controller ? 0 : -EINVAL;
}

/* Entries of msi-map: first requester id, controller, first device id, how many. */
static int msi_map(int node, const void *map, size_t len, u16 rid, struct pci_msi_route *route)
{
	u32 mask = ~0U, id;
	size_t at;

	if (len % 16 || of_u32(node, "msi-map-mask", 0, &mask) == -EINVAL)
		return -EINVAL;
	id = rid & mask;
	for (at = 0; at < len / 4; at += 4) {
		u32 first = of_cell(map, at), count = of_cell(map, at + 3);

		if (id < first || id - first >= count)
			continue;
		return msi_target(of_cell(map, at + 1), of_cell(map, at + 2) + (id - first), route);
	}
	return -ENOENT;
}

/* With msi-parent alone the device id is the requester id (binding pci-msi). */
static int msi(const struct device *host, u16 rid, struct pci_msi_route *route)
{
	int node = host->source_node;
	size_t len;
	const void *map = of_prop(node, "msi-map", &len);
	u32 phandle;
	int ret;

	if (map)
		return msi_map(node, map, len, rid, route);
	ret = of_u32(node, "msi-parent", 0, &phandle);
	return ret ? ret : msi_target(phandle, rid, route);
}

const struct pci_source_ops of_pci_ops = { .window = window, .intx = intx, .msi = msi };
