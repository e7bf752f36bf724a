// SPDX-License-Identifier: BSD-2-Clause
#include <base/limits.h>
#include <base/string.h>
#include "ctype.h"

/* What 0x, 0 or nothing in front of the digits makes of base 0 and 16. */
static const char *skip_prefix(const char *s, int *base)
{
	bool hex = s[0] == '0' && (s[1] == 'x' || s[1] == 'X') && digit_value(s[2]) < 16;

	if ((*base == 0 || *base == 16) && hex) {
		*base = 16;
		return s + 2;
	}
	if (*base == 0)
		*base = *s == '0' ? 8 : 10;
	return s;
}

unsigned long strtoul(const char *s, char **end, int base)
{
	const char *start = s, *digits;
	unsigned long value = 0;
	bool minus, overflow = false;

	if (end)
		*end = (char *)(uintptr_t)start;
	if (base < 0 || base == 1 || base > 36)
		return 0;
	while (is_space(*s))
		s++;
	minus = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	s = skip_prefix(s, &base);
	for (digits = s; digit_value(*s) < (unsigned int)base; s++) {
		unsigned int digit = digit_value(*s);

		overflow |= value > (ULONG_MAX - digit) / (unsigned int)base;
		value = value * (unsigned int)base + digit;
	}
	if (end && s != digits)
		*end = (char *)(uintptr_t)s;
	if (overflow)
		return ULONG_MAX;
	return minus ? -value : value;
}
