/* SPDX-License-Identifier: BSD-2-Clause */
/* EFI runtime services, in physical mode (VA = PA; SetVirtualAddressMap is never called). */
#ifndef DRIVERS_EFI_RUNTIME_H
#define DRIVERS_EFI_RUNTIME_H

#include <base/kconfig.h>
#include <base/types.h>

/* UEFI 2.10 8.5.1, with its numbers */
enum efi_reset {
	EFI_RESET_COLD,
	EFI_RESET_WARM,
	EFI_RESET_SHUTDOWN,
};

/**
 * efi_runtime_reset() - ResetSystem (UEFI 2.10 8.5.1)
 * @type: which
 * @status: 0 for a good verdict; the firmware gets EFI_SUCCESS or EFI_ABORTED
 *
 * Return: only when it failed: -ENODEV without runtime services; -ENOSPC when
 * the stack in use has less than the 128 KiB that UEFI 2.10 2.3.6 asks for;
 * -EFAULT when an exception ended the call; -EIO when it came back.
 */
int efi_runtime_reset(enum efi_reset type, int status);

#if IS_ENABLED(CONFIG_EFI_RUNTIME)

/** efi_runtime_reset_address() - where ResetSystem is; 0 without runtime services */
u64 efi_runtime_reset_address(void);

#else

static inline u64 efi_runtime_reset_address(void)
{
	return 0;
}

#endif

#endif
