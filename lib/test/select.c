// SPDX-License-Identifier: BSD-2-Clause
/*
 * The plan is made of all cases of the image; what is not selected is taken
 * out again, so that a glob is held against cases that are there and not
 * against what another word has left of them.
 */
#include "early.h"
#include "progress.h"
#include "select.h"
#include <base/string.h>
#include <base/util.h>
#include <base/parse.h>
#include <core/boot.h>
#include <core/heap.h>
#include <core/log.h>
#include <asm/mmu_off.h>

#define NAME_SIZE 256

static char *append_text(char *to, const char *end, const char *text)
{
	while (*text && to < end)
		*to++ = *text++;
	return to;
}

/* "suite.case" in NAME_SIZE bytes. By hand: for each case of the image, on each start. */
static void join_names(char *buf, const char *suite, const char *name)
{
	const char *end = buf + NAME_SIZE - 1;

	buf = append_text(buf, end, suite);
	buf = append_text(buf, end, ".");
	buf = append_text(buf, end, name);
	*buf = '\0';
}

/* Whether the plain characters that @glob begins with are others than the suite's. */
static bool begins_otherwise(const char *glob, const char *suite)
{
	while (*glob && *glob == *suite) {
		glob++;
		suite++;
	}
	return *suite && *glob != '*' && *glob != '?' && *glob != '[' && *glob != '\\';
}

/* What is left of @glob for the names of cases where it begins with just this suite's. */
static const char *behind_suite(const char *glob, const char *suite)
{
	while (*suite && *glob == *suite) {
		glob++;
		suite++;
	}
	return !*suite && *glob == '.' ? glob + 1 : NULL;
}

bool pattern_match(const char *glob, const char *suite, const char *name)
{
	const char *behind = behind_suite(glob, suite);
	char full[NAME_SIZE];

	if (behind)
		return glob_match(behind, name);
	if (begins_otherwise(glob, suite))
		return false;
	if (!strchr(glob, '.') && glob_match(glob, suite))
		return true;
	join_names(full, suite, name);
	return glob_match(glob, full);
}

/* Cases come suite by suite, and most patterns begin with the name of one. */
static bool passes_by(struct pattern *pattern, const struct test_suite *suite)
{
	if (pattern->suite != suite) {
		pattern->suite = suite;
		pattern->passes_by = begins_otherwise(pattern->glob, suite->name);
		pattern->behind = behind_suite(pattern->glob, suite->name);
	}
	return pattern->passes_by;
}

/* Of a pattern that does not pass by the suite. */
static bool names_case(const struct pattern *pattern, const struct test_suite *suite,
		       const struct test_case *test)
{
	if (pattern->behind)
		return glob_match(pattern->behind, test->name);
	return pattern_match(pattern->glob, suite->name, test->name);
}

/* Visits all patterns, so that each learns whether it matches anything. */
static const struct pattern *find_pattern(struct list_head *patterns,
					  const struct test_suite *suite,
					  const struct test_case *test)
{
	struct pattern *pattern, *found = NULL;

	list_for_each_entry(pattern, patterns, node) {
		if (passes_by(pattern, suite) || !names_case(pattern, suite, test))
			continue;
		pattern->matched = true;
		if (!found)
			found = pattern;
	}
	return found;
}

static const char *const phase_names[] = {
	[TEST_PHASE_BOOT_SERVICES] = "while boot services live",
	[TEST_PHASE_VIRTUAL_MAP] = "after SetVirtualAddressMap",
	[TEST_PHASE_RESET] = "across a reset",
};

/* NULL would mean that the case can run. Many in a row have the same reason. */
static const char *skip_reason(const char *what, const char *which)
{
	static const char *last_what, *last_which, *last;

	if (last && what == last_what && which == last_which)
		return last;
	last = heap_printf("%s%s", what, which);
	last_what = what;
	last_which = which;
	if (!last)
		pr_err("no memory for the plan: raise CONFIG_HEAP_KIB");
	return last ? last : what;
}

/* The machine is either the firmware's or ours for the whole run. */
static const char *phase_obstacle(enum test_phase phase)
{
	bool services = boot_info_get()->services;

	if (phase == TEST_PHASE_RUN && !services)
		return NULL;
	if (services)
		return phase == TEST_PHASE_BOOT_SERVICES ? NULL :
		       "boot services are alive (finish=return): only list and cases for that phase run";
	if (phase == TEST_PHASE_BOOT_SERVICES && capability_missing(NEED_EFI))
		return skip_reason("needs ", capability_name(NEED_EFI));
	if (phase == TEST_PHASE_RESET)
		return progress_resets() || progress_is_futile() ? NULL :
		       "resets the machine, and nothing keeps what came of the run (progress=off)";
	return skip_reason("this image runs cases only after boot services, this one ",
			   phase_names[phase]);
}

enum test_mmu case_mmu(const struct test_suite *suite, const struct test_case *test)
{
	if (test->mmu != TEST_MMU_DEFAULT)
		return test->mmu;
	return suite->mmu != TEST_MMU_DEFAULT ? suite->mmu : TEST_MMU_ON;
}

/* Why a selected case could not run now, NULL when it could. */
static const char *find_obstacle(const struct test_suite *suite, const struct test_case *test)
{
	unsigned int missing = capability_missing(test->needs);
	const char *phase = phase_obstacle(test->phase);

	/* First: while boot services live no driver has said what the machine has. */
	if (phase)
		return phase;
	if (test->destructive && !test_options.destructive)
		return "destructive: runs only with destructive=on";
	if (missing)
		return skip_reason("needs ", capability_name(missing));
	if (case_mmu(suite, test) == TEST_MMU_ON && !mmu_is_on())
		return "needs the MMU on, and mmu=off turned it off for the run";
	return NULL;
}

/* The same, but for one that has run, before there was a plan or in an earlier start. */
static const char *case_obstacle(const struct test_suite *suite, const struct test_case *test)
{
	const char *obstacle = find_obstacle(suite, test);

	if (obstacle && (early_result(test) || progress_find(test, NULL, NULL)))
		return NULL;
	return obstacle;
}

bool plan_wants(const struct test_suite *suite, const struct test_case *test)
{
	return (list_empty(&test_options.run) || find_pattern(&test_options.run, suite, test)) &&
	       !find_pattern(&test_options.skip, suite, test) &&
	       (!test->destructive || test_options.destructive);
}

/* Whether any pattern may match a case of the suite. */
static bool may_name(struct list_head *patterns, const struct test_suite *suite)
{
	struct pattern *pattern;

	list_for_each_entry(pattern, patterns, node)
		if (!passes_by(pattern, suite))
			return true;
	return false;
}

/* Which lists have such a pattern; most have none for most suites. */
struct named {
	bool run, skip, xfail;
};

/* What holds for all cases of a plan. */
static struct {
	bool ours;		/* boot services are gone */
	bool mmu_on;
	unsigned int missing;
} now;

static void look_around(void)
{
	now.ours = !boot_info_get()->services;
	now.mmu_on = mmu_is_on();
	now.missing = capability_missing(~0U);
}

/* Most are: no more is asked of those. */
static bool is_free(const struct test_suite *suite, const struct test_case *test)
{
	return now.ours && test->phase == TEST_PHASE_RUN && !test->destructive &&
	       !(test->needs & now.missing) &&
	       (now.mmu_on || case_mmu(suite, test) != TEST_MMU_ON);
}

static bool select_case(struct plan_case *entry, const struct test_suite *suite,
			const struct test_case *test, const struct named *named)
{
	const struct pattern *run = NULL, *skip = NULL, *xfail = NULL;

	if (named->run)
		run = find_pattern(&test_options.run, suite, test);
	if (named->skip)
		skip = find_pattern(&test_options.skip, suite, test);
	if (named->xfail)
		xfail = find_pattern(&test_options.xfail, suite, test);
	if (!run && !list_empty(&test_options.run))
		return false;
	entry->test = test;
	entry->xfail = xfail ? xfail->reason : NULL;
	entry->unwanted = skip;
	entry->skip = skip ? skip_reason("skip=", skip->glob) :
		      is_free(suite, test) ? NULL : case_obstacle(suite, test);
	return true;
}

static unsigned int suite_size(const struct test_suite *suite)
{
	unsigned int count = 0;

	while (suite->cases[count].name)
		count++;
	return count;
}

static bool select_suite(struct plan_suite *entry, const struct test_suite *suite)
{
	unsigned int size = suite_size(suite);
	const struct named named = {
		.run = may_name(&test_options.run, suite),
		.skip = may_name(&test_options.skip, suite),
		.xfail = may_name(&test_options.xfail, suite),
	};

	if (!size)
		pr_err("suite %s has no cases", suite->name);
	entry->suite = suite;
	entry->count = 0;
	entry->cases = heap_alloc((size + 1) * sizeof(*entry->cases));
	if (!entry->cases) {
		pr_err("suite %s: no memory for the plan: raise CONFIG_HEAP_KIB", suite->name);
		return false;
	}
	for (unsigned int i = 0; i < size; i++)
		if (select_case(&entry->cases[entry->count], suite, &suite->cases[i], &named))
			entry->count++;
	return entry->count;
}

static void report_unmatched(struct list_head *patterns, const char *word)
{
	const struct pattern *pattern;

	list_for_each_entry(pattern, patterns, node)
		if (!pattern->matched)
			pr_err("%s=%s matches no case of this image: \"list\" names them",
			       word, pattern->glob);
}

/* Drops all up to and with the case of after=. */
static bool drop_until_after(struct plan *plan)
{
	char full[NAME_SIZE];

	for (unsigned int s = 0; s < plan->count; s++) {
		struct plan_suite *entry = &plan->suites[s];

		for (unsigned int c = 0; c < entry->count; c++) {
			join_names(full, entry->suite->name, entry->cases[c].test->name);
			if (strcmp(full, test_options.after))
				continue;
			entry->cases += c + 1;
			entry->count -= c + 1;
			if (!entry->count)
				s++;
			plan->suites += s;
			plan->count -= s;
			return true;
		}
	}
	return false;
}

static void apply_after(struct plan *plan)
{
	if (!test_options.after)
		return;
	if (drop_until_after(plan)) {
		if (!plan->count && !test_options.list)
			pr_err("nothing was tested: no case is left behind after=%s",
			       test_options.after);
		return;
	}
	/* Starting again from the top could repeat a crash for ever. */
	pr_err("after=%s: no such case is selected, so nothing is run", test_options.after);
	plan->count = 0;
}

void plan_build(struct plan *plan)
{
	size_t suites = __table_suite_end - __table_suite_start;
	const struct test_suite *const *pp;

	plan->count = 0;
	plan->suites = heap_alloc((suites + 1) * sizeof(*plan->suites));
	if (!suites || !plan->suites) {
		pr_err(suites ? "no memory for the plan: raise CONFIG_HEAP_KIB" :
				"no suites: the image was configured without any (CONFIG_TEST_*)");
		return;
	}
	look_around();
	table_for_each(pp, suite)
		if (select_suite(&plan->suites[plan->count], *pp))
			plan->count++;
	report_unmatched(&test_options.run, "run");
	report_unmatched(&test_options.skip, "skip");
	report_unmatched(&test_options.xfail, "xfail");
	if (test_options.shuffle)
		plan_shuffle(plan, test_options.seed);
	apply_after(plan);
}
