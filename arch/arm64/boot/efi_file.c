// SPDX-License-Identifier: BSD-2-Clause
/* Files of the file system that the image came from. */
#include "efi.h"
#include <base/string.h>

/*
 * EFI_FILE_INFO ends with the file's name, whose length nobody bounds but the
 * file system (255 units on FAT); the library's LibFileInfo() finds the size
 * and allocates.
 */
static int file_size(EFI_FILE *file, size_t limit, size_t *size)
{
	EFI_FILE_INFO *info = LibFileInfo(file);
	int ret = 0;

	if (!info)
		return -EIO;
	if (info->Attribute & EFI_FILE_DIRECTORY)
		ret = -EINVAL;
	else if (info->FileSize > limit)
		ret = -E2BIG;
	*size = info->FileSize;
	FreePool(info);
	return ret;
}

/* Read may give less than asked for at a time; 64 rounds are beyond any reason. */
static int read_all(EFI_FILE *file, u8 *data, size_t size)
{
	size_t done = 0;
	unsigned int round;

	for (round = 0; done < size && round < 64; round++) {
		UINTN n = size - done;
		EFI_STATUS status = file->Read(file, &n, data + done);

		if (status)
			return efi_error(status);
		if (!n)
			break;
		done += n;
	}
	return done == size ? 0 : -EIO;
}

static int read_file(EFI_FILE *file, size_t limit, void **data, size_t *size)
{
	u8 *buf;
	int ret = file_size(file, limit, size);

	if (ret)
		return ret;
	buf = efi_alloc(*size + 1);
	if (!buf)
		return -ENOMEM;
	ret = read_all(file, buf, *size);
	if (ret) {
		efi_free_last(buf, *size + 1);
		return ret;
	}
	buf[*size] = 0;		/* text can be used as it is */
	*data = buf;
	return 0;
}

/*
 * Load @path, from the root of the volume. A byte 0 follows the data.
 * -ENOENT: no file system, or no such file; -EINVAL: a directory; -E2BIG:
 * more than @limit bytes, then *@size holds how many.
 */
int efi_file_load16(const CHAR16 *path, size_t limit, void **data, size_t *size)
{
	EFI_FILE *root, *file;
	EFI_STATUS status;
	int ret;

	*size = 0;
	if (!efi_context.loaded || !efi_context.loaded->DeviceHandle)
		return -ENOENT;
	root = LibOpenRoot(efi_context.loaded->DeviceHandle);
	if (!root)
		return -ENOENT;
	status = root->Open(root, &file, (CHAR16 *)path, EFI_FILE_MODE_READ, 0);
	if (status) {
		root->Close(root);
		return efi_error(status);
	}
	ret = read_file(file, limit, data, size);
	file->Close(file);
	root->Close(root);
	return ret;
}

/* The caller says which file; this says what is wrong with it. */
static void explain(int ret, size_t size)
{
	if (ret == -ENOENT)
		pr_warn("no such file on the file system that the image came from; a path "
			"begins at its root");
	else if (ret == -EINVAL)
		pr_warn("the path names a directory, or something that is no file");
	else if (ret == -E2BIG && size)
		pr_warn("the file has %zu bytes, and %u are read at most", size, EFI_FILE_MAX);
	else if (ret == -E2BIG)
		pr_warn("the path is too long: at most %u characters", EFI_PATH_MAX - 1);
}

/* struct boot_services load_file: the path in UTF-8, with / or \ between names. */
int efi_file_load(const char *path, void **data, size_t *size)
{
	static CHAR16 path16[EFI_PATH_MAX];
	int n, i, ret;

	*size = 0;
	n = utf8_to_utf16((char16 *)path16, EFI_PATH_MAX, path);
	for (i = 0; i < n; i++) {
		if (path16[i] == '/')
			path16[i] = '\\';
	}
	ret = n < 0 ? n : efi_file_load16(path16, EFI_FILE_MAX, data, size);
	explain(ret, *size);
	return ret;
}
