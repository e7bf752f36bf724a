// SPDX-License-Identifier: BSD-2-Clause
/* The machine that a device tree is compared with. */
#include <asm/cpu.h>
#include <asm/sections.h>
#include <core/boot.h>
#include "dt.h"

u64 dt_boot_mpidr(void)
{
	return cpu_mpidr();
}

void dt_image_range(u64 *base, u64 *size)
{
	*base = (uintptr_t)_image;
	*size = (uintptr_t)_image_end - (uintptr_t)_image;
}

bool dt_booted_by_efi(void)
{
	return boot_info_get()->method == BOOT_METHOD_EFI;
}
