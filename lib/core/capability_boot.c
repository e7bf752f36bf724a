// SPDX-License-Identifier: BSD-2-Clause
/* What the hand-off itself tells of the machine. */
#include <asm/cpu.h>
#include <core/capability.h>
#include <core/stage.h>

static int capability_boot(struct boot_info *bi)
{
	unsigned int needs = bi->method == BOOT_METHOD_EFI ? NEED_EFI : NEED_IMAGE_BOOT;

	if (cpu_current_el() == 2)
		needs |= NEED_EL2;
	if (bi->fdt)
		needs |= NEED_DT;
	if (bi->rsdp)
		needs |= NEED_ACPI;
	capability_provide(needs);
	return 0;
}

STAGE(capability, "00", .when = STAGE_PROBE, .run = capability_boot);
