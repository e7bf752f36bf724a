// SPDX-License-Identifier: BSD-2-Clause
/*
 * The image's suite dt over device trees in files:
 *
 *	dt [-v] [-m MPIDR] FILE...
 *
 * For each file a line "FILE:", then one a case that did not pass:
 *
 *	fail CASE: CHECK: PLACE (found F, expected E)
 *	skip CASE: REASON
 *
 * -v adds the diagnostics and "pass CASE". The status is 1 when a tree was refused.
 */
#include <host.h>
#include <setjmp.h>
#include <stdlib.h>
#include <drivers/of.h>
#include <test/test.h>
#include "../../dt/dt.h"

extern const struct test_suite *const __table_suite_dt;

static jmp_buf case_end;
static const struct test_case *running;
static unsigned int checks, failures;
static bool skipped, verbose;
static u64 mpidr;

u64 dt_boot_mpidr(void)
{
	return mpidr;
}

/* Where QEMU's virt puts an Image. */
void dt_image_range(u64 *base, u64 *size)
{
	*base = 0x40200000;
	*size = 0x100000;
}

bool dt_booted_by_efi(void)
{
	return false;
}

bool test_check_passed(void)
{
	checks++;
	return true;
}

static void report(const char *what, const char *fmt, va_list args)
{
	char text[1024];

	base_vsnprintf(text, sizeof(text), fmt, args);
	printf("  %s %s: %s", what, running->name, text);
	failures += !strcmp(what, "fail");
	checks++;
}

bool test_check_failed(const struct check_site *site, u64 found, u64 expected,
		       const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	report("fail", fmt, args);
	va_end(args);
	printf(": %s (found %llu, expected %llu)\n", site->text, found, expected);
	return false;
}

bool test_check_failed_string(const struct check_site *site, const char *found,
			      const char *expected, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	report("fail", fmt, args);
	va_end(args);
	printf(": %s (found \"%s\", expected \"%s\")\n", site->text, found ? found : "(null)",
	       expected);
	return false;
}

bool test_string_equal(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

void test_skip(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	report("skip", fmt, args);
	va_end(args);
	printf("\n");
	skipped = true;
	longjmp(case_end, 1);
}

void test_end_case(void)
{
	longjmp(case_end, 1);
}

void test_diag(const char *fmt, ...)
{
	va_list args;

	if (!verbose)
		return;
	va_start(args, fmt);
	report("diag", fmt, args);
	va_end(args);
	checks--;
	printf("\n");
}

static void run_case(const struct test_case *test)
{
	running = test;
	checks = failures = 0;
	skipped = false;
	if (!setjmp(case_end))
		test->run();
	/* The image's runner calls it an error, too. */
	if (!checks)
		printf("  fail %s: checked nothing\n", test->name);
	else if (verbose && !failures && !skipped)
		printf("  pass %s\n", test->name);
}

static int run_file(const char *path)
{
	const struct test_case *test;
	char why[192];
	size_t size;
	void *fdt = host_read_file(path, &size);
	int ret;

	host_reset();
	printf("%s:\n", path);
	ret = of_load(fdt, size, why, sizeof(why));
	if (ret)
		printf("  refused: %s\n", why);
	for (test = __table_suite_dt->cases; !ret && test->name; test++)
		run_case(test);
	free(fdt);
	return ret;
}

int main(int argc, char **argv)
{
	int i, status = 0;

	for (i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "-v"))
			verbose = true;
		else if (!strcmp(argv[i], "-m") && i + 1 < argc)
			mpidr = strtoull(argv[++i], NULL, 0);
		else if (run_file(argv[i]))
			status = 1;
	}
	return status;
}
