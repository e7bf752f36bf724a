// SPDX-License-Identifier: BSD-2-Clause
#include <efi.h>
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <core/boot.h>
#include <drivers/efi_variable.h>
#include "efi_call.h"

#define NAME_MAX		32U
#define RT_SET_VARIABLE		0x40U	/* UEFI 2.10 4.6.2 RuntimeServicesSupported */

static EFI_GUID vendor = { 0x5a1c7d0e, 0x3f52, 0x4c0b,
	{ 0x9a, 0x6e, 0x41, 0x8b, 0x27, 0xd3, 0xe5, 0x10 } };
static const EFI_GUID rt_properties = { 0xeb66918a, 0x7eef, 0x402a,
	{ 0x84, 0x2e, 0x93, 0x1d, 0x21, 0xc3, 0x8a, 0xe9 } };

struct rt_properties_table {
	u16 version;
	u16 length;
	u32 supported;
};

struct variable_call {
	EFI_RUNTIME_SERVICES *rt;
	CHAR16 name[NAME_MAX];
	UINT32 attributes;
	UINTN size;
	void *data;
	EFI_STATUS status;
};

/*
 * UEFI 2.10 8.1: none is called while another has not returned. One that a case's end
 * has left, or in which another CPU hangs, never will.
 */
static bool busy;

static int error(EFI_STATUS status)
{
	switch (status) {
	case EFI_SUCCESS:
		return 0;
	case EFI_NOT_FOUND:
		return -ENOENT;
	case EFI_BUFFER_TOO_SMALL:
		return -E2BIG;
	case EFI_OUT_OF_RESOURCES:
		return -ENOSPC;
	case EFI_UNSUPPORTED:
		return -EOPNOTSUPP;
	default:
		return -EIO;
	}
}

static int begin(struct variable_call *call, const char *name)
{
	const EFI_SYSTEM_TABLE *st = boot_info_get()->efi_system_table;
	unsigned int i;

	if (!st || !st->RuntimeServices ||
	    st->RuntimeServices->Hdr.Signature != EFI_RUNTIME_SERVICES_SIGNATURE)
		return -ENODEV;
	call->rt = st->RuntimeServices;
	for (i = 0; name[i] && i < NAME_MAX - 1; i++)
		call->name[i] = name[i];
	call->name[i] = 0;
	return name[i] ? -EINVAL : 0;
}

static void get(void *arg)
{
	struct variable_call *call = arg;

	call->status = call->rt->GetVariable(call->name, &vendor, &call->attributes, &call->size,
					     call->data);
}

static void set(void *arg)
{
	struct variable_call *call = arg;

	call->status = call->rt->SetVariable(call->name, &vendor, call->attributes, call->size,
					     call->data);
}

/* @stack may be NULL: the one in use, or another of the run's. */
static int call_firmware(void (*fn)(void *arg), struct variable_call *call, void *stack, u64 room)
{
	int ret;

	if (READ_ONCE(busy))
		return -EBUSY;
	WRITE_ONCE(busy, true);
	ret = stack ? efi_call_on(stack, room, fn, call) : efi_call(fn, call);
	WRITE_ONCE(busy, false);
	return ret ? ret : error(call->status);
}

int efi_variable_read(const char *name, void *data, size_t *size)
{
	struct variable_call call = { .size = *size, .data = data };
	int ret = begin(&call, name);

	if (!ret)
		ret = call_firmware(get, &call, NULL, 0);
	*size = call.size;
	return ret;
}

int efi_variable_write_on(void *stack, u64 room, const char *name, const void *data, size_t size)
{
	struct variable_call call = {
		.size = size,
		.data = (void *)data,
		.attributes = EFI_VARIABLE_NON_VOLATILE | EFI_VARIABLE_BOOTSERVICE_ACCESS |
			      EFI_VARIABLE_RUNTIME_ACCESS,
	};
	int ret = begin(&call, name);

	return ret ? ret : call_firmware(set, &call, stack, room);
}

int efi_variable_write(const char *name, const void *data, size_t size)
{
	return efi_variable_write_on(NULL, 0, name, data, size);
}

static bool same_guid(const EFI_GUID *a, const EFI_GUID *b)
{
	return !memcmp(a, b, sizeof(*a));
}

bool efi_variable_later(void)
{
	const EFI_SYSTEM_TABLE *st = boot_info_get()->efi_system_table;
	UINTN i;

	for (i = 0; st && i < st->NumberOfTableEntries; i++) {
		const EFI_CONFIGURATION_TABLE *entry = &st->ConfigurationTable[i];
		const struct rt_properties_table *table = entry->VendorTable;

		if (same_guid(&entry->VendorGuid, &rt_properties))
			return table->supported & RT_SET_VARIABLE;
	}
	return st;
}
