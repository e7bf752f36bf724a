// SPDX-License-Identifier: BSD-2-Clause
#include <base/limits.h>
#include <base/printf.h>
#include <base/string.h>
#include "lib.h"

static char out[128];

/*
 * Through a pointer that is no printf to the compiler: it neither works the text
 * out by itself nor refuses what is odd on purpose.
 */
static int (*volatile format)(char *buf, size_t size, const char *fmt, ...) = snprintf;

#define PRINTS(expected, ...) do {						\
	int _len = format(out, sizeof(out), __VA_ARGS__);			\
										\
	CHECK_STREQ((const char *)out, expected);				\
	CHECK_EQ(_len, (int)sizeof(expected) - 1, "length of \"%s\"", expected); \
} while (0)

void printf_integers(void)
{
	PRINTS("0 1 -1", "%d %i %d", 0, 1, -1);
	PRINTS("2147483647 -2147483648", "%d %d", INT_MAX, INT_MIN);
	PRINTS("4294967295", "%u", UINT_MAX);
	PRINTS("-9223372036854775808", "%lld", -LONG_MAX - 1LL);
	PRINTS("9223372036854775807", "%ld", LONG_MAX);
	PRINTS("18446744073709551615", "%llu", ~0ULL);
	PRINTS("ffffffffffffffff FFFFFFFFFFFFFFFF", "%llx %lX", ~0ULL, ~0UL);
	PRINTS("1777777777777777777777", "%llo", ~0ULL);
	PRINTS("deadbeef CAFE 0", "%x %X %x", 0xdeadbeef, 0xcafe, 0);
	PRINTS("-1 255 -1 65535", "%hhd %hhu %hd %hu", 0xff, 0xff, 0xffff, 0xffff);
	PRINTS("44 17767", "%hhu %hu", 300, 0xf4567);
	PRINTS("18446744073709551615 -1", "%zu %td", SIZE_MAX, (ptrdiff_t)-1);
	PRINTS("18446744073709551615 -5", "%ju %jd", (uintmax_t)~0ULL, (intmax_t)-5);
	PRINTS("1 2 3 4 5 6 7 8 9 a", "%d %d %d %d %d %d %d %lld %d %x",
	       1, 2, 3, 4, 5, 6, 7, 8LL, 9, 10);
}

void printf_flags(void)
{
	PRINTS("+5 -5 +0", "%+d %+d %+d", 5, -5, 0);
	PRINTS(" 5|-5", "% d|% d", 5, -5);
	PRINTS("0x1f 0X1F 0", "%#x %#X %#x", 31, 31, 0);
	PRINTS("017 0 0", "%#o %#o %#.0o", 15, 0, 0);
	PRINTS("<42   >", "<%-5d>", 42);
	PRINTS("<00042>", "<%05d>", 42);
	PRINTS("<-0042>", "<%05d>", -42);
	PRINTS("<0x002a>", "<%#06x>", 42);
	PRINTS("<42   >", "<%0-5d>", 42);
	PRINTS("<+0042>", "<%+05d>", 42);
}

void printf_precision(void)
{
	PRINTS("00042", "%.5d", 42);
	PRINTS("-00042", "%.5d", -42);
	PRINTS("42", "%.1d", 42);
	PRINTS("<>", "<%.0d>", 0);
	PRINTS("<>", "<%.x>", 0);
	PRINTS("<   042>", "<%06.3d>", 42);
	PRINTS("<042   >", "<%-6.3d>", 42);
	PRINTS("<0x0002a>", "<%#.5x>", 42);
	PRINTS("<007>", "<%#.3o>", 7);
	PRINTS("<042>", "<%.*d>", 3, 42);
	PRINTS("<42>", "<%.*d>", -3, 42);
	PRINTS("abc", "%.3s", "abcdef");
	PRINTS("<>", "<%.0s>", "abcdef");
	PRINTS("0000000000000000000000000000000042", "%.34d", 42);
}

void printf_field_width(void)
{
	PRINTS("<   42>", "<%5d>", 42);
	PRINTS("<123456>", "<%5d>", 123456);
	PRINTS("<   42>", "<%*d>", 5, 42);
	PRINTS("<42   >", "<%*d>", -5, 42);
	PRINTS("<   ab>", "<%5s>", "ab");
	PRINTS("<ab   >", "<%-5s>", "ab");
	PRINTS("<   ab>", "<%5.2s>", "abcdef");
	PRINTS("<ab   >", "<%-*.*s>", 5, 2, "abcdef");
	PRINTS("<    c>", "<%5c>", 'c');
	PRINTS("<c    >", "<%-5c>", 'c');
	CHECK_EQ(format(out, 8, "%*d", 1000000000, 7), 1000000000, "returns at once");
	CHECK_EQ(format(out, 8, "%*d%*d", INT_MAX, 7, INT_MAX, 7), INT_MAX, "longer than an int");
}

void printf_strings(void)
{
	const char *null = NULL;
	static const char open[] = { 'a', 'b', 'c' };

	PRINTS("", "%s", "");
	PRINTS("one two", "%s %s", "one", "two");
	PRINTS("100%", "%d%%", 100);
	PRINTS("c", "%c", 'c');
	PRINTS("(null)", "%s", null);
	PRINTS("abc", "%.3s", open);
	PRINTS("caf\xc3\xa9", "%s", "caf\xc3\xa9");
	CHECK_EQ(format(out, sizeof(out), "a%cb", 0), 3);
	CHECK_EQ(out[2], 'b');
}

void printf_wide_strings(void)
{
	static const char16 unpaired[] = { 'x', 0xd800, 'y', 0xdc00, 0 };
	static const char16 pair[] = { 'a', 0xd83d, 0xde00, 'b', 0 };
	static const char16 cafe[] = { 'c', 'a', 'f', 0xe9, ' ', 0x20ac, 0 };
	static u8 odd[16] __aligned(8);
	const wchar_t *null = NULL;

	PRINTS("QEMU", "%ls", L"QEMU");
	PRINTS("caf\xc3\xa9 \xe2\x82\xac", "%ls", (const wchar_t *)cafe);
	PRINTS("a\xf0\x9f\x98\x80" "b", "%ls", (const wchar_t *)pair);
	PRINTS("x\xef\xbf\xbdy\xef\xbf\xbd", "%ls", (const wchar_t *)unpaired);
	PRINTS("<  wide>", "<%6ls>", L"wide");
	PRINTS("<wide  >", "<%-6ls>", L"wide");
	PRINTS("<  wi>", "<%4.2ls>", L"wide");
	PRINTS("<a\xf0\x9f\x98\x80>", "<%.3ls>", (const wchar_t *)pair);
	PRINTS("(null)", "%ls", null);
	for (size_t i = 0; i < sizeof(pair); i++)
		odd[1 + i] = ((const u8 *)pair)[i];
	PRINTS("a\xf0\x9f\x98\x80" "b", "%ls", (const wchar_t *)(const void *)(odd + 1));
}

void printf_pointers(void)
{
	PRINTS("0x0000000040080000", "%p", (void *)0x40080000UL);
	PRINTS("0x0000000000000000", "%p", NULL);
	PRINTS("<  0xffffffffffffffff>", "<%20p>", (void *)~0UL);
	PRINTS("<0xffffffffffffffff  >", "<%-20p>", (void *)~0UL);
}

void printf_truncates(void)
{
	static const char whole[] = "<  42|text>";
	const int len = (int)sizeof(whole) - 1;

	for (size_t size = 0; size <= sizeof(whole) + 1; size++) {
		size_t kept = size > sizeof(whole) ? sizeof(whole) - 1 : size ? size - 1 : 0;

		for (size_t i = 0; i < sizeof(out); i++)
			WRITE_ONCE(out[i], '~');
		CHECK_EQ(format(out, size, "<%4d|%s>", 42, "text"), len, "size %zu", size);
		for (size_t i = 0; i < kept; i++)
			CHECK_EQ(out[i], whole[i], "size %zu, byte %zu", size, i);
		if (size)
			CHECK_EQ(out[kept], '\0', "terminator, size %zu", size);
		CHECK_EQ(out[size > kept + 1 ? kept + 1 : size], '~', "behind it, size %zu", size);
		CHECK_EQ(scnprintf(out, size, "<%4d|%s>", 42, "text"), (int)kept, "size %zu", size);
	}
	CHECK_EQ(format(NULL, 0, "%d", 12345), 5);
}

void printf_unknown(void)
{
	format(out, sizeof(out), "<%y|%d>", 7);
	CHECK_STREQ((const char *)out, "<%?|7>");
	format(out, sizeof(out), "<%n%d>", out, 7);
	CHECK_STREQ((const char *)out, "<%?7>",
		    "%%n writes nothing; its argument is passed over");
	format(out, sizeof(out), "<%-10.3f>");
	CHECK_STREQ((const char *)out, "<%?>");
	CHECK_EQ(format(out, sizeof(out), "tail %"), 7);
	CHECK_STREQ((const char *)out, "tail %?");
}
