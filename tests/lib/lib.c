// SPDX-License-Identifier: BSD-2-Clause
/*
 * The freestanding C library that the image brings along, in the image itself:
 * with its compiler, its flags and its processor. tests/host/base/ tests the
 * same functions against the build machine's C library, and far more of them.
 *
 * The checks are made with these functions, too. So the cases compare byte by
 * byte and number by number wherever a broken function could hide itself.
 */
#include "lib.h"

#define HINT_ALL "all of the image stands on it: trust no other verdict of this run"
#define HINT_ACCESS "at single offsets: narrow accesses of this CPU; at all of them: the compiler"
#define HINT_OUTPUT "messages and values in this run's output may be wrong as well"
#define HINT_TEXT "text from firmware (vendor, file names, load options) is read wrongly"
#define HINT_TABLES "ACPI and UEFI checksums are judged by it: do not trust those verdicts"
#define HINT_CMDLINE "the command line is misread: did this run select what was asked for?"

#define LIB_CASE(fn, clause, meaning) \
	TEST_CASE(fn, .spec = clause, .hint = meaning)

static const struct test_case lib_cases[] = {
	LIB_CASE(memcpy_at_every_alignment, "ISO C11 7.24.2.1", HINT_ACCESS),
	LIB_CASE(memmove_overlapping, "ISO C11 7.24.2.2", HINT_ACCESS),
	LIB_CASE(memset_at_every_alignment, "ISO C11 7.24.6.1", HINT_ACCESS),
	LIB_CASE(memcmp_order, "ISO C11 7.24.4.1", HINT_ALL),
	LIB_CASE(memchr_finds_first, "ISO C11 7.24.5.1", HINT_ALL),
	LIB_CASE(strlen_counts, "ISO C11 7.24.6.3", HINT_ALL),
	LIB_CASE(strcmp_order, "ISO C11 7.24.4.2, 7.24.4.4", HINT_ALL),
	LIB_CASE(strchr_finds, "ISO C11 7.24.5.2, 7.24.5.5", HINT_ALL),
	LIB_CASE(strstr_finds, "ISO C11 7.24.5.7", HINT_ALL),
	LIB_CASE(strscpy_terminates, "include/base/string.h", HINT_ALL),
	LIB_CASE(strtoul_converts, "ISO C11 7.22.1.4", HINT_ALL),
	LIB_CASE(printf_integers, "ISO C11 7.21.6.1p7-8", HINT_OUTPUT),
	LIB_CASE(printf_flags, "ISO C11 7.21.6.1p6", HINT_OUTPUT),
	LIB_CASE(printf_precision, "ISO C11 7.21.6.1p4-5", HINT_OUTPUT),
	LIB_CASE(printf_field_width, "ISO C11 7.21.6.1p4-5", HINT_OUTPUT),
	LIB_CASE(printf_strings, "ISO C11 7.21.6.1p8", HINT_OUTPUT),
	LIB_CASE(printf_wide_strings, "include/base/printf.h", HINT_TEXT),
	LIB_CASE(printf_pointers, "include/base/printf.h", HINT_OUTPUT),
	LIB_CASE(printf_truncates, "ISO C11 7.21.6.5", HINT_OUTPUT),
	LIB_CASE(printf_unknown, "include/base/printf.h", HINT_OUTPUT),
	LIB_CASE(utf16_to_utf8_converts, "Unicode 15.0 3.9 D91, D92", HINT_TEXT),
	LIB_CASE(utf8_to_utf16_converts, "Unicode 15.0 3.9 D91, D92", HINT_TEXT),
	LIB_CASE(utf_malformed, "Unicode 15.0 3.9 table 3-7", HINT_TEXT),
	LIB_CASE(utf_short_buffers, "include/base/string.h", HINT_TEXT),
	LIB_CASE(sort_orders, "ISO C11 7.22.5.2", HINT_ALL),
	LIB_CASE(sort_is_bounded, "include/base/sort.h", HINT_ALL),
	LIB_CASE(crc32_known_values, "UEFI 2.10 4.2", HINT_TABLES),
	LIB_CASE(checksum8_sums, "ACPI 6.5 5.2.6", HINT_TABLES),
	LIB_CASE(parse_numbers, "include/base/parse.h", HINT_CMDLINE),
	LIB_CASE(parse_sizes, "include/base/parse.h", HINT_CMDLINE),
	LIB_CASE(parse_bools, "include/base/parse.h", HINT_CMDLINE),
	LIB_CASE(glob_matches, "include/base/parse.h", HINT_CMDLINE),
	LIB_CASE(glob_is_bounded, "include/base/parse.h", HINT_CMDLINE),
	LIB_CASE(next_word_splits, "include/base/parse.h", HINT_CMDLINE),
	LIB_CASE(errno_names, "include/base/errno.h", HINT_OUTPUT),
	LIB_CASE(list_links, "include/base/list.h", HINT_ALL),
	LIB_CASE(list_unlinks, "include/base/list.h", HINT_ALL),
	{}
};

TEST_SUITE(lib, .about = "the image's own C library", .mmu = TEST_MMU_ANY, .cases = lib_cases);
