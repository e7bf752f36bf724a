// SPDX-License-Identifier: BSD-2-Clause
/* The file system that the image came from, where it came from one. */
#include <base/string.h>
#include "efi.h"

#define LOADED	"the firmware has loaded the image from no file system"

#define PATH_UNITS	256U
#define HEADER_BYTES	64U	/* of the image: no loader changes them */

static EFI_LOADED_IMAGE *loaded_image(void)
{
	EFI_LOADED_IMAGE *loaded = NULL;
	EFI_HANDLE handle = (EFI_HANDLE)boot_info_get()->entry.x[0];

	REQUIRE_STATUS(BS->HandleProtocol(handle, &LoadedImageProtocol, (void **)&loaded),
		       EFI_SUCCESS, "loaded image protocol");
	return loaded;
}

static EFI_FILE *open_volume(void)
{
	EFI_LOADED_IMAGE *loaded = loaded_image();
	EFI_FILE_IO_INTERFACE *volume = NULL;
	EFI_FILE *root = NULL;

	if (!loaded->DeviceHandle ||
	    BS->HandleProtocol(loaded->DeviceHandle, &FileSystemProtocol, (void **)&volume))
		SKIP(LOADED);
	REQUIRE_STATUS(volume->OpenVolume(volume, &root), EFI_SUCCESS, "OpenVolume()");
	return root;
}

/* A folder's entries are EFI_FILE_INFOs, each with its own size (13.5.7, 13.5.16). */
static void list_root(EFI_FILE *root)
{
	static u64 room[128];
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
}

/* Nodes of a path are names one behind the other, packed (10.3.5.4); units that it has. */
static unsigned int path_of(const EFI_LOADED_IMAGE *loaded, CHAR16 *path)
{
	EFI_DEVICE_PATH *node = loaded->FilePath;
	unsigned int len = 0, i, at;

	for (i = 0; node && i < 32 && !IsDevicePathEndType(node); i++) {
		const u8 *text = (const u8 *)node + sizeof(*node);
		unsigned int bytes = DevicePathNodeLength(node);

		REQUIRE_GE(bytes, (unsigned int)sizeof(*node), "length of node %u", i);
		if (DevicePathType(node) == MEDIA_DEVICE_PATH &&
		    DevicePathSubType(node) == MEDIA_FILEPATH_DP) {
			if (len && path[len - 1] != '\\')
				path[len++] = '\\';
			for (at = 0; at + 1 < bytes - sizeof(*node) && (text[at] || text[at + 1]) &&
			     len < PATH_UNITS - 2; at += 2)
				path[len++] = text[at] | (CHAR16)text[at + 1] << 8;
		}
		node = NextDevicePathNode(node);
	}
	path[len] = 0;
	return len;
}

void file_system_finds_the_image(void)
{
	static CHAR16 path[PATH_UNITS];
	static u8 header[HEADER_BYTES];
	const EFI_LOADED_IMAGE *loaded = loaded_image();
	EFI_FILE *root = open_volume(), *file = NULL;
	UINTN size = HEADER_BYTES;

	list_root(root);
	if (path_of(loaded, path)) {
		REQUIRE_STATUS(root->Open(root, &file, path, EFI_FILE_MODE_READ, 0), EFI_SUCCESS,
			       "Open() of the image's own path");
		CHECK_STATUS(file->Read(file, &size, header), EFI_SUCCESS, "its beginning");
		CHECK_EQ((u64)size, (u64)HEADER_BYTES, "bytes of it");
		CHECK_EQ(memcmp(header, loaded->ImageBase, HEADER_BYTES), 0,
			 "the file's beginning, against what runs");
		CHECK_STATUS(file->Close(file), EFI_SUCCESS, "Close() of the file");
	}
	CHECK_STATUS(root->Close(root), EFI_SUCCESS, "Close()");
}

void file_system_knows_what_is_not_there(void)
{
	EFI_FILE *root = open_volume(), *file = NULL;

	CHECK_STATUS(root->Open(root, &file, (CHAR16 *)L"no-such-file.nil", EFI_FILE_MODE_READ, 0),
		     EFI_NOT_FOUND, "Open() of a file that is not there");
	CHECK_STATUS(root->Close(root), EFI_SUCCESS, "Close()");
}
