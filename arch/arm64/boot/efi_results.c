// SPDX-License-Identifier: BSD-2-Clause
/*
 * The files of results, in a folder of their own beside the image: a file system
 * writes the time of a change into the folder's sector, and a power cut in that
 * write must not cost the image its entry.
 */
#include "efi.h"
#include <base/string.h>

#define READ_WRITE	(EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE)
#define READ_ROUNDS	64	/* a read or write may do less than asked for at a time */

static const CHAR16 folder[] = L"assay-results";
static const CHAR16 *const names[RESULTS_FILES] = {
	L"assay-results\\1.txt", L"assay-results\\2.txt",
};

static CHAR16 path[EFI_PATH_MAX];

/* The volume's root, closed by whoever gets it; NULL where the image came from no file system. */
static EFI_FILE *open_root(void)
{
	if (!efi_context.loaded || !efi_context.loaded->DeviceHandle)
		return NULL;
	return LibOpenRoot(efi_context.loaded->DeviceHandle);
}

static int open_beside(const CHAR16 *name, u64 mode, u64 attributes, EFI_FILE **file)
{
	EFI_FILE *root;
	EFI_STATUS status;
	int ret = efi_context.loaded ? efi_path_beside(path, name) : -ENOENT;

	if (ret)
		return ret;
	root = open_root();
	if (!root)
		return -EOPNOTSUPP;
	status = root->Open(root, file, path, mode, attributes);
	root->Close(root);
	return efi_error(status);
}

static int size_of(EFI_FILE *file, u64 *size)
{
	EFI_FILE_INFO *info = LibFileInfo(file);

	if (!info)
		return -EIO;
	*size = info->Attribute & EFI_FILE_DIRECTORY ? 0 : info->FileSize;
	FreePool(info);
	return 0;
}

/* All that there is; zeroes behind it. */
static int read_whole(EFI_FILE *file, u8 *data)
{
	size_t done = 0;
	unsigned int round;

	for (round = 0; done < RESULTS_FILE_BYTES && round < READ_ROUNDS; round++) {
		UINTN n = RESULTS_FILE_BYTES - done;
		EFI_STATUS status = file->Read(file, &n, data + done);

		if (status)
			return efi_error(status);
		if (!n)
			break;
		done += n;
	}
	memset(data + done, 0, RESULTS_FILE_BYTES - done);
	return 0;
}

static int write_all(EFI_FILE *file, const u8 *data, size_t size)
{
	size_t done = 0;
	unsigned int round;

	for (round = 0; done < size && round < READ_ROUNDS; round++) {
		UINTN n = size - done;
		EFI_STATUS status = file->Write(file, &n, (void *)(data + done));

		if (status)
			return efi_error(status);
		done += n;
	}
	if (done != size)
		return -EIO;
	return efi_error(file->Flush(file));
}

/* U-Boot cuts a file off behind what was written last; a longer one is none of ours. */
int efi_results_read(unsigned int number, void *data)
{
	EFI_FILE *file;
	u64 size;
	int ret = open_beside(names[number], EFI_FILE_MODE_READ, 0, &file);

	if (ret)
		return ret;
	ret = size_of(file, &size);
	if (!ret)
		ret = size <= RESULTS_FILE_BYTES ? read_whole(file, data) : -EINVAL;
	file->Close(file);
	return ret;
}

static int make_folder(void)
{
	EFI_FILE *file;
	int ret = open_beside(folder, READ_WRITE | EFI_FILE_MODE_CREATE, EFI_FILE_DIRECTORY, &file);

	if (!ret)
		file->Close(file);
	return ret;
}

static int open_for_write(unsigned int number, bool whole, EFI_FILE **file)
{
	int ret = open_beside(names[number], READ_WRITE, 0, file);

	if (ret != -ENOENT || !whole)
		return ret;
	ret = make_folder();
	return ret ? ret : open_beside(names[number], READ_WRITE | EFI_FILE_MODE_CREATE, 0, file);
}

int efi_results_write(unsigned int number, size_t at, const void *data, size_t size)
{
	EFI_FILE *file;
	int ret = open_for_write(number, size == RESULTS_FILE_BYTES, &file);

	if (ret)
		return ret;
	ret = efi_error(file->SetPosition(file, at));
	if (!ret)
		ret = write_all(file, data, size);
	/* Closing writes what is left (UEFI 2.10 13.5.3), and cannot fail. */
	file->Close(file);
	return ret;
}
