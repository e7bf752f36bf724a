// SPDX-License-Identifier: BSD-2-Clause
/* Simple text output and input. */
#include "efi.h"

static const CHAR16 text[] = L"# console";

/* A column is counted for each character; a carriage return goes to the first (12.4). */
void console_writes(void)
{
	SIMPLE_TEXT_OUTPUT_INTERFACE *out = ST->ConOut;
	s64 before;

	REQUIRE(out && out->Mode, "ConOut of the system table");
	REQUIRE_STATUS(out->OutputString(out, (CHAR16 *)L"\r"), EFI_SUCCESS, "carriage return");
	before = out->Mode->CursorColumn;
	CHECK_EQ(before, 0LL, "column behind a carriage return");
	REQUIRE_STATUS(out->OutputString(out, (CHAR16 *)text), EFI_SUCCESS, "text");
	CHECK_EQ((s64)out->Mode->CursorColumn, (s64)ARRAY_SIZE(text) - 1, "column behind %zu "
		 "characters", ARRAY_SIZE(text) - 1);
	CHECK_STATUS(out->OutputString(out, (CHAR16 *)L"\r\n"), EFI_SUCCESS, "end of line");
}

/* Somebody may type; then there is a key that is one. */
void console_input_is_empty_or_has_a_key(void)
{
	SIMPLE_INPUT_INTERFACE *in = ST->ConIn;
	EFI_INPUT_KEY key = { 0, 0 };
	EFI_STATUS status;
	unsigned int keys = 0;

	REQUIRE(in && in->WaitForKey, "ConIn of the system table");
	do {
		status = in->ReadKeyStroke(in, &key);
		if (!status)
			CHECK(key.ScanCode || key.UnicodeChar, "key %u: scan code and character",
			      keys);
	} while (!status && ++keys < 100);
	CHECK_STATUS(status, EFI_NOT_READY, "ReadKeyStroke() after %u keys", keys);
	CHECK_STATUS(BS->CheckEvent(in->WaitForKey), EFI_NOT_READY, "event of a key, with none there");
}
