// SPDX-License-Identifier: BSD-2-Clause
/* Memory nodes. */
#include <base/string.h>
#include <drivers/of.h>
#include <test/test.h>
#include "dt.h"

#define MAX_RANGES	256

bool dt_is_memory(int node)
{
	const char *type = of_string(node, "device_type", 0);

	return type && !strcmp(type, "memory") && of_enabled(node);
}

/* Bytes from @base on that one range of a memory node holds. */
static u64 held_from(u64 base)
{
	unsigned int n;
	u64 b, s;
	int node;

	of_for_each_node(node) {
		if (!dt_is_memory(node))
			continue;
		for (n = 0; !of_address(node, n, &b, &s); n++) {
			if (base >= b && base - b < s)
				return s - (base - b);
		}
	}
	return 0;
}

unsigned int dt_memory_ranges(void)
{
	unsigned int n, count = 0;
	u64 base, size;
	int node;

	of_for_each_node(node) {
		for (n = 0; dt_is_memory(node) && !of_address(node, n, &base, &size); n++)
			count += size ? 1 : 0;
	}
	return count;
}

bool dt_in_memory(u64 base, u64 size)
{
	unsigned int pieces;
	u64 held;

	for (pieces = 0; pieces < MAX_RANGES; pieces++) {
		held = held_from(base);
		if (!held || held >= size)
			return held;
		base += held;
		size -= held;
	}
	return false;
}

static unsigned int check_node(int node)
{
	unsigned int n;
	u64 base, size;

	CHECK(of_has(node, "reg"), "node %s property reg", of_path(node));
	for (n = 0; !of_address(node, n, &base, &size); n++) {
		CHECK_GT(size, 0ULL, "node %s reg entry %u: size", of_path(node), n);
		CHECK_GE(base + size - !!size, base, "node %s reg entry %u, 0x%llx + 0x%llx: end",
			 of_path(node), n, base, size);
	}
	return n;
}

void dt_memory_is_described(void)
{
	unsigned int ranges = 0;
	const char *type;
	int node;

	of_for_each_child(node, OF_ROOT) {
		if (!of_name_is(node, "memory") || !of_enabled(node))
			continue;
		type = of_string(node, "device_type", 0);
		CHECK_STREQ(type, "memory", "node %s property device_type", of_path(node));
	}
	of_for_each_node(node) {
		if (dt_is_memory(node))
			ranges += check_node(node);
	}
	if (!ranges && dt_booted_by_efi())
		SKIP("no memory node; UEFI's memory map describes RAM");
	CHECK_GT(ranges, 0U, "ranges of enabled nodes of device_type \"memory\"");
}

struct range {
	int node;
	unsigned int entry;
	u64 base;
	u64 size;
};

static unsigned int collect(struct range *ranges)
{
	unsigned int n, count = 0;
	int node;

	of_for_each_node(node) {
		if (!dt_is_memory(node))
			continue;
		for (n = 0; count < MAX_RANGES; n++, count++) {
			ranges[count].node = node;
			ranges[count].entry = n;
			if (of_address(node, n, &ranges[count].base, &ranges[count].size))
				break;
		}
	}
	return count;
}

void dt_memory_does_not_overlap(void)
{
	static struct range r[MAX_RANGES];
	unsigned int count = collect(r), a, b;

	if (!count)
		SKIP("no memory node has a range");
	CHECK_LT(count, (unsigned int)MAX_RANGES, "ranges that this case can compare");
	for (a = 0; a < count; a++) {
		for (b = a + 1; b < count; b++)
			CHECK(!dt_overlap(r[a].base, r[a].size, r[b].base, r[b].size),
			      "node %s reg entry %u, 0x%llx + 0x%llx, and "
			      "node %s reg entry %u, 0x%llx + 0x%llx",
			      of_path(r[a].node), r[a].entry, r[a].base, r[a].size,
			      of_path(r[b].node), r[b].entry, r[b].base, r[b].size);
	}
}
