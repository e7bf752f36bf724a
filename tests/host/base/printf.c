// SPDX-License-Identifier: BSD-2-Clause
/* printf: flags x width x precision x length x conversion x value, each against the C library. */
#include "base.h"

#define SIZE 128

/* The same call to both; what they say must be one text and one length. */
#define COMPARE(fmt, ...) do {							\
	char want[SIZE], got[SIZE];						\
	int n = snprintf(want, SIZE, fmt, __VA_ARGS__);				\
	int base_n = base_snprintf(got, SIZE, fmt, __VA_ARGS__);		\
										\
	EXPECT(n == base_n, "\"%s\": length %d, expected %d", fmt, base_n, n);	\
	EXPECT(!strcmp(want, got), "\"%s\": \"%s\", expected \"%s\"", fmt, got, want); \
} while (0)

static const char *const flags[] = {
	"", "-", "+", " ", "#", "0", "-+", "- ", "-#", "-0", "+ ", "+#", "+0", " #", " 0", "#0",
	"-+ ", "-+#", "-+0", "- #", "- 0", "-#0", "+ #", "+ 0", "+#0", " #0",
	"-+ #", "-+ 0", "-+#0", "- #0", "+ #0", "-+ #0", "00", "--",
};
static const char *const widths[] = { "", "1", "9", "25" };
static const char *const precisions[] = { "", ".", ".1", ".10", ".23" };
static const u64 values[] = {
	0, 1, 7, 8, 255, 0x7fff, 0x8000, 0x7fffffff, 0x80000000, 0xffffffff,
	0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, 0x123456789abcdef0,
};

static void compare_value(const char *flag, const char *width, const char *precision,
			  char conversion)
{
	char fmt[8][24];
	static const char *const lengths[] = { "", "hh", "h", "l", "ll", "z", "t", "j" };

	for (size_t i = 0; i < ARRAY_SIZE(lengths); i++)
		snprintf(fmt[i], sizeof(fmt[i]), "<%%%s%s%s%s%c>", flag, width, precision,
			 lengths[i], conversion);
	for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
		u64 v = values[i];

		COMPARE(fmt[0], (int)v);
		COMPARE(fmt[1], (int)v);
		COMPARE(fmt[2], (int)v);
		COMPARE(fmt[3], (long)v);
		COMPARE(fmt[4], (long long)v);
		COMPARE(fmt[5], (size_t)v);
		COMPARE(fmt[6], (ptrdiff_t)v);
		COMPARE(fmt[7], (intmax_t)v);
	}
}

static void printf_integers(void)
{
	static const char conversions[] = "diuxXo";

	for (size_t f = 0; f < ARRAY_SIZE(flags); f++)
		for (size_t w = 0; w < ARRAY_SIZE(widths); w++)
			for (size_t p = 0; p < ARRAY_SIZE(precisions); p++)
				for (const char *c = conversions; *c; c++)
					compare_value(flags[f], widths[w], precisions[p], *c);
}

static void printf_strings(void)
{
	static const char *const texts[] = { "", "a", "hello",
					     "a string of thirty-six characters..." };
	char fmt[24];

	for (size_t f = 0; f < ARRAY_SIZE(flags); f++)
		for (size_t w = 0; w < ARRAY_SIZE(widths); w++)
			for (size_t p = 0; p < ARRAY_SIZE(precisions); p++) {
				/* 0 is undefined for them, and so are # and the sign flags. */
				if (strpbrk(flags[f], "0# +"))
					continue;
				snprintf(fmt, sizeof(fmt), "<%%%s%s%ss>", flags[f], widths[w],
					 precisions[p]);
				for (size_t t = 0; t < ARRAY_SIZE(texts); t++)
					COMPARE(fmt, texts[t]);
				snprintf(fmt, sizeof(fmt), "<%%%s%sc>", flags[f], widths[w]);
				COMPARE(fmt, 'c');
				COMPARE(fmt, 0x141);
			}
}

static void printf_string_stops_at_precision(void)
{
	char *open = malloc(5), text[16];

	memset(open, 'x', 5);
	EXPECT_EQ(base_snprintf(text, sizeof(text), "%.5s", open), 5);
	EXPECT_STREQ(text, "xxxxx");
	EXPECT_EQ(base_snprintf(text, sizeof(text), "%.*s", 3, open), 3);
	EXPECT_STREQ(text, "xxx");
	EXPECT_EQ(base_snprintf(text, sizeof(text), "%.0s", (const char *)open), 0);
	free(open);
}

static void printf_character_zero(void)
{
	char text[8] = "zzzzzzz";

	EXPECT_EQ(base_snprintf(text, sizeof(text), "a%cb", 0), 3);
	EXPECT(!memcmp(text, "a\0b\0", 4));
}

static void printf_stars(void)
{
	for (int width = -30; width <= 30; width += 3)
		for (int precision = -3; precision <= 24; precision += 3) {
			COMPARE("<%*d>", width, 42);
			COMPARE("<%0*d>", width, -42);
			COMPARE("<%.*d>", precision, 42);
			COMPARE("<%*.*x>", width, precision, 0xbeef);
			COMPARE("<%#*.*llx>", width, precision, 0xbeefULL);
			COMPARE("<%*.*s>", width, precision, "twelve chars");
			COMPARE("<%-*.*s|%*c>", width, precision, "twelve chars", width, '!');
		}
}

static void printf_sequences(void)
{
	COMPARE("%s", "");
	COMPARE("plain %s", "text");
	COMPARE("%%%d%%", 5);
	COMPARE("%d%s%c%x%s", 1, "two", '3', 4, "five");
	COMPARE("%s %hhd %hd %d %ld %lld %zu", "mixed", (signed char)-3, (short)-3, -1, -1L, -1LL,
		(size_t)-1);
	/* More than fit into registers. */
	COMPARE("%d %d %d %d %d %d %d %d %d %llu", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10ULL);
}

static void printf_pointers(void)
{
	char text[64];

	base_snprintf(text, sizeof(text), "%p", (void *)0x1234abcdUL);
	EXPECT_STREQ(text, "0x000000001234abcd");
	base_snprintf(text, sizeof(text), "<%20p>", (void *)~0UL);
	EXPECT_STREQ(text, "<  0xffffffffffffffff>");
	base_snprintf(text, sizeof(text), "<%-20p>", NULL);
	EXPECT_STREQ(text, "<0x0000000000000000  >");
}

/* Every size from none to more than enough, with a fence behind. */
static void printf_truncates(void)
{
	const char *fmt = "%5d|%-8s|%#x|%ls|%012d";
	const wchar_t *wide = L"w\u00efde";
	char whole[128];
	int len = base_snprintf(whole, sizeof(whole), fmt, 42, "text", 0xabc, wide, -7);

	EXPECT_EQ(len, (int)strlen(whole));
	EXPECT_STREQ(whole, "   42|text    |0xabc|w\u00efde|-00000000007");
	for (size_t size = 0; size <= (size_t)len + 2; size++) {
		size_t kept = !size ? 0 : size - 1 < (size_t)len ? size - 1 : (size_t)len;
		char *buf = malloc(size + 8);

		memset(buf, '~', size + 8);
		EXPECT_EQ(base_snprintf(buf, size, fmt, 42, "text", 0xabc, wide, -7), len);
		if (size)
			EXPECT(!memcmp(buf, whole, kept) && !buf[kept], "size %zu", size);
		EXPECT_EQ(base_scnprintf(buf, size, fmt, 42, "text", 0xabc, wide, -7), (int)kept);
		EXPECT(!memcmp(buf + size, "~~~~~~~~", 8), "behind the end, size %zu", size);
		free(buf);
	}
	EXPECT_EQ(base_snprintf(NULL, 0, "%d", 12345), 5);
}

static void printf_wide_strings(void)
{
	static const char16 pair[] = { 'a', 0xd83d, 0xde00, 'b', 0 };
	static const char16 unpaired[] = { 0xdc00, 'x', 0xd800, 'y', 0xd800, 0 };
	char bytes[16], text[64];
	char16 *open = malloc(6);

	EXPECT_EQ(base_snprintf(text, sizeof(text), "<%ls>", (const wchar_t *)pair), 8);
	EXPECT_STREQ(text, "<a\U0001f600b>");
	EXPECT_EQ(base_snprintf(text, sizeof(text), "<%8ls>", (const wchar_t *)pair), 10);
	EXPECT_STREQ(text, "<  a\U0001f600b>");
	base_snprintf(text, sizeof(text), "<%-8ls>", (const wchar_t *)pair);
	EXPECT_STREQ(text, "<a\U0001f600b  >");
	/* Three units hold the pair; two cut it apart. */
	base_snprintf(text, sizeof(text), "<%.3ls|%.2ls|%.1ls|%.0ls>", (const wchar_t *)pair,
		      (const wchar_t *)pair, (const wchar_t *)pair, (const wchar_t *)pair);
	EXPECT_STREQ(text, "<a\U0001f600|a\ufffd|a|>");
	base_snprintf(text, sizeof(text), "<%ls>", (const wchar_t *)unpaired);
	EXPECT_STREQ(text, "<\ufffdx\ufffdy\ufffd>");
	for (int i = 0; i < 3; i++)
		open[i] = (char16)('p' + i);
	base_snprintf(text, sizeof(text), "%.3ls", (const wchar_t *)open);
	EXPECT_STREQ(text, "pqr");
	free(open);
	/* At an odd address. */
	memcpy(bytes + 1, pair, sizeof(pair));
	base_snprintf(text, sizeof(text), "%ls", (const wchar_t *)(const void *)(bytes + 1));
	EXPECT_STREQ(text, "a\U0001f600b");
}

void test_printf(void)
{
	CTEST(printf_integers);
	CTEST(printf_strings);
	CTEST(printf_string_stops_at_precision);
	CTEST(printf_character_zero);
	CTEST(printf_stars);
	CTEST(printf_sequences);
	CTEST(printf_pointers);
	CTEST(printf_truncates);
	CTEST(printf_wide_strings);
}
