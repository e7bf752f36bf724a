// SPDX-License-Identifier: BSD-2-Clause
/*
 * initrd: the LoadFile2 protocol on the vendor media device path that Linux
 * gave a GUID for the purpose. EDK2 serves QEMU's -initrd there, U-Boot an
 * initrd of its boot option.
 */
#include "efi.h"

/* The protocol has the layout of LoadFile; only its GUID differs (UEFI 2.10 13.2). */
static EFI_GUID load_file2_guid = { 0x4006c0c1, 0xfcb3, 0x403e,
	{ 0x99, 0x6d, 0x4a, 0x6c, 0x87, 0x24, 0xe0, 0x6d } };

static struct {
	VENDOR_DEVICE_PATH media;
	EFI_DEVICE_PATH end;
} __packed initrd_path = {
	.media = {
		.Header = {
			.Type = MEDIA_DEVICE_PATH,
			.SubType = MEDIA_VENDOR_DP,
			.Length = { sizeof(VENDOR_DEVICE_PATH), 0 },
		},
		.Guid = { 0x5568e427, 0x68fc, 0x4f3d,
			{ 0xac, 0x74, 0xca, 0x55, 0x52, 0x31, 0xcc, 0x68 } },
	},
	.end = {
		.Type = END_DEVICE_PATH_TYPE,
		.SubType = END_ENTIRE_DEVICE_PATH_SUBTYPE,
		.Length = { sizeof(EFI_DEVICE_PATH), 0 },
	},
};

static int load(EFI_LOAD_FILE_PROTOCOL *lf2, EFI_DEVICE_PATH *path, void **data, UINTN *size)
{
	EFI_STATUS status;
	UINTN room;

	*size = 0;
	status = lf2->LoadFile(lf2, path, FALSE, size, NULL);
	if (status != EFI_BUFFER_TOO_SMALL)
		return status ? efi_error(status) : -ENOENT;
	if (*size > EFI_INITRD_MAX)
		return -E2BIG;
	room = *size;
	*data = efi_alloc(room);
	if (!*data)
		return -ENOMEM;
	status = lf2->LoadFile(lf2, path, FALSE, size, *data);
	if (status)
		efi_free_last(*data, room);
	return efi_error(status);
}

void efi_initrd_read(struct boot_info *bi)
{
	EFI_DEVICE_PATH *path = (EFI_DEVICE_PATH *)&initrd_path;
	EFI_LOAD_FILE_PROTOCOL *lf2;
	EFI_HANDLE handle;
	void *data = NULL;
	UINTN size = 0;
	int ret;

	if (BS->LocateDevicePath(&load_file2_guid, &path, &handle) ||
	    BS->HandleProtocol(handle, &load_file2_guid, (void **)&lf2))
		return;
	ret = load(lf2, path, &data, &size);
	if (ret == -ENOENT)
		return;
	if (ret) {
		pr_err("initrd through LoadFile2: %s (%lu bytes, at most %u are read); its "
		       "variables are not set", errno_name(ret), size, EFI_INITRD_MAX);
		return;
	}
	bi->initrd = data;
	bi->initrd_size = size;
	bi->initrd_origin = "LoadFile2";
}
