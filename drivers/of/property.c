// SPDX-License-Identifier: BSD-2-Clause
/* Properties and the simple kinds of values. */
#include <base/string.h>
#include <libfdt.h>
#include "tree.h"

static const void *prop_value(const struct of_prop_entry *entry, size_t *len)
{
	const struct fdt_property *prop = (const void *)(of_tree.structure + entry->offset);

	if (len)
		*len = fdt32_to_cpu(prop->len);
	return prop->data;
}

const void *of_prop(int node, const char *name, size_t *len)
{
	const struct of_prop_entry *entry, *end;

	if (!of_node_valid(node))
		return NULL;
	entry = of_tree.props + of_tree.nodes[node].first_prop;
	end = entry + of_tree.nodes[node].nr_props;
	for (; entry < end; entry++) {
		const char *found = of_tree.strings + entry->name;

		/* Most differ in the first letter: start-up asks this thousands of times. */
		if (*found == *name && !strcmp(found, name))
			return prop_value(entry, len);
	}
	return NULL;
}

const void *of_prop_at(int node, unsigned int n, const char **name, size_t *len)
{
	const struct of_prop_entry *entry;

	if (!of_node_valid(node) || n >= of_tree.nodes[node].nr_props)
		return NULL;
	entry = of_tree.props + of_tree.nodes[node].first_prop + n;
	*name = of_tree.strings + entry->name;
	return prop_value(entry, len);
}

bool of_has(int node, const char *name)
{
	return of_prop(node, name, NULL);
}

u32 of_cell(const void *value, size_t n)
{
	const fdt32_t *cell = value;

	return fdt32_to_cpu(cell[n]);
}

int of_u32(int node, const char *name, unsigned int n, u32 *value)
{
	size_t len;
	const void *prop = of_prop(node, name, &len);

	if (!prop)
		return -ENOENT;
	if (len % 4 || n >= len / 4)
		return -EINVAL;
	*value = of_cell(prop, n);
	return 0;
}

int of_u64(int node, const char *name, u64 *value)
{
	size_t len;
	const void *prop = of_prop(node, name, &len);

	if (!prop)
		return -ENOENT;
	if (len != 4 && len != 8)
		return -EINVAL;
	return of_number(prop, 0, len / 4, value);
}

const char *of_string(int node, const char *name, unsigned int n)
{
	size_t len, at;
	const char *prop = of_prop(node, name, &len);

	if (!prop || !len || prop[len - 1])
		return NULL;
	for (at = 0; at < len; at += strlen(prop + at) + 1) {
		if (n-- == 0)
			return prop + at;
	}
	return NULL;
}

int of_string_index(int node, const char *name, const char *value)
{
	size_t len, at;
	const char *prop = of_prop(node, name, &len);
	int n = 0;

	if (!prop || !len || prop[len - 1])
		return -ENOENT;
	for (at = 0; at < len; at += strlen(prop + at) + 1, n++) {
		if (!strcmp(prop + at, value))
			return n;
	}
	return -ENOENT;
}

bool of_compatible(int node, const char *compatible)
{
	return of_string_index(node, "compatible", compatible) >= 0;
}

bool of_enabled(int node)
{
	const char *status;

	if (!of_node_valid(node))
		return false;
	if (!of_has(node, "status"))
		return true;
	status = of_string(node, "status", 0);
	return status && (!strcmp(status, "okay") || !strcmp(status, "ok"));
}

bool of_available(int node)
{
	for (; node > OF_ROOT; node = of_parent(node)) {
		if (!of_enabled(node))
			return false;
	}
	return node == OF_ROOT;
}
