// SPDX-License-Identifier: BSD-2-Clause
/*
 * From the RSDP to a list of tables that may be read. A pointer is believed
 * when it leads into RAM, by the firmware's own memory map; a table when its
 * length is sane and its bytes sum up to 0. Pointers out of a root table whose
 * own checksum is wrong are followed all the same, since what they lead to
 * proves itself: the run then ends in an error, but with a console.
 */
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <core/boot.h>
#include <core/heap.h>
#include <core/log.h>
#include <core/stage.h>
#include <drivers/acpi.h>
#include <asm/mmu_off.h>
#include "internal.h"

struct acpi_pointer32 {
	u32 value;
} __packed;

struct acpi_pointer64 {
	u64 value;
} __packed;

static struct {
	const struct acpi_rsdp *rsdp;
	u32 rsdp_faults;
	struct acpi_table root;
	bool root_64;			/* XSDT: entries of 64 bits */
	struct acpi_table *entry;
	unsigned int nr_entries;
	struct acpi_table dsdt;
} acpi;

/* The tables lie together, so that most are where the last one was. */
static const struct mem_region *region_at(const struct mem_map *map, u64 addr)
{
	static unsigned int last;

	for (unsigned int i = 0; i < map->count; i++) {
		unsigned int at = last + i < map->count ? last + i : last + i - map->count;
		const struct mem_region *region = &map->region[at];

		if (addr >= region->base && addr - region->base < region->size) {
			last = at;
			return region;
		}
	}
	last = 0;
	return NULL;
}

/* A map without regions is a boot method's that has none, one with regions dropped is not whole. */
bool acpi_readable(const struct mem_map *map, u64 addr, u64 size)
{
	if (!addr || addr + size < addr)
		return false;
	if (!map->count || map->dropped)
		return true;
	for (unsigned int step = 0; step <= map->count; step++) {
		const struct mem_region *region = region_at(map, addr);
		u64 rest;

		if (!region || region->type == MEM_MMIO || region->type == MEM_NOMAP)
			return false;
		rest = region->size - (addr - region->base);
		if (rest >= size)
			return true;
		addr += rest;
		size -= rest;
	}
	return false;
}

u8 acpi_checksum(const void *data, size_t size)
{
	const u8 *byte = data;
	u8 sum = 0;

	while (size--)
		sum += *byte++;
	return sum;
}

/* The firmware wrote it through its caches. */
static void share_with_mmu_off(const void *data, size_t size)
{
	if (mmu_off_share_read(data, size))
		pr_err("ACPI: too many tables for the MMU to be turned off");
}

/* Header, length and checksum; fills what @table lacks. */
static void check_table(const struct mem_map *map, struct acpi_table *table)
{
	const struct acpi_header *header = (const void *)(uintptr_t)table->address;

	if (!table->address) {
		table->faults = ACPI_FAULT_NULL;
	} else if (!acpi_readable(map, table->address, sizeof(*header))) {
		table->faults = ACPI_FAULT_ADDRESS;
	} else {
		table->header = header;
		if (header->length < sizeof(*header) || header->length > ACPI_MAX_TABLE_LENGTH ||
		    !acpi_readable(map, table->address, header->length))
			table->faults = ACPI_FAULT_LENGTH;
		else if (acpi_checksum(header, header->length))
			table->faults = ACPI_FAULT_CHECKSUM;
		share_with_mmu_off(header, table->faults == ACPI_FAULT_LENGTH ?
				   sizeof(*header) : header->length);
	}
}

/* One message for a bad table: @from names what points to it. */
static void report_table(const char *from, const struct acpi_table *table)
{
	const struct acpi_header *header = table->header;
	char name[ACPI_NAME_SIZE];

	acpi_signature_name(name, header);
	if (table->faults & ACPI_FAULT_NULL)
		pr_err("ACPI: %s, offset 0x%x: the pointer is 0\n", from, table->offset);
	else if (table->faults & ACPI_FAULT_ADDRESS)
		pr_err("ACPI: %s, offset 0x%x: points to 0x%llx, where the memory map has no RAM\n",
		       from, table->offset, table->address);
	else if (table->faults & ACPI_FAULT_LENGTH)
		pr_err("ACPI: %s at 0x%llx, offset 0x4 (length): %u bytes: not within 36 .. %u, "
		       "or beyond RAM; table not used\n",
		       name, table->address, header->length, ACPI_MAX_TABLE_LENGTH);
	else if (table->faults & ACPI_FAULT_CHECKSUM)
		pr_err("ACPI: %s at 0x%llx, offset 0x9 (checksum): is 0x%02x, the other bytes "
		       "need 0x%02x; table not used\n",
		       name, table->address, header->checksum,
		       (u8)(header->checksum - acpi_checksum(header, header->length)));
}

/* ACPI 6.5 5.2.5.3: revision 0 has the first 20 bytes only. */
static int find_rsdp(const struct boot_info *bi)
{
	const struct acpi_rsdp *rsdp = (const void *)(uintptr_t)bi->rsdp;

	if (!acpi_readable(&bi->map, bi->rsdp, ACPI_RSDP_V1_LENGTH)) {
		pr_err("ACPI: the RSDP is said to be at 0x%llx, where the memory map has no RAM\n",
		       bi->rsdp);
		acpi.rsdp_faults = ACPI_FAULT_ADDRESS;
		return -EFAULT;
	}
	if (memcmp(rsdp->signature, "RSD PTR ", sizeof(rsdp->signature))) {
		pr_err("ACPI: RSDP at 0x%llx, offset 0x0 (signature): not \"RSD PTR \"\n",
		       bi->rsdp);
		acpi.rsdp_faults = ACPI_FAULT_SIGNATURE;
		return -EBADMSG;
	}
	if (rsdp->revision &&
	    (!acpi_readable(&bi->map, bi->rsdp, sizeof(*rsdp)) || rsdp->length < sizeof(*rsdp) ||
	     rsdp->length > SZ_4K || !acpi_readable(&bi->map, bi->rsdp, rsdp->length))) {
		pr_err("ACPI: RSDP at 0x%llx, offset 0x14 (length): not within 36 .. 4096, or "
		       "beyond RAM\n",
		       bi->rsdp);
		acpi.rsdp_faults = ACPI_FAULT_LENGTH;
		return -EBADMSG;
	}
	share_with_mmu_off(rsdp, rsdp->revision ? rsdp->length : ACPI_RSDP_V1_LENGTH);
	acpi.rsdp = rsdp;
	return 0;
}

static void check_rsdp(u64 address)
{
	const struct acpi_rsdp *rsdp = acpi.rsdp;

	if (acpi_checksum(rsdp, ACPI_RSDP_V1_LENGTH)) {
		pr_err("ACPI: RSDP at 0x%llx, offset 0x8 (checksum): bytes 0 .. 19 sum up to "
		       "0x%02x, not 0\n",
		       address, acpi_checksum(rsdp, ACPI_RSDP_V1_LENGTH));
		acpi.rsdp_faults |= ACPI_FAULT_CHECKSUM;
	}
	if (rsdp->revision && acpi_checksum(rsdp, rsdp->length)) {
		pr_err("ACPI: RSDP at 0x%llx, offset 0x20 (extended_checksum): bytes 0 .. %u sum "
		       "up to 0x%02x, not 0\n",
		       address, rsdp->length - 1, acpi_checksum(rsdp, rsdp->length));
		acpi.rsdp_faults |= ACPI_FAULT_CHECKSUM;
	}
}

static int find_root(const struct mem_map *map)
{
	const char *name;

	acpi.root_64 = acpi.rsdp->revision != 0;
	name = acpi.root_64 ? "XSDT" : "RSDT";
	acpi.root.address = acpi.root_64 ? acpi.rsdp->xsdt_address : acpi.rsdp->rsdt_address;
	acpi.root.offset = acpi.root_64 ? offsetof(struct acpi_rsdp, xsdt_address) :
					  offsetof(struct acpi_rsdp, rsdt_address);
	check_table(map, &acpi.root);
	if (acpi.root.header && memcmp(acpi.root.header->signature, name, 4)) {
		acpi.root.faults |= ACPI_FAULT_SIGNATURE;
		pr_err("ACPI: RSDP, offset 0x%x: points to 0x%llx, where there is no %s\n",
		       acpi.root.offset, acpi.root.address, name);
		return -EBADMSG;
	}
	report_table("RSDP", &acpi.root);
	return acpi.root.faults & ~ACPI_FAULT_CHECKSUM ? -EBADMSG : 0;
}

static u64 root_pointer(unsigned int n)
{
	const u8 *first = (const u8 *)acpi.root.header + sizeof(struct acpi_header);

	if (acpi.root_64)
		return ((const struct acpi_pointer64 *)first)[n].value;
	return ((const struct acpi_pointer32 *)first)[n].value;
}

static int list_entries(const struct mem_map *map)
{
	u32 width = acpi.root_64 ? sizeof(u64) : sizeof(u32);
	u32 bytes = acpi.root.header->length - sizeof(struct acpi_header);
	unsigned int count = bytes / width;

	if (bytes % width)
		pr_err("ACPI: root table at 0x%llx, offset 0x4 (length): %u bytes behind the last "
		       "whole entry\n",
		       acpi.root.address, bytes % width);
	if (count > ACPI_MAX_ENTRIES) {
		pr_err("ACPI: root table at 0x%llx, offset 0x4 (length): %u entries, the first %u "
		       "are read\n",
		       acpi.root.address, count, ACPI_MAX_ENTRIES);
		count = ACPI_MAX_ENTRIES;
	}
	acpi.entry = heap_alloc(count * sizeof(*acpi.entry));
	if (count && !acpi.entry)
		return -ENOMEM;
	acpi.nr_entries = count;
	for (unsigned int i = 0; i < count; i++) {
		acpi.entry[i].address = root_pointer(i);
		acpi.entry[i].offset = sizeof(struct acpi_header) + i * width;
		check_table(map, &acpi.entry[i]);
		report_table(acpi.root_64 ? "XSDT" : "RSDT", &acpi.entry[i]);
	}
	return 0;
}

/* ACPI 6.5 5.2.9: X_DSDT where it is not 0, else DSDT. */
static void find_dsdt(const struct mem_map *map)
{
	const struct acpi_fadt *fadt = acpi_fadt_get();

	if (!fadt)
		return;
	if (ACPI_HAS(fadt->header.length, struct acpi_fadt, x_dsdt) && fadt->x_dsdt) {
		acpi.dsdt.address = fadt->x_dsdt;
		acpi.dsdt.offset = offsetof(struct acpi_fadt, x_dsdt);
	} else if (fadt->dsdt) {
		acpi.dsdt.address = fadt->dsdt;
		acpi.dsdt.offset = offsetof(struct acpi_fadt, dsdt);
	} else {
		return;
	}
	check_table(map, &acpi.dsdt);
	if (acpi.dsdt.header && memcmp(acpi.dsdt.header->signature, "DSDT", 4)) {
		acpi.dsdt.faults |= ACPI_FAULT_SIGNATURE;
		pr_err("ACPI: FACP, offset 0x%x: points to 0x%llx, where there is no DSDT\n",
		       acpi.dsdt.offset, acpi.dsdt.address);
		return;
	}
	report_table("FACP", &acpi.dsdt);
}

int acpi_describe(struct boot_info *bi)
{
	int ret;

	memset(&acpi, 0, sizeof(acpi));
	if (!bi->rsdp)
		return 0;
	/* Whatever is wrong was said, and counts; the run goes on without. */
	if (find_rsdp(bi))
		return 0;
	check_rsdp(bi->rsdp);
	if (find_root(&bi->map))
		return 0;
	ret = list_entries(&bi->map);
	if (ret)
		return ret;
	find_dsdt(&bi->map);
	return 0;
}

STAGE(acpi_describe, "20", .when = STAGE_DESCRIBE, .run = acpi_describe);

bool acpi_available(void)
{
	return acpi.rsdp && acpi.root.header && !(acpi.root.faults & ~ACPI_FAULT_CHECKSUM);
}

const struct acpi_rsdp *acpi_rsdp(void)
{
	return acpi.rsdp;
}

u32 acpi_rsdp_faults(void)
{
	return acpi.rsdp_faults;
}

const struct acpi_table *acpi_root(void)
{
	return acpi.root.offset ? &acpi.root : NULL;
}

const struct acpi_table *acpi_dsdt(void)
{
	return acpi.dsdt.offset ? &acpi.dsdt : NULL;
}

unsigned int acpi_entry_count(void)
{
	return acpi.nr_entries;
}

const struct acpi_table *acpi_entry(unsigned int n)
{
	return n < acpi.nr_entries ? &acpi.entry[n] : NULL;
}

static bool is_table(const struct acpi_table *table, const char *signature)
{
	return table->header && !table->faults && !memcmp(table->header->signature, signature, 4);
}

const struct acpi_header *acpi_table(const char *signature, unsigned int instance)
{
	if (!instance && is_table(&acpi.dsdt, signature))
		return acpi.dsdt.header;
	for (unsigned int i = 0; i < acpi.nr_entries; i++)
		if (is_table(&acpi.entry[i], signature) && !instance--)
			return acpi.entry[i].header;
	return NULL;
}
