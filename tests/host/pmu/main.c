// SPDX-License-Identifier: BSD-2-Clause
/*
 * The suite pmu on the model, at EL1 and at EL2: every case passes on a PMU that is as it
 * should be, and those that no machine of QEMU's lets pass fail on one that is not.
 */
#include <setjmp.h>
#include <ctest.h>
#include <test/test.h>
#include "model.h"

extern const struct test_suite *const __table_suite_pmu;

static jmp_buf end_of_case;
static unsigned int checks, failures;
static bool quiet, skipped;	/* failures are wanted */

bool test_check_passed(void)
{
	checks++;
	return true;
}

static void add_failure(const struct check_site *site, const char *text)
{
	failures++;
	if (!quiet)
		ctest_check(false, site->file, site->line, site->text, " %s", text);
}

bool test_check_failed(const struct check_site *site, u64 found, u64 expected, const char *fmt, ...)
{
	char text[200], place[120];
	va_list args;

	va_start(args, fmt);
	vsnprintf(place, sizeof(place), fmt, args);
	va_end(args);
	snprintf(text, sizeof(text), "found 0x%llx, expected 0x%llx:%s", found, expected, place);
	add_failure(site, text);
	return false;
}

void test_error(const struct check_site *site, const char *fmt, ...)
{
	add_failure(site, fmt);
	longjmp(end_of_case, 1);
}

void test_skip(const char *fmt, ...)
{
	skipped = true;
	if (!quiet)
		ctest_check(false, __FILE__, __LINE__, "no SKIP", " skipped: %s", fmt);
	longjmp(end_of_case, 1);
}

void test_diag(const char *fmt, ...)
{
}

void test_end_case(void)
{
	longjmp(end_of_case, 1);
}

static void run_case(const struct test_case *c)
{
	checks = failures = 0;
	skipped = false;
	if (!setjmp(end_of_case))
		c->run();
}

static void start(unsigned int el)
{
	model_start(el);
	machine_start();
	if (!setjmp(end_of_case))
		EXPECT_EQ(__table_suite_pmu->init(), 0);
}

static void all_pass(unsigned int el)
{
	const struct test_case *c;

	start(el);
	for (c = __table_suite_pmu->cases; c->name; c++) {
		if (el == 1 && c->needs & NEED_EL2)
			continue;
		run_case(c);
		EXPECT(!failures && checks, "%s at EL%u", c->name, el);
	}
	__table_suite_pmu->exit();
}

static void all_pass_at_el1(void)
{
	all_pass(1);
}

static void all_pass_at_el2(void)
{
	all_pass(2);
}

static const struct test_case *find_case(const char *name)
{
	const struct test_case *c;

	for (c = __table_suite_pmu->cases; c->name; c++)
		if (!strcmp(c->name, name))
			return c;
	EXPECT(false, "no case %s", name);
	return NULL;
}

static const struct {
	const char *name;
	struct model_defects defects;
} planted[] = {
	{ "cache_and_branch_events_are_there", { .absent_events = 1 << PMU_L1D_CACHE } },
	{ "chained_counters_count", { .no_chain = true } },
	{ "chained_software_increments_count", { .no_chain = true } },
	{ "chain_comes_and_goes", { .no_chain = true } },
	{ "chained_overflow_interrupts", { .no_chain = true } },
	{ "memory_accesses_are_counted_each_time", { .loses_accesses = true } },
	{ "memory_accesses_are_counted_each_time_in_64_bits", { .loses_accesses = true } },
	{ "interrupt_follows_the_enable", { .late_enable = true } },
	{ "reserved_counters_interrupt_by_their_own_enable", { .no_hpme = true } },
};

static void defects_are_caught(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(planted); i++) {
		const struct test_case *c = find_case(planted[i].name);

		model_defects = planted[i].defects;
		start(2);
		quiet = true;
		if (c)
			run_case(c);
		quiet = false;
		model_defects = (struct model_defects){};
		EXPECT(failures && !skipped, "%s lets its defect pass", planted[i].name);
	}
}

static void absent_events_are_skips(void)
{
	model_defects.absent_events = 1 << PMU_CHAIN;
	start(1);
	quiet = true;
	run_case(find_case("chained_counters_count"));
	quiet = false;
	model_defects = (struct model_defects){};
	EXPECT(skipped && !failures);
}

static void interrupts_are_those_of_their_cpu(void)
{
	u32 intid = 0;

	start(1);
	EXPECT_EQ(pmu_irq(0, &intid, NULL), 0);
	EXPECT_EQ(intid, 40);
	EXPECT_EQ(pmu_irq(1, &intid, NULL), 0);
	EXPECT_EQ(intid, 41);
	EXPECT_EQ(pmu_irq(2, &intid, NULL), -ENOENT);
}

int main(void)
{
	CTEST(all_pass_at_el1);
	CTEST(all_pass_at_el2);
	CTEST(defects_are_caught);
	CTEST(absent_events_are_skips);
	CTEST(interrupts_are_those_of_their_cpu);
	return ctest_end();
}
