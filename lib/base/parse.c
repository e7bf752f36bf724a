// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/parse.h>
#include <base/string.h>
#include <base/util.h>
#include "ctype.h"

/*
 * Reads a number at *@s and moves *@s behind it. Goes on to the last digit
 * even when it is too large, so that the caller sees what follows.
 */
static int take_u64(const char **s, u64 *value)
{
	bool hex = (*s)[0] == '0' && ((*s)[1] == 'x' || (*s)[1] == 'X');
	unsigned int base = hex ? 16 : 10;
	const char *p = hex ? *s + 2 : *s;
	bool overflow = false;
	u64 sum = 0;

	if (digit_value(*p) >= base)
		return -EINVAL;
	for (; digit_value(*p) < base; p++) {
		unsigned int digit = digit_value(*p);

		overflow |= sum > (~0ULL - digit) / base;
		sum = sum * base + digit;
	}
	*s = p;
	*value = sum;
	return overflow ? -ERANGE : 0;
}

int parse_u64(const char *s, u64 *value)
{
	u64 number;
	int ret = take_u64(&s, &number);

	if (ret == -EINVAL || *s)
		return -EINVAL;
	if (!ret)
		*value = number;
	return ret;
}

static unsigned int unit_shift(char c)
{
	switch (c) {
	case 'K':
		return 10;
	case 'M':
		return 20;
	case 'G':
		return 30;
	case 'T':
		return 40;
	}
	return 0;
}

int parse_size(const char *s, u64 *value)
{
	u64 number;
	int ret = take_u64(&s, &number);
	unsigned int shift;

	if (ret == -EINVAL)
		return ret;
	shift = unit_shift(*s);
	if (shift)
		s++;
	if (*s)
		return -EINVAL;
	if (ret)
		return ret;
	if (number > ~0ULL >> shift)
		return -ERANGE;
	*value = number << shift;
	return 0;
}

int parse_bool(const char *s, bool *value)
{
	static const char *const on[] = { "on", "y", "yes", "1" };
	static const char *const off[] = { "off", "n", "no", "0" };

	for (size_t i = 0; i < ARRAY_SIZE(on); i++) {
		if (!strcmp(s, on[i])) {
			*value = true;
			return 0;
		}
		if (!strcmp(s, off[i])) {
			*value = false;
			return 0;
		}
	}
	return -EINVAL;
}

/*
 * On a mismatch only the last * can take one character more: what an earlier
 * one could win, the last one can as well. So nothing is tried twice with the
 * same * and the same place in the string.
 */
static bool glob_range_match(const char *pattern, const char *pattern_end, const char *s)
{
	const char *star = NULL, *retry = NULL;

	while (*s) {
		if (pattern < pattern_end && *pattern == '*') {
			star = ++pattern;
			retry = s;
		} else if (pattern < pattern_end && (*pattern == '?' || *pattern == *s)) {
			pattern++;
			s++;
		} else if (star) {
			pattern = star;
			s = ++retry;
		} else {
			return false;
		}
	}
	while (pattern < pattern_end && *pattern == '*')
		pattern++;
	return pattern == pattern_end;
}

bool glob_match(const char *pattern, const char *s)
{
	/* Up to the first * or ? there is one way only, and most names part before that. */
	while (*s && *pattern == *s && *pattern != '*') {
		pattern++;
		s++;
	}
	if (*pattern != '*' && *pattern != '?')
		return !*pattern && !*s;
	return glob_range_match(pattern, pattern + strlen(pattern), s);
}

bool glob_list_match(const char *list, const char *s)
{
	for (;;) {
		const char *end = strchr(list, ',');

		if (!end)
			return glob_match(list, s);
		if (glob_range_match(list, end, s))
			return true;
		list = end + 1;
	}
}

int next_word(const char **line, char *word, size_t size)
{
	const char *p = *line;
	size_t len = 0;
	bool quoted = false;

	while (is_space(*p))
		p++;
	if (size)
		word[0] = '\0';
	if (!*p) {
		*line = p;
		return -ENOENT;
	}
	for (; *p && (quoted || !is_space(*p)); p++) {
		if (*p == '"') {
			quoted = !quoted;
			continue;
		}
		if (len + 1 < size) {
			word[len] = *p;
			word[len + 1] = '\0';
		}
		len++;
	}
	*line = p;
	if (quoted)
		return -EINVAL;
	return len < size ? (int)len : -E2BIG;
}
