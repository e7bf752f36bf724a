// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/parse.h>
#include <base/string.h>
#include <base/util.h>
#include "lib.h"

#define UNTOUCHED 0x5555ULL

struct number {
	const char *text;
	int ret;
	u64 value;
};

static void check_number(int (*parse)(const char *s, u64 *value), const struct number *row)
{
	u64 value = UNTOUCHED;

	CHECK_EQ(parse(row->text, &value), row->ret, "\"%s\"", row->text);
	CHECK_EQ(value, row->ret ? UNTOUCHED : row->value, "\"%s\"", row->text);
}

void parse_numbers(void)
{
	static const struct number rows[] = {
		{ "0", 0, 0 },
		{ "9", 0, 9 },
		{ "0010", 0, 10 },
		{ "0x10", 0, 16 },
		{ "0XaF", 0, 0xaf },
		{ "18446744073709551615", 0, ~0ULL },
		{ "18446744073709551616", -ERANGE, 0 },
		{ "0xffffffffffffffff", 0, ~0ULL },
		{ "0x10000000000000000", -ERANGE, 0 },
		{ "99999999999999999999", -ERANGE, 0 },
		{ "99999999999999999999x", -EINVAL, 0 },
		{ "", -EINVAL, 0 },
		{ "0x", -EINVAL, 0 },
		{ "-1", -EINVAL, 0 },
		{ "+1", -EINVAL, 0 },
		{ " 1", -EINVAL, 0 },
		{ "1 ", -EINVAL, 0 },
		{ "12a", -EINVAL, 0 },
		{ "0xg", -EINVAL, 0 },
		{ "1K", -EINVAL, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		check_number(parse_u64, &rows[i]);
}

void parse_sizes(void)
{
	static const struct number rows[] = {
		{ "4096", 0, 4096 },
		{ "4K", 0, 4096 },
		{ "0x10M", 0, 0x1000000 },
		{ "1G", 0, SZ_1G },
		{ "2T", 0, 2ULL << 40 },
		{ "16777215T", 0, 16777215ULL << 40 },
		{ "16777216T", -ERANGE, 0 },
		{ "99999999999999999999K", -ERANGE, 0 },
		{ "", -EINVAL, 0 },
		{ "K", -EINVAL, 0 },
		{ "1k", -EINVAL, 0 },
		{ "1KB", -EINVAL, 0 },
		{ "1KK", -EINVAL, 0 },
		{ "1P", -EINVAL, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		check_number(parse_size, &rows[i]);
}

void parse_bools(void)
{
	static const char *const on[] = { "on", "y", "yes", "1" };
	static const char *const off[] = { "off", "n", "no", "0" };
	static const char *const bad[] = { "", "ON", "true", "onn", "of", "2", " 1" };

	for (size_t i = 0; i < ARRAY_SIZE(on); i++) {
		bool value = false;

		CHECK_EQ(parse_bool(on[i], &value), 0, "\"%s\"", on[i]);
		CHECK(value, "\"%s\"", on[i]);
		CHECK_EQ(parse_bool(off[i], &value), 0, "\"%s\"", off[i]);
		CHECK(!value, "\"%s\"", off[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		bool value = i % 2;

		CHECK_EQ(parse_bool(bad[i], &value), -EINVAL, "\"%s\"", bad[i]);
		CHECK_EQ(value, i % 2 == 1, "\"%s\" changes nothing", bad[i]);
	}
}

void glob_matches(void)
{
	static const struct {
		const char *pattern;
		const char *s;
		bool match;
	} rows[] = {
		{ "", "", true },
		{ "", "a", false },
		{ "a", "", false },
		{ "abc", "abc", true },
		{ "abc", "abd", false },
		{ "abc", "ab", false },
		{ "ab", "abc", false },
		{ "*", "", true },
		{ "*", "any.thing", true },
		{ "**", "x", true },
		{ "gic.*", "gic.ipi", true },
		{ "gic.*", "gicv3.ipi", false },
		{ "*.ipi", "gic.ipi", true },
		{ "*.ipi", "gic.ipi2", false },
		{ "a*b*c", "a--b--b-c", true },
		{ "a*b*c", "a--c--b", false },
		{ "*aab", "aaab", true },
		{ "?", "", false },
		{ "?", "x", true },
		{ "a?c", "abc", true },
		{ "a?c", "ac", false },
		{ "*?", "x", true },
		{ "*?", "", false },
		{ "A", "a", false },
		{ "[a]", "a", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		CHECK_EQ(glob_match(rows[i].pattern, rows[i].s), rows[i].match, "%s and %s",
			 rows[i].pattern, rows[i].s);
	CHECK(glob_list_match("a,b*", "bcd"));
	CHECK(glob_list_match("a,b*", "a"));
	CHECK(!glob_list_match("a,b*", "ab"));
	CHECK(!glob_list_match("a,b*", "a,b"), "the comma is none of the characters");
	CHECK(!glob_list_match("a,", "b"));
	CHECK(glob_list_match("a,", ""), "the empty pattern is for the empty string");
}

/* With a try for each way to share the letters out over the stars, this would not end. */
void glob_is_bounded(void)
{
	static char s[2001];

	for (size_t i = 0; i < sizeof(s) - 1; i++)
		s[i] = 'a';
	CHECK(!glob_match("a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", s));
	CHECK(glob_match("a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a", s));
}

static void check_word(const char **line, size_t size, int ret, const char *expected)
{
	char word[16];

	CHECK_EQ(next_word(line, word, size), ret, "for the word \"%s\"", expected);
	CHECK_STREQ((const char *)word, expected);
}

void next_word_splits(void)
{
	const char *line =
		"  run=gic.*\tlist\r\n xfail=\"a b:no c\" \"\" a\"\"b longword \"tw o\" end ";

	check_word(&line, 16, 9, "run=gic.*");
	check_word(&line, 16, 4, "list");
	check_word(&line, 16, 14, "xfail=a b:no c");
	check_word(&line, 16, 0, "");
	check_word(&line, 16, 2, "ab");
	check_word(&line, 5, -E2BIG, "long");
	check_word(&line, 5, 4, "tw o");
	check_word(&line, 3, -E2BIG, "en");
	check_word(&line, 16, -ENOENT, "");
	check_word(&line, 16, -ENOENT, "");
	line = "good \"open quote";
	check_word(&line, 16, 4, "good");
	CHECK_STREQ(line, " \"open quote", "goes on right behind the word");
	check_word(&line, 16, -EINVAL, "open quote");
	check_word(&line, 16, -ENOENT, "");
}

void errno_names(void)
{
	CHECK_STREQ(errno_name(EINVAL), "EINVAL");
	CHECK_STREQ(errno_name(-EINVAL), "EINVAL");
	CHECK_STREQ(errno_name(-ENOENT), "ENOENT");
	CHECK_STREQ(errno_name(-ETIMEDOUT), "ETIMEDOUT");
	CHECK_STREQ(errno_name(-EPERM), "EPERM");
	CHECK_STREQ(errno_name(0), "E?");
	CHECK_STREQ(errno_name(-4000), "E?");
}
