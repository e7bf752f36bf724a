// SPDX-License-Identifier: BSD-2-Clause
/*
 * assay.conf, from the directory that the image itself was started from. An
 * image that came without a directory (QEMU's -kernel, a network boot) looks in
 * the root of its device's file system, where that has one, and nowhere else.
 */
#include "efi.h"
#include <base/string.h>

static const CHAR16 conf_name[] = L"assay.conf";
static CHAR16 conf_path[EFI_PATH_MAX];

#define PATH_ROOM	(EFI_PATH_MAX - ARRAY_SIZE(conf_name))

/*
 * The image's path is the file path nodes of its device path, one after the
 * other (UEFI 2.10 10.3.5.4). Nodes are packed: their text may be unaligned.
 */
static int append_node(size_t *len, EFI_DEVICE_PATH *node)
{
	const u8 *text = (const u8 *)node + sizeof(EFI_DEVICE_PATH);
	size_t units = (DevicePathNodeLength(node) - sizeof(EFI_DEVICE_PATH)) / 2;
	size_t i;

	if (*len && conf_path[*len - 1] != '\\')
		conf_path[(*len)++] = '\\';
	for (i = 0; i < units; i++) {
		CHAR16 c = text[2 * i] | (CHAR16)text[2 * i + 1] << 8;

		if (!c)
			break;
		if (*len >= PATH_ROOM - 1)
			return -E2BIG;
		conf_path[(*len)++] = c;
	}
	return 0;
}

static int image_path(size_t *len)
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
			ret = append_node(len, node);
			if (ret)
				return ret;
		}
		node = NextDevicePathNode(node);
	}
	return 0;
}

static int conf_find(void)
{
	size_t len;
	int ret = image_path(&len);

	if (ret)
		return ret;
	while (len && conf_path[len - 1] != '\\' && conf_path[len - 1] != '/')
		len--;
	if (!len)
		conf_path[len++] = '\\';
	memcpy(conf_path + len, conf_name, sizeof(conf_name));
	return 0;
}

/* An editor that saves "Unicode" may write UTF-16. */
static void conf_use(struct boot_info *bi, const char *text, size_t size)
{
	const u8 *mark = (const u8 *)text;

	if (size >= 2 && ((mark[0] == 0xff && mark[1] == 0xfe) ||
			  (mark[0] == 0xfe && mark[1] == 0xff))) {
		pr_err("assay.conf is UTF-16: save it as UTF-8; nothing of it is used");
		return;
	}
	if (memchr(text, 0, size)) {
		pr_err("assay.conf holds a zero byte, so it is no text; nothing of it is used");
		return;
	}
	bi->cmdline[CMDLINE_FILE] = text;
	bi->cmdline_name[CMDLINE_FILE] = "assay.conf";
}

void efi_conf_read(struct boot_info *bi)
{
	void *data;
	size_t size = 0;
	int ret;

	if (!efi_context.loaded)
		return;
	ret = conf_find();
	if (!ret)
		ret = efi_file_load16(conf_path, EFI_CONF_MAX, &data, &size);
	if (!ret)
		conf_use(bi, data, size);
	else if (ret == -E2BIG && size)
		pr_err("assay.conf has %zu bytes, above the limit of %u; nothing of it is used",
		       size, EFI_CONF_MAX);
	else if (ret != -ENOENT)
		pr_err("assay.conf beside the image: %s; nothing of it is used", errno_name(ret));
}
