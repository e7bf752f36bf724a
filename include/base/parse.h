/* SPDX-License-Identifier: BSD-2-Clause */
/* Text to values: numbers, words, patterns. */
#ifndef BASE_PARSE_H
#define BASE_PARSE_H

#include <base/types.h>

/**
 * parse_u64() - a whole string as an unsigned number
 * @s: decimal, or hexadecimal after 0x; nothing before or behind it
 * @value: result, written on success only
 *
 * Return: 0, -EINVAL when @s is no number, -ERANGE when it is above 64 bits.
 */
int parse_u64(const char *s, u64 *value);

/**
 * parse_size() - like parse_u64(), with K, M, G or T (powers of 1024) behind the number
 */
int parse_size(const char *s, u64 *value);

/**
 * parse_bool() - "on", "y", "yes", "1" or "off", "n", "no", "0"
 *
 * Return: 0, or -EINVAL.
 */
int parse_bool(const char *s, bool *value);

/**
 * glob_match() - match a whole string against a pattern
 * @pattern: * for any run of characters, ? for any one, everything else for itself
 * @s: string
 *
 * Time is bounded by strlen(@pattern) * strlen(@s).
 */
bool glob_match(const char *pattern, const char *s);

/**
 * glob_list_match() - glob_match() against any pattern of a comma-separated list
 */
bool glob_list_match(const char *list, const char *s);

/**
 * next_word() - take the next word off a line
 * @line: in: where to go on; out: behind the word
 * @word: the word, without the quotes
 * @size: bytes at @word
 *
 * White space separates words; double quotes keep it inside one
 * (xfail="gic.*:no GIC here") and are dropped.
 *
 * Return: length of the word; -ENOENT when none is left; -EINVAL at an open
 * quote; -E2BIG when it does not fit (it is skipped and @word holds its beginning).
 */
int next_word(const char **line, char *word, size_t size);

#endif
