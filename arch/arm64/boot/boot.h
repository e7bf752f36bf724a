/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the entries' assembler and their C. */
#ifndef BOOT_BOOT_H
#define BOOT_BOOT_H

#include <base/compiler.h>
#include <base/types.h>
#include <core/boot.h>
#include <asm/cpu_control.h>

/* Captured by the entry; in .mmuoff. */
extern struct entry_state boot_entry_state;

/* The one hand-off. */
extern struct boot_info boot_info;

/*
 * Build the identity map of the image and of the 2 MiB block that @fdt lies in,
 * with the MMU off. Returns what mmu_switch() wants.
 */
const struct cpu_control *early_map(u64 image, u64 image_end, u64 fdt);

/* Add the 2 MiB block of @addr, once the MMU is on. */
void early_map_more(u64 addr);

/* Zero .bss, relocate the image, make the state of the boot CPU. */
void image_prepare(void);

void image_entry(u64 fdt, u64 mmu_was_on) __noreturn;
void image_entry_efi(void *image_handle, void *system_table) __noreturn;

/* Back to whoever started the UEFI application; @status is an EFI_STATUS. */
void efi_return(u64 status) __noreturn;

#endif
