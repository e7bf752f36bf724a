// SPDX-License-Identifier: BSD-2-Clause
/* The tables against what the image sees of the machine: memory map, boot CPU, exception level. */
#include <core/boot.h>
#include "rules.h"

/* EFI_MEMORY_TYPE, UEFI 2.10 7.2 */
#define EFI_ACPI_RECLAIM_MEMORY		9U
#define EFI_ACPI_MEMORY_NVS		10U

static const struct mem_region *region_of(u64 addr)
{
	const struct mem_map *map = &boot_info_get()->map;

	for (unsigned int i = 0; i < map->count; i++)
		if (addr - map->region[i].base < map->region[i].size)
			return &map->region[i];
	return NULL;
}

static void check_memory(const char *name, u64 address)
{
	const struct mem_region *region = region_of(address);

	if (CHECK(region != NULL, "%s at 0x%llx: not in the memory map", name, address))
		CHECK(region->firmware_type == EFI_ACPI_RECLAIM_MEMORY ||
		      region->firmware_type == EFI_ACPI_MEMORY_NVS,
		      "%s at 0x%llx: in memory of EFI type %u", name, address,
		      region->firmware_type);
}

/* In any other kind of memory an operating system may overwrite them, or not map them. */
void tables_in_acpi_memory(void)
{
	const struct boot_info *bi = boot_info_get();
	char name[RULES_NAME_SIZE];

	if (!bi->map.count || bi->map.region[0].firmware_type == ~0U)
		SKIP("no UEFI memory map to look at");
	REQUIRE(acpi_available(), "no good XSDT");
	check_memory("RSDP", bi->rsdp);
	check_memory("XSDT", acpi_root()->address);
	for (unsigned int i = 0; i < acpi_entry_count(); i++)
		if (acpi_entry(i)->header)
			check_memory(rules_name(name, acpi_entry(i)->header),
				     acpi_entry(i)->address);
	if (acpi_dsdt() && acpi_dsdt()->header)
		check_memory("DSDT", acpi_dsdt()->address);
}

/*
 * That it comes first is asked of x86 only (ACPI 6.5 5.2.12.1 is about APIC
 * structures), but some systems number CPUs in this order.
 */
void boot_cpu_described(void)
{
	const struct acpi_madt *madt = TABLE(struct acpi_madt, "APIC");
	struct acpi_walk walk = acpi_madt_walk(madt);
	u64 mpidr = rules_boot_mpidr();
	unsigned int n = 0, found = 0;
	struct acpi_sub sub;

	for (; rules_next_gicc(&walk, &sub); n++) {
		const struct acpi_madt_gicc *gicc = sub.data;

		if (gicc->mpidr != mpidr || !rules_gicc_usable(gicc))
			continue;
		found++;
		CHECK_NE(gicc->flags & ACPI_GICC_ENABLED, 0U,
			 AT_SUB_ID("APIC", &sub, struct acpi_madt_gicc, flags,
				   "of the boot CPU, GICC UID", gicc->acpi_processor_uid));
		if (n)
			test_diag("APIC, offset 0x%x: the boot CPU is GICC number %u, not the "
				  "first",
				  sub.offset, n);
	}
	CHECK_GE(found, 1U, "APIC: enabled GICCs with the boot CPU's MPIDR 0x%llx", mpidr);
}

/* At EL2 an HVC would come back to whoever makes it. */
void psci_conduit_fits_el(void)
{
	u32 needed = offsetof(struct acpi_fadt, fadt_minor_version);
	const struct acpi_fadt *fadt = (const void *)rules_table("FACP", needed);
	bool hvc = fadt->arm_boot_arch & ACPI_FADT_PSCI_USE_HVC;

	if (!(fadt->arm_boot_arch & ACPI_FADT_PSCI_COMPLIANT))
		SKIP("FACP, offset 0x81 (arm_boot_arch): not PSCI compliant");
	CHECK(!hvc || rules_current_el() != 2,
	      "FACP, offset 0x81 (arm_boot_arch): 0x%x says HVC, and this is EL%u",
	      fadt->arm_boot_arch, rules_current_el());
}
