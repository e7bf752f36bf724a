/* SPDX-License-Identifier: BSD-2-Clause */
/* The cases of the suite "lib", by file. */
#ifndef TESTS_LIB_LIB_H
#define TESTS_LIB_LIB_H

#include <test/test.h>

/* memory.c */
void memcpy_at_every_alignment(void);
void memmove_overlapping(void);
void memset_at_every_alignment(void);
void memcmp_order(void);
void memchr_finds_first(void);

/* string.c */
void strlen_counts(void);
void strcmp_order(void);
void strchr_finds(void);
void strstr_finds(void);
void strscpy_terminates(void);
void strtoul_converts(void);

/* printf.c */
void printf_integers(void);
void printf_flags(void);
void printf_precision(void);
void printf_field_width(void);
void printf_strings(void);
void printf_wide_strings(void);
void printf_pointers(void);
void printf_truncates(void);
void printf_unknown(void);

/* utf.c */
void utf16_to_utf8_converts(void);
void utf8_to_utf16_converts(void);
void utf_malformed(void);
void utf_short_buffers(void);

/* sort.c */
void sort_orders(void);
void sort_is_bounded(void);

/* crc.c */
void crc32_known_values(void);
void checksum8_sums(void);

/* parse.c */
void parse_numbers(void);
void parse_sizes(void);
void parse_bools(void);
void glob_matches(void);
void glob_is_bounded(void);
void next_word_splits(void);
void errno_names(void);

/* list.c */
void list_links(void);
void list_unlinks(void);

#endif
