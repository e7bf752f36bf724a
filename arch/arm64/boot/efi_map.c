// SPDX-License-Identifier: BSD-2-Clause
/* EFI's memory map as struct mem_map, in order of address. */
#include "efi.h"

#define CACHEABLE_RAM	(EFI_MEMORY_WB | EFI_MEMORY_WT | EFI_MEMORY_WC)

/*
 * Types as they are once boot services are gone (UEFI 2.10 7.2.1). What
 * somebody reserved may be behind a firewall: a speculative read there can
 * raise an SError, so it is not even mapped. EFI_MEMORY_SP marks memory kept
 * for a purpose of its own, EFI_MEMORY_NV such that outlives the run. The access
 * attributes (RP, WP, XP, RO) say what a region can be set to, not what it is
 * (7.2.3): the memory attributes table tells that. Memory that was not accepted
 * yet, unusable or persistent memory, and types of an OEM or a later
 * specification are nothing that we would touch.
 */
static enum mem_type convert_type(u32 type, u64 attr)
{
	switch (type) {
	case EfiLoaderCode:
	case EfiLoaderData:
	case EfiBootServicesCode:
	case EfiBootServicesData:
	case EfiConventionalMemory:
		return attr & (MEMORY_ATTR_SP | MEMORY_ATTR_NV) ? MEM_RESERVED : MEM_FREE;
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
			mem_map_append(map, &region);
	}
	mem_map_order(map);
	mem_map_join(map, MEM_MAP_JOIN_SAME);
}
