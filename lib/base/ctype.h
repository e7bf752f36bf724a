/* SPDX-License-Identifier: BSD-2-Clause */
/* Kinds of characters, of ASCII alone; for lib/base itself. */
#ifndef LIB_BASE_CTYPE_H
#define LIB_BASE_CTYPE_H

#include <base/types.h>

static inline bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Value of a digit of base 36, 36 for what is none. */
static inline unsigned int digit_value(char c)
{
	if (is_digit(c))
		return (unsigned int)(c - '0');
	if (c >= 'a' && c <= 'z')
		return (unsigned int)(c - 'a') + 10;
	if (c >= 'A' && c <= 'Z')
		return (unsigned int)(c - 'A') + 10;
	return 36;
}

#endif
