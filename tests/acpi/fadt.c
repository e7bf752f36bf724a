// SPDX-License-Identifier: BSD-2-Clause
/* Fixed ACPI Description Table: length, reserved fields, hardware-reduced mode, PSCI, the DSDT. */
#include "rules.h"

#define FADT_V3_LENGTH	244U	/* ACPI 2.0 to 4.0 */
#define FADT_V5_LENGTH	268U	/* ACPI 5.0 and 5.1 */
#define FADT_V6_LENGTH	276U	/* since ACPI 6.0 */

static const struct acpi_fadt *get_fadt(void)
{
	return (const void *)rules_table("FACP", FADT_V3_LENGTH);
}

static u32 expected_length(u8 revision)
{
	if (revision >= 6)
		return FADT_V6_LENGTH;
	return revision == 5 ? FADT_V5_LENGTH : FADT_V3_LENGTH;
}

/* A table longer than its revision says is read by its revision: odd, and harmless. */
void fadt_length(void)
{
	const struct acpi_fadt *fadt = get_fadt();
	u32 expected = expected_length(fadt->header.revision);

	/* Hardware-reduced ACPI, the only one there is on arm64, came with ACPI 5.0. */
	CHECK_GE(fadt->header.revision, 5U, AT_TABLE("FACP", struct acpi_header, revision));
	if (fadt->header.revision <= 6 && fadt->header.length > expected &&
	    fadt->header.length <= FADT_V6_LENGTH) {
		test_diag("FACP, offset 0x4 (length): %u bytes, where revision %u has %u",
			  fadt->header.length, fadt->header.revision, expected);
		return;
	}
	if (fadt->header.revision <= 6)
		CHECK_EQ(fadt->header.length, expected,
			 AT_TABLE("FACP", struct acpi_header, length));
	else
		CHECK_GE(fadt->header.length, expected,
			 AT_TABLE("FACP", struct acpi_header, length));
}

void fadt_reserved_fields(void)
{
	const struct acpi_fadt *fadt = get_fadt();

	CHECK_EQ(fadt->reserved2, 0U, AT_TABLE("FACP", struct acpi_fadt, reserved2));
	CHECK_EQ(fadt->flags & GENMASK(31, 24), 0ULL, AT_TABLE("FACP", struct acpi_fadt, flags));
	CHECK_EQ(fadt->arm_boot_arch & GENMASK(15, 2), 0ULL,
		 AT_TABLE("FACP", struct acpi_fadt, arm_boot_arch));
	if (fadt->reserved1)
		test_diag("FACP, offset 0x2c (reserved, ACPI 1.0's INT_MODEL): %u, not 0",
			  fadt->reserved1);
	if (fadt->preferred_pm_profile > 8)
		test_diag("FACP, offset 0x2d (preferred_pm_profile): %u is reserved",
			  fadt->preferred_pm_profile);
}

void fadt_hardware_reduced(void)
{
	const struct acpi_fadt *fadt = get_fadt();

	CHECK_NE(fadt->flags & ACPI_FADT_HW_REDUCED_ACPI, 0U,
		 AT_TABLE("FACP", struct acpi_fadt, flags));
}

/* Without PSCI, ACPI has only the parking protocol to start a CPU with. */
static void check_parking(void)
{
	const struct acpi_madt *madt = TABLE(struct acpi_madt, "APIC");
	struct acpi_walk walk = acpi_madt_walk(madt);
	unsigned int cpus = 0;
	struct acpi_sub sub;

	for (; rules_next_gicc(&walk, &sub); cpus++) {
		const struct acpi_madt_gicc *gicc = sub.data;

		if (cpus && rules_gicc_usable(gicc))
			CHECK_NE(gicc->parked_address, 0ULL,
				 AT_SUB_ID("APIC", &sub, struct acpi_madt_gicc, parked_address,
					   "and no PSCI: GICC UID", gicc->acpi_processor_uid));
	}
	test_diag("FACP, offset 0x81 (arm_boot_arch): not PSCI compliant");
}

void fadt_psci(void)
{
	const struct acpi_fadt *fadt = get_fadt();
	u16 flags = fadt->arm_boot_arch;
	bool compliant = flags & ACPI_FADT_PSCI_COMPLIANT;

	CHECK(compliant || !(flags & ACPI_FADT_PSCI_USE_HVC),
	      "FACP, offset 0x81 (arm_boot_arch): 0x%x: a conduit without PSCI", flags);
	if (!compliant)
		check_parking();
	else if (acpi_fadt_version(fadt) < 0x0501)
		test_diag("FACP, offset 0x83 (fadt_minor_version): version %u.%u has no "
			  "arm_boot_arch, which came with 5.1",
			  acpi_fadt_version(fadt) >> 8, acpi_fadt_version(fadt) & 0xff);
}

/* Both may be there; then they agree, since old systems read the one and new ones the other. */
void fadt_dsdt(void)
{
	const struct acpi_fadt *fadt = get_fadt();

	CHECK(fadt->dsdt || fadt->x_dsdt, "FACP, offsets 0x28 (dsdt) and 0x8c (x_dsdt): both 0");
	if (fadt->dsdt && fadt->x_dsdt)
		CHECK_EQ((u64)fadt->dsdt, fadt->x_dsdt, AT_TABLE("FACP", struct acpi_fadt, dsdt));
	if (acpi_dsdt())
		CHECK_EQ(acpi_dsdt()->faults, 0U, "DSDT at 0x%llx", acpi_dsdt()->address);
}
