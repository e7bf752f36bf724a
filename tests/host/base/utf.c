// SPDX-License-Identifier: BSD-2-Clause
/* UTF-16 and UTF-8 (The Unicode Standard 15.0, 3.9). */
#include "base.h"

/* Well-formed byte sequences: table 3-7, row by row. */
static const struct row {
	u8 first[2], second[2];
	unsigned int bytes;
} rows[] = {
	{ { 0x01, 0x7f }, { 0x00, 0x00 }, 1 },
	{ { 0xc2, 0xdf }, { 0x80, 0xbf }, 2 },
	{ { 0xe0, 0xe0 }, { 0xa0, 0xbf }, 3 },
	{ { 0xe1, 0xec }, { 0x80, 0xbf }, 3 },
	{ { 0xed, 0xed }, { 0x80, 0x9f }, 3 },
	{ { 0xee, 0xef }, { 0x80, 0xbf }, 3 },
	{ { 0xf0, 0xf0 }, { 0x90, 0xbf }, 4 },
	{ { 0xf1, 0xf3 }, { 0x80, 0xbf }, 4 },
	{ { 0xf4, 0xf4 }, { 0x80, 0x8f }, 4 },
};

static bool within(u8 byte, const u8 range[2])
{
	return byte >= range[0] && byte <= range[1];
}

/* Length of the well-formed character at @s, or 0. */
static unsigned int reference_length(const u8 *s)
{
	static const u8 tail[2] = { 0x80, 0xbf };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct row *row = &rows[i];
		bool ok = within(s[0], row->first);

		ok = ok && (row->bytes < 2 || within(s[1], row->second));
		ok = ok && (row->bytes < 3 || within(s[2], tail));
		ok = ok && (row->bytes < 4 || within(s[3], tail));
		if (ok)
			return row->bytes;
	}
	return 0;
}

static bool reference_well_formed(const u8 *s)
{
	while (*s) {
		unsigned int n = reference_length(s);

		if (!n)
			return false;
		s += n;
	}
	return true;
}

/* Units of a character in UTF-16: table 3-5. */
static int reference_utf16(char16 *units, u32 code)
{
	if (code < 0x10000) {
		units[0] = (char16)code;
		return 1;
	}
	units[0] = (char16)(0xd7c0 + code / 0x400);
	units[1] = (char16)(0xdc00 + code % 0x400);
	return 2;
}

/* Every character but 0: from UTF-16 to well-formed UTF-8 and back. */
static void utf_round_trips(void)
{
	for (u32 code = 1; code <= 0x10ffff; code++) {
		char16 units[3] = { 0 }, again[3];
		char text[5];
		int n, len;

		if (code >= 0xd800 && code <= 0xdfff)
			continue;
		n = reference_utf16(units, code);
		len = utf16_to_utf8(text, sizeof(text), units, 2);
		EXPECT(len > 0 && (int)reference_length((u8 *)text) == len && !text[len],
		       "U+%04X: %d bytes", code, len);
		EXPECT_EQ(utf8_to_utf16(again, 3, text), n);
		EXPECT(!memcmp(units, again, 2 * (size_t)n + 2), "U+%04X: %x %x", code, again[0],
		       again[1]);
	}
}

static void utf_known_texts(void)
{
	static const char16 greek[] = { 0x3ba, 0x1f79, 'x', 0xd835, 0xdc9c, 0 };
	char text[32];
	char16 units[16];

	EXPECT_EQ(utf16_to_utf8(text, sizeof(text), greek, SIZE_MAX), 10);
	EXPECT_STREQ(text, "\xce\xba\xe1\xbd\xb9x\xf0\x9d\x92\x9c");
	EXPECT_EQ(utf8_to_utf16(units, 16, text), 5);
	EXPECT(!memcmp(units, greek, sizeof(greek)));
	EXPECT_EQ(utf8_to_utf16(units, 16, ""), 0);
	EXPECT_EQ(units[0], 0);
}

static void utf16_unpaired(void)
{
	for (u32 first = 0xd700; first <= 0xe100; first += 0x80)
		for (u32 second = 0xd700; second <= 0xe100; second += 0x80) {
			char16 units[] = { 'a', (char16)first, (char16)second, 0 };
			bool high = first >= 0xd800 && first < 0xdc00;
			bool first_low = first >= 0xdc00 && first < 0xe000;
			bool low = second >= 0xdc00 && second < 0xe000;
			bool second_any = second >= 0xd800 && second < 0xe000;
			bool good = high ? low : !first_low && !second_any;
			char text[16];
			int ret = utf16_to_utf8(text, sizeof(text), units, 4);

			EXPECT(good ? ret > 0 : ret == -EILSEQ, "%x %x: %d", first, second, ret);
			EXPECT_EQ(text[0], 'a');
			if (!good)
				EXPECT(strlen(text) <= 4);
			/* Cut behind the first. */
			ret = utf16_to_utf8(text, sizeof(text), units, 2);
			EXPECT(high || first_low ? ret == -EILSEQ : ret > 1);
		}
}

static void utf16_stops(void)
{
	char16 *open = malloc(8);
	char bytes[12], text[16];

	for (int i = 0; i < 4; i++)
		open[i] = (char16)('a' + i);
	EXPECT_EQ(utf16_to_utf8(text, sizeof(text), open, 4), 4);
	EXPECT_STREQ(text, "abcd");
	EXPECT_EQ(utf16_to_utf8(text, sizeof(text), open, 0), 0);
	EXPECT_STREQ(text, "");
	memcpy(bytes + 1, open, 8);
	EXPECT_EQ(utf16_to_utf8(text, sizeof(text), (const char16 *)(const void *)(bytes + 1), 3),
		  3);
	EXPECT_STREQ(text, "abc");
	open[2] = 0;
	EXPECT_EQ(utf16_to_utf8(text, sizeof(text), open, 4), 2);
	free(open);
}

/* A destination of just each size, to an end of its allocation. */
static void utf_destination_sizes(void)
{
	static const char16 units[] = { 'a', 0xe9, 0x20ac, 0xd83d, 0xde00, 0 };
	const char *bytes = "a\u00e9\u20ac\U0001f600";

	for (size_t size = 0; size <= 12; size++) {
		char *dst = malloc(size + !size);
		int ret = utf16_to_utf8(dst, size, units, 6);

		EXPECT_EQ(ret, size > 10 ? 10 : -E2BIG);
		if (size)
			EXPECT(strlen(dst) < size && !strncmp(dst, bytes, strlen(dst)));
		free(dst);
	}
	for (size_t size = 0; size <= 7; size++) {
		char16 *dst = malloc(2 * size + !size);
		int ret = utf8_to_utf16(dst, size, bytes);
		size_t n = 0;

		EXPECT_EQ(ret, size > 5 ? 5 : -E2BIG);
		while (n < size && dst[n])
			n++;
		EXPECT((!size || n < size) && !memcmp(dst, units, 2 * n));
		free(dst);
	}
}

/* All pairs of bytes, each with third and fourth ones around the limits. */
static void utf8_malformed(void)
{
	static const u8 others[] = { 0x00, 0x7f, 0x80, 0xbf, 0xc0, 0xff };

	for (unsigned int i = 0; i < 256 * 256; i++)
		for (size_t j = 0; j < ARRAY_SIZE(others); j++)
			for (size_t k = 0; k < ARRAY_SIZE(others); k++) {
				u8 s[5] = { (u8)(i >> 8), (u8)i, others[j], others[k], 0 };
				char16 units[6];
				int ret = utf8_to_utf16(units, 6, (char *)s);

				EXPECT(reference_well_formed(s) ? ret >= 0 : ret == -EILSEQ,
				       "%02x %02x %02x %02x: %d", s[0], s[1], s[2], s[3], ret);
			}
}

/* A character cut short by the end of its allocation. */
static void utf8_truncated(void)
{
	static const char *const texts[] = {
		"\xc3", "\xe2\x82", "\xe2", "\xf0\x9f\x98", "\xf0\x9f", "\xf0",
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		char *copy = strdup(texts[i]);
		char16 units[4];

		EXPECT_EQ(utf8_to_utf16(units, 4, copy), -EILSEQ);
		EXPECT_EQ(units[0], 0);
		free(copy);
	}
}

void test_utf(void)
{
	CTEST(utf_round_trips);
	CTEST(utf_known_texts);
	CTEST(utf16_unpaired);
	CTEST(utf16_stops);
	CTEST(utf_destination_sizes);
	CTEST(utf8_malformed);
	CTEST(utf8_truncated);
}
