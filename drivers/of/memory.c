// SPDX-License-Identifier: BSD-2-Clause
/* Memory nodes, /reserved-memory and the reservation block, as disjoint regions. */
#include <base/mem_map.h>
#include <base/string.h>
#include <core/log.h>
#include "describe.h"
#include "tree.h"

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

/* RAM is what memory nodes say; each place once. */
static void add_ram(struct mem_map *map, int node, unsigned int entry, u64 base, u64 size)
{
	const struct mem_region region = { .base = base, .size = size, .firmware_type = ~0U };
	const struct mem_region *other = mem_map_overlap(map, base, size);

	if (!other) {
		mem_map_append(map, &region);
		mem_map_order(map);
		return;
	}
	pr_err("device tree: %s reg entry %u, 0x%llx-0x%llx, overlaps memory described before, 0x%llx-0x%llx",
	       of_path(node), entry, base, base + (size - 1), other->base,
	       other->base + (other->size - 1));
	mem_map_retype(map, base, size, MEM_FREE, MEM_MAP_COVER);
}

/*
 * What is reserved outside of memory nodes is no RAM, and none of ours anyway.
 * reusable (3.5.2) lends a region to an operating system that has the driver
 * which wants it back: not to us.
 */
static void reserve(struct boot_info *bi, u64 base, u64 size, enum mem_type type)
{
	/* The last byte of all is no RAM: an end behind it would wrap. */
	if (mem_map_retype(&bi->map, base, size - !(base + size), type, MEM_MAP_STRICTER))
		pr_err("device tree: more than %u regions of memory: around the reservation at 0x%llx all is kept",
		       BOOT_MAX_REGIONS, base);
}

/*
 * One range as the CPU sees it. Where the bus above does not say how (of
 * /reserved-memory: its empty ranges was forgotten, 3.5.1), what is reserved is
 * kept at the address that is written: somebody means that memory. RAM is not
 * guessed.
 */
static int reg_range(int node, unsigned int n, enum mem_type type, u64 *base, u64 *size)
{
	int ret = of_reg(node, n, base, size);
	u64 cpu;

	if (ret)
		return ret;
	cpu = *base;
	if (!of_translate(of_parent(node), &cpu, *size, NULL)) {
		*base = cpu;
		return 0;
	}
	pr_err("device tree: %s reg entry %u, 0x%llx + 0x%llx, is in no ranges of the nodes above: %s",
	       of_path(node), n, *base, *size,
	       type == MEM_FREE ? "not used" : "kept at that address");
	return type == MEM_FREE ? -ERANGE : 0;
}

/* All ranges of a node's reg; how many were good. */
static unsigned int apply_reg(struct boot_info *bi, int node, enum mem_type type)
{
	unsigned int n, good = 0;
	u64 base, size;
	int ret;

	/* Ends with the property. */
	for (n = 0; (ret = reg_range(node, n, type, &base, &size)) != -ENOENT; n++) {
		if (ret == -EINVAL || (!ret && size && !is_range(base, size))) {
			pr_err("device tree: %s reg entry %u is no range of addresses: %s",
			       of_path(node), n, errno_name(ret ? ret : -EOVERFLOW));
			break;
		}
		if (ret || !size)
			continue;
		if (type == MEM_FREE)
			add_ram(&bi->map, node, n, base, size);
		else
			reserve(bi, base, size, type);
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
