// SPDX-License-Identifier: BSD-2-Clause
#include "value.h"
#include <base/errno.h>
#include <base/printf.h>
#include <base/string.h>
#include <base/util.h>
#include <test/check.h>

#define STRING_SHOWN	96
#define STRING_BEFORE	16	/* shown before the first difference */
#define MEMORY_SHOWN	16

void value_format_bool(char *buf, u64 value)
{
	if (value > 1)
		snprintf(buf, VALUE_SIZE, "%llu (0x%llx), no bool", value, value);
	else
		snprintf(buf, VALUE_SIZE, "%s", value ? "true" : "false");
}

/* Most ints below zero are -errno; down to -9 they are as well what PSCI answers. */
static bool is_errno(unsigned int size, s64 value)
{
	return size == sizeof(int) && value <= -10 && value > -200 &&
	       strcmp(errno_name((int)value), "E?");
}

void value_format(char *buf, unsigned int kind, u64 value)
{
	unsigned int size = kind & ~(unsigned int)CHECK_KIND_MASK;
	u64 bits = size < 8 ? value & (BIT(8 * size) - 1) : value;

	switch (kind & CHECK_KIND_MASK) {
	case CHECK_KIND_SIGNED:
		snprintf(buf, VALUE_SIZE, "%lld (0x%llx%s%s)", (s64)value, bits,
			 is_errno(size, value) ? ", " : "",
			 is_errno(size, value) ? errno_name((int)value) : "");
		break;
	case CHECK_KIND_BOOL:
		value_format_bool(buf, bits);
		break;
	case CHECK_KIND_POINTER:
		snprintf(buf, VALUE_SIZE, "%s0x%llx", value ? "" : "NULL, ", value);
		break;
	default:
		snprintf(buf, VALUE_SIZE, "%llu (0x%llx)", bits, bits);
	}
}

/* One character, as C would write it. */
static size_t put_char(char *buf, size_t room, char c)
{
	if (c == '"' || c == '\\')
		return scnprintf(buf, room, "\\%c", c);
	if ((u8)c < 0x20 || (u8)c >= 0x7f)
		return scnprintf(buf, room, "\\x%02x", (u8)c);
	return scnprintf(buf, room, "%c", c);
}

void value_format_string(char *buf, const char *s, size_t differs)
{
	size_t len, start, n;

	if (!s) {
		snprintf(buf, VALUE_SIZE, "NULL");
		return;
	}
	len = strlen(s);
	start = len > STRING_SHOWN && differs > STRING_BEFORE ? differs - STRING_BEFORE : 0;
	n = scnprintf(buf, VALUE_SIZE, "%s\"", start ? "..." : "");
	/* Room for the tail: the closing quote and the numbers. */
	for (size_t i = start; i < len && i < start + STRING_SHOWN && n < VALUE_SIZE - 80; i++)
		n += put_char(buf + n, VALUE_SIZE - n, s[i]);
	n += scnprintf(buf + n, VALUE_SIZE - n, "\"%s (length %zu",
		       start + STRING_SHOWN < len ? "..." : "", len);
	if (start)
		n += scnprintf(buf + n, VALUE_SIZE - n, ", from %zu on", start);
	scnprintf(buf + n, VALUE_SIZE - n, ")");
}

void value_format_memory(char *buf, const void *data, size_t size, size_t differs)
{
	const u8 *bytes = data;
	size_t end = MIN(size, differs + MEMORY_SHOWN);
	size_t n = 0;

	for (size_t i = differs; i < end; i++)
		n += scnprintf(buf + n, VALUE_SIZE - n, "%02x ", bytes[i]);
	scnprintf(buf + n, VALUE_SIZE - n, "at offset %zu (0x%zx) of %zu bytes",
		  differs, differs, size);
}
