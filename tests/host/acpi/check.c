// SPDX-License-Identifier: BSD-2-Clause
#include "check.h"
#include <setjmp.h>

extern const struct test_suite *const __table_suite_acpi;

static struct rule_result *current;
static jmp_buf end_of_case;

__attribute__((format(printf, 1, 0)))
static void note(const char *fmt, va_list args)
{
	size_t len = strlen(current->text);

	vsnprintf(current->text + len, sizeof(current->text) - len, fmt, args);
	len = strlen(current->text);
	snprintf(current->text + len, sizeof(current->text) - len, "\n");
}

__attribute__((format(printf, 1, 2)))
static void notef(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	note(fmt, args);
	va_end(args);
}

static bool fail(const struct check_site *site, const char *fmt, va_list args)
{
	current->failures++;
	current->verdict = VERDICT_FAIL;
	notef("%s:%u: %s", site->file, site->line, site->text);
	note(fmt, args);
	return false;
}

bool test_check_passed(void)
{
	current->checks++;
	return true;
}

bool test_check_failed(const struct check_site *site, u64 found, u64 expected, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fail(site, fmt, args);
	va_end(args);
	notef(" found 0x%llx, expected 0x%llx", found, expected);
	return false;
}

bool test_check_failed_string(const struct check_site *site, const char *found,
			      const char *expected, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fail(site, fmt, args);
	va_end(args);
	notef(" found %s, expected %s", found, expected);
	return false;
}

bool test_check_failed_memory(const struct check_site *site, const void *found,
			      const void *expected, size_t size, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fail(site, fmt, args);
	va_end(args);
	notef(" found %.*s, expected %.*s", (int)size, (const char *)found, (int)size,
	      (const char *)expected);
	return false;
}

bool test_string_equal(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

void test_fail(const struct check_site *site, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fail(site, fmt, args);
	va_end(args);
}

void test_error(const struct check_site *site, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fail(site, fmt, args);
	va_end(args);
	current->verdict = VERDICT_ERROR;
	longjmp(end_of_case, 1);
}

/* As in the image, a failure before a SKIP stays one. */
void test_skip(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	note(fmt, args);
	va_end(args);
	if (current->verdict == VERDICT_PASS)
		current->verdict = VERDICT_SKIP;
	longjmp(end_of_case, 1);
}

void test_diag(const char *fmt, ...)
{
	va_list args;

	notef("diag:");
	va_start(args, fmt);
	note(fmt, args);
	va_end(args);
}

void test_end_case(void)
{
	longjmp(end_of_case, 1);
}

void rule_run(const struct test_case *test, struct rule_result *result)
{
	memset(result, 0, offsetof(struct rule_result, text));
	result->text[0] = '\0';
	result->verdict = VERDICT_PASS;
	current = result;
	if (setjmp(end_of_case))
		return;
	test->run();
	/* The image has the same rule: a case that checked nothing tested nothing. */
	if (result->verdict == VERDICT_PASS && !result->checks)
		result->verdict = VERDICT_ERROR;
}

const struct test_case *rule_cases(void)
{
	return __table_suite_acpi->cases;
}

const struct test_case *rule_find(const char *name)
{
	for (const struct test_case *test = rule_cases(); test->name; test++)
		if (!strcmp(test->name, name))
			return test;
	return NULL;
}
