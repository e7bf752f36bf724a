/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Virtual addresses for mappings that are not VA = PA. Where they lie is
 * computed from what this machine describes: no address is fixed.
 */
#ifndef CORE_ADDRESS_SPACE_H
#define CORE_ADDRESS_SPACE_H

#include <base/compiler.h>
#include <base/types.h>

/**
 * address_space_alloc() - a range of virtual addresses that nothing is mapped at
 * @size: bytes, rounded up to whole pages of PAGE_SIZE
 * @align: power of two; less than PAGE_SIZE (0 as well) is PAGE_SIZE
 *
 * Outside of the memory map and of all registers that are described, with an
 * unused page on either side. Addresses only: mmu_map_at() puts something there.
 *
 * Return: NULL is -ENOMEM: no such range is left, 128 of them are handed out, or
 * @size is 0, or @align is no power of two.
 */
void *address_space_alloc(u64 size, u64 align) __must_check;

/**
 * address_space_free() - give a range back, after it was unmapped
 * @va: as address_space_alloc() gave it; NULL is nothing to free
 * @size: as it was asked for
 *
 * Return: 0; -EINVAL when that is no such range, of another size, or is free
 * already; -ENOSPC when free ranges are in too many pieces: it stays handed out.
 */
int address_space_free(void *va, u64 size);

/**
 * address_space_avoid() - keep a range from being handed out
 * @base: physical address of what is or may be mapped there (VA = PA)
 * @size: bytes
 *
 * For everything that is described and not in the memory map: registers,
 * windows of a bus. Can be called before the memory map is known.
 */
void address_space_avoid(u64 base, u64 size);

#endif
