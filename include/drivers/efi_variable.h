/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Variables of UEFI under the image's own vendor GUID, kept over a reset where the
 * firmware can do that. While boot services live and afterwards.
 */
#ifndef DRIVERS_EFI_VARIABLE_H
#define DRIVERS_EFI_VARIABLE_H

#include <base/errno.h>
#include <base/kconfig.h>
#include <base/types.h>

#if IS_ENABLED(CONFIG_EFI_RUNTIME)

/**
 * efi_variable_read() - GetVariable (UEFI 2.10 8.2.1)
 * @name: ASCII, below 32 characters
 * @data: where to
 * @size: room in bytes; the size read on return
 *
 * Return: 0; -ENODEV without runtime services; -ENOENT when there is none; -E2BIG
 * when it is larger; -EBUSY when an earlier call has not returned; -EFAULT when an exception ended the call; -EIO otherwise.
 */
int efi_variable_read(const char *name, void *data, size_t *size);

/**
 * efi_variable_write() - SetVariable, non-volatile (UEFI 2.10 8.2.3)
 * @name: ASCII, below 32 characters
 * @data: what it is to hold
 * @size: bytes; 0 deletes it
 *
 * Return: as efi_variable_read(); -ENOSPC when the store is full.
 */
int efi_variable_write(const char *name, const void *data, size_t size);

/**
 * efi_variable_write_on() - the same from any CPU, whatever stack it is on
 * @stack: memory of the image's that nobody uses
 * @room: its size in bytes: at least 128 KiB (UEFI 2.10 2.3.6), else -ENOSPC
 * @name: ASCII, below 32 characters
 * @data: what it is to hold
 * @size: bytes; 0 deletes it
 */
int efi_variable_write_on(void *stack, u64 room, const char *name, const void *data, size_t size);

/**
 * efi_variable_later() - whether variables can be set once boot services are gone
 *
 * As the RT properties table says (UEFI 2.10 4.6.2); true without one.
 */
bool efi_variable_later(void);

#else

static inline int efi_variable_read(const char *name, void *data, size_t *size)
{
	(void)name;
	(void)data;
	(void)size;
	return -ENODEV;
}

static inline int efi_variable_write(const char *name, const void *data, size_t size)
{
	(void)name;
	(void)data;
	(void)size;
	return -ENODEV;
}

static inline int efi_variable_write_on(void *stack, u64 room, const char *name, const void *data,
					size_t size)
{
	(void)stack;
	(void)room;
	return efi_variable_write(name, data, size);
}

static inline bool efi_variable_later(void)
{
	return false;
}

#endif
#endif
