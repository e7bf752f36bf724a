// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include "lib.h"

/* One character of each length in UTF-8, at the limits of each. */
static const char16 units[] = {
	0x01, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff,
	0xd800, 0xdc00, 0xdbff, 0xdfff, 0,
};
static const u8 bytes[] = {
	0x01, 0x7f, 0xc2, 0x80, 0xdf, 0xbf, 0xe0, 0xa0, 0x80, 0xed, 0x9f, 0xbf,
	0xee, 0x80, 0x80, 0xef, 0xbf, 0xbf, 0xf0, 0x90, 0x80, 0x80, 0xf4, 0x8f, 0xbf, 0xbf, 0,
};

#define UNITS	((int)ARRAY_SIZE(units) - 1)
#define BYTES	((int)ARRAY_SIZE(bytes) - 1)

void utf16_to_utf8_converts(void)
{
	static u8 odd[sizeof(units) + 1] __aligned(8);
	char dst[40];

	CHECK_EQ(utf16_to_utf8(dst, sizeof(dst), units, SIZE_MAX), BYTES);
	for (size_t i = 0; i < sizeof(bytes); i++)
		CHECK_EQ((u8)dst[i], bytes[i], "byte %zu", i);
	CHECK_EQ(utf16_to_utf8(dst, sizeof(dst), units, 3), 4, "three units of it");
	CHECK_EQ(dst[4], '\0');
	CHECK_EQ(utf16_to_utf8(dst, sizeof(dst), units, 0), 0, "no units of it");
	CHECK_EQ(dst[0], '\0');
	for (size_t i = 0; i < sizeof(units); i++)
		odd[1 + i] = ((const u8 *)units)[i];
	CHECK_EQ(utf16_to_utf8(dst, sizeof(dst), (const char16 *)(const void *)(odd + 1), SIZE_MAX),
		 BYTES, "at an odd address");
	for (size_t i = 0; i < sizeof(bytes); i++)
		CHECK_EQ((u8)dst[i], bytes[i], "byte %zu, from an odd address", i);
}

void utf8_to_utf16_converts(void)
{
	char16 dst[20];

	CHECK_EQ(utf8_to_utf16(dst, ARRAY_SIZE(dst), (const char *)bytes), UNITS);
	for (size_t i = 0; i < ARRAY_SIZE(units); i++)
		CHECK_EQ(dst[i], units[i], "unit %zu", i);
	CHECK_EQ(utf8_to_utf16(dst, ARRAY_SIZE(dst), ""), 0);
	CHECK_EQ(dst[0], (char16)0);
}

void utf_malformed(void)
{
	static const char16 wide[][4] = {
		{ 0xd800, 0 }, { 0xdbff, 'a', 0 }, { 0xdc00, 0 }, { 0xdfff, 0xd800, 0 },
		{ 0xd800, 0xd800, 0xdc00, 0 }, { 0xdc00, 0xdc00, 0 },
		{ 0xd800, 0xe000, 0 },
	};
	static const char *const narrow[] = {
		"\x80",
		"\xbf",
		"\xc0\x80",
		"\xc1\xbf",
		"\xc2",
		"\xc2\x41",
		"\xc2\xc0",
		"\xe0\x9f\xbf",
		"\xe1\x80",
		"\xe1\x80\x41",
		"\xed\xa0\x80",
		"\xed\xbf\xbf",
		"\xf0\x8f\xbf\xbf",
		"\xf1\x80\x80",
		"\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80",
		"\xf8\x88\x80\x80\x80",
		"\xfe",
		"\xff",
	};
	static const char16 pair[] = { 0xd800, 0xdc00 };
	char16 dst16[8];
	char dst8[16];

	for (size_t i = 0; i < ARRAY_SIZE(wide); i++)
		CHECK_EQ(utf16_to_utf8(dst8, sizeof(dst8), wide[i], 4), -EILSEQ, "units %x %x %x",
			 wide[i][0], wide[i][1], wide[i][2]);
	CHECK_EQ(utf16_to_utf8(dst8, sizeof(dst8), pair, 1), -EILSEQ,
		 "a pair cut apart by the count");
	for (size_t i = 0; i < ARRAY_SIZE(narrow); i++)
		CHECK_EQ(utf8_to_utf16(dst16, ARRAY_SIZE(dst16), narrow[i]), -EILSEQ, "row %zu", i);
	CHECK_EQ(utf8_to_utf16(dst16, ARRAY_SIZE(dst16), "ok\x80"), -EILSEQ);
	CHECK_EQ(dst16[2], (char16)0, "what was good before it is terminated");
}

void utf_short_buffers(void)
{
	char16 dst16[20];
	char dst8[40];

	for (size_t size = 0; size <= sizeof(bytes); size++) {
		dst8[size] = '~';
		CHECK_EQ(utf16_to_utf8(dst8, size, units, SIZE_MAX),
			 size < sizeof(bytes) ? -E2BIG : BYTES, "size %zu", size);
		CHECK_EQ(dst8[size], '~', "behind it, size %zu", size);
		CHECK(!size || strnlen(dst8, size) < size, "terminated, size %zu", size);
	}
	for (size_t size = 0; size <= ARRAY_SIZE(units); size++) {
		size_t n = 0;

		dst16[size] = 0x7e7e;
		CHECK_EQ(utf8_to_utf16(dst16, size, (const char *)bytes),
			 size < ARRAY_SIZE(units) ? -E2BIG : UNITS, "size %zu", size);
		CHECK_EQ(dst16[size], (char16)0x7e7e, "behind it, size %zu", size);
		while (n < size && dst16[n])
			n++;
		CHECK(!size || n < size, "terminated, size %zu", size);
	}
}
