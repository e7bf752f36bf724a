// SPDX-License-Identifier: BSD-2-Clause
/* Addresses: reg and ranges have the cells their bus asks for, and lead to the CPUs. */
#include <base/string.h>
#include <drivers/of.h>
#include <test/test.h>
#include "dt.h"

/* Cells of an entry of a node's reg; 0 after a failed check. */
static unsigned int entry_cells(int node)
{
	int bus = of_parent(node);
	unsigned int ac, sc;

	if (!CHECK_EQ(of_bus_cells(bus, &ac, &sc), 0,
		      "node %s: #address-cells or #size-cells malformed or above 4", of_path(bus)))
		return 0;
	CHECK_GT(ac, 0U, "node %s has reg, but node %s #address-cells", of_path(node),
		 of_path(bus));
	return ac ? ac + sc : 0;
}

static void check_reg(int node, size_t len)
{
	unsigned int cells = entry_cells(node);

	if (!cells)
		return;
	if (!CHECK_GT(len, (size_t)0, "node %s property reg: length", of_path(node)))
		return;
	CHECK_EQ(len % (cells * 4), (size_t)0,
		 "node %s property reg: %zu bytes, entries of %u cells by node %s: cell %zu left",
		 of_path(node), len, cells, of_path(of_parent(node)), len / (cells * 4) * cells);
}

static bool nodes_overlap(int a, int b)
{
	u64 base_a, size_a, base_b, size_b;
	unsigned int n, m;

	for (n = 0; !of_reg(a, n, &base_a, &size_a); n++) {
		for (m = 0; !of_reg(b, m, &base_b, &size_b); m++) {
			if (dt_overlap(base_a, size_a, base_b, size_b))
				return true;
		}
	}
	return false;
}

/* Legal for a few, a mistake for most. */
static void report_overlaps(int node)
{
	int other;

	for (other = of_next_sibling(node); other >= 0; other = of_next_sibling(other)) {
		if (of_enabled(other) && nodes_overlap(node, other))
			test_diag("nodes %s and %s overlap in reg", of_path(node), of_path(other));
	}
}

void dt_reg_fits_the_bus(void)
{
	unsigned int found = 0;
	size_t len;
	int node;

	of_for_each_node(node) {
		if (node == OF_ROOT || !of_prop(node, "reg", &len))
			continue;
		found++;
		check_reg(node, len);
		if (of_enabled(node))
			report_overlaps(node);
	}
	if (!found)
		SKIP("no node has a reg");
}

static void check_ranges(int bus, const char *name, size_t len)
{
	unsigned int child, parent, size, unused;
	size_t entry;

	if (!CHECK_EQ(of_bus_cells(bus, &child, &size), 0,
		      "node %s: #address-cells or #size-cells malformed or above 4",
		      of_path(bus)) ||
	    !CHECK_EQ(of_bus_cells(of_parent(bus), &parent, &unused), 0,
		      "node %s: #address-cells or #size-cells malformed or above 4",
		      of_path(of_parent(bus))))
		return;
	entry = (child + parent + size) * 4;
	if (!CHECK(entry || !len, "node %s property %s: no cells on either side", of_path(bus),
		   name))
		return;
	CHECK_EQ(len ? len % entry : 0, (size_t)0,
		 "node %s property %s: %zu bytes, but entries of %u + %u + %u cells",
		 of_path(bus), name, len, child, parent, size);
}

void dt_ranges_fit_the_bus(void)
{
	unsigned int found = 0;
	size_t len;
	int node;

	of_for_each_node(node) {
		if (node == OF_ROOT)
			continue;
		if (of_prop(node, "ranges", &len)) {
			check_ranges(node, "ranges", len);
			found++;
		}
		if (of_prop(node, "dma-ranges", &len)) {
			check_ranges(node, "dma-ranges", len);
			found++;
		}
	}
	if (!found)
		SKIP("no node has ranges");
}

/* Whether it was a CPU's address, rightly or wrongly so. */
static bool check_address(int node, unsigned int n, u64 base, u64 size)
{
	int stop = OF_ROOT;
	u64 cpu = base;
	int ret;

	ret = of_translate(of_parent(node), &cpu, size, &stop);
	/* Not addressed by CPUs at all, by other means (PCI), or malformed. */
	if (ret && ret != -ERANGE)
		return false;
	/* Other kinds of buses have children that only somebody else sees. */
	if (ret && !of_compatible(stop, "simple-bus")) {
		test_diag("node %s reg entry %u, 0x%llx + 0x%llx, is not in ranges of %s",
			  of_path(node), n, base, size, of_path(stop));
		return false;
	}
	CHECK_EQ(ret, 0, "node %s reg entry %u, 0x%llx + 0x%llx: not in ranges of %s",
		 of_path(node), n, base, size, of_path(stop));
	CHECK_GE(cpu + (size ? size - 1 : 0), cpu, "node %s reg entry %u, 0x%llx + 0x%llx: its end",
		 of_path(node), n, cpu, size);
	return true;
}

void dt_addresses_reach_the_cpus(void)
{
	unsigned int n, found = 0;
	u64 base, size;
	int node;

	of_for_each_node(node) {
		if (node == OF_ROOT || !of_available(node))
			continue;
		for (n = 0; !of_reg(node, n, &base, &size); n++)
			found += check_address(node, n, base, size);
	}
	if (!found)
		SKIP("no enabled node has an address that the CPUs see");
}
