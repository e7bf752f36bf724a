// SPDX-License-Identifier: BSD-2-Clause
/*
 * UEFI's boot services, as a boot loader uses them: it writes to the console,
 * reads files, takes memory, waits, sets the watchdog and leaves. Each case asks
 * one of them for something whose result can be seen otherwise, too: in the memory
 * map, by the counter, by our own CRC.
 *
 * They run before ExitBootServices(); the last one calls that with a key that is
 * stale, after which nothing but memory services may be called.
 */
#include "efi.h"

#define EFI_CASE(fn, ...) \
	TEST_CASE(fn, .phase = TEST_PHASE_BOOT_SERVICES, .needs = NEED_EFI, __VA_ARGS__)

static const struct test_case efi_cases[] = {
	EFI_CASE(tables_have_their_crc, .spec = SPEC_UEFI "4.2",
		 .hint = "the firmware changed a pointer of a table and did not make its CRC anew"),
	EFI_CASE(crc32_is_calculated, .spec = SPEC_UEFI "7.5.7",
		 .hint = "CalculateCrc32() uses another polynomial, or no inversion"),
	EFI_CASE(console_writes, .spec = SPEC_UEFI "12.4.3",
		 .hint = "the console's driver drops text, or does not count columns"),
	EFI_CASE(console_input_is_empty_or_has_a_key, .spec = SPEC_UEFI "12.3.3",
		 .hint = "ReadKeyStroke() waits, or reports keys that are none"),
	EFI_CASE(file_system_finds_the_image, .spec = SPEC_UEFI "13.4, 13.5",
		 .hint = "the image's file system answers for another file, or for none"),
	EFI_CASE(file_system_knows_what_is_not_there, .spec = SPEC_UEFI "13.5.2",
		 .hint = "Open() finds, or makes, what is not there"),
	EFI_CASE(pages_are_in_the_map, .spec = SPEC_UEFI "7.2.1, 7.2.3",
		 .hint = "the memory map does not show what was allocated: an operating system "
			 "would use it for something else"),
	EFI_CASE(pool_keeps_its_data, .spec = SPEC_UEFI "7.2.4",
		 .hint = "two pieces of pool overlap"),
	EFI_CASE(stall_takes_its_time, .spec = SPEC_UEFI "7.5.2", .timeout_ms = 1000,
		 .hint = "Stall() counts with another frequency than CNTFRQ_EL0 says"),
	EFI_CASE(timer_event_is_signalled, .spec = SPEC_UEFI "7.1.7",
		 .hint = "the firmware's timer interrupt does not come"),
	EFI_CASE(watchdog_is_set_and_turned_off, .spec = SPEC_UEFI "7.5.1",
		 .hint = "no watchdog: a boot that hangs stays so"),
	EFI_CASE(tpl_is_raised_and_restored, .spec = SPEC_UEFI "7.1.8",
		 .hint = "a caller left the task priority raised: events do not come"),
	EFI_CASE(stale_key_is_refused, .spec = SPEC_UEFI "7.4.6", .last_call = true,
		 .hint = "an operating system would start with a memory map that is not true"),
	{}
};
TEST_SUITE(efi, .about = "UEFI's boot services", .mmu = TEST_MMU_ANY, .cases = efi_cases);
