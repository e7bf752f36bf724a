// SPDX-License-Identifier: BSD-2-Clause
/* Phandles, and the lists that refer to nodes by them. */
#include <base/string.h>
#include <base/util.h>
#include <drivers/of.h>
#include <test/test.h>
#include "dt.h"

/* Lists of a phandle and as many cells as the node it names says. */
static const struct {
	const char *list;
	const char *cells;
	bool optional;		/* the node may lack @cells, which then is 0 */
} lists[] = {
	{ "clocks", "#clock-cells", false },
	{ "assigned-clocks", "#clock-cells", false },
	{ "resets", "#reset-cells", false },
	{ "dmas", "#dma-cells", false },
	{ "power-domains", "#power-domain-cells", false },
	{ "mboxes", "#mbox-cells", false },
	{ "phys", "#phy-cells", false },
	{ "iommus", "#iommu-cells", false },
	{ "msi-parent", "#msi-cells", true },
	{ "pwms", "#pwm-cells", false },
	{ "io-channels", "#io-channel-cells", false },
	{ "interconnects", "#interconnect-cells", false },
	{ "hwlocks", "#hwlock-cells", false },
	{ "thermal-sensors", "#thermal-sensor-cells", false },
	/* Plain lists of phandles. */
	{ "interrupt-parent", NULL, false },
	{ "next-level-cache", NULL, false },
	{ "cpu-idle-states", NULL, false },
	{ "memory-region", NULL, false },
	{ "remote-endpoint", NULL, false },
	{ "operating-points-v2", NULL, false },
	{ "cpu", NULL, false },
};

void dt_phandles_are_unique(void)
{
	unsigned int found = 0;
	u32 phandle;
	int node;

	of_for_each_node(node) {
		if (!of_has(node, "phandle") && !of_has(node, "linux,phandle"))
			continue;
		found++;
		phandle = of_phandle(node);
		if (!CHECK(phandle != 0 && phandle != ~0U,
			   "node %s property phandle: 0x%x is no valid one, or not 4 bytes",
			   of_path(node), phandle))
			continue;
		CHECK_EQ(of_by_phandle(phandle), node, "phandle 0x%x of node %s is that of %s too",
			 phandle, of_path(node), of_path(of_by_phandle(phandle)));
	}
	if (!found)
		SKIP("no node has a phandle");
}

/* Cells behind one phandle, or -1 after a failed check. */
static int specifier_cells(int node, unsigned int list, size_t at, int target)
{
	u32 cells = 0;
	int ret;

	if (!lists[list].cells)
		return 0;
	ret = of_u32(target, lists[list].cells, 0, &cells);
	if (ret == -ENOENT && lists[list].optional)
		return 0;
	if (!CHECK_EQ(ret, 0, "node %s property %s cell %zu: node %s has no good %s",
		      of_path(node), lists[list].list, at, of_path(target), lists[list].cells))
		return -1;
	if (!CHECK_LE(cells, 16U, "node %s property %s", of_path(target), lists[list].cells))
		return -1;
	return cells;
}

static void check_list(int node, unsigned int list, const void *value, size_t len)
{
	size_t at, cells = len / 4;
	int behind, target;

	if (!CHECK_EQ(len % 4, (size_t)0, "node %s property %s: length %zu", of_path(node),
		      lists[list].list, len))
		return;
	for (at = 0; at < cells; at += 1 + behind) {
		behind = 0;
		/* 0 leaves a place in the list empty. */
		if (!of_cell(value, at))
			continue;
		target = of_by_phandle(of_cell(value, at));
		if (!CHECK_GE(target, 0, "node %s property %s cell %zu: no node has phandle 0x%x",
			      of_path(node), lists[list].list, at, of_cell(value, at)))
			return;
		behind = specifier_cells(node, list, at, target);
		if (behind < 0)
			return;
		if (!CHECK_LE((size_t)behind, cells - at - 1,
			      "node %s property %s cell %zu: %s of %s is %d, the list ends before",
			      of_path(node), lists[list].list, at, lists[list].cells,
			      of_path(target), behind))
			return;
	}
}

void dt_phandle_lists_resolve(void)
{
	unsigned int list, found = 0;
	const void *value;
	size_t len;
	int node;

	of_for_each_node(node) {
		for (list = 0; list < ARRAY_SIZE(lists); list++) {
			value = of_prop(node, lists[list].list, &len);
			if (!value || dt_is_data(node))
				continue;
			check_list(node, list, value, len);
			found++;
		}
	}
	if (!found)
		SKIP("no property refers to another node");
}
