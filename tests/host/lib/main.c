// SPDX-License-Identifier: BSD-2-Clause
/*
 * A runner for the suite tests/lib/ outside of the image: the out-of-line half
 * of test/check.h on top of ctest.h. It uses none of lib/base itself, which may
 * be broken here on purpose.
 */
#include <setjmp.h>
#include <ctest.h>
#include <test/test.h>

extern const struct test_suite *const __table_suite_lib;

static jmp_buf end_of_case;
static const struct test_case *current;
static unsigned int checks;

bool test_check_passed(void)
{
	checks++;
	return true;
}

static void add_failure(const struct check_site *site, const char *found)
{
	checks++;
	ctest_check(false, site->file, site->line, site->text, " %s", found);
}

bool test_check_failed(const struct check_site *site, u64 found, u64 expected, const char *fmt, ...)
{
	char text[80];

	snprintf(text, sizeof(text), "found 0x%llx, expected 0x%llx", found, expected);
	add_failure(site, text);
	return false;
}

bool test_check_failed_string(const struct check_site *site, const char *found,
			      const char *expected, const char *fmt, ...)
{
	char text[200];

	snprintf(text, sizeof(text), "found \"%.80s\", expected \"%.80s\"", found, expected);
	add_failure(site, text);
	return false;
}

bool test_check_failed_memory(const struct check_site *site, const void *found,
			      const void *expected, size_t size, const char *fmt, ...)
{
	add_failure(site, "other bytes");
	return false;
}

bool test_string_equal(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

void test_fail(const struct check_site *site, const char *fmt, ...)
{
	add_failure(site, fmt);
}

void test_error(const struct check_site *site, const char *fmt, ...)
{
	add_failure(site, fmt);
	longjmp(end_of_case, 1);
}

void test_skip(const char *fmt, ...)
{
	ctest_check(false, __FILE__, __LINE__, current->name, " skipped: %s", fmt);
	longjmp(end_of_case, 1);
}

void test_diag(const char *fmt, ...)
{
}

void test_end_case(void)
{
	longjmp(end_of_case, 1);
}

static void run_current(void)
{
	checks = 0;
	if (!setjmp(end_of_case))
		current->run();
	EXPECT(checks, "%s checked nothing", current->name);
	EXPECT(current->spec && current->hint, "%s has no clause or no hint", current->name);
}

int main(void)
{
	for (current = __table_suite_lib->cases; current->name; current++)
		ctest_run(current->name, run_current);
	return ctest_end();
}
