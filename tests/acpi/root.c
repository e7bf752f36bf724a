// SPDX-License-Identifier: BSD-2-Clause
/*
 * From the RSDP to the tables: the pointers, and what every table begins
 * with. Discovery reported what is broken here already, so that the run ends
 * in an error in any case; these rules say which rule it broke.
 */
#include <core/boot.h>
#include "rules.h"

/* Signature, checksums: without them an operating system sees no ACPI at all. */
void rsdp_checksums(void)
{
	const struct acpi_rsdp *rsdp = acpi_rsdp();

	REQUIRE(rsdp != NULL, "RSDP at 0x%llx: not readable, or of another signature or length",
		boot_info_get()->rsdp);
	CHECK_EQ(acpi_checksum(rsdp, ACPI_RSDP_V1_LENGTH), 0U,
		 AT_TABLE("RSDP", struct acpi_rsdp, checksum));
	if (rsdp->revision)
		CHECK_EQ(acpi_checksum(rsdp, rsdp->length), 0U,
			 AT_TABLE("RSDP", struct acpi_rsdp, extended_checksum));
}

static bool printable(const char *text, size_t size)
{
	bool ended = false;

	for (size_t i = 0; i < size; i++) {
		if (!text[i])
			ended = true;
		else if (ended || text[i] < ' ' || text[i] > '~')
			return false;
	}
	return true;
}

void rsdp_fields(void)
{
	const struct acpi_rsdp *rsdp = acpi_rsdp();

	REQUIRE(rsdp != NULL, "RSDP at 0x%llx: not readable, or of another signature or length",
		boot_info_get()->rsdp);
	/* AArch64 came after ACPI 2.0: there is nothing for an RSDT to be compatible with. */
	REQUIRE_GE(rsdp->revision, 2U, AT_TABLE("RSDP", struct acpi_rsdp, revision));
	CHECK_EQ(rsdp->length, (u32)sizeof(*rsdp), AT_TABLE("RSDP", struct acpi_rsdp, length));
	CHECK_NE(rsdp->xsdt_address, 0ULL, AT_TABLE("RSDP", struct acpi_rsdp, xsdt_address));
	CHECK_EQ(rsdp->reserved[0] | rsdp->reserved[1] | rsdp->reserved[2], 0,
		 AT_TABLE("RSDP", struct acpi_rsdp, reserved));
	CHECK(printable(rsdp->oemid, sizeof(rsdp->oemid)),
	      AT_TABLE("RSDP", struct acpi_rsdp, oemid));
	if (rsdp->rsdt_address)
		test_diag("RSDP, offset 0x10 (rsdt_address): 0x%x; nothing on AArch64 uses an RSDT",
			  rsdp->rsdt_address);
}

void xsdt_header(void)
{
	const struct acpi_table *root = acpi_root();
	const struct acpi_header *xsdt;

	REQUIRE(root != NULL, "no pointer to an XSDT");
	xsdt = root->header;
	REQUIRE(xsdt != NULL, "XSDT at 0x%llx: not in RAM", root->address);
	REQUIRE_MEMEQ(xsdt->signature, "XSDT", 4, "table at 0x%llx", root->address);
	REQUIRE_EQ(root->faults & ACPI_FAULT_LENGTH, 0U,
		   AT_TABLE("XSDT", struct acpi_header, length));
	CHECK_EQ(acpi_checksum(xsdt, xsdt->length), 0U,
		 AT_TABLE("XSDT", struct acpi_header, checksum));
	CHECK_EQ(xsdt->revision, 1U, AT_TABLE("XSDT", struct acpi_header, revision));
	CHECK_EQ((xsdt->length - (u32)sizeof(*xsdt)) % 8, 0U,
		 AT_TABLE("XSDT", struct acpi_header, length));
	CHECK_GT(acpi_entry_count(), 0U, "XSDT without entries");
}

/* Each entry leads to a table of its own. */
void xsdt_entries(void)
{
	REQUIRE(acpi_available(), "no good XSDT");
	for (unsigned int i = 0; i < acpi_entry_count(); i++) {
		const struct acpi_table *entry = acpi_entry(i);

		if (!CHECK_NE(entry->address, 0ULL, "XSDT, offset 0x%x, entry %u",
			      entry->offset, i))
			continue;
		CHECK_EQ(entry->faults & ACPI_FAULT_ADDRESS, 0U,
			 "XSDT, offset 0x%x, entry %u: 0x%llx is not in RAM",
			 entry->offset, i, entry->address);
		for (unsigned int j = 0; j < i; j++)
			CHECK_NE(entry->address, acpi_entry(j)->address,
				 "XSDT, offset 0x%x, entry %u: as entry %u", entry->offset, i, j);
	}
}

/* An operating system uses one of these, and which one is nowhere said. */
void xsdt_tables_unique(void)
{
	static const char *const single[] = {
		"FACP", "APIC", "GTDT", "SPCR", "DBG2", "MCFG", "PPTT", "IORT", "SRAT", "SLIT",
		"BGRT", "BERT", "HEST", "ERST", "EINJ", "FPDT",
	};

	REQUIRE(acpi_available(), "no good XSDT");
	for (unsigned int i = 0; i < ARRAY_SIZE(single); i++)
		CHECK(acpi_table(single[i], 1) == NULL, "XSDT: more than one %s", single[i]);
	if (acpi_dsdt() && acpi_dsdt()->header)
		for (unsigned int i = 0; i < acpi_entry_count(); i++)
			CHECK_NE(acpi_entry(i)->address, acpi_dsdt()->address,
				 "XSDT, offset 0x%x: the DSDT, which only the FADT points to",
				 acpi_entry(i)->offset);
}

static void check_checksum(const struct acpi_table *table)
{
	char name[RULES_NAME_SIZE];

	if (!table->header)
		return;
	rules_name(name, table->header);
	if (!CHECK_EQ(table->faults & ACPI_FAULT_LENGTH, 0U,
		      "%s at 0x%llx, offset 0x4 (length): %u bytes", name, table->address,
		      table->header->length))
		return;
	CHECK_EQ(acpi_checksum(table->header, table->header->length), 0U,
		 "%s at 0x%llx, offset 0x9 (checksum)", name, table->address);
}

void table_checksums(void)
{
	REQUIRE(acpi_available(), "no good XSDT");
	for (unsigned int i = 0; i < acpi_entry_count(); i++)
		check_checksum(acpi_entry(i));
	if (acpi_dsdt())
		check_checksum(acpi_dsdt());
}

/* DBG2, IORT and tables of some other bodies begin to count at 0; these do not. */
static bool counts_from_one(const struct acpi_header *header)
{
	static const char *const names[] = {
		"DSDT", "SSDT", "FACP", "APIC", "GTDT", "SPCR", "MCFG", "PPTT", "SRAT", "SLIT",
		"BGRT", "BERT", "HEST",
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++)
		if (!memcmp(header->signature, names[i], 4))
			return true;
	return false;
}

static void check_header(const struct acpi_table *table)
{
	const struct acpi_header *header = table->header;
	char name[RULES_NAME_SIZE];

	if (!header || table->faults)
		return;
	rules_name(name, header);
	CHECK(printable(header->signature, 4), "%s at 0x%llx, offset 0x0 (signature)", name,
	      table->address);
	CHECK(printable(header->oemid, sizeof(header->oemid)),
	      "%s at 0x%llx, offset 0xa (oemid)", name, table->address);
	CHECK(printable(header->oem_table_id, sizeof(header->oem_table_id)),
	      "%s at 0x%llx, offset 0x10 (oem_table_id)", name, table->address);
	if (counts_from_one(header))
		CHECK_GE(header->revision, 1U, "%s at 0x%llx, offset 0x8 (revision)", name,
			 table->address);
}

void table_headers(void)
{
	REQUIRE(acpi_available(), "no good XSDT");
	check_header(acpi_root());
	for (unsigned int i = 0; i < acpi_entry_count(); i++)
		check_header(acpi_entry(i));
	if (acpi_dsdt())
		check_header(acpi_dsdt());
}

/*
 * The first four are what any operating system needs to start on an arm64
 * machine. BBR's SBBR recipe, which is for servers, wants the others too; most
 * laptops and many virtual machines follow no recipe.
 */
void mandatory_tables(void)
{
	static const char *const needed[] = { "FACP", "DSDT", "APIC", "GTDT" };
	static const char *const sbbr[] = { "SPCR", "DBG2", "PPTT", "MCFG" };

	REQUIRE(acpi_available(), "no good XSDT");
	for (unsigned int i = 0; i < ARRAY_SIZE(needed); i++)
		CHECK(acpi_table(needed[i], 0) != NULL, "table %s: none that is good", needed[i]);
	for (unsigned int i = 0; i < ARRAY_SIZE(sbbr); i++)
		if (!acpi_table(sbbr[i], 0))
			test_diag("table %s: none; DEN0044G wants one of an SBBR machine%s",
				  sbbr[i],
				  memcmp(sbbr[i], "MCFG", 4) ? "" : " that has PCI Express");
}
