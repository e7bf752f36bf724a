// SPDX-License-Identifier: BSD-2-Clause
/* FADT: the PSCI conduit. */
#include <base/errno.h>
#include <core/log.h>
#include "internal.h"

/*
 * ARM_BOOT_ARCH came with ACPI 5.1, but laptops ship tables of version 5.0
 * that have it filled in; reserved bytes would be 0.
 */
static bool has_arm_boot_arch(const struct acpi_fadt *fadt)
{
	if (fadt->header.revision < 5 ||
	    !ACPI_HAS(fadt->header.length, struct acpi_fadt, arm_boot_arch))
		return false;
	if (acpi_fadt_version(fadt) >= 0x0501)
		return true;
	if (fadt->arm_boot_arch)
		pr_warn("ACPI: FACP, offset 0x83 (fadt_minor_version): ACPI 5.0 has no "
			"ARM_BOOT_ARCH, but it is 0x%x: taken for 5.1\n",
			fadt->arm_boot_arch);
	return fadt->arm_boot_arch != 0;
}

int acpi_fadt_populate(void)
{
	const struct acpi_fadt *fadt = acpi_fadt_get();
	struct acpi_device *ad;
	bool hvc;

	if (!fadt)
		return 0;
	if (!has_arm_boot_arch(fadt) || !(fadt->arm_boot_arch & ACPI_FADT_PSCI_COMPLIANT))
		return 0;
	ad = acpi_device_new(ACPI_FADT_PSCI, "psci", "FACP ARM_BOOT_ARCH (at offset 0x81)", 0, 1);
	if (!ad)
		return -ENOMEM;
	hvc = fadt->arm_boot_arch & ACPI_FADT_PSCI_USE_HVC;
	acpi_device_string(ad, "method", hvc ? "hvc" : "smc");
	acpi_device_add(ad);
	return 0;
}
