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

void ktap_case_begin(const char *suite, const char *name)
{
	console_printf(INDENT "# run %s.%s\n", suite, name);
}

/* To some parsers a second '#' begins a second directive. */
static bool is_harmful(char c)
{
	return c == '#' || (u8)c < 0x20 || c == 0x7f;
}

/* Piece by piece: one of xfail= may be longer than any buffer. */
static void print_reason(const char *reason)
{
	while (*reason) {
		size_t len = 0;

		while (reason[len] && !is_harmful(reason[len]))
			len++;
		console_write(reason, len);
		reason += len;
		if (*reason) {
			console_write("_", 1);
			reason++;
		}
	}
}

void ktap_case_end(unsigned int number, const char *name, enum outcome outcome,
		   const char *reason)
{
	const char *directive = outcome_directive(outcome);
	bool ok = outcome == OUTCOME_PASS || outcome == OUTCOME_SKIP;

	/* It may have been ended in the middle of a line. */
	console_end_line();
	console_printf(INDENT "%s %u %s", ok ? "ok" : "not ok", number, name);
	if (*directive)
		console_printf(" # %s%s", directive, *reason ? " " : "");
	if (*directive && *reason)
		print_reason(reason);
	console_printf("\n");
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
