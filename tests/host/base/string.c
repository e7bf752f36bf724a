// SPDX-License-Identifier: BSD-2-Clause
/* String functions against the C library's; each string ends its allocation. */
#include "base.h"

#define LONGEST 64

static int sign(int x)
{
	return (x > 0) - (x < 0);
}

/* A string of @n characters in a block of malloc() that ends with its terminator. */
static char *make(size_t n, char c)
{
	char *s = malloc(n + 1);

	memset(s, c, n);
	s[n] = '\0';
	return s;
}

static void string_length(void)
{
	for (size_t n = 0; n <= LONGEST; n++) {
		char *s = make(n, (char)0x80);
		/* Not terminated at all within its bound. */
		char *open = malloc(n + 1);

		EXPECT_EQ(base_strlen(s), n);
		memset(open, 'x', n + 1);
		for (size_t bound = 0; bound <= n + 1; bound++) {
			EXPECT_EQ(base_strnlen(s, bound), strnlen(s, bound));
			EXPECT_EQ(base_strnlen(open, bound), bound);
		}
		EXPECT_EQ(base_strnlen(s, SIZE_MAX), n);
		free(s);
		free(open);
	}
}

static void compare_pair(const char *a, const char *b)
{
	EXPECT(sign(base_strcmp(a, b)) == sign(strcmp(a, b)), "%s and %s", a, b);
	for (size_t n = 0; n <= LONGEST; n += n < 8 ? 1 : 7)
		EXPECT(sign(base_strncmp(a, b, n)) == sign(strncmp(a, b, n)),
		       "%s and %s, %zu", a, b, n);
	EXPECT(sign(base_strncmp(a, b, SIZE_MAX)) == sign(strcmp(a, b)));
}

static void string_compare(void)
{
	for (size_t n = 0; n <= LONGEST; n++)
		for (size_t at = 0; at <= n; at++) {
			char *a = make(n, 'm'), *b = make(n, 'm');

			if (at < n)
				b[at] = (char)(at % 3 ? 0xe9 : 'a');
			compare_pair(a, b);
			compare_pair(b, a);
			/* The one is the beginning of the other. */
			b[at] = '\0';
			compare_pair(a, b);
			compare_pair(b, a);
			free(a);
			free(b);
		}
}

static void string_compare_stops_at_bound(void)
{
	char *a = malloc(8), *b = malloc(8);

	memset(a, 'q', 8);
	memset(b, 'q', 8);
	EXPECT_EQ(base_strncmp(a, b, 8), 0);
	b[7] = 'r';
	EXPECT_EQ(base_strncmp(a, b, 7), 0);
	EXPECT(base_strncmp(a, b, 8) < 0);
	EXPECT_EQ(base_strncmp("ab\0x", "ab\0y", 4), 0);
	free(a);
	free(b);
}

static void string_find_character(void)
{
	static const int wanted[] = { 'a', 'b', 0, 0xe9, 'a' + 0x100 };

	for (size_t n = 0; n <= LONGEST; n++)
		for (size_t at = 0; at <= n; at++) {
			char *s = make(n, 'b');

			if (at < n)
				s[at] = at % 2 ? 'a' : (char)0xe9;
			if (at + 5 < n)
				s[at + 5] = s[at];
			for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
				EXPECT(base_strchr(s, wanted[i]) == strchr(s, wanted[i]));
				EXPECT(base_strrchr(s, wanted[i]) == strrchr(s, wanted[i]));
			}
			free(s);
		}
}

/* The n-th word over {a, b}: all of them up to some length. */
static void nth_word(char *word, unsigned int n)
{
	for (n++; n > 1; n >>= 1)
		*word++ = n & 1 ? 'b' : 'a';
	*word = '\0';
}

static void string_find_string(void)
{
	char s[16], needle[16];

	for (unsigned int i = 0; i < 255; i++)
		for (unsigned int j = 0; j < 31; j++) {
			nth_word(s, i);
			nth_word(needle, j);
			EXPECT(base_strstr(s, needle) == strstr(s, needle), "%s in %s", needle, s);
		}
	EXPECT(!base_strstr("", "x"));
}

static void string_copy(void)
{
	for (size_t n = 0; n <= 40; n++)
		for (size_t size = 0; size <= 42; size++) {
			char *src = make(n, 's'), *dst = malloc(size + !size);
			int want = n < size ? (int)n : -E2BIG;

			memset(dst, 'd', size + !size);
			EXPECT_EQ(base_strscpy(dst, src, size), want);
			if (!size) {
				EXPECT_EQ(dst[0], 'd');
			} else {
				EXPECT_EQ(strnlen(dst, size), n < size ? n : size - 1);
				EXPECT(!strncmp(dst, src, strlen(dst)));
			}
			free(src);
			free(dst);
		}
}

void test_string(void)
{
	CTEST(string_length);
	CTEST(string_compare);
	CTEST(string_compare_stops_at_bound);
	CTEST(string_find_character);
	CTEST(string_find_string);
	CTEST(string_copy);
}
