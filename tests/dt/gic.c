// SPDX-License-Identifier: BSD-2-Clause
/* The node of the interrupt controller, where that is a GIC. */
#include <base/string.h>
#include <base/util.h>
#include <drivers/of.h>
#include <test/test.h>
#include "dt.h"

#define FRAME		SZ_64K		/* of a GICv3: distributor, one redistributor frame */
#define REDISTRIBUTOR	(2 * FRAME)	/* GICv3: RD_base and SGI_base */

static int gic_node(void)
{
	int node;

	of_for_each_node(node) {
		if (of_is_gic(node) && of_available(node))
			return node;
	}
	return -ENOENT;
}

static unsigned int count_reg(int node)
{
	unsigned int n;
	u64 base, size;

	for (n = 0; !of_reg(node, n, &base, &size); n++)
		;
	return n;
}

static u32 regions_of(int node)
{
	u32 regions = 1;

	of_u32(node, "#redistributor-regions", 0, &regions);
	return regions;
}

static void check_v2(int node)
{
	unsigned int ranges = count_reg(node);
	u64 base, size;

	CHECK(ranges == 2 || ranges == 4, "node %s property reg: %u ranges, 2 or 4 expected",
	      of_path(node), ranges);
	if (!of_reg(node, 0, &base, &size))
		CHECK_GE(size, SZ_4K, "node %s reg entry 0, distributor: size", of_path(node));
	if (!of_reg(node, 1, &base, &size) && size < 2 * SZ_4K)
		test_diag("node %s reg entry 1: 0x%llx bytes, but GICC_DIR is at 0x1000",
			  of_path(node), size);
}

static void check_v3(int node)
{
	u32 regions = regions_of(node);
	u64 base, size, stride;

	CHECK_GE(regions, 1U, "node %s property #redistributor-regions", of_path(node));
	CHECK_GE(count_reg(node), 1 + regions,
		 "node %s property reg: a distributor and %u redistributor regions",
		 of_path(node), regions);
	if (!of_reg(node, 0, &base, &size))
		CHECK_GE(size, FRAME, "node %s reg entry 0, distributor: size", of_path(node));
	if (!of_has(node, "redistributor-stride"))
		return;
	if (CHECK_EQ(of_u64(node, "redistributor-stride", &stride), 0,
		     "node %s property redistributor-stride", of_path(node)))
		CHECK(stride && stride % FRAME == 0,
		      "node %s property redistributor-stride: 0x%llx, no multiple of 64 KiB",
		      of_path(node), stride);
}

static void check_its(int node)
{
	int child;

	of_for_each_child(child, node) {
		if (!of_compatible(child, "arm,gic-v3-its"))
			continue;
		CHECK(of_has(child, "msi-controller"), "node %s property msi-controller",
		      of_path(child));
		CHECK_GE(count_reg(child), 1U, "node %s property reg: ranges", of_path(child));
	}
}

static bool is_v3(int node)
{
	return of_compatible(node, "arm,gic-v3") || of_compatible(node, "qcom,msm8996-gic-v3");
}

void dt_gic_node_is_complete(void)
{
	int node = gic_node();
	u32 cells = 0;

	if (node < 0)
		SKIP("no enabled node is compatible with a GIC");
	CHECK(of_has(node, "interrupt-controller"), "node %s property interrupt-controller",
	      of_path(node));
	of_u32(node, "#interrupt-cells", 0, &cells);
	CHECK(cells == 3 || (cells == 4 && is_v3(node)),
	      "node %s property #interrupt-cells: %u, 3 expected%s", of_path(node), cells,
	      is_v3(node) ? " (or 4)" : "");
	if (is_v3(node)) {
		check_v3(node);
		check_its(node);
	} else {
		check_v2(node);
	}
}

static unsigned int enabled_cpus(void)
{
	int node, parent = of_find_path("/cpus");
	unsigned int cpus = 0;

	of_for_each_child(node, parent) {
		if (dt_is_cpu(node) && of_enabled(node))
			cpus++;
	}
	return cpus;
}

void dt_gic_redistributors_hold_all_cpus(void)
{
	u64 base, size, stride = REDISTRIBUTOR, room = 0;
	int node = gic_node();
	u32 n, regions;

	if (node < 0 || !is_v3(node))
		SKIP("no GICv3 or later is described");
	of_u64(node, "redistributor-stride", &stride);
	if (stride < REDISTRIBUTOR)
		stride = REDISTRIBUTOR;
	regions = regions_of(node);
	for (n = 1; n <= regions && !of_reg(node, n, &base, &size); n++) {
		CHECK_GE(size, REDISTRIBUTOR, "node %s reg entry %u, redistributors: size",
			 of_path(node), n);
		room += size / stride;
	}
	CHECK_GE(room, (u64)enabled_cpus(),
		 "node %s property reg: redistributors, %u regions of stride 0x%llx, against CPUs",
		 of_path(node), regions, stride);
}
