// SPDX-License-Identifier: BSD-2-Clause
/* The console that /chosen names, and the clock it runs on. */
#include <base/string.h>
#include "tree.h"

int of_stdout(const char **options)
{
	int chosen = of_find_path("/chosen");
	char path[256];
	const char *value;
	char *colon;
	int node;

	if (options)
		*options = NULL;
	if (!of_has(chosen, "stdout-path") && !of_has(chosen, "linux,stdout-path"))
		return -ENOENT;
	value = of_string(chosen, "stdout-path", 0);
	if (!value)
		value = of_string(chosen, "linux,stdout-path", 0);
	if (!value || strscpy(path, value, sizeof(path)) < 0)
		return -EINVAL;
	colon = strchr(path, ':');
	if (colon) {
		*colon = '\0';
		if (options)
			*options = value + (colon - path) + 1;
	}
	node = of_find_path(path);
	return node < 0 ? -EINVAL : node;
}

/* The node of the n-th entry of clocks, walking over the specifiers before it. */
static int clock_provider(int node, unsigned int n)
{
	size_t len, at, cells;
	const void *clocks = of_prop(node, "clocks", &len);
	int provider;
	u32 count;

	if (!clocks)
		return -ENOENT;
	cells = len / 4;
	for (at = 0; at < cells; at += 1 + count) {
		provider = of_by_phandle(of_cell(clocks, at));
		if (provider < 0 || of_u32(provider, "#clock-cells", 0, &count))
			return -EINVAL;
		if (count >= cells - at)
			return -EINVAL;
		if (n-- == 0)
			return provider;
	}
	return -ENOENT;
}

int of_clock_rate(int node, unsigned int n, u64 *hz)
{
	int provider = clock_provider(node, n);

	if (provider < 0)
		return provider;
	if (!of_compatible(provider, "fixed-clock"))
		return -ENODEV;
	return of_u64(provider, "clock-frequency", hz);
}
