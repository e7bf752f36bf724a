// SPDX-License-Identifier: BSD-2-Clause
/*
 * Command line: the EFI shell's arguments, or the load options.
 *
 * The shell hands over the same line both ways; its arguments come first, since
 * there the program's name is told apart and redirections are gone.
 */
#include "efi.h"
#include <base/string.h>

static char line[EFI_CMDLINE_MAX];

static bool append(size_t *len, const char *s, size_t n)
{
	if (*len + n >= sizeof(line))
		return false;
	memcpy(line + *len, s, n);
	*len += n;
	line[*len] = '\0';
	return true;
}

/*
 * One argument as a word of a line, as next_word() takes it: white space needs
 * quotes. A quote within has no form there and is dropped.
 */
static bool append_argument(size_t *len, const char *arg)
{
	bool quote = strchr(arg, ' ') || strchr(arg, '\t');
	const char *p;

	if (*len && !append(len, " ", 1))
		return false;
	if (quote && !append(len, "\"", 1))
		return false;
	for (p = arg; *p; p++) {
		if (*p != '"' && !append(len, p, 1))
			return false;
	}
	return !quote || append(len, "\"", 1);
}

static int join_arguments(const EFI_SHELL_PARAMETERS_PROTOCOL *shell)
{
	static char arg[1024];
	size_t len = 0;
	UINTN i;

	line[0] = '\0';
	for (i = 1; i < shell->Argc; i++) {
		const char16 *src = (const char16 *)shell->Argv[i];
		int ret = utf16_to_utf8(arg, sizeof(arg), src, sizeof(arg));

		if (ret < 0)
			return ret;
		if (ret && !append_argument(&len, arg))
			return -E2BIG;
	}
	return 0;
}

/* 0 when there is a shell, and its arguments (maybe none) were taken or refused. */
static int read_shell(struct boot_info *bi)
{
	EFI_SHELL_PARAMETERS_PROTOCOL *shell = NULL;
	int ret;

	if (BS->HandleProtocol(efi_context.image, &ShellParametersProtocolGuid, (void **)&shell))
		return -ENOENT;
	ret = join_arguments(shell);
	if (ret) {
		pr_err("shell arguments: %s, so none is used (an argument takes up to 1023 "
		       "bytes, all of them %u)", ret == -E2BIG ? "too long" : "no UTF-16",
		       EFI_CMDLINE_MAX - 1);
		return 0;
	}
	bi->cmdline[CMDLINE_BOOT] = line;
	bi->cmdline_name[CMDLINE_BOOT] = "shell arguments";
	return 0;
}

static u16 unit_at(const u8 *p, size_t i)
{
	return p[2 * i] | (u16)p[2 * i + 1] << 8;
}

/*
 * Load options may be anything: EDK2's boot manager marks its own entries with
 * a binary GUID there. Text has no control characters but white space, begins
 * with ASCII and is ASCII for the greater part, which a GUID never is.
 */
static bool is_text(const u8 *p, size_t units)
{
	size_t i, ascii = 0;

	for (i = 0; i < units; i++) {
		u16 c = unit_at(p, i);

		if (!c)
			break;
		if ((c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7f || c >= 0xfffe)
			return false;
		if (c < 0x7f)
			ascii++;
		if (!ascii)
			return false;
	}
	return 2 * ascii >= i;
}

static void read_load_options(struct boot_info *bi)
{
	const EFI_LOADED_IMAGE *loaded = efi_context.loaded;
	u32 size = loaded ? loaded->LoadOptionsSize : 0;
	int ret;

	if (!size || !loaded->LoadOptions)
		return;
	if (size % 2 || !is_text(loaded->LoadOptions, size / 2)) {
		pr_warn("load options: %u bytes that are no UTF-16 text, ignored", size);
		return;
	}
	ret = utf16_to_utf8(line, sizeof(line), loaded->LoadOptions, size / 2);
	if (ret == -E2BIG) {
		pr_err("load options: %u bytes, above the %u that a command line may have; none "
		       "is used", size, EFI_CMDLINE_MAX - 1);
		return;
	}
	if (ret < 0) {
		pr_warn("load options: an unpaired surrogate, so no text, ignored");
		return;
	}
	bi->cmdline[CMDLINE_BOOT] = line;
	bi->cmdline_name[CMDLINE_BOOT] = "load options";
}

void efi_cmdline_read(struct boot_info *bi)
{
	if (read_shell(bi))
		read_load_options(bi);
}
