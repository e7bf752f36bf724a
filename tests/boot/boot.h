/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef TESTS_BOOT_H
#define TESTS_BOOT_H

#include <base/util.h>
#include <core/boot.h>
#include <test/test.h>

#define SPEC_UEFI	"UEFI 2.10 2.3.6"
#define SPEC_LINUX	"Linux arm64 booting.rst"

#define SCTLR_EE	BIT(25)
#define DAIF_D		BIT(9)
#define DAIF_A		BIT(8)
#define DAIF_I		BIT(7)
#define DAIF_F		BIT(6)

/* The processor as the image was entered. */
static inline const struct entry_state *entry(void)
{
	return &boot_info_get()->entry;
}

/* Whether the control registers had EL2's own layout: entered at EL2, and E2H clear. */
static inline bool entry_el2_layout(void)
{
	return entry_state_el(entry()) == 2 && !(entry()->hcr & BIT(34));
}

/* The firmware's region that holds an address, NULL without. */
const struct mem_region *boot_region(u64 addr);

/* registers.c */
void register_dump(void);

/* entry.c */
void entered_at_el1_or_el2(void);
void no_serror_is_pending(void);
void counter_frequency_is_set(void);
void counter_and_timer_are_accessible(void);
void gicv3_registers_are_accessible(void);

/* efi_control.c */
void efi_mmu_is_on(void);
void efi_caches_are_on(void);
void efi_stack_alignment_is_checked(void);
void efi_alignment_is_not_checked(void);
void efi_data_is_little_endian(void);
void efi_granule_is_4k(void);
void efi_top_byte_is_not_ignored(void);
void efi_physical_size_fits(void);
void efi_only_ttbr0_is_used(void);
void efi_mair_has_the_types_advertised(void);
void efi_fp_is_usable(void);
void efi_interrupts_are_enabled(void);

/* efi_memory.c */
void efi_x0_is_a_handle(void);
void efi_x1_is_the_system_table(void);
void efi_sp_is_aligned(void);
void efi_stack_has_128_kib(void);
void efi_tables_are_not_in_free_memory(void);
void efi_image_is_loader_code(void);
void efi_firmware_names_itself(void);

/* image.c */
void image_mmu_is_off(void);
void image_exceptions_are_masked(void);
void image_x0_is_a_device_tree(void);
void image_x1_to_x3_are_zero(void);
void image_base_is_aligned(void);

#endif
