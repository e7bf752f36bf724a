// SPDX-License-Identifier: BSD-2-Clause
/* Static tables to struct devices, when ACPI is what the machine is taken from. */
#include <core/log.h>
#include <core/stage.h>
#include <drivers/discovery.h>
#include "internal.h"

/* Without one of these the machine has no CPUs, no time, or no way to be asked about either. */
static void report_missing(void)
{
	static const char *const needed[] = { "FACP", "APIC", "GTDT" };

	for (unsigned int i = 0; i < ARRAY_SIZE(needed); i++)
		if (!acpi_table(needed[i], 0))
			pr_err("ACPI: no good %s table: what it describes will be missing\n",
			       needed[i]);
}

int acpi_discover(struct boot_info *bi)
{
	static int (*const populate[])(void) = {
		acpi_fadt_populate, acpi_madt_populate, acpi_gtdt_populate, acpi_serial_populate,
		acpi_mcfg_populate,
	};

	(void)bi;
	if (!discovery_uses(SOURCE_ACPI))
		return 0;
	if (!acpi_available()) {
		pr_err("ACPI: the tables cannot be used (see above), and nothing else describes "
		       "the machine\n");
		return 0;
	}
	report_missing();
	for (unsigned int i = 0; i < ARRAY_SIZE(populate); i++) {
		int ret = populate[i]();

		if (ret)
			return ret;
	}
	return 0;
}

STAGE(acpi_discover, "30", .when = STAGE_DISCOVER, .run = acpi_discover);
