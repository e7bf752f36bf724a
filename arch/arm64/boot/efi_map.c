// SPDX-License-Identifier: BSD-2-Clause
/* EFI's memory map as struct mem_map: sorted, and cut where we need borders. */
#include "efi.h"
#include <base/sort.h>
#include <base/string.h>

#define CACHEABLE_RAM	(EFI_MEMORY_WB | EFI_MEMORY_WT | EFI_MEMORY_WC)

/*
 * Types as they are once boot services are gone (UEFI 2.10 7.2.1). What
 * somebody reserved may be behind a firewall: a speculative read there can
 * raise an SError, so it is not even mapped. EFI_MEMORY_SP marks memory kept
 * for a purpose of its own.
 */
static enum mem_type convert_type(u32 type, u64 attr)
{
	switch (type) {
	case EfiLoaderCode:
	case EfiLoaderData:
	case EfiBootServicesCode:
	case EfiBootServicesData:
	case EfiConventionalMemory:
		return attr & MEMORY_ATTR_SP ? MEM_RESERVED : MEM_FREE;
	case EfiRuntimeServicesCode:
		return MEM_RUNTIME_CODE;
	case EfiRuntimeServicesData:
		return MEM_RUNTIME_DATA;
	case EfiACPIReclaimMemory:
	case EfiACPIMemoryNVS:
		return MEM_ACPI;
	case EfiMemoryMappedIO:
	case EfiMemoryMappedIOPortSpace:
		return MEM_MMIO;
	default:
		return attr & CACHEABLE_RAM ? MEM_NOMAP : MEM_MMIO;
	}
}

static u32 convert_flags(u64 attr)
{
	u32 flags = 0;

	if (attr & EFI_MEMORY_RUNTIME)
		flags |= MEM_REGION_RUNTIME;
	if (!(attr & EFI_MEMORY_WB))
		flags |= MEM_REGION_NOT_WB;
	return flags;
}

static bool joins(const struct mem_region *a, const struct mem_region *b)
{
	return a->base + a->size == b->base && a->type == b->type && a->flags == b->flags &&
	       a->firmware_type == b->firmware_type && a->firmware_attr == b->firmware_attr;
}

static void add(struct mem_map *map, const struct mem_region *region)
{
	if (map->count && joins(&map->region[map->count - 1], region))
		map->region[map->count - 1].size += region->size;
	else if (map->count < BOOT_MAX_REGIONS)
		map->region[map->count++] = *region;
	else
		map->dropped++;
}

static int compare_base(const void *a, const void *b)
{
	const struct mem_region *x = a, *y = b;

	return x->base < y->base ? -1 : x->base > y->base;
}

/* Join neighbours of one kind; @map is sorted. */
void efi_map_merge(struct mem_map *map)
{
	unsigned int i, n = map->count;

	map->count = 0;
	for (i = 0; i < n; i++) {
		struct mem_region region = map->region[i];

		add(map, &region);
	}
}

/*
 * @descriptors: as GetMemoryMap() gives them, @size bytes, one every @step.
 * Empty ones and those that wrap around the address space are left out; a test
 * of the map as such reports them.
 */
void efi_map_fill(struct mem_map *map, const void *descriptors, size_t size, size_t step)
{
	size_t at;

	map->count = 0;
	map->dropped = 0;
	for (at = 0; at + step <= size; at += step) {
		const EFI_MEMORY_DESCRIPTOR *desc = (const void *)((const u8 *)descriptors + at);
		u64 bytes = desc->NumberOfPages << EFI_PAGE_SHIFT;
		struct mem_region region = {
			.base = desc->PhysicalStart,
			.size = bytes,
			.type = convert_type(desc->Type, desc->Attribute),
			.flags = convert_flags(desc->Attribute),
			.firmware_type = desc->Type,
			.firmware_attr = desc->Attribute,
		};

		if (bytes && region.base + bytes - 1 >= region.base &&
		    desc->NumberOfPages <= ~0ULL >> EFI_PAGE_SHIFT)
			add(map, &region);
	}
	sort(map->region, map->count, sizeof(map->region[0]), compare_base);
	efi_map_merge(map);
}

/* Have a border at @addr where a region spans it. */
static void split(struct mem_map *map, u64 addr)
{
	unsigned int i;

	for (i = 0; i < map->count; i++) {
		struct mem_region *r = &map->region[i];

		if (addr <= r->base || addr - r->base >= r->size)
			continue;
		if (map->count == BOOT_MAX_REGIONS) {
			map->dropped++;
			return;
		}
		memmove(r + 1, r, (map->count - i) * sizeof(*r));
		map->count++;
		r[0].size = addr - r[0].base;
		r[1].base = addr;
		r[1].size -= r[0].size;
		return;
	}
}

static bool inside(const struct mem_region *r, u64 base, u64 size)
{
	return r->base >= base && r->base - base < size;
}

/* Whole pages of what is free within the range become @type. */
void efi_map_retype(struct mem_map *map, u64 base, u64 size, enum mem_type type)
{
	u64 first = ALIGN_DOWN(base, SZ_4K);
	u64 bytes = ALIGN_UP(base + size, SZ_4K) - first;
	unsigned int i;

	split(map, first);
	split(map, first + bytes);
	for (i = 0; i < map->count; i++) {
		if (inside(&map->region[i], first, bytes) && map->region[i].type == MEM_FREE)
			map->region[i].type = type;
	}
}

/* Add @flags to the runtime regions within the range. */
void efi_map_flag(struct mem_map *map, u64 base, u64 size, u32 flags)
{
	unsigned int i;

	split(map, base);
	split(map, base + size);
	for (i = 0; i < map->count; i++) {
		struct mem_region *r = &map->region[i];

		if (inside(r, base, size) && r->flags & MEM_REGION_RUNTIME)
			r->flags |= flags;
	}
}
