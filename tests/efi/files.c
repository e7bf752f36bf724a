// SPDX-License-Identifier: BSD-2-Clause
/* The file system that the image came from, where it came from one. */
#include <base/string.h>
#include "efi.h"

#define LOADED	"the firmware has loaded the image from no file system"

static EFI_FILE *open_volume(void)
{
	EFI_LOADED_IMAGE *loaded = NULL;
	EFI_FILE_IO_INTERFACE *volume = NULL;
	EFI_FILE *root = NULL;
	EFI_HANDLE handle = (EFI_HANDLE)boot_info_get()->entry.x[0];

	REQUIRE_STATUS(BS->HandleProtocol(handle, &LoadedImageProtocol, (void **)&loaded),
		       EFI_SUCCESS, "loaded image protocol");
	if (!loaded->DeviceHandle ||
	    BS->HandleProtocol(loaded->DeviceHandle, &FileSystemProtocol, (void **)&volume))
		SKIP(LOADED);
	REQUIRE_STATUS(volume->OpenVolume(volume, &root), EFI_SUCCESS, "OpenVolume()");
	return root;
}

/* A folder's entries are EFI_FILE_INFOs, each with its own size (13.5.7, 13.5.16). */
void file_system_finds_the_image(void)
{
	static u64 room[128];
	EFI_FILE *root = open_volume();
	EFI_FILE_INFO *info = (EFI_FILE_INFO *)room;
	unsigned int entries = 0;
	UINTN size;

	do {
		size = sizeof(room);
		REQUIRE_STATUS(root->Read(root, &size, info), EFI_SUCCESS, "entry %u of the root",
			       entries);
		if (!size)
			break;
		CHECK_EQ((u64)info->Size, (u64)size, "size of entry %u", entries);
		CHECK_NE((u16)info->FileName[0], (u16)0, "name of entry %u", entries);
	} while (++entries < 1000);
	CHECK_GT(entries, 0U, "entries of the root that the image was loaded from");
	CHECK_STATUS(root->Close(root), EFI_SUCCESS, "Close()");
}

void file_system_knows_what_is_not_there(void)
{
	EFI_FILE *root = open_volume(), *file = NULL;

	CHECK_STATUS(root->Open(root, &file, (CHAR16 *)L"no-such-file.nil", EFI_FILE_MODE_READ, 0),
		     EFI_NOT_FOUND, "Open() of a file that is not there");
	CHECK_STATUS(root->Close(root), EFI_SUCCESS, "Close()");
}
