/* SPDX-License-Identifier: BSD-2-Clause */
/* What entry_efi.S calls. */
#ifndef BOOT_EFI_PLACE_H
#define BOOT_EFI_PLACE_H

#include <base/types.h>

struct boot_info;

/**
 * efi_place_image() - have the image at a multiple of 64 KiB
 * @system_table: EFI_SYSTEM_TABLE as handed over
 * @base: where the image lies now; not relocated yet
 * @image_size: bytes in memory, zeroed part included
 *
 * Runs before relocation. Copies the whole image, zeroed part included, to new
 * EfiLoaderCode pages when @base is not 64 KiB aligned, and makes the copy
 * coherent for execution. The copy stays allocated until boot services end.
 *
 * Return: the base to go on at, @base itself where that is aligned; 0 when
 * there is no memory.
 */
u64 efi_place_image(void *system_table, u64 base, u64 image_size);

/**
 * efi_entry() - the EFI entry in C
 * @bi: hand-off to fill; only its entry is filled yet
 * @image_handle: EFI_HANDLE of the image
 * @system_table: EFI_SYSTEM_TABLE
 *
 * Calls start(). Returns only when @system_table is no EFI system table, so
 * that there is nobody to talk to.
 */
void efi_entry(struct boot_info *bi, void *image_handle, void *system_table);

#endif
