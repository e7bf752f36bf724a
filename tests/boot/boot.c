// SPDX-License-Identifier: BSD-2-Clause
/*
 * The state at entry: what UEFI and the Linux boot protocol promise of the
 * processor, its registers and its memory, as it was captured before the first
 * register was changed; and the state of the image's own making, which is the
 * same whoever started it.
 */
#include "boot.h"

#define EFI_CASE(fn, ...) \
	TEST_CASE(efi_##fn, .needs = NEED_EFI, .spec = SPEC_UEFI, __VA_ARGS__)
#define IMAGE_CASE(fn, ...) \
	TEST_CASE(image_##fn, .needs = NEED_IMAGE_BOOT, .spec = SPEC_LINUX, __VA_ARGS__)

const struct mem_region *boot_region(u64 addr)
{
	const struct mem_map *map = &boot_info_get()->map;
	unsigned int i;

	for (i = 0; i < map->count; i++) {
		if (addr >= map->region[i].base && addr - map->region[i].base < map->region[i].size)
			return &map->region[i];
	}
	return NULL;
}

static const struct test_case boot_cases[] = {
	TEST_CASE(register_dump, .spec = "DDI0487J.a D19.2",
		  .hint = "a bit that this CPU does not have, or that a hypervisor does not "
			  "let us set; the cases run on another machine than meant"),

	TEST_CASE(entered_at_el1_or_el2, .spec = SPEC_UEFI ", " SPEC_LINUX,
		  .hint = "the firmware handed over at EL3"),
	TEST_CASE(no_serror_is_pending, .spec = SPEC_UEFI ", " SPEC_LINUX,
		  .hint = "the firmware made an access that failed (often a PCI probe) and "
			  "left the SError for us"),
	TEST_CASE(counter_frequency_is_set, .spec = SPEC_UEFI ", " SPEC_LINUX,
		  .hint = "EL3 firmware did not write CNTFRQ_EL0 on this CPU"),
	TEST_CASE(counter_and_timer_are_accessible, .spec = SPEC_UEFI ", " SPEC_LINUX,
		  .hint = "CNTHCTL_EL2.EL1PCTEN or EL1PCEN was left clear by what runs at EL2"),
	TEST_CASE(gicv3_registers_are_accessible, .spec = SPEC_LINUX,
		  .hint = "ICC_SRE_EL3.Enable or ICC_SRE_EL2.Enable is clear, or SRE is: the "
			  "firmware set the GIC up for GICv2"),

	EFI_CASE(mmu_is_on, .hint = "the firmware starts applications without its page tables"),
	EFI_CASE(caches_are_on,
		  .hint = "the firmware runs without caches: slow, and atomics may fail"),
	EFI_CASE(stack_alignment_is_checked, .hint = "SCTLR.SA was left clear"),
	EFI_CASE(alignment_is_not_checked,
		 .hint = "SCTLR.A is set: applications may use unaligned accesses, and will crash"),
	EFI_CASE(data_is_little_endian, .hint = "SCTLR.EE is set"),
	EFI_CASE(granule_is_4k,
		  .hint = "the firmware's tables use another granule than UEFI's page size"),
	EFI_CASE(top_byte_is_not_ignored,
		  .hint = "TCR.TBI is set: tagged pointers work by accident"),
	EFI_CASE(physical_size_fits,
		 .hint = "TCR.IPS or PS is beyond what the CPU has, or too small for the RAM "
			 "of the memory map"),
	EFI_CASE(only_ttbr0_is_used,
		  .hint = "TCR.EPD1 is clear: addresses above the lower range walk whatever "
			  "TTBR1 holds"),
	EFI_CASE(mair_has_the_types_advertised,
		 .hint = "the memory map offers a cacheability that no MAIR entry encodes as "
			 "the specification says"),
	EFI_CASE(fp_is_usable,
		  .hint = "FP/SIMD is trapped (CPACR.FPEN, CPTR.TFP), or FPCR is not its "
			  "default: compiled code breaks"),
	EFI_CASE(interrupts_are_enabled,
		 .hint = "PSTATE.I is set: the firmware's timer does not tick, events and "
			 "timeouts stand still"),
	EFI_CASE(x0_is_a_handle, .hint = "x0 is no image handle"),
	EFI_CASE(x1_is_the_system_table,
		  .hint = "x1 points to something else than EFI_SYSTEM_TABLE"),
	EFI_CASE(sp_is_aligned, .hint = "the stack pointer is not a multiple of 16"),
	EFI_CASE(stack_has_128_kib,
		 .hint = "the stack lies in free memory, or too close to the start of its region"),
	EFI_CASE(tables_are_not_in_free_memory,
		 .hint = "the memory map gives away the memory that holds the page tables in use"),
	TEST_CASE(efi_image_is_loader_code, .needs = NEED_EFI,
		  .spec = "UEFI 2.10 7.2.1, memory type usage",
		  .hint = "the loader put the application into memory of another type"),
	TEST_CASE(efi_firmware_names_itself, .needs = NEED_EFI, .spec = "UEFI 2.10 4.3",
		  .hint = "the system table lacks a vendor, or claims a UEFI older than "
			  "AArch64's binding"),

	IMAGE_CASE(mmu_is_off, .hint = "the boot loader forgot to switch the MMU off"),
	IMAGE_CASE(exceptions_are_masked,
		  .hint = "the boot loader left DAIF clear: an interrupt hits without vectors"),
	IMAGE_CASE(x0_is_a_device_tree,
		   .hint = "x0 is 0, ATAGs, or a tree that is unaligned or above 2 MiB"),
	IMAGE_CASE(x1_to_x3_are_zero, .hint = "the boot loader passes the arguments of 32-bit Arm"),
	IMAGE_CASE(base_is_aligned,
		   .hint = "the boot loader ignores the header's text_offset, or its alignment"),
	{}
};

TEST_SUITE(boot, .about = "the state at entry, by UEFI or the Linux boot protocol",
	   .mmu = TEST_MMU_ANY, .cases = boot_cases);
