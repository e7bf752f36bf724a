// SPDX-License-Identifier: BSD-2-Clause
#include <base/string.h>
#include "filter.h"

#define INDENT	"    "

static bool begins(const char *text, size_t n, const char *with)
{
	size_t len = strlen(with);

	return n >= len && !memcmp(text, with, len);
}

static bool contains(const char *text, size_t n, const char *what)
{
	for (; n; text++, n--)
		if (begins(text, n, what))
			return true;
	return false;
}

static bool all_passed(const char *text, size_t n)
{
	return contains(text, n, " passed, 0 failed");
}

static enum screen_colour colour_of(const struct filter *filter, const char *text, size_t n)
{
	if (begins(text, n, "not ok ") || begins(text, n, "Bail out!") ||
	    begins(text, n, "# error:") || begins(text, n, "# EXCEPTION") || filter->failing)
		return SCREEN_BAD;
	if (begins(text, n, "ok ") || all_passed(text, n))
		return SCREEN_GOOD;
	return contains(text, n, " passed, ") ? SCREEN_BAD : SCREEN_PLAIN;
}

/* Of a suite, its indentation gone. */
static enum filter_place place_of(struct filter *filter, const char *text, size_t n)
{
	if (begins(text, n, "# run "))
		return FILTER_STATUS;
	if (begins(text, n, "not ok ")) {
		filter->failing = !contains(text, n, "# XFAIL");
		return filter->failing ? FILTER_LINE : FILTER_DROP;
	}
	if (begins(text, n, "#") && !begins(text, n, "# Subtest"))
		return filter->failing ? FILTER_LINE : FILTER_DROP;
	return FILTER_DROP;
}

enum filter_place filter_line(struct filter *filter, const char **text, size_t *n,
			      enum screen_colour *colour)
{
	bool inside = begins(*text, *n, INDENT);
	enum filter_place place = FILTER_LINE;

	if (inside) {
		bool runs = begins(*text + strlen(INDENT), *n - strlen(INDENT), "# run ");

		if (runs || begins(*text + strlen(INDENT), *n - strlen(INDENT), "ok "))
			filter->failing = false;
		place = place_of(filter, *text + strlen(INDENT), *n - strlen(INDENT));
	} else {
		filter->failing = false;
	}
	if (filter->everything && place == FILTER_DROP)
		place = FILTER_LINE;
	if (!inside && contains(*text, *n, " passed, "))
		place = FILTER_LAST;
	if (inside && !filter->everything) {
		*text += strlen(INDENT);
		*n -= strlen(INDENT);
	}
	*colour = colour_of(filter, *text, *n);
	return place;
}
