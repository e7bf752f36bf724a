// SPDX-License-Identifier: BSD-2-Clause
/* Memory nodes, /reserved-memory and the reservation block, as disjoint regions. */
#include <base/string.h>
#include <base/util.h>
#include <core/log.h>
#include "describe.h"
#include "tree.h"

static void add_region(struct mem_map *map, struct mem_region region)
{
	if (map->count < BOOT_MAX_REGIONS)
		map->region[map->count++] = region;
	else
		map->dropped++;
}

/* Makes @addr a border between two regions where it lies inside one. */
static void split_at(struct mem_map *map, u64 addr)
{
	unsigned int i, count = map->count;
	struct mem_region rest;

	for (i = 0; i < count; i++) {
		struct mem_region *region = &map->region[i];

		if (addr <= region->base || addr - region->base >= region->size)
			continue;
		rest = *region;
		rest.base = addr;
		rest.size -= addr - region->base;
		region->size = addr - region->base;
		add_region(map, rest);
	}
}

/* What is reserved outside of memory nodes is no RAM, and none of ours anyway. */
static void reserve(struct boot_info *bi, u64 base, u64 size, enum mem_type type)
{
	u64 start = ALIGN_DOWN(base, SZ_4K), last = (base + (size - 1)) | (SZ_4K - 1);
	struct mem_map *map = &bi->map;
	unsigned int i;

	split_at(map, start);
	split_at(map, last + 1);
	for (i = 0; i < map->count; i++) {
		struct mem_region *region = &map->region[i];

		if (region->base >= start && region->base + (region->size - 1) <= last)
			region->type = type;
	}
}

/* By device_type: the name is only a recommendation (3.4). */
static bool is_memory(int node)
{
	const char *type = of_string(node, "device_type", 0);

	return type && !strcmp(type, "memory") && of_enabled(node);
}

static bool is_range(u64 base, u64 size)
{
	return size && base + (size - 1) >= base;
}

/* One range, as RAM (MEM_FREE) or out of RAM. */
static void apply(struct boot_info *bi, u64 base, u64 size, enum mem_type type)
{
	if (type == MEM_FREE)
		add_region(&bi->map, (struct mem_region){ .base = base, .size = size,
							  .firmware_type = ~0U });
	else
		reserve(bi, base, size, type);
}

/* All ranges of a node's reg; how many were good. */
static unsigned int apply_reg(struct boot_info *bi, int node, enum mem_type type)
{
	unsigned int n, good = 0;
	u64 base, size;
	int ret;

	/* Ends with the property. */
	for (n = 0; (ret = of_address(node, n, &base, &size)) != -ENOENT; n++) {
		if (ret == -EINVAL || (!ret && size && !is_range(base, size))) {
			pr_err("device tree: %s reg entry %u is no range of addresses: %s",
			       of_path(node), n, errno_name(ret ? ret : -EOVERFLOW));
			break;
		}
		if (ret || !size)
			continue;
		apply(bi, base, size, type);
		good++;
	}
	return good;
}

static void apply_reserved_memory(struct boot_info *bi)
{
	int parent = of_find_path("/reserved-memory");
	int node;

	/* Without reg the kernel places it itself (3.5.2): nobody has done so yet. */
	of_for_each_child(node, parent) {
		if (of_enabled(node) && of_has(node, "reg"))
			apply_reg(bi, node, of_has(node, "no-map") ? MEM_NOMAP : MEM_RESERVED);
	}
}

static void apply_reservations(struct boot_info *bi)
{
	unsigned int n;
	u64 base, size;

	/* of_header_check() saw the end of the block. */
	for (n = 0; !of_reservation(n, &base, &size); n++) {
		if (is_range(base, size))
			reserve(bi, base, size, MEM_RESERVED);
		else
			pr_err("device tree: memory reservation %u, 0x%llx + 0x%llx, is no range",
			       n, base, size);
	}
}

void of_memory_describe(struct boot_info *bi)
{
	unsigned int found = 0;
	int node;

	of_for_each_node(node) {
		if (is_memory(node))
			found += apply_reg(bi, node, MEM_FREE);
	}
	if (!found)
		pr_err("device tree: no enabled memory node with a range: where is RAM?");
	apply_reservations(bi);
	apply_reserved_memory(bi);
}

/* Bytes from @base on that one range of a memory node holds. */
static u64 held_from(u64 base)
{
	unsigned int n;
	u64 b, s;
	int node, ret;

	of_for_each_node(node) {
		if (!is_memory(node))
			continue;
		for (n = 0; (ret = of_address(node, n, &b, &s)) != -ENOENT && ret != -EINVAL; n++) {
			if (!ret && base >= b && base - b < s)
				return s - (base - b);
		}
	}
	return 0;
}

bool of_memory_contains(u64 base, u64 size)
{
	unsigned int pieces;
	u64 held;

	for (pieces = 0; pieces < BOOT_MAX_REGIONS; pieces++) {
		held = held_from(base);
		if (!held || held >= size)
			return held;
		base += held;
		size -= held;
	}
	return false;
}
