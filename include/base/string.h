/* SPDX-License-Identifier: BSD-2-Clause */
/* The C library's string functions that the image, libfdt and libefi need, and a few of our own. */
#ifndef BASE_STRING_H
#define BASE_STRING_H

#include <base/types.h>

/* As in ISO C and POSIX. */
void *memcpy(void *dst, const void *src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *dst, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int c, size_t n);
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t n);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *needle);
unsigned long strtoul(const char *s, char **end, int base);

/**
 * strscpy() - copy a string, always terminated
 * @dst: destination of @size bytes
 * @src: terminated source
 * @size: bytes at @dst, terminator included
 *
 * Return: length copied, or -E2BIG when @src did not fit (@dst then holds its
 * beginning) or @size is 0.
 */
int strscpy(char *dst, const char *src, size_t size);

/**
 * utf16_to_utf8() - convert a UTF-16 string
 * @dst: destination of @size bytes, always terminated when @size is not 0
 * @size: bytes at @dst
 * @src: UTF-16 code units, host byte order; may lie at any address
 * @units: how many at most; a 0 unit ends the string before that
 *
 * Return: bytes written without the terminator; -EILSEQ on an unpaired
 * surrogate; -E2BIG when @dst is too small.
 */
int utf16_to_utf8(char *dst, size_t size, const char16 *src, size_t units);

/**
 * utf8_to_utf16() - convert to a terminated UTF-16 string
 * @dst: destination of @units code units
 * @units: code units at @dst, terminator included
 * @src: terminated UTF-8
 *
 * Return: code units written without the terminator; -EILSEQ on malformed
 * UTF-8; -E2BIG when @dst is too small.
 */
int utf8_to_utf16(char16 *dst, size_t units, const char *src);

#endif
