// SPDX-License-Identifier: BSD-2-Clause
/* EFI configuration table: the device tree and ACPI's root pointer. */
#include "efi.h"

static EFI_GUID acpi_20_guid = ACPI_20_TABLE_GUID;
static EFI_GUID acpi_10_guid = ACPI_TABLE_GUID;

static void *find_table(EFI_GUID *guid)
{
	VOID *table = NULL;

	if (EFI_ERROR(LibGetSystemConfigurationTable(guid, &table)))
		return NULL;
	return table;
}

static u32 read_be32(const u8 *p)
{
	return (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3];
}

/*
 * EBBR wants the tree in ACPI reclaim memory, but firmware leaves it in boot
 * services data too, which is free memory for us later: hold what its header
 * says, as far as that can be right.
 */
static void fdt_take(struct boot_info *bi, const u8 *fdt)
{
	u64 limit = efi_memory_limit(fdt, EFI_FDT_MAX);
	u32 total;

	if (limit < 8) {
		pr_err("UEFI: the device tree of the configuration table, at %p, lies in no RAM "
		       "of the memory map", fdt);
		return;
	}
	total = read_be32(fdt + 4);
	bi->fdt = fdt;
	bi->fdt_limit = limit;
	bi->fdt_origin = "EFI configuration table";
	efi_hold((u64)fdt, MIN((u64)total, limit));
}

void efi_tables_read(struct boot_info *bi)
{
	void *rsdp = find_table(&acpi_20_guid);
	void *fdt = find_table(&EfiDtbTableGuid);

	if (!rsdp)
		rsdp = find_table(&acpi_10_guid);
	bi->rsdp = (u64)rsdp;
	if (fdt)
		fdt_take(bi, fdt);
}
