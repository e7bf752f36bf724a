// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/string.h>

/*
 * Four bytes a turn in what start-up calls a thousand times: a byte is read only
 * when the one before it was no terminator.
 */
size_t strlen(const char *s)
{
	const char *p;

	for (p = s;; p += 4) {
		if (!p[0])
			return (size_t)(p - s);
		if (!p[1])
			return (size_t)(p - s) + 1;
		if (!p[2])
			return (size_t)(p - s) + 2;
		if (!p[3])
			return (size_t)(p - s) + 3;
	}
}

size_t strnlen(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n && s[i]; i++)
		;
	return i;
}

#define COMPARE(a, b) do {					\
	int difference = (u8)(a) - (u8)(b);			\
								\
	if (difference || !(a))					\
		return difference;				\
} while (0)

int strcmp(const char *a, const char *b)
{
	for (;; a += 4, b += 4) {
		COMPARE(a[0], b[0]);
		COMPARE(a[1], b[1]);
		COMPARE(a[2], b[2]);
		COMPARE(a[3], b[3]);
	}
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n && *a && *a == *b; n--, a++, b++)
		;
	return n ? (u8)*a - (u8)*b : 0;
}

char *strchr(const char *s, int c)
{
	for (; *s != (char)c; s++) {
		if (!*s)
			return NULL;
	}
	return (char *)(uintptr_t)s;
}

char *strrchr(const char *s, int c)
{
	const char *last = NULL;

	do {
		if (*s == (char)c)
			last = s;
	} while (*s++);
	return (char *)(uintptr_t)last;
}

char *strstr(const char *s, const char *needle)
{
	size_t n = strlen(needle);

	for (;; s++) {
		if (!strncmp(s, needle, n))
			return (char *)(uintptr_t)s;
		if (!*s)
			return NULL;
	}
}

int strscpy(char *dst, const char *src, size_t size)
{
	size_t n;

	if (!size)
		return -E2BIG;
	n = strnlen(src, size);
	if (n == size) {
		memcpy(dst, src, size - 1);
		dst[size - 1] = '\0';
		return -E2BIG;
	}
	memcpy(dst, src, n + 1);
	return (int)n;
}
