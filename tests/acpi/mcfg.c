// SPDX-License-Identifier: BSD-2-Clause
/* MCFG: where PCI Express configuration space is, bus by bus. */
#include "rules.h"

static const struct acpi_mcfg_entry *entry_at(const struct acpi_mcfg *mcfg, unsigned int n)
{
	return acpi_range(&mcfg->header, sizeof(*mcfg) + (u64)n * sizeof(struct acpi_mcfg_entry),
			  sizeof(struct acpi_mcfg_entry));
}

/* 1 MiB a bus; the base address is that of bus 0, wherever the buses begin. */
static void check_entry(const struct acpi_mcfg_entry *entry, const struct acpi_sub *at)
{
	CHECK_NE(entry->base_address, 0ULL,
		 AT_SUB("MCFG", at, struct acpi_mcfg_entry, base_address));
	CHECK_EQ(entry->base_address % SZ_1M, 0ULL,
		 AT_SUB("MCFG", at, struct acpi_mcfg_entry, base_address));
	CHECK_LE(entry->start_bus_number, entry->end_bus_number,
		 AT_SUB("MCFG", at, struct acpi_mcfg_entry, start_bus_number));
	CHECK_EQ(entry->reserved, 0U, AT_SUB("MCFG", at, struct acpi_mcfg_entry, reserved));
}

static bool buses_overlap(const struct acpi_mcfg_entry *a, const struct acpi_mcfg_entry *b)
{
	return a->pci_segment_group_number == b->pci_segment_group_number &&
	       a->start_bus_number <= b->end_bus_number && b->start_bus_number <= a->end_bus_number;
}

static bool addresses_overlap(const struct acpi_mcfg_entry *a, const struct acpi_mcfg_entry *b)
{
	return a->base_address + a->start_bus_number * SZ_1M <
	       b->base_address + (b->end_bus_number + 1) * SZ_1M &&
	       b->base_address + b->start_bus_number * SZ_1M <
	       a->base_address + (a->end_bus_number + 1) * SZ_1M;
}

void mcfg_segments(void)
{
	const struct acpi_mcfg *mcfg = TABLE(struct acpi_mcfg, "MCFG");
	u32 bytes = mcfg->header.length - (u32)sizeof(*mcfg);
	const struct acpi_mcfg_entry *entry;

	CHECK_EQ(bytes % (u32)sizeof(*entry), 0U, AT_TABLE("MCFG", struct acpi_header, length));
	if (bytes < sizeof(*entry))
		test_diag("MCFG, offset 0x4 (length): %u bytes, a table without any segment",
			  mcfg->header.length);
	for (unsigned int i = 0; (entry = entry_at(mcfg, i)); i++) {
		const struct acpi_sub at = {
			.offset = (u32)((const u8 *)entry - (const u8 *)mcfg),
		};

		check_entry(entry, &at);
		for (unsigned int j = 0; j < i; j++) {
			CHECK(!buses_overlap(entry, entry_at(mcfg, j)),
			      AT_SUB_ID("MCFG", &at, struct acpi_mcfg_entry, start_bus_number,
					"buses of entry", j));
			CHECK(!addresses_overlap(entry, entry_at(mcfg, j)),
			      AT_SUB_ID("MCFG", &at, struct acpi_mcfg_entry, base_address,
					"addresses of entry", j));
		}
	}
}
