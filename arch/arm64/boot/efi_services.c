// SPDX-License-Identifier: BSD-2-Clause
/* struct boot_services: what the rest of the image may ask of the firmware. */
#include "efi.h"
#include <base/string.h>

/* One character at @s as UTF-16; returns the bytes it took, '?' for what is no UTF-8. */
static size_t next_char(const char *s, char16 *out, size_t *units)
{
	u8 c = *s;
	size_t len = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	char one[5];
	char16 wide[3];
	int ret;

	strscpy(one, s, len + 1);
	ret = utf8_to_utf16(wide, ARRAY_SIZE(wide), one);
	if (ret <= 0) {
		out[(*units)++] = '?';
		return 1;
	}
	memcpy(out + *units, wide, ret * sizeof(*wide));
	*units += ret;
	return len;
}

static void services_puts(const char *s)
{
	static char16 chunk[128];
	SIMPLE_TEXT_OUTPUT_INTERFACE *out = ST->ConOut;

	if (!out)
		return;
	while (*s) {
		size_t units = 0;

		/* At most three units are added at a time, and one ends it. */
		while (*s && units < ARRAY_SIZE(chunk) - 4) {
			if (*s == '\n')
				chunk[units++] = '\r';
			s += next_char(s, chunk, &units);
		}
		chunk[units] = 0;
		if (out->OutputString(out, (CHAR16 *)chunk))
			return;
	}
}

static void services_watchdog(unsigned int seconds)
{
	/* Codes up to 0xffff are the firmware's own. */
	BS->SetWatchdogTimer(seconds, 0x10000, 0, NULL);
}

/* UEFI 2.10 7.1.8: raising and restoring is the only way to know the level. */
static bool services_may_talk(void)
{
	EFI_TPL before = BS->RaiseTPL(TPL_HIGH_LEVEL);

	if (before > TPL_NOTIFY)
		return false;
	/* Events of this level and below stay where they are. */
	BS->RestoreTPL(TPL_NOTIFY);
	return true;
}

static void services_settle(void)
{
	BS->RaiseTPL(TPL_HIGH_LEVEL);
	BS->RestoreTPL(TPL_APPLICATION);
}

/*
 * Exit() unwinds to where StartImage() was called, whatever stack we are on,
 * and unloads the image. What stays allocated is only the copy that
 * efi_place_image() may have made: it is what runs here.
 */
static void __noreturn services_exit(int status)
{
	efi_free_all();
	efi_memory_release();
	BS->Exit(efi_context.image, status ? EFI_ABORTED : EFI_SUCCESS, 0, NULL);
	/* A firmware that cannot do that is of no more use. */
	for (;;)
		__asm__ volatile("wfi");
}

const struct boot_services efi_services = {
	.puts = services_puts,
	.load_file = efi_file_load,
	.watchdog = services_watchdog,
	.may_talk = services_may_talk,
	.settle = services_settle,
	.results_read = efi_results_read,
	.results_write = efi_results_write,
	.places = efi_memory_places,
	.take_place = efi_alloc_at,
	.leave_with_stale_key = efi_memory_leave_stale,
	.leave = efi_memory_leave,
	.exit = services_exit,
};
