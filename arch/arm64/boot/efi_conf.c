// SPDX-License-Identifier: BSD-2-Clause
/* assay.conf, from the directory that the image itself was started from. */
#include "efi.h"
#include <base/string.h>

static CHAR16 conf_path[EFI_PATH_MAX];

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
	ret = efi_path_beside(conf_path, L"assay.conf");
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
