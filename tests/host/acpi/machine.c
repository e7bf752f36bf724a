// SPDX-License-Identifier: BSD-2-Clause
#include "machine.h"
#include <sys/mman.h>
#include <drivers/discovery.h>
#include <core/boot.h>
#include "../../../drivers/acpi/internal.h"
#include "../../acpi/rules.h"

static struct machine *booted;

bool discovery_uses(enum device_source source)
{
	return source == SOURCE_ACPI;
}

u64 rules_boot_mpidr(void)
{
	return booted->mpidr;
}

unsigned int rules_current_el(void)
{
	return booted->el;
}

u8 *machine_add(struct machine *m, const char *name, const void *data, size_t size)
{
	struct machine_table *table = &m->table[m->count];

	if (m->count == MACHINE_TABLES)
		abort();
	m->count++;
	snprintf(table->name, sizeof(table->name), "%s", name);
	table->size = table->allocated = size;
	/* DSDT has a pointer of 32 bits to it as well. */
	if (!strcmp(name, "DSDT"))
		table->data = mmap((void *)0x20000000, size, PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	else
		table->data = malloc(size);
	if (!table->data || table->data == MAP_FAILED)
		abort();
	memcpy(table->data, data, size);
	return table->data;
}

struct machine_table *machine_find(struct machine *m, const char *name)
{
	for (unsigned int i = 0; i < m->count; i++)
		if (!strcmp(m->table[i].name, name))
			return &m->table[i];
	return NULL;
}

void machine_free(struct machine *m)
{
	for (unsigned int i = 0; i < m->count; i++) {
		if (!strcmp(m->table[i].name, "DSDT"))
			munmap(m->table[i].data, m->table[i].allocated);
		else
			free(m->table[i].data);
	}
	memset(m, 0, sizeof(*m));
}

static u8 sum(const u8 *data, size_t size)
{
	u8 total = 0;

	for (size_t i = 0; i < size; i++)
		total += data[i];
	return total;
}

static void seal_rsdp(struct machine_table *table)
{
	struct acpi_rsdp *rsdp = (void *)table->data;

	rsdp->checksum -= sum(table->data, ACPI_RSDP_V1_LENGTH);
	rsdp->extended_checksum -= sum(table->data, table->size);
}

void machine_seal_checksum(struct machine_table *table)
{
	struct acpi_header *header = (void *)table->data;

	if (!strcmp(table->name, "RSDP") && table->size >= sizeof(struct acpi_rsdp))
		seal_rsdp(table);
	else if (strcmp(table->name, "RSDP") && table->size >= sizeof(*header))
		header->checksum -= sum(table->data, MIN((size_t)header->length, table->size));
}

void machine_seal(struct machine_table *table)
{
	((struct acpi_header *)table->data)->length = (u32)table->size;
	machine_seal_checksum(table);
}

static void link_dsdt(struct machine *m, const char *oemid)
{
	struct machine_table *facp = machine_find(m, "FACP");
	struct acpi_fadt *fadt = facp ? (void *)facp->data : NULL;
	struct acpi_header dsdt = { .signature = "DSDT", .length = sizeof(dsdt), .revision = 2 };
	u64 address;

	if (!fadt || facp->size < offsetof(struct acpi_fadt, x_pm1a_evt_blk))
		return;
	memcpy(dsdt.oemid, oemid, sizeof(dsdt.oemid));
	memcpy(dsdt.oem_table_id, "TEST    ", sizeof(dsdt.oem_table_id));
	address = (uintptr_t)machine_add(m, "DSDT", &dsdt, sizeof(dsdt));
	machine_seal(machine_find(m, "DSDT"));
	if (fadt->dsdt && fadt->dsdt == fadt->x_dsdt && address <= UINT32_MAX)
		fadt->dsdt = (u32)address;
	else if (address > UINT32_MAX || fadt->x_dsdt)
		fadt->dsdt = 0;
	fadt->x_dsdt = address;
	machine_seal_checksum(facp);
}

void machine_link(struct machine *m, const char *oemid)
{
	struct { struct acpi_header header; u64 entry[MACHINE_TABLES]; } __packed xsdt = {
		.header = { .signature = "XSDT", .revision = 1, .oem_table_id = "TEST   " },
	};
	struct acpi_rsdp rsdp = { .revision = 2, .length = sizeof(rsdp) };
	unsigned int count = m->count;

	memcpy(xsdt.header.oemid, oemid, sizeof(xsdt.header.oemid));
	for (unsigned int i = 0; i < count; i++)
		xsdt.entry[i] = (uintptr_t)m->table[i].data;
	link_dsdt(m, oemid);
	memcpy(rsdp.signature, "RSD PTR ", sizeof(rsdp.signature));
	memcpy(rsdp.oemid, oemid, sizeof(rsdp.oemid));
	rsdp.xsdt_address = (uintptr_t)machine_add(m, "XSDT", &xsdt,
						   sizeof(xsdt.header) + count * sizeof(u64));
	machine_seal(machine_find(m, "XSDT"));
	machine_add(m, "RSDP", &rsdp, sizeof(rsdp));
	machine_seal_checksum(machine_find(m, "RSDP"));
}

void machine_defaults(struct machine *m)
{
	struct machine_table *apic = machine_find(m, "APIC");
	size_t offset = sizeof(struct acpi_madt);

	m->firmware_type = 9;
	m->el = 1;
	while (apic && offset + sizeof(struct acpi_madt_gicc) <= apic->size &&
	       apic->data[offset + 1]) {
		const struct acpi_madt_gicc *gicc = (const void *)(apic->data + offset);

		if (gicc->type == ACPI_MADT_GICC && (gicc->flags & ACPI_GICC_ENABLED)) {
			m->mpidr = gicc->mpidr;
			return;
		}
		offset += gicc->length;
	}
}

void machine_boot(struct machine *m)
{
	struct boot_info *bi = host_boot_info();
	struct machine_table *rsdp = machine_find(m, "RSDP");

	host_reset();
	booted = m;
	bi->rsdp = rsdp ? (uintptr_t)rsdp->data : 0;
	for (unsigned int i = 0; i < m->count; i++) {
		u64 base = (uintptr_t)m->table[i].data;

		if (base != m->hole)
			bi->map.region[bi->map.count++] = (struct mem_region){
				.base = base, .size = m->table[i].size, .type = MEM_ACPI,
				.firmware_type = m->firmware_type,
			};
	}
	if (m->heap)
		host_heap_limit(m->heap);
	acpi_describe(bi);
	acpi_discover(bi);
}
