// SPDX-License-Identifier: BSD-2-Clause
/* What the rules share. */
#include "rules.h"

/* A missing table is one failure, of mandatory_tables, not one of each rule on it. */
const struct acpi_header *rules_table(const char *signature, u32 length)
{
	const struct acpi_header *table = acpi_table(signature, 0);

	if (!table)
		SKIP("no good %s table", signature);
	REQUIRE_GE(table->length, length, "%s, offset 0x4 (length)", signature);
	return table;
}

const char *rules_name(char *buf, const struct acpi_header *header)
{
	for (unsigned int i = 0; i < 4; i++) {
		char c = header ? header->signature[i] : '?';

		buf[i] = c >= ' ' && c <= '~' && c != '#' ? c : '?';
	}
	buf[4] = 0;
	return buf;
}

bool rules_is_ppi(u32 intid)
{
	return (intid >= 16 && intid <= 31) || (intid >= 1056 && intid <= 1119);
}

bool rules_is_spi(u32 intid)
{
	return (intid >= 32 && intid <= 1019) || (intid >= 4096 && intid <= 5119);
}

bool rules_next(struct acpi_walk *walk, struct acpi_sub *sub, u8 type, u32 length)
{
	while (acpi_walk_next(walk, sub))
		if (sub->type == type && sub->length >= length)
			return true;
	return false;
}

bool rules_next_gicc(struct acpi_walk *walk, struct acpi_sub *sub)
{
	return rules_next(walk, sub, ACPI_MADT_GICC,
			  offsetof(struct acpi_madt_gicc, processor_power_efficiency_class));
}

bool rules_gicc_usable(const struct acpi_madt_gicc *gicc)
{
	return gicc->flags & (ACPI_GICC_ENABLED | ACPI_GICC_ONLINE_CAPABLE);
}

static bool has_redistributors(const struct acpi_madt *madt)
{
	struct acpi_walk walk = acpi_madt_walk(madt);
	struct acpi_sub sub;

	while (acpi_walk_next(&walk, &sub)) {
		const struct acpi_madt_gicc *gicc = sub.data;

		if (sub.type == ACPI_MADT_GICR)
			return true;
		if (sub.type == ACPI_MADT_GICC &&
		    ACPI_HAS(sub.length, struct acpi_madt_gicc, gicr_base_address) &&
		    gicc->gicr_base_address)
			return true;
	}
	return false;
}

unsigned int rules_gic_version(const struct acpi_madt *madt)
{
	struct acpi_walk walk = acpi_madt_walk(madt);
	struct acpi_sub sub;

	if (NEXT_ENTRY(&walk, &sub, ACPI_MADT_GICD, struct acpi_madt_gicd)) {
		const struct acpi_madt_gicd *gicd = sub.data;

		if (gicd->gic_version)
			return gicd->gic_version;
	}
	return has_redistributors(madt) ? 3 : 2;
}
