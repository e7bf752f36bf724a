// SPDX-License-Identifier: BSD-2-Clause
#include "ktap.h"
#include <base/printf.h>
#include <base/string.h>
#include <core/console.h>
#include <stdarg.h>

#define INDENT "    "

void ktap_run_begin(unsigned int suites)
{
	console_printf("KTAP version 1\n1..%u\n", suites);
}

void ktap_suite_begin(const char *suite, unsigned int cases)
{
	console_printf(INDENT "KTAP version 1\n" INDENT "# Subtest: %s\n" INDENT "1..%u\n",
		       suite, cases);
}

/*
 * A line of a case, put together by hand and written in one: hundreds of them are
 * most of what a run of SKIPs does.
 */
struct line {
	char *at;
	char text[256];
};

static void line_begin(struct line *line)
{
	line->at = line->text;
}

static void line_flush(struct line *line)
{
	console_write(line->text, line->at - line->text);
	line_begin(line);
}

/* Where the next character goes; @at is where the last ones ended. */
static inline char *line_room(struct line *line, char *at)
{
	if (likely(at < line->text + sizeof(line->text)))
		return at;
	line->at = at;
	line_flush(line);
	return line->at;
}

static void line_add(struct line *line, const char *text)
{
	char *at = line->at;

	for (; *text; text++) {
		at = line_room(line, at);
		*at++ = *text;
	}
	line->at = at;
}

static void line_add_number(struct line *line, unsigned int number)
{
	char digits[12], *at = &digits[sizeof(digits) - 1];

	*at = '\0';
	do
		*--at = '0' + number % 10;
	while (number /= 10);
	line_add(line, at);
}

void ktap_case_begin(const char *suite, const char *name)
{
	struct line line;

	line_begin(&line);
	line_add(&line, INDENT "# run ");
	line_add(&line, suite);
	line_add(&line, ".");
	line_add(&line, name);
	line_add(&line, "\n");
	line_flush(&line);
}

/* To some parsers a second '#' begins a second directive. */
static bool is_harmful(char c)
{
	return c == '#' || (u8)c < 0x20 || c == 0x7f;
}

static void line_add_reason(struct line *line, const char *reason)
{
	char *at = line->at;

	for (; *reason; reason++) {
		at = line_room(line, at);
		*at++ = is_harmful(*reason) ? '_' : *reason;
	}
	line->at = at;
}

void ktap_case_end(unsigned int number, const char *name, enum outcome outcome,
		   const char *reason)
{
	const char *directive = outcome_directive(outcome);
	bool ok = outcome == OUTCOME_PASS || outcome == OUTCOME_SKIP;
	struct line line;

	/* It may have been ended in the middle of a line. */
	console_end_line();
	line_begin(&line);
	line_add(&line, ok ? INDENT "ok " : INDENT "not ok ");
	line_add_number(&line, number);
	line_add(&line, " ");
	line_add(&line, name);
	if (*directive) {
		line_add(&line, " # ");
		line_add(&line, directive);
		if (*reason)
			line_add(&line, " ");
		line_add_reason(&line, reason);
	}
	line_add(&line, "\n");
	line_flush(&line);
}

void ktap_suite_end(unsigned int number, const char *suite, bool good)
{
	console_printf("%s %u %s\n", good ? "ok" : "not ok", number, suite);
}

void ktap_totals(const struct test_totals *totals)
{
	const unsigned int *count = totals->count;
	unsigned int failed = totals_failed(totals);

	console_printf("# totals: pass %u, fail %u, error %u, skip %u, xfail %u\n",
		       count[OUTCOME_PASS], failed - count[OUTCOME_ERROR], count[OUTCOME_ERROR],
		       count[OUTCOME_SKIP], count[OUTCOME_XFAIL]);
	console_printf("%u passed, %u failed\n", count[OUTCOME_PASS], failed);
}

void ktap_comment(const char *fmt, ...)
{
	char line[600];
	va_list args;

	va_start(args, fmt);
	vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	console_printf(INDENT "# %s\n", line);
}

void ktap_lines(const char *lines)
{
	while (*lines) {
		const char *end = strchr(lines, '\n');
		size_t len = end ? (size_t)(end - lines) + 1 : strlen(lines);

		console_write(INDENT, sizeof(INDENT) - 1);
		console_write(lines, len);
		lines += len;
	}
}
