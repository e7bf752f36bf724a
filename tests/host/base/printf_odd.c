// SPDX-License-Identifier: BSD-2-Clause
/* printf with what a compiler would warn of. */
#include "base.h"

/* Not known to the compiler as a printf, so that it lets every format through. */
static int (*volatile unchecked)(char *buf, size_t size, const char *fmt, ...) = base_snprintf;

static void printf_null_strings(void)
{
	const char *null = NULL;
	const wchar_t *wide_null = NULL;
	char text[64];

	EXPECT_EQ(unchecked(text, sizeof(text), "%8s|%.3s", null, null), 12);
	EXPECT_STREQ(text, "  (null)|(nu");
	EXPECT_EQ(unchecked(text, sizeof(text), "%-8ls|%.2ls", wide_null, wide_null), 11);
	EXPECT_STREQ(text, "(null)  |(n");
}

static void printf_unknown(void)
{
	char text[64];

	unchecked(text, sizeof(text), "<%f %d>", 1.5, 7);
	EXPECT_STREQ(text, "<%? 7>");
	unchecked(text, sizeof(text), "<%10.3e|%g|%a>", 1.5, 1.5, 1.5);
	EXPECT_STREQ(text, "<%?|%?|%?>");
	unchecked(text, sizeof(text), "<%n%d>", &text, 7);
	EXPECT_STREQ(text, "<%?7>");
	unchecked(text, sizeof(text), "<%lc%d>", 'x', 7);
	EXPECT_STREQ(text, "<%?7>");
	unchecked(text, sizeof(text), "<%y%d>", 7);
	EXPECT_STREQ(text, "<%?7>");
	EXPECT_EQ(unchecked(text, sizeof(text), "tail %"), 7);
	EXPECT_STREQ(text, "tail %?");
	unchecked(text, sizeof(text), "tail %-5.3l");
	EXPECT_STREQ(text, "tail %?");
	unchecked(text, sizeof(text), "%5%|");
	EXPECT_STREQ(text, "%|");
}

static void printf_huge_fields(void)
{
	char text[16];

	EXPECT_EQ(unchecked(text, sizeof(text), "%*d", INT_MAX - 1, 1), INT_MAX - 1);
	EXPECT_STREQ(text, "               ");
	EXPECT_EQ(unchecked(text, sizeof(text), "%*d", INT_MIN, 1), INT_MAX);
	EXPECT_STREQ(text, "1              ");
	EXPECT_EQ(unchecked(text, sizeof(text), "%.*d", INT_MAX, 1), INT_MAX);
	EXPECT_STREQ(text, "000000000000000");
	/* Longer than an int can say. */
	EXPECT_EQ(unchecked(text, sizeof(text), "%*d%*d", INT_MAX, 1, INT_MAX, 1), INT_MAX);
	EXPECT_EQ(unchecked(text, sizeof(text), "%99999999999999999999d", 1), INT_MAX);
	EXPECT_EQ(unchecked(text, sizeof(text), "%.99999999999999999999s|", "ab"), 3);
	EXPECT_STREQ(text, "ab|");
}

void test_printf_odd(void)
{
	CTEST(printf_null_strings);
	CTEST(printf_unknown);
	CTEST(printf_huge_fields);
}
