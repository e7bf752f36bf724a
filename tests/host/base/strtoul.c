// SPDX-License-Identifier: BSD-2-Clause
#include "base.h"

static const char *const texts[] = {
	"", " ", "0", "00", "1", "7", "8", "9", "10", "123", "0x", "0X", "0x1", "0Xf",
	"0xg", "0x0x1", "-", "+", "-1", "+1", "--1", "+-1", "- 1", " 12", "\t\n\v\f\r 12",
	"12 ", "12abc", "0789", "0777", "zZ", "Zz9", "abc", "0xabcDEF", "-0x10", "+0x10",
	"0b1", "x1", "@1", "`1", "[1", "{1", "/1", ":1", "18446744073709551614",
	"18446744073709551615", "18446744073709551616", "18446744073709551625",
	"-18446744073709551615", "-18446744073709551616", "99999999999999999999999999999",
	"-99999999999999999999999999", "0xffffffffffffffff", "0x10000000000000000",
	"0x1ffffffffffffffff", "01777777777777777777777", "02000000000000000000000",
	"3w5e11264sgsf", "3w5e11264sgsg", "\x80z", "1\x80",
};

static void strtoul_matrix(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		for (int base = 0; base <= 36; base++) {
			char *end, *base_end;
			unsigned long want, got;

			if (base == 1)
				continue;
			want = strtoul(texts[i], &end, base);
			got = base_strtoul(texts[i], &base_end, base);
			EXPECT(got == want, "\"%s\" in base %d: %lu, expected %lu",
			       texts[i], base, got, want);
			EXPECT(end == base_end,
			       "\"%s\" in base %d: ends at \"%s\", expected \"%s\"", texts[i], base,
			       base_end, end);
			EXPECT_EQ(base_strtoul(texts[i], NULL, base), want);
		}
}

static void strtoul_random(void)
{
	static const char set[] = "0123456789abcdefxXzZ+- ";

	test_random(4);
	for (unsigned int i = 0; i < 20000; i++) {
		char text[24], *end, *base_end;
		size_t n = test_random(0) % sizeof(text);
		int base = (int)(test_random(0) % 36);

		base += base ? 1 : 0;
		for (size_t j = 0; j < n; j++)
			text[j] = set[test_random(0) % (sizeof(set) - 1)];
		text[n < sizeof(text) ? n : n - 1] = '\0';
		EXPECT_EQ(base_strtoul(text, &base_end, base), strtoul(text, &end, base));
		EXPECT(end == base_end, "\"%s\" in base %d", text, base);
	}
}

static void strtoul_refuses_bad_base(void)
{
	static const int bases[] = { -1, 1, 37, INT_MIN, INT_MAX };

	for (size_t i = 0; i < ARRAY_SIZE(bases); i++) {
		const char *text = "00";
		char *end = NULL;

		EXPECT_EQ(base_strtoul(text, &end, bases[i]), 0UL);
		EXPECT(end == text);
	}
}

void test_strtoul(void)
{
	CTEST(strtoul_matrix);
	CTEST(strtoul_random);
	CTEST(strtoul_refuses_bad_base);
}
