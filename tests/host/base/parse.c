// SPDX-License-Identifier: BSD-2-Clause
#include "base.h"

static const struct {
	const char *text;
	int ret;
	u64 value;
} numbers[] = {
	{ "0", 0, 0 },
	{ "1", 0, 1 },
	{ "007", 0, 7 },
	{ "9", 0, 9 },
	{ "4096", 0, 4096 },
	{ "0x0", 0, 0 },
	{ "0XfF", 0, 255 },
	{ "0x00000000000000000001", 0, 1 },
	{ "18446744073709551615", 0, ~0ULL },
	{ "0xffffffffffffffff", 0, ~0ULL },
	{ "18446744073709551616", -ERANGE, 0 },
	{ "0x10000000000000000", -ERANGE, 0 },
	{ "18446744073709551620", -ERANGE, 0 },
	{ "99999999999999999999999", -ERANGE, 0 },
	{ "99999999999999999999999z", -EINVAL, 0 },
	{ "", -EINVAL, 0 },
	{ "0x", -EINVAL, 0 },
	{ "x1", -EINVAL, 0 },
	{ "-1", -EINVAL, 0 },
	{ "+1", -EINVAL, 0 },
	{ " 1", -EINVAL, 0 },
	{ "1 ", -EINVAL, 0 },
	{ "12a", -EINVAL, 0 },
	{ "0xg", -EINVAL, 0 },
	{ "0x1g", -EINVAL, 0 },
	{ "1.5", -EINVAL, 0 },
	{ "0x-1", -EINVAL, 0 },
	{ "/", -EINVAL, 0 },
	{ ":", -EINVAL, 0 },
};

static void parse_numbers(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		u64 value = 0x5555, size = 0x5555;

		EXPECT(parse_u64(numbers[i].text, &value) == numbers[i].ret, "\"%s\"",
		       numbers[i].text);
		EXPECT(value == (numbers[i].ret ? 0x5555 : numbers[i].value), "\"%s\": %llu",
		       numbers[i].text, value);
		/* A size without a unit is a number. */
		EXPECT(parse_size(numbers[i].text, &size) == numbers[i].ret, "\"%s\"",
		       numbers[i].text);
		EXPECT_EQ(size, value);
	}
}

static void parse_numbers_random(void)
{
	test_random(9);
	for (unsigned int i = 0; i < 5000; i++) {
		u64 number = (u64)test_random(0) << 32 | test_random(0), value;
		char text[32];

		number >>= test_random(0) % 64;
		snprintf(text, sizeof(text), i % 2 ? "0x%llx" : "%llu", number);
		EXPECT_EQ(parse_u64(text, &value), 0);
		EXPECT_EQ(value, number);
	}
}

static const struct {
	const char *text;
	int ret;
	u64 value;
} sizes[] = {
	{ "1K", 0, 1ULL << 10 }, { "1M", 0, 1ULL << 20 }, { "1G", 0, 1ULL << 30 },
	{ "1T", 0, 1ULL << 40 }, { "0T", 0, 0 }, { "0x10M", 0, 0x1000000 }, { "3K", 0, 3072 },
	{ "18014398509481983K", 0, ~0ULL - 1023 }, { "18014398509481984K", -ERANGE, 0 },
	{ "16777215T", 0, ~0ULL << 40 }, { "16777216T", -ERANGE, 0 },
	{ "99999999999999999999K", -ERANGE, 0 }, { "99999999999999999999KK", -EINVAL, 0 },
	{ "K", -EINVAL, 0 }, { "1k", -EINVAL, 0 }, { "1KB", -EINVAL, 0 }, { "1KK", -EINVAL, 0 },
	{ "1 K", -EINVAL, 0 }, { "1P", -EINVAL, 0 }, { "0xK", -EINVAL, 0 },
};

static void parse_sizes(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		u64 value = 0x5555;

		EXPECT(parse_size(sizes[i].text, &value) == sizes[i].ret, "\"%s\"", sizes[i].text);
		EXPECT(value == (sizes[i].ret ? 0x5555 : sizes[i].value), "\"%s\": %llu",
		       sizes[i].text, value);
	}
	for (size_t i = 0; i < 4; i++) {
		u64 value;

		EXPECT_EQ(parse_u64(sizes[i].text, &value), -EINVAL);
	}
}

static void parse_bools(void)
{
	static const char *const on[] = { "on", "y", "yes", "1" };
	static const char *const off[] = { "off", "n", "no", "0" };
	static const char *const bad[] = {
		"", "ON", "true", "of", "offf", "onn", "yess", "2", "01", " on",
	};
	bool value;

	for (size_t i = 0; i < 4; i++) {
		value = false;
		EXPECT_EQ(parse_bool(on[i], &value), 0);
		EXPECT(value);
		EXPECT_EQ(parse_bool(off[i], &value), 0);
		EXPECT(!value);
	}
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		value = i % 2;
		EXPECT(parse_bool(bad[i], &value) == -EINVAL, "\"%s\"", bad[i]);
		EXPECT_EQ(value, i % 2);
	}
}

/* A line, then its words; what is no word ends the list: "<EINVAL>" and the like. */
static const char *const lines[][8] = {
	{ "", "<ENOENT>" },
	{ " \t\r\n", "<ENOENT>" },
	{ "one", "one", "<ENOENT>" },
	{ "  run=gic.*\tlist \n", "run=gic.*", "list", "<ENOENT>" },
	{ "a\vb\fc", "a", "b", "c", "<ENOENT>" },
	{ "xfail=\"gic.*:no GIC here\" quiet", "xfail=gic.*:no GIC here", "quiet", "<ENOENT>" },
	{ "\"\" x", "", "x", "<ENOENT>" },
	{ "a\"\"b", "ab", "<ENOENT>" },
	{ "\"a\"\" b\"\"c\"", "a bc", "<ENOENT>" },
	{ "a \"b c", "a", "<EINVAL>", "<ENOENT>" },
	{ "a\"", "<EINVAL>", "<ENOENT>" },
	{ "'a b'", "'a", "b'", "<ENOENT>" },
	{ "\\\" \" z", "\\ ", "z", "<ENOENT>" },
};

static void next_word_lines(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		/* Of just its size, so that reading behind the terminator is seen. */
		char *copy = strdup(lines[i][0]);
		const char *line = copy;

		for (size_t j = 1; j < 8 && lines[i][j]; j++) {
			char word[40], err[16];
			int ret = next_word(&line, word, sizeof(word));

			if (ret < 0) {
				snprintf(err, sizeof(err), "<%s>", errno_name(ret));
				EXPECT_STREQ(err, lines[i][j]);
			} else {
				EXPECT_STREQ(word, lines[i][j]);
				EXPECT_EQ(ret, (int)strlen(lines[i][j]));
			}
		}
		free(copy);
	}
}

static void next_word_too_long(void)
{
	for (size_t size = 0; size <= 8; size++) {
		const char *line = "sixsix \"t w\" end";
		char *word = malloc(size + !size);

		word[0] = '~';
		EXPECT_EQ(next_word(&line, word, size), size > 6 ? 6 : -E2BIG);
		EXPECT_STREQ(line, " \"t w\" end");
		if (size)
			EXPECT(strlen(word) == MIN(size - 1, 6U) &&
			       !strncmp(word, "sixsix", strlen(word)));
		else
			EXPECT_EQ(word[0], '~');
		EXPECT_EQ(next_word(&line, word, size), size > 3 ? 3 : -E2BIG);
		EXPECT_STREQ(line, " end");
		free(word);
	}
}

void test_parse(void)
{
	CTEST(parse_numbers);
	CTEST(parse_numbers_random);
	CTEST(parse_sizes);
	CTEST(parse_bools);
	CTEST(next_word_lines);
	CTEST(next_word_too_long);
}
