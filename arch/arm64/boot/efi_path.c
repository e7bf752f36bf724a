// SPDX-License-Identifier: BSD-2-Clause
/*
 * The directory that the image itself was started from. An image that came
 * without a directory (QEMU's -kernel, a network boot) has the root of its
 * device's file system, where that has one, and nothing else.
 */
#include "efi.h"
#include <base/string.h>

/*
 * The image's path is the file path nodes of its device path, one after the
 * other (UEFI 2.10 10.3.5.4). Nodes are packed: their text may be unaligned.
 */
static int append_node(CHAR16 *path, size_t *len, EFI_DEVICE_PATH *node)
{
	const u8 *text = (const u8 *)node + sizeof(EFI_DEVICE_PATH);
	size_t units = (DevicePathNodeLength(node) - sizeof(EFI_DEVICE_PATH)) / 2;
	size_t i;

	if (*len && path[*len - 1] != '\\')
		path[(*len)++] = '\\';
	for (i = 0; i < units; i++) {
		CHAR16 c = text[2 * i] | (CHAR16)text[2 * i + 1] << 8;

		if (!c)
			break;
		if (*len >= EFI_PATH_MAX - 2)
			return -E2BIG;
		path[(*len)++] = c;
	}
	return 0;
}

static int image_path(CHAR16 *path, size_t *len)
{
	EFI_DEVICE_PATH *node = efi_context.loaded->FilePath;
	unsigned int i;
	int ret;

	*len = 0;
	for (i = 0; node && i < 32; i++) {
		if (IsDevicePathEndType(node) || DevicePathNodeLength(node) < (int)sizeof(*node))
			return 0;
		if (DevicePathType(node) == MEDIA_DEVICE_PATH &&
		    DevicePathSubType(node) == MEDIA_FILEPATH_DP) {
			ret = append_node(path, len, node);
			if (ret)
				return ret;
		}
		node = NextDevicePathNode(node);
	}
	return 0;
}

/* @path: EFI_PATH_MAX units. 0, or -E2BIG when the name does not fit. */
int efi_path_beside(CHAR16 *path, const CHAR16 *name)
{
	size_t len;
	int ret = image_path(path, &len);

	if (ret)
		return ret;
	while (len && path[len - 1] != '\\' && path[len - 1] != '/')
		len--;
	if (!len)
		path[len++] = '\\';
	do {
		if (len == EFI_PATH_MAX)
			return -E2BIG;
		path[len++] = *name;
	} while (*name++);
	return 0;
}
