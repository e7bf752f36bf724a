// SPDX-License-Identifier: BSD-2-Clause
/* Patterns against the plain recursive definition, and against the clock. */
#include <time.h>
#include "base.h"

static bool reference(const char *pattern, const char *s)
{
	if (!*pattern)
		return !*s;
	if (*pattern == '*')
		return reference(pattern + 1, s) || (*s && reference(pattern, s + 1));
	return *s && (*pattern == '?' || *pattern == *s) && reference(pattern + 1, s + 1);
}

/* The n-th word over @set, of which there are @size letters, by length, then by letter. */
static void nth_word(char *word, unsigned int n, const char *set, unsigned int size)
{
	while (n) {
		n--;
		*word++ = set[n % size];
		n /= size;
	}
	*word = '\0';
}

/* All patterns of up to five characters, all strings of up to six. */
static void glob_all_short(void)
{
	char pattern[16], s[16];

	for (unsigned int i = 0; i < 1365; i++) {
		nth_word(pattern, i, "ab*?", 4);
		for (unsigned int j = 0; j < 127; j++) {
			nth_word(s, j, "ab", 2);
			EXPECT(glob_match(pattern, s) == reference(pattern, s), "%s and %s",
			       pattern, s);
		}
	}
}

static void glob_of_tests(void)
{
	EXPECT(glob_match("gic.*", "gic.ipi_self"));
	EXPECT(!glob_match("gic.*", "gicv3.ipi_self"));
	EXPECT(glob_match("*.version*", "psci.version_is_1"));
	EXPECT(!glob_match("lib.str", "lib.strlen"));
	EXPECT(!glob_match("LIB.*", "lib.strlen"));
	EXPECT(glob_match("[a]\\*", "[a]\\b"));
	EXPECT(!glob_match("*?", ""));
	EXPECT(glob_match("**", ""));
}

/* Would take 2^28 steps and more by trying each * anew. */
static void glob_is_bounded(void)
{
	static char s[20001];
	clock_t start = clock();
	double seconds;

	memset(s, 'a', sizeof(s) - 1);
	EXPECT(!glob_match("a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", s));
	EXPECT(glob_match("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*", s));
	seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	EXPECT(seconds < 2, "%.1f s", seconds);
}

/* A list is a match when one of its patterns is: all pairs of short ones. */
static void glob_lists(void)
{
	char a[8], b[8], list[20], s[8];

	for (unsigned int i = 0; i < 21; i++)
		for (unsigned int j = 0; j < 21; j++)
			for (unsigned int k = 0; k < 15; k++) {
				nth_word(a, i, "ab*?", 4);
				nth_word(b, j, "ab*?", 4);
				nth_word(s, k, "ab", 2);
				snprintf(list, sizeof(list), "%s,%s", a, b);
				EXPECT(glob_list_match(list, s) ==
					       (reference(a, s) || reference(b, s)),
				       "%s and %s", list, s);
			}
	EXPECT(glob_list_match("x,y,gic.*", "gic.a"));
	EXPECT(!glob_list_match("x,y,gic.*", "x,y"));
	EXPECT(!glob_list_match("lib.*,", "gic.a"));
}

void test_glob(void)
{
	CTEST(glob_all_short);
	CTEST(glob_of_tests);
	CTEST(glob_is_bounded);
	CTEST(glob_lists);
}
