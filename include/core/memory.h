/* SPDX-License-Identifier: BSD-2-Clause */
/* The memory map of the machine, after boot services are gone. */
#ifndef CORE_MEMORY_H
#define CORE_MEMORY_H

#include <core/boot.h>

/**
 * memory_reserve() - take a range out of what is free, described before or not
 * @base: physical address
 * @size: bytes
 * @type: what it is from now on
 *
 * Whole pages, outwards. A size of 0 is nothing to reserve and no error.
 *
 * Return: 0, -ENOSPC when the map is full (part of it may be reserved then), or
 * -ERANGE when the range wraps around the address space.
 */
int memory_reserve(u64 base, u64 size, enum mem_type type);

/** memory_find() - the region that holds @addr, or NULL */
const struct mem_region *memory_find(u64 addr);

/** memory_map_get() - all regions: sorted, disjoint, neighbours of a kind merged */
const struct mem_map *memory_map_get(void);

/** memory_ram_bytes() - all RAM that is described, whoever owns it */
u64 memory_ram_bytes(void);

#endif
