/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Formatted output into memory.
 *
 * Flags "-+ #0", width and precision (both also as *), lengths hh h l ll z t j,
 * conversions d i u x X o c s p %, as in ISO C, and:
 *   %ls	a UTF-16 string (const char16 *) at any address, printed as UTF-8; the precision
 *	counts code units, the width bytes; U+FFFD stands for an unpaired surrogate
 *   %p		a pointer as 0x and 16 hex digits
 *   %s, %ls	print a NULL pointer as (null)
 * Floating point does not exist in the image: %f and the like print "%?", as does
 * every other conversion that is not listed.
 */
#ifndef BASE_PRINTF_H
#define BASE_PRINTF_H

#include <base/compiler.h>
#include <base/types.h>
#include <stdarg.h>

/**
 * vsnprintf() - format into a buffer
 * @buf: destination, always terminated when @size is not 0
 * @size: bytes at @buf
 * @fmt: format as above
 * @args: its arguments
 *
 * Return: the length the whole text has, terminator not counted; never negative, INT_MAX
 * for what is longer.
 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args) __printf(3, 0);
int snprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);

/**
 * scnprintf() - like snprintf()
 *
 * Return: the length really written into @buf, terminator not counted, so that
 * "n += scnprintf(buf + n, size - n, ...)" never runs past the end.
 */
int scnprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);

#endif
