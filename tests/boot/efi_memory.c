// SPDX-License-Identifier: BSD-2-Clause
/* UEFI 2.10 2.3.6: arguments, stack and memory at entry. */
#include "boot.h"

#define SYSTEM_TABLE_SIGNATURE	0x5453595320494249ULL	/* "IBI SYST", UEFI 2.10 4.3 */
#define TYPE_LOADER_CODE	1U
#define TYPE_CONVENTIONAL	7U

/* AArch64 came with UEFI 2.4. */
#define UEFI_2_4		(2U << 16 | 40)

#define STACK_WANTED		0x20000ULL
#define TTBR_BADDR		GENMASK(47, 12)

void efi_x0_is_a_handle(void)
{
	CHECK_NE(entry()->x[0], 0ULL, "x0 at entry");
}

void efi_x1_is_the_system_table(void)
{
	const u64 *table = (const u64 *)entry()->x[1];

	REQUIRE(boot_region(entry()->x[1]), "x1 at entry 0x%llx is in the memory map",
		entry()->x[1]);
	CHECK_EQ(*table, SYSTEM_TABLE_SIGNATURE, "signature at x1 0x%llx", entry()->x[1]);
}

void efi_sp_is_aligned(void)
{
	CHECK_EQ(entry()->sp & 15, 0ULL, "SP at entry 0x%llx", entry()->sp);
}

/*
 * Necessary, not sufficient: how much of the region the stack may really grow
 * into is nowhere written down.
 */
void efi_stack_has_128_kib(void)
{
	const struct mem_region *region = boot_region(entry()->sp - 16);

	REQUIRE(region, "SP at entry 0x%llx lies in the memory map", entry()->sp);
	CHECK_NE(region->firmware_type, TYPE_CONVENTIONAL, "type of the region at 0x%llx that SP "
		 "0x%llx is in", region->base, entry()->sp);
	CHECK_GE(entry()->sp - region->base, STACK_WANTED,
		 "bytes between SP 0x%llx and its region's start 0x%llx", entry()->sp,
		 region->base);
}

void efi_tables_are_not_in_free_memory(void)
{
	u64 base = entry()->ttbr0 & TTBR_BADDR;
	const struct mem_region *region = boot_region(base);

	/* Tables in memory that the map does not show at all cannot be given away. */
	CHECK(!region || region->firmware_type != TYPE_CONVENTIONAL,
	      "TTBR0_EL%u 0x%llx: EfiConventionalMemory", entry_state_el(entry()),
	      entry()->ttbr0);
}

void efi_image_is_loader_code(void)
{
	const struct mem_region *region = boot_region(entry()->base);

	REQUIRE(region, "the image's base 0x%llx is in the memory map", entry()->base);
	CHECK_EQ(region->firmware_type, TYPE_LOADER_CODE, "EFI_MEMORY_TYPE at 0x%llx",
		 entry()->base);
}

void efi_firmware_names_itself(void)
{
	CHECK_NE(boot_info_get()->firmware[0], '\0', "first character of FirmwareVendor");
	CHECK_GE(boot_info_get()->uefi_revision, UEFI_2_4, "system table Hdr.Revision");
}
