// SPDX-License-Identifier: BSD-2-Clause
#include <base/limits.h>
#include <base/printf.h>
#include <base/string.h>
#include <base/util.h>
#include "ctype.h"
#include "utf.h"

/* Text on its way: what does not fit is counted but not kept. */
struct out {
	char *buf;
	size_t size;
	size_t len;	/* of the whole text */
};

/* hh and h are those that int promotes from; the rest are read from the arguments as they are. */
enum length {
	LEN_INT,
	LEN_CHAR,
	LEN_SHORT,
	LEN_LONG,
	LEN_LLONG,
	LEN_SIZE,
	LEN_PTRDIFF,
	LEN_INTMAX,
};

struct spec {
	bool left;
	bool plus;
	bool space;
	bool alt;
	bool zero;
	int width;
	int precision;	/* -1: not given */
	enum length length;
};

/* va_list is an array on some machines, and a pointer to such a parameter has another type. */
struct args {
	va_list ap;
};

/* How many of @n more bytes there is room for, the terminator left aside. */
static size_t out_room(const struct out *out, size_t n)
{
	if (out->len + 1 >= out->size)
		return 0;
	return MIN(n, out->size - 1 - out->len);
}

static void out_text(struct out *out, const char *s, size_t n)
{
	size_t room = out_room(out, n);

	if (room)
		memcpy(out->buf + out->len, s, room);
	out->len += n;
}

static void out_fill(struct out *out, char c, size_t n)
{
	size_t room = out_room(out, n);

	if (room)
		memset(out->buf + out->len, c, room);
	out->len += n;
}

/* Blanks that a text of @len needs to fill the field. */
static size_t blanks(const struct spec *spec, size_t len)
{
	return len < (size_t)spec->width ? (size_t)spec->width - len : 0;
}

static void out_field(struct out *out, const struct spec *spec, const char *s, size_t n)
{
	size_t pad = blanks(spec, n);

	if (!spec->left)
		out_fill(out, ' ', pad);
	out_text(out, s, n);
	if (spec->left)
		out_fill(out, ' ', pad);
}

/* Digits, least significant first; @digits has room for 64 bits in octal. */
static size_t digits_of(char *digits, u64 value, unsigned int base, bool upper)
{
	const char *set = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	size_t n = 0;

	for (; value; value /= base)
		digits[n++] = set[value % base];
	return n;
}

/*
 * Blanks, then sign or 0x, then zeros, then digits. A precision is the least
 * number of digits; without one the zeros may fill the field instead.
 */
static void out_number(struct out *out, const struct spec *spec, const char *prefix,
		       u64 value, unsigned int base, bool upper)
{
	char digits[22];
	size_t n = digits_of(digits, value, base, upper);
	size_t prefix_len = strlen(prefix);
	size_t least = spec->precision < 0 ? 1 : (size_t)spec->precision;
	size_t zeros, pad;

	/* ISO C11 7.21.6.1p6: # makes the first digit of an octal number a 0. */
	if (base == 8 && spec->alt && least <= n)
		least = n + 1;
	zeros = least > n ? least - n : 0;
	pad = blanks(spec, prefix_len + zeros + n);
	if (spec->zero && !spec->left && spec->precision < 0) {
		zeros += pad;
		pad = 0;
	}
	if (!spec->left)
		out_fill(out, ' ', pad);
	out_text(out, prefix, prefix_len);
	out_fill(out, '0', zeros);
	while (n)
		out_text(out, &digits[--n], 1);
	if (spec->left)
		out_fill(out, ' ', pad);
}

static s64 signed_arg(const struct spec *spec, struct args *args)
{
	switch (spec->length) {
	case LEN_CHAR:
		return (signed char)va_arg(args->ap, int);
	case LEN_SHORT:
		return (short)va_arg(args->ap, int);
	case LEN_LONG:
		return va_arg(args->ap, long);
	case LEN_LLONG:
		return va_arg(args->ap, long long);
	case LEN_SIZE:
	case LEN_PTRDIFF:
		return va_arg(args->ap, ptrdiff_t);
	case LEN_INTMAX:
		return va_arg(args->ap, intmax_t);
	case LEN_INT:
		break;
	}
	return va_arg(args->ap, int);
}

static u64 unsigned_arg(const struct spec *spec, struct args *args)
{
	switch (spec->length) {
	case LEN_CHAR:
		return (unsigned char)va_arg(args->ap, unsigned int);
	case LEN_SHORT:
		return (unsigned short)va_arg(args->ap, unsigned int);
	case LEN_LONG:
		return va_arg(args->ap, unsigned long);
	case LEN_LLONG:
		return va_arg(args->ap, unsigned long long);
	case LEN_SIZE:
	case LEN_PTRDIFF:
		return va_arg(args->ap, size_t);
	case LEN_INTMAX:
		return va_arg(args->ap, uintmax_t);
	case LEN_INT:
		break;
	}
	return va_arg(args->ap, unsigned int);
}

static void print_signed(struct out *out, const struct spec *spec, struct args *args)
{
	s64 value = signed_arg(spec, args);
	/* Negated as unsigned: the least number has no positive counterpart. */
	u64 magnitude = value < 0 ? -(u64)value : (u64)value;
	const char *sign = "";

	if (value < 0)
		sign = "-";
	else if (spec->plus)
		sign = "+";
	else if (spec->space)
		sign = " ";
	out_number(out, spec, sign, magnitude, 10, false);
}

static void print_hex(struct out *out, const struct spec *spec, struct args *args, bool upper)
{
	u64 value = unsigned_arg(spec, args);
	const char *prefix = upper ? "0X" : "0x";

	out_number(out, spec, spec->alt && value ? prefix : "", value, 16, upper);
}

static void print_pointer(struct out *out, const struct spec *spec, struct args *args)
{
	struct spec fixed = { .left = spec->left, .width = spec->width, .precision = 16 };

	out_number(out, &fixed, "0x", (uintptr_t)va_arg(args->ap, void *), 16, false);
}

static void print_string(struct out *out, const struct spec *spec, struct args *args)
{
	const char *s = va_arg(args->ap, const char *);
	size_t n;

	if (!s)
		s = "(null)";
	n = spec->precision < 0 ? strlen(s) : strnlen(s, (size_t)spec->precision);
	out_field(out, spec, s, n);
}

/* Prints a UTF-16 string as UTF-8 into @out, or only counts where @out is NULL. */
static size_t wide_text(struct out *out, const char16 *s, size_t units)
{
	size_t len = 0;

	for (size_t i = 0; i < units;) {
		char bytes[UTF8_MAX];
		u32 code;
		int taken = utf16_decode(s + i, units - i, &code);
		size_t n;

		if (taken < 0) {
			code = UTF_REPLACEMENT;
			taken = 1;
		}
		if (!code)
			break;
		n = (size_t)utf8_encode(bytes, code);
		if (out)
			out_text(out, bytes, n);
		len += n;
		i += (size_t)taken;
	}
	return len;
}

static void print_wide(struct out *out, const struct spec *spec, struct args *args)
{
	static const char16 null[] = { '(', 'n', 'u', 'l', 'l', ')', 0 };
	const char16 *s = va_arg(args->ap, const char16 *);
	size_t units = spec->precision < 0 ? SIZE_MAX : (size_t)spec->precision;
	size_t pad;

	if (!s)
		s = null;
	pad = blanks(spec, wide_text(NULL, s, units));
	if (!spec->left)
		out_fill(out, ' ', pad);
	wide_text(out, s, units);
	if (spec->left)
		out_fill(out, ' ', pad);
}

static void print_char(struct out *out, const struct spec *spec, struct args *args)
{
	char c = (char)va_arg(args->ap, int);

	out_field(out, spec, &c, 1);
}

/*
 * Says that there is something which cannot be printed. Its argument is passed
 * over where it lies among the others; floating point has registers of its own.
 */
static void print_unknown(struct out *out, char conversion, struct args *args)
{
	if (conversion == 'n' || conversion == 'c')
		(void)va_arg(args->ap, void *);
	out_text(out, "%?", 2);
}

static void print_conversion(struct out *out, const struct spec *spec, char conversion,
			     struct args *args)
{
	switch (conversion) {
	case 'd':
	case 'i':
		print_signed(out, spec, args);
		return;
	case 'u':
		out_number(out, spec, "", unsigned_arg(spec, args), 10, false);
		return;
	case 'o':
		out_number(out, spec, "", unsigned_arg(spec, args), 8, false);
		return;
	case 'x':
	case 'X':
		print_hex(out, spec, args, conversion == 'X');
		return;
	case 'p':
		print_pointer(out, spec, args);
		return;
	case '%':
		out_text(out, "%", 1);
		return;
	case 's':
		if (spec->length == LEN_LONG)
			print_wide(out, spec, args);
		else
			print_string(out, spec, args);
		return;
	case 'c':
		if (spec->length == LEN_INT) {
			print_char(out, spec, args);
			return;
		}
		break;
	}
	print_unknown(out, conversion, args);
}

static const char *parse_flags(const char *fmt, struct spec *spec)
{
	for (;; fmt++) {
		switch (*fmt) {
		case '-':
			spec->left = true;
			break;
		case '+':
			spec->plus = true;
			break;
		case ' ':
			spec->space = true;
			break;
		case '#':
			spec->alt = true;
			break;
		case '0':
			spec->zero = true;
			break;
		default:
			return fmt;
		}
	}
}

/* Digits or *, stopping at INT_MAX; what is neither is 0. */
static const char *parse_count(const char *fmt, int *count, struct args *args)
{
	int n = 0;

	if (*fmt == '*') {
		*count = va_arg(args->ap, int);
		return fmt + 1;
	}
	for (; is_digit(*fmt); fmt++) {
		int digit = *fmt - '0';

		n = n > (INT_MAX - digit) / 10 ? INT_MAX : n * 10 + digit;
	}
	*count = n;
	return fmt;
}

static const char *parse_length(const char *fmt, enum length *length)
{
	switch (*fmt) {
	case 'h':
		*length = fmt[1] == 'h' ? LEN_CHAR : LEN_SHORT;
		return fmt + (fmt[1] == 'h' ? 2 : 1);
	case 'l':
		*length = fmt[1] == 'l' ? LEN_LLONG : LEN_LONG;
		return fmt + (fmt[1] == 'l' ? 2 : 1);
	case 'z':
		*length = LEN_SIZE;
		return fmt + 1;
	case 't':
		*length = LEN_PTRDIFF;
		return fmt + 1;
	case 'j':
		*length = LEN_INTMAX;
		return fmt + 1;
	}
	return fmt;
}

/* @fmt is behind the %; returns where the conversion's letter is. */
static const char *parse_spec(const char *fmt, struct spec *spec, struct args *args)
{
	*spec = (struct spec){ .precision = -1 };
	fmt = parse_flags(fmt, spec);
	fmt = parse_count(fmt, &spec->width, args);
	if (spec->width < 0) {
		/* ISO C11 7.21.6.1p5: a negative * is the flag - and the width. */
		spec->left = true;
		spec->width = spec->width == INT_MIN ? INT_MAX : -spec->width;
	}
	if (*fmt == '.')
		fmt = parse_count(fmt + 1, &spec->precision, args);
	if (spec->precision < 0)
		spec->precision = -1;
	return parse_length(fmt, &spec->length);
}

static void print_all(struct out *out, const char *fmt, struct args *args)
{
	while (*fmt) {
		const char *start = fmt;
		struct spec spec;

		while (*fmt && *fmt != '%')
			fmt++;
		out_text(out, start, (size_t)(fmt - start));
		if (!*fmt)
			return;
		fmt = parse_spec(fmt + 1, &spec, args);
		print_conversion(out, &spec, *fmt, args);
		if (*fmt)
			fmt++;
	}
}

int vsnprintf(char *buf, size_t size, const char *fmt, va_list ap)
{
	struct out out = { .buf = buf, .size = size };
	struct args args;

	va_copy(args.ap, ap);
	print_all(&out, fmt, &args);
	va_end(args.ap);
	if (size)
		buf[MIN(out.len, size - 1)] = '\0';
	return out.len > INT_MAX ? INT_MAX : (int)out.len;
}

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(buf, size, fmt, ap);
	va_end(ap);
	return len;
}

int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(buf, size, fmt, ap);
	va_end(ap);
	if (!size)
		return 0;
	return (size_t)len < size ? len : (int)(size - 1);
}
