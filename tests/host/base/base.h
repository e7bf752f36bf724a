/* SPDX-License-Identifier: BSD-2-Clause */
/* The groups of cases of the program "base", and what they share. */
#ifndef HOST_BASE_H
#define HOST_BASE_H

#include <ctest.h>

void test_memory(void);
void test_string(void);
void test_strtoul(void);
void test_printf(void);
void test_printf_odd(void);
void test_printf_fuzz(void);
void test_utf(void);
void test_sort(void);
void test_crc32(void);
void test_parse(void);
void test_glob(void);
void test_errno(void);
void test_stack_protector(void);

/** test_random() - the next number of a fixed sequence, restarted by a seed other than 0 */
u32 test_random(u32 seed);

#endif
