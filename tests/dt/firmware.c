// SPDX-License-Identifier: BSD-2-Clause
/* The node of PSCI. */
#include <base/string.h>
#include <base/util.h>
#include <drivers/of.h>
#include <test/test.h>
#include "dt.h"

static int psci_node(void)
{
	static const char *const names[] = { "arm,psci-1.0", "arm,psci-0.2", "arm,psci" };
	unsigned int i;
	int node;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		node = of_find_compatible(-1, names[i]);
		if (node >= 0)
			return node;
	}
	return of_find_path("/psci");
}

void dt_psci_node_is_complete(void)
{
	int node = psci_node();
	const char *method;
	bool v02;
	u64 id;

	if (node < 0)
		SKIP("PSCI is not described");
	v02 = of_compatible(node, "arm,psci-0.2") || of_compatible(node, "arm,psci-1.0");
	CHECK(v02 || of_compatible(node, "arm,psci"), "node %s property compatible: \"%s\"",
	      of_path(node), of_string(node, "compatible", 0) ?: "");
	method = of_string(node, "method", 0);
	CHECK(method && (!strcmp(method, "hvc") || !strcmp(method, "smc")),
	      "node %s property method: \"%s\", hvc or smc expected", of_path(node), method ?: "");
	/* Version 0.1 has no numbers of its own. */
	if (!v02)
		CHECK_EQ(of_u64(node, "cpu_on", &id), 0, "node %s property cpu_on", of_path(node));
}
