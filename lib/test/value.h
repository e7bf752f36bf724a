/* SPDX-License-Identifier: BSD-2-Clause */
/* Values of failed checks as text. */
#ifndef LIB_TEST_VALUE_H
#define LIB_TEST_VALUE_H

#include <base/types.h>

#define VALUE_SIZE	256	/* room for any of these */

/**
 * value_format() - an operand, in decimal and in hexadecimal
 * @buf: VALUE_SIZE bytes
 * @kind: enum check_kind | size in bytes
 * @value: sign-extended to 64 bits
 */
void value_format(char *buf, unsigned int kind, u64 value);

/** value_format_bool() - likewise, 0 and 1 as false and true */
void value_format_bool(char *buf, u64 value);

/** value_format_string() - in quotes with its length; a long one only from around @differs on */
void value_format_string(char *buf, const char *s, size_t differs);

/** value_format_memory() - up to 16 bytes of @size from offset @differs on */
void value_format_memory(char *buf, const void *data, size_t size, size_t differs);

#endif
