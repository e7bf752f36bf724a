// SPDX-License-Identifier: BSD-2-Clause
/* reg, ranges, and the way of an address from its bus to the CPUs. */
#include "tree.h"

static int read_cells(int node, const char *name, unsigned int otherwise, unsigned int *cells)
{
	size_t len;
	const void *prop = of_prop(node, name, &len);

	*cells = otherwise;
	if (!prop)
		return 0;
	if (len != 4 || of_cell(prop, 0) > OF_MAX_CELLS)
		return -EINVAL;
	*cells = of_cell(prop, 0);
	return 0;
}

int of_bus_cells(int bus, unsigned int *address, unsigned int *size)
{
	int ret;

	if (bus >= 0 && bus == of_tree.last_bus) {
		*address = of_tree.last_bus_address;
		*size = of_tree.last_bus_size;
		return 0;
	}
	ret = read_cells(bus, "#address-cells", 2, address);
	if (!ret)
		ret = read_cells(bus, "#size-cells", 1, size);
	if (ret)
		return ret;
	of_tree.last_bus = bus;
	of_tree.last_bus_address = *address;
	of_tree.last_bus_size = *size;
	return 0;
}

int of_number(const void *value, size_t cell, unsigned int cells, u64 *number)
{
	u64 n = 0;

	/* Cells above the lowest two must be 0; with PCI they are flags. */
	for (; cells; cells--, cell++) {
		if (n >> 32)
			return -EOPNOTSUPP;
		n = n << 32 | of_cell(value, cell);
	}
	*number = n;
	return 0;
}

int of_reg(int node, unsigned int n, u64 *base, u64 *size)
{
	unsigned int ac, sc;
	size_t len, entry;
	const void *reg = of_prop(node, "reg", &len);
	int ret;

	if (!reg)
		return -ENOENT;
	ret = of_bus_cells(of_parent(node), &ac, &sc);
	if (ret)
		return ret;
	entry = ac + sc;
	if (!ac || len % (entry * 4))
		return -EINVAL;
	if (n >= len / (entry * 4))
		return -ENOENT;
	ret = of_number(reg, n * entry, ac, base);
	return ret ? ret : of_number(reg, n * entry + ac, sc, size);
}

struct bus {
	int node;
	const void *ranges;
	size_t entries;
	unsigned int child;	/* cells */
	unsigned int parent;
	unsigned int size;
};

static int read_bus(int node, struct bus *bus)
{
	unsigned int unused;
	size_t len, entry;
	int ret;

	bus->node = node;
	bus->ranges = of_prop(node, "ranges", &len);
	if (!bus->ranges)
		return -ENOENT;
	ret = of_bus_cells(node, &bus->child, &bus->size);
	if (!ret)
		ret = of_bus_cells(of_parent(node), &bus->parent, &unused);
	if (ret)
		return ret;
	entry = (bus->child + bus->parent + bus->size) * 4;
	if (len && (!entry || len % entry))
		return -EINVAL;
	bus->entries = len ? len / entry : 0;
	return 0;
}

/* One level up, through the entry of ranges that holds all of it. */
static int bus_up(const struct bus *bus, u64 *base, u64 size)
{
	size_t entry = bus->child + bus->parent + bus->size;
	u64 child, parent, span;
	int ret = -ERANGE;
	size_t i;

	if (!bus->entries)
		return 0;	/* empty: the same addresses on both sides (2.3.8) */
	for (i = 0; i < bus->entries; i++) {
		if (of_number(bus->ranges, i * entry, bus->child, &child) ||
		    of_number(bus->ranges, i * entry + bus->child, bus->parent, &parent) ||
		    of_number(bus->ranges, i * entry + bus->child + bus->parent, bus->size,
			      &span)) {
			ret = -EOPNOTSUPP;
			continue;
		}
		if (*base < child || *base - child >= span || size > span - (*base - child))
			continue;
		*base = parent + (*base - child);
		return 0;
	}
	return ret;
}

int of_translate(int node, u64 *base, u64 size, int *stop)
{
	struct bus bus;
	int ret;

	if (!of_node_valid(node))
		return -ENOENT;
	/* At most OF_MAX_DEPTH levels. */
	for (; node > OF_ROOT; node = of_parent(node)) {
		ret = read_bus(node, &bus);
		if (!ret)
			ret = bus_up(&bus, base, size ? size : 1);
		if (ret) {
			if (stop)
				*stop = node;
			return ret;
		}
	}
	return 0;
}

int of_address(int node, unsigned int n, u64 *base, u64 *size)
{
	int ret = of_reg(node, n, base, size);

	return ret ? ret : of_translate(of_parent(node), base, *size, NULL);
}
