// SPDX-License-Identifier: BSD-2-Clause
#include <base/util.h>
#include <core/capability.h>

static unsigned int provided;

static const struct {
	unsigned int need;
	const char *name;
} capabilities[] = {
	{ NEED_IRQ, "an interrupt controller with a driver" },
	{ NEED_EL2, "to run at EL2" },
	{ NEED_EFI, "to be booted by UEFI" },
	{ NEED_DT, "a device tree" },
	{ NEED_ACPI, "ACPI tables" },
	{ NEED_PSCI, "PSCI" },
	{ NEED_SMP, "a second CPU that can be started" },
	{ NEED_IMAGE_BOOT, "to be booted by the Linux boot protocol" },
};

void capability_provide(unsigned int needs)
{
	provided |= needs;
}

unsigned int capability_missing(unsigned int needs)
{
	return needs & ~provided;
}

const char *capability_name(unsigned int needs)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(capabilities); i++)
		if (needs & capabilities[i].need)
			return capabilities[i].name;
	return "what no driver of this image provides";
}
