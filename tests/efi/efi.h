/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite efi. gnu-efi's headers come first: they define macros of ours. */
#ifndef TESTS_EFI_H
#define TESTS_EFI_H

#include <efi.h>
#include <efilib.h>
#include <base/util.h>
#include <core/boot.h>
#include <test/test.h>

#define SPEC_UEFI "UEFI 2.10 "

/* A status in its own type: gnu-efi's are UINTN. */
#define CHECK_STATUS(call, wanted, ...) \
	CHECK_EQ((u64)(call), (u64)(wanted), __VA_ARGS__)
#define REQUIRE_STATUS(call, wanted, ...) \
	REQUIRE_EQ((u64)(call), (u64)(wanted), __VA_ARGS__)

/* console.c */
void console_writes(void);
void console_input_is_empty_or_has_a_key(void);

/* files.c */
void file_system_finds_the_image(void);
void file_system_knows_what_is_not_there(void);

/* memory.c */
void pages_are_in_the_map(void);
void pool_keeps_its_data(void);
void stale_key_is_refused(void);

/* time.c */
void stall_takes_its_time(void);
void timer_event_is_signalled(void);
void watchdog_is_set_and_turned_off(void);
void tpl_is_raised_and_restored(void);

/* tables.c */
void tables_have_their_crc(void);
void crc32_is_calculated(void);

#endif
