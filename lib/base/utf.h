/* SPDX-License-Identifier: BSD-2-Clause */
/* One character at a time, for the string and the printf functions of lib/base. */
#ifndef LIB_BASE_UTF_H
#define LIB_BASE_UTF_H

#include <base/types.h>

/* What stands for a code unit that is no character. */
#define UTF_REPLACEMENT	0xfffd

/* Bytes of the longest character in UTF-8. */
#define UTF8_MAX	4

/**
 * utf16_decode() - take one character off a UTF-16 string
 * @src: code units, at any address
 * @units: how many there are, at least 1
 * @code: the character
 *
 * Return: code units taken, 1 or 2; -EILSEQ on an unpaired surrogate.
 */
int utf16_decode(const char16 *src, size_t units, u32 *code);

/**
 * utf8_encode() - one character as UTF-8
 * @dst: UTF8_MAX bytes; not terminated
 * @code: at most 0x10ffff
 *
 * Return: bytes written.
 */
int utf8_encode(char *dst, u32 code);

#endif
