// SPDX-License-Identifier: BSD-2-Clause
/* /chosen, and the console's clock. */
#include <base/string.h>
#include <drivers/of.h>
#include <test/test.h>
#include "dt.h"

void dt_stdout_path_resolves(void)
{
	int node = of_stdout(NULL), chosen = of_find_path("/chosen");

	if (node == -ENOENT)
		SKIP("/chosen has no stdout-path");
	if (!CHECK_GE(node, 0, "node /chosen property stdout-path: \"%s\" is no node",
		      of_string(chosen, "stdout-path", 0) ?: ""))
		return;
	CHECK(of_available(node), "node %s, the console, or one above it is disabled",
	      of_path(node));
	CHECK(of_string(node, "compatible", 0), "node %s, the console, has no compatible",
	      of_path(node));
}

void dt_initrd_is_in_memory(void)
{
	int chosen = of_find_path("/chosen");
	u64 start = 0, end = 0;

	if (!of_has(chosen, "linux,initrd-start") && !of_has(chosen, "linux,initrd-end"))
		SKIP("/chosen has no initrd");
	CHECK_EQ(of_u64(chosen, "linux,initrd-start", &start), 0,
		 "node /chosen property linux,initrd-start: one or two cells");
	CHECK_EQ(of_u64(chosen, "linux,initrd-end", &end), 0,
		 "node /chosen property linux,initrd-end: one or two cells");
	if (CHECK_LT(start, end, "node /chosen linux,initrd-start against -end"))
		CHECK(dt_booted_by_efi() || dt_in_memory(start, end - start),
		      "node /chosen initrd 0x%llx + 0x%llx is not inside memory nodes",
		      start, end - start);
}

static unsigned int count_strings(int node, const char *name)
{
	unsigned int n;

	for (n = 0; of_string(node, name, n); n++)
		;
	return n;
}

static void check_uart(int node)
{
	u64 hz = 0;
	int ret;

	if (!CHECK_GE(count_strings(node, "clock-names"), 1U,
		      "node %s has clocks: names in clock-names", of_path(node)))
		return;
	if (of_string_index(node, "clock-names", "uartclk") < 0)
		test_diag("node %s: clock-names has no \"uartclk\", which is the binding's name",
			  of_path(node));
	ret = of_clock_rate(node, 0, &hz);
	if (!ret)
		CHECK_GT(hz, 0ULL, "node %s clocks entry 0, a fixed clock: Hz", of_path(node));
}

void dt_pl011_clocks_are_named(void)
{
	unsigned int found = 0;
	int node;

	for (node = of_find_compatible(-1, "arm,pl011"); node >= 0;
	     node = of_find_compatible(node, "arm,pl011")) {
		if (!of_available(node) || !of_has(node, "clocks"))
			continue;
		found++;
		check_uart(node);
	}
	if (!found)
		SKIP("no enabled PL011 has clocks");
}
