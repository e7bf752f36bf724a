// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/limits.h>
#include <base/string.h>
#include <base/util.h>
#include "lib.h"

static char text[64] __aligned(16);

/* A string of @n characters at @offset, with text behind its terminator. */
static char *make(size_t offset, size_t n)
{
	for (size_t i = 0; i < sizeof(text); i++)
		WRITE_ONCE(text[i], i == offset + n ? '\0' : (char)('a' + i % 3));
	return text + offset;
}

void strlen_counts(void)
{
	for (size_t offset = 0; offset < 8; offset++)
		for (size_t n = 0; n < 32; n++) {
			const char *s = make(offset, n);

			CHECK_EQ(strlen(s), n, "offset %zu", offset);
			CHECK_EQ(strnlen(s, n + 1), n);
			CHECK_EQ(strnlen(s, n), n);
			CHECK_EQ(strnlen(s, n / 2), n / 2, "bound of %zu", n / 2);
			CHECK_EQ(strnlen(s, SIZE_MAX), n);
		}
}

void strcmp_order(void)
{
	CHECK_EQ(strcmp("", ""), 0);
	CHECK_EQ(strcmp("same", "same"), 0);
	CHECK_LT(strcmp("", "a"), 0);
	CHECK_GT(strcmp("a", ""), 0);
	CHECK_LT(strcmp("abc", "abd"), 0);
	CHECK_GT(strcmp("abd", "abc"), 0);
	CHECK_LT(strcmp("ab", "abc"), 0);
	CHECK_LT(strcmp("a", "\xe9"), 0, "characters compare as unsigned");
	CHECK_GT(strcmp("\x80", "\x7f"), 0, "characters compare as unsigned");
	CHECK_EQ(strncmp("abcX", "abcY", 3), 0);
	CHECK_LT(strncmp("abcX", "abcY", 4), 0);
	CHECK_GT(strncmp("abcY", "abcX", 4), 0);
	CHECK_EQ(strncmp("ab", "ab", 9), 0);
	CHECK_LT(strncmp("ab", "abc", 9), 0);
	CHECK_GT(strncmp("\xff", "\x01", 1), 0, "characters compare as unsigned");
	CHECK_EQ(strncmp("x", "y", 0), 0);
	CHECK_EQ(strncmp("ab\0x", "ab\0y", 4), 0, "nothing counts behind the end");
}

void strchr_finds(void)
{
	const char *s = "abcabc\xe9";

	CHECK(strchr(s, 'a') == s);
	CHECK(strchr(s, 'c') == s + 2);
	CHECK(strchr(s, 0xe9) == s + 6);
	CHECK(strchr(s, '\0') == s + 7, "the terminator is part of the string");
	CHECK(strchr(s, 'x') == NULL);
	CHECK(strchr("", 'x') == NULL);
	CHECK(strrchr(s, 'a') == s + 3);
	CHECK(strrchr(s, 'c') == s + 5);
	CHECK(strrchr(s, 0xe9) == s + 6);
	CHECK(strrchr(s, '\0') == s + 7, "the terminator is part of the string");
	CHECK(strrchr(s, 'x') == NULL);
}

void strstr_finds(void)
{
	const char *s = "ababac";

	CHECK(strstr(s, "ab") == s);
	CHECK(strstr(s, "abac") == s + 2, "behind a beginning that fits only half");
	CHECK(strstr(s, "c") == s + 5);
	CHECK(strstr(s, "") == s);
	CHECK(strstr(s, "ababac") == s);
	CHECK(strstr(s, "ababacd") == NULL);
	CHECK(strstr(s, "x") == NULL);
	CHECK(strstr("", "x") == NULL);
	CHECK(strstr("", "") != NULL);
}

void strscpy_terminates(void)
{
	for (size_t size = 1; size <= 8; size++) {
		char dst[10] = "~~~~~~~~~";
		int ret = strscpy(dst, "four", size);
		size_t kept = size > 4 ? 4 : size - 1;

		CHECK_EQ(ret, size > 4 ? 4 : -E2BIG, "size %zu", size);
		for (size_t i = 0; i < kept; i++)
			CHECK_EQ(dst[i], "four"[i], "size %zu, byte %zu", size, i);
		CHECK_EQ(dst[kept], '\0', "size %zu", size);
		CHECK_EQ(dst[size], '~', "size %zu, behind it", size);
	}
	text[0] = '~';
	CHECK_EQ(strscpy(text, "four", 0), -E2BIG);
	CHECK_EQ(text[0], '~', "size 0 writes nothing");
}

void strtoul_converts(void)
{
	static const struct {
		const char *text;
		int base;
		unsigned long value;
		size_t end;
	} rows[] = {
		{ "0", 10, 0, 1 },
		{ "42 rest", 10, 42, 2 },
		{ " \t\n+42", 10, 42, 6 },
		{ "-1", 10, ULONG_MAX, 2 },
		{ "0x1F", 0, 31, 4 },
		{ "0x1F", 16, 31, 4 },
		{ "017", 0, 15, 3 },
		{ "017", 10, 17, 3 },
		{ "0x", 0, 0, 1 },
		{ "0xg", 16, 0, 1 },
		{ "zZ", 36, 35 * 36 + 35, 2 },
		{ "102", 2, 2, 2 },
		{ "", 10, 0, 0 },
		{ "  x", 10, 0, 0 },
		{ "18446744073709551615", 10, ULONG_MAX, 20 },
		{ "18446744073709551616", 10, ULONG_MAX, 20 },
		{ "-18446744073709551616", 10, ULONG_MAX, 21 },
		{ "0x1fffffffffffffffff", 0, ULONG_MAX, 20 },
		{ "00", 1, 0, 0 },
		{ "11", 37, 0, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char *end;

		CHECK_EQ(strtoul(rows[i].text, &end, rows[i].base), rows[i].value,
			 "\"%s\", base %d", rows[i].text, rows[i].base);
		CHECK_EQ((size_t)(end - rows[i].text), rows[i].end, "end in \"%s\", base %d",
			 rows[i].text, rows[i].base);
	}
	CHECK_EQ(strtoul("7", NULL, 10), 7UL);
}
