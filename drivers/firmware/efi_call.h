/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls of runtime services, as the firmware wants to be called. */
#ifndef FIRMWARE_EFI_CALL_H
#define FIRMWARE_EFI_CALL_H

#include <base/types.h>

/**
 * efi_call() - run a function that calls the firmware
 * @fn: called with @arg
 * @arg: for it
 *
 * With the MMU on, whatever the run has (UEFI 2.10 2.3.6.1), and as before
 * afterwards; with 128 KiB of stack; an exception ends it.
 *
 * Return: 0; -EFAULT when an exception ended @fn; -ENOSPC when there is no stack.
 */
int efi_call(void (*fn)(void *arg), void *arg);

/** efi_call_on() - the same on a stack that the caller has for it, on any CPU */
int efi_call_on(void *stack, u64 size, void (*fn)(void *arg), void *arg);

#endif
