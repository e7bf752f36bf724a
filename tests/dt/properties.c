// SPDX-License-Identifier: BSD-2-Clause
/* Properties of every node, and those that the root must have. */
#include <base/string.h>
#include <base/util.h>
#include <drivers/of.h>
#include <test/test.h>
#include "dt.h"

static const char *const string_properties[] = {
	"compatible", "model", "device_type", "status", "bootargs", "stdout-path",
	"linux,stdout-path", "method", "enable-method", "phy-mode", "label", "serial-number",
	"reg-names", "interrupt-names", "clock-names", "clock-output-names", "reset-names",
	"dma-names", "power-domain-names", "pinctrl-names", "mbox-names", "phy-names",
};

static bool is_string_property(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(string_properties); i++) {
		if (!strcmp(string_properties[i], name))
			return true;
	}
	return false;
}

bool dt_is_data(int node)
{
	for (; node > OF_ROOT; node = of_parent(node)) {
		if (!strncmp(of_name(node), "__", 2) || of_name_is(node, "aliases"))
			return true;
	}
	return false;
}

void dt_properties_precede_subnodes(void)
{
	int node = of_late_property();

	CHECK_EQ(node, -ENOENT, "node %s: a property stands behind a subnode",
		 node < 0 ? "none" : of_path(node));
}

void dt_strings_are_terminated(void)
{
	const char *name, *value;
	unsigned int i;
	size_t len;
	int node;

	of_for_each_node(node) {
		for (i = 0; (value = of_prop_at(node, i, &name, &len)); i++) {
			if (!is_string_property(name) || dt_is_data(node))
				continue;
			/* A label or bootargs may be empty, the NUL is there still. */
			if (CHECK_GT(len, (size_t)0, "node %s property %s: length",
				     of_path(node), name))
				CHECK_EQ(value[len - 1], '\0',
					 "node %s property %s: last byte, of %zu", of_path(node),
					 name, len);
		}
	}
}

void dt_root_is_complete(void)
{
	unsigned int ac, sc;

	CHECK(of_string(OF_ROOT, "compatible", 0), "node / property compatible");
	CHECK(of_has(OF_ROOT, "#address-cells"), "node / property #address-cells");
	CHECK(of_has(OF_ROOT, "#size-cells"), "node / property #size-cells");
	if (CHECK_EQ(of_bus_cells(OF_ROOT, &ac, &sc), 0, "node / #address-cells and #size-cells")) {
		CHECK(ac == 1 || ac == 2, "node / property #address-cells: %u", ac);
		CHECK(sc == 1 || sc == 2, "node / property #size-cells: %u", sc);
	}
	if (!of_string(OF_ROOT, "model", 0))
		test_diag("node / has no model; Devicetree Specification v0.4 3.2 asks for one");
}
