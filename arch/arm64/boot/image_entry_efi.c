// SPDX-License-Identifier: BSD-2-Clause
/* From the UEFI entry's assembler to its C. */
#include <core/hooks.h>
#include <base/util.h>
#include "boot.h"
#include "efi_place.h"

/* EFI_UNSUPPORTED: an error code, 3. */
#define STATUS_UNSUPPORTED	(BIT(63) | 3)

void image_entry_efi(void *image_handle, void *system_table)
{
	boot_info.entry = boot_entry_state;
	efi_entry(&boot_info, image_handle, system_table);
	/* Only where the system table is none; nobody can be told but the caller. */
	efi_return(STATUS_UNSUPPORTED);
}
