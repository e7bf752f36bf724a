// SPDX-License-Identifier: BSD-2-Clause
/* EFI entry: fill struct boot_info from the firmware, then start(). */
#include "efi.h"
#include "efi_place.h"
#include <base/string.h>

struct efi_context efi_context;

int efi_error(EFI_STATUS status)
{
	switch (status) {
	case EFI_SUCCESS:
		return 0;
	case EFI_NOT_FOUND:
	case EFI_NO_MEDIA:
		return -ENOENT;
	case EFI_OUT_OF_RESOURCES:
		return -ENOMEM;
	case EFI_BUFFER_TOO_SMALL:
	case EFI_BAD_BUFFER_SIZE:
		return -E2BIG;
	case EFI_ACCESS_DENIED:
	case EFI_SECURITY_VIOLATION:
	case EFI_WRITE_PROTECTED:
		return -EACCES;
	case EFI_UNSUPPORTED:
		return -EOPNOTSUPP;
	case EFI_INVALID_PARAMETER:
		return -EINVAL;
	default:
		return -EIO;
	}
}

/*
 * The library's own InitializeLib() lies in an object that brings a memcpy()
 * and a memset() along, which would clash with lib/base; what it sets up that
 * is used here is these four.
 */
static void library_init(EFI_SYSTEM_TABLE *st)
{
	ST = st;
	BS = st->BootServices;
	RT = st->RuntimeServices;
	PoolAllocationType = EfiLoaderData;
}

static void firmware_identify(struct boot_info *bi)
{
	const char16 *vendor = (const char16 *)ST->FirmwareVendor;

	bi->firmware_revision = ST->FirmwareRevision;
	bi->uefi_revision = ST->Hdr.Revision;
	bi->efi_system_table = ST;
	/* A longer name is cut: E2BIG leaves its beginning. */
	if (vendor && utf16_to_utf8(bi->firmware, sizeof(bi->firmware), vendor, 256) == -EILSEQ)
		strscpy(bi->firmware, "(vendor is no UTF-16)", sizeof(bi->firmware));
}

void efi_entry(struct boot_info *bi, void *image_handle, void *system_table)
{
	EFI_SYSTEM_TABLE *st = system_table;

	if (st->Hdr.Signature != EFI_SYSTEM_TABLE_SIGNATURE || !st->BootServices)
		return;
	library_init(st);

	bi->method = BOOT_METHOD_EFI;
	bi->method_name = "UEFI";
	bi->services = &efi_services;
	efi_context.bi = bi;
	efi_context.image = image_handle;
	if (BS->HandleProtocol(image_handle, &LoadedImageProtocol, (void **)&efi_context.loaded)) {
		efi_context.loaded = NULL;
		pr_err("UEFI: the image handle has no loaded image protocol (UEFI 2.10 9.1)");
	}
	/*
	 * The firmware resets the machine after five minutes in one image
	 * (UEFI 2.10 7.5); a run may take longer and has deadlines of its own.
	 */
	BS->SetWatchdogTimer(0, 0, 0, NULL);

	firmware_identify(bi);
	efi_tables_read(bi);
	efi_gop_read(bi);
	efi_cmdline_read(bi);
	efi_conf_read(bi);
	efi_initrd_read(bi);
	/* ACPI's pointers are held against it, and the place of a console. */
	efi_memory_survey(bi);
	start(bi);
}
