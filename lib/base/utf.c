// SPDX-License-Identifier: BSD-2-Clause
/* UTF-16 and UTF-8: The Unicode Standard, 3.9, tables 3-5 to 3-7. */
#include <base/compiler.h>
#include <base/errno.h>
#include <base/string.h>
#include "utf.h"

/* Strings inside firmware's tables lie at any address. */
struct unaligned16 {
	char16 unit;
} __packed;

static char16 unit_at(const char16 *src, size_t i)
{
	return ((const struct unaligned16 *)src)[i].unit;
}

static bool is_high(u32 unit)
{
	return (unit & 0xfc00) == 0xd800;
}

static bool is_low(u32 unit)
{
	return (unit & 0xfc00) == 0xdc00;
}

int utf16_decode(const char16 *src, size_t units, u32 *code)
{
	u32 first = unit_at(src, 0), second;

	if (!is_high(first) && !is_low(first)) {
		*code = first;
		return 1;
	}
	if (is_low(first) || units < 2)
		return -EILSEQ;
	second = unit_at(src, 1);
	if (!is_low(second))
		return -EILSEQ;
	*code = 0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff);
	return 2;
}

int utf8_encode(char *dst, u32 code)
{
	if (code < 0x80) {
		dst[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		dst[0] = (char)(0xc0 | code >> 6);
		dst[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		dst[0] = (char)(0xe0 | code >> 12);
		dst[1] = (char)(0x80 | (code >> 6 & 0x3f));
		dst[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	dst[0] = (char)(0xf0 | code >> 18);
	dst[1] = (char)(0x80 | (code >> 12 & 0x3f));
	dst[2] = (char)(0x80 | (code >> 6 & 0x3f));
	dst[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

int utf16_to_utf8(char *dst, size_t size, const char16 *src, size_t units)
{
	size_t in = 0, out = 0;

	if (!size)
		return -E2BIG;
	dst[0] = '\0';
	while (in < units && unit_at(src, in)) {
		char bytes[UTF8_MAX];
		u32 code = unit_at(src, in);
		int taken, n;

		/* Nearly all is ASCII. */
		if (code < 0x80 && size - out > 1) {
			dst[out] = (char)code;
			dst[++out] = '\0';
			in++;
			continue;
		}
		taken = utf16_decode(src + in, units - in, &code);
		if (taken < 0)
			return taken;
		n = utf8_encode(bytes, code);
		if ((size_t)n >= size - out)
			return -E2BIG;
		memcpy(dst + out, bytes, (size_t)n);
		in += (size_t)taken;
		out += (size_t)n;
		dst[out] = '\0';
	}
	return (int)out;
}

/* Bytes behind the first one of a character, its bits and the least value it may have. */
static int utf8_first(u8 byte, u32 *code, u32 *least)
{
	if (byte < 0x80) {
		*code = byte;
		*least = 0;
		return 0;
	}
	if ((byte & 0xe0) == 0xc0) {
		*code = byte & 0x1f;
		*least = 0x80;
		return 1;
	}
	if ((byte & 0xf0) == 0xe0) {
		*code = byte & 0x0f;
		*least = 0x800;
		return 2;
	}
	if ((byte & 0xf8) == 0xf0) {
		*code = byte & 0x07;
		*least = 0x10000;
		return 3;
	}
	return -EILSEQ;
}

/* Bytes taken off a terminated string, or -EILSEQ; nothing behind a terminator is read. */
static int utf8_decode(const char *src, u32 *code)
{
	u32 value = 0, least = 0;
	int more = utf8_first((u8)src[0], &value, &least);

	if (more < 0)
		return more;
	for (int i = 1; i <= more; i++) {
		u8 byte = (u8)src[i];

		if ((byte & 0xc0) != 0x80)
			return -EILSEQ;
		value = value << 6 | (byte & 0x3f);
	}
	/* Too long a form, a surrogate, or beyond Unicode. */
	if (value < least || (value & ~0x7ffU) == 0xd800 || value > 0x10ffff)
		return -EILSEQ;
	*code = value;
	return more + 1;
}

int utf8_to_utf16(char16 *dst, size_t units, const char *src)
{
	size_t out = 0;

	if (!units)
		return -E2BIG;
	dst[0] = 0;
	while (*src) {
		u32 code;
		int taken = utf8_decode(src, &code);
		size_t n;

		if (taken < 0)
			return taken;
		n = code < 0x10000 ? 1 : 2;
		if (n >= units - out)
			return -E2BIG;
		if (n == 1) {
			dst[out] = (char16)code;
		} else {
			dst[out] = (char16)(0xd800 + ((code - 0x10000) >> 10));
			dst[out + 1] = (char16)(0xdc00 + (code & 0x3ff));
		}
		src += taken;
		out += n;
		dst[out] = 0;
	}
	return (int)out;
}
