// SPDX-License-Identifier: BSD-2-Clause
/* The out-of-line half of test/check.h. */
#include "cpu_record.h"
#include "early_guard.h"
#include "ktap.h"
#include "record.h"
#include "shield.h"
#include "value.h"
#include <base/errno.h>
#include <base/printf.h>
#include <base/string.h>
#include <base/util.h>
#include <core/cpu.h>
#include <core/log.h>
#include <asm/control_state.h>

#define LINES_SIZE	1536

bool test_check_passed(void)
{
	struct test_record *record = record_current();

	if (record)
		record_check(record, __builtin_return_address(0));
	return true;
}

/* A check in code that no case runs: still never silent. */
static struct test_record *record_for(const struct check_site *site)
{
	struct test_record *record = record_current();

	if (!record)
		pr_err("%s:%u: %s failed outside of a test case",
		       site->file, site->line, site->text);
	return record;
}

static void record_failure(const struct check_site *site, const char *found,
			   const char *expected, const char *fmt, va_list args)
{
	struct test_record *record = record_for(site);
	char lines[LINES_SIZE], place[256];
	size_t n;

	if (!record)
		return;
	vsnprintf(place, sizeof(place), fmt, args);
	text_make_printable(place);
	n = scnprintf(lines, sizeof(lines), "# check:    %.512s\n# found:    %s\n# expected: %s\n",
		      site->text, found, expected);
	if (place[0] && place[1])	/* the macros put a blank in front */
		n += scnprintf(lines + n, sizeof(lines) - n, "# place:   %s\n", place);
	scnprintf(lines + n, sizeof(lines) - n, "# where:    %s:%u\n", site->file, site->line);
	record_check(record, NULL);
	record_fold(record, VERDICT_FAIL, "%s", "");
	record_add(record, lines);
}

bool test_check_failed(const struct check_site *site, u64 found, u64 expected,
		       const char *fmt, ...)
{
	char left[VALUE_SIZE], right[VALUE_SIZE];
	bool is_bool = (site->found & CHECK_KIND_MASK) == CHECK_KIND_BOOL ||
		       (site->expected & CHECK_KIND_MASK) == CHECK_KIND_BOOL;
	va_list args;

	/* In C11 true and false are ints. */
	if (is_bool && found <= 1 && expected <= 1) {
		value_format_bool(left, found);
		value_format_bool(right, expected);
	} else {
		value_format(left, site->found, found);
		value_format(right, site->expected, expected);
	}
	va_start(args, fmt);
	record_failure(site, left, right, fmt, args);
	va_end(args);
	return false;
}

bool test_string_equal(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool test_check_failed_string(const struct check_site *site, const char *found,
			      const char *expected, const char *fmt, ...)
{
	char left[VALUE_SIZE], right[VALUE_SIZE];
	size_t differs = 0;
	va_list args;

	while (found && expected && found[differs] && found[differs] == expected[differs])
		differs++;
	value_format_string(left, found, differs);
	value_format_string(right, expected, differs);
	va_start(args, fmt);
	record_failure(site, left, right, fmt, args);
	va_end(args);
	return false;
}

bool test_check_failed_memory(const struct check_site *site, const void *found,
			      const void *expected, size_t size, const char *fmt, ...)
{
	const u8 *a = found, *b = expected;
	char left[VALUE_SIZE], right[VALUE_SIZE];
	size_t differs = 0;
	va_list args;

	while (differs < size && a[differs] == b[differs])
		differs++;
	value_format_memory(left, found, size, differs);
	value_format_memory(right, expected, size, differs);
	va_start(args, fmt);
	record_failure(site, left, right, fmt, args);
	va_end(args);
	return false;
}

static void record_statement(const struct check_site *site, enum verdict verdict,
			     const char *fmt, va_list args)
{
	struct test_record *record = record_for(site);
	char reason[RECORD_REASON_SIZE], lines[LINES_SIZE];

	if (!record)
		return;
	vsnprintf(reason, sizeof(reason), fmt, args);
	text_make_printable(reason);
	snprintf(lines, sizeof(lines), "# check:    %s\n# reason:   %s\n# where:    %s:%u\n",
		 site->text, reason, site->file, site->line);
	record_check(record, NULL);
	record_fold(record, verdict, "%s", verdict == VERDICT_FAIL ? "" : reason);
	record_add(record, lines);
}

void test_fail(const struct check_site *site, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	record_statement(site, VERDICT_FAIL, fmt, args);
	va_end(args);
}

void test_error(const struct check_site *site, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	record_statement(site, VERDICT_ERROR, fmt, args);
	va_end(args);
	test_end_case();
}

void test_skip(const char *fmt, ...)
{
	struct test_record *record = record_current();
	va_list args;

	va_start(args, fmt);
	if (record)
		record_vfold(record, VERDICT_SKIP, fmt, args);
	va_end(args);
	if (record && !record->reason[0])
		record_fold(record, VERDICT_ERROR, "SKIP() without a reason");
	test_end_case();
}

void test_diag(const char *fmt, ...)
{
	char line[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	text_make_printable(line);
	ktap_comment("%s", line);
}

void test_end_case(void)
{
	struct test_record *record;

	/* Here its frames can still be put back. */
	if (!cpu_this()) {
		control_irq_mask();
		shield_lower();
	}
	record = record_current();

	if (record) {
		record_end(record);
		early_guard_leave(record);
	}
	if (record && record->guard)
		arch_guarded_exit_to(record->guard, TEST_ENDED);
	arch_guarded_exit(TEST_ENDED);
}

int test_guarded_call(void (*fn)(void *arg), void *arg,
		      struct exception_info *info, struct pt_regs *regs)
{
	int ret = arch_guarded_call(fn, arg, info, regs);

	if (ret == TEST_ENDED)
		arch_guarded_exit(ret);
	return ret;
}
