// SPDX-License-Identifier: BSD-2-Clause
/* The runner's words of the command line. */
#include "select.h"
#include "shield.h"
#include <base/errno.h>
#include <base/parse.h>
#include <base/string.h>
#include <core/heap.h>
#include <core/param.h>

#define OPTION_LIST(name) { &test_options.name, &test_options.name }

struct test_options test_options RUNNER_DATA = {
	.run = OPTION_LIST(run),
	.skip = OPTION_LIST(skip),
	.xfail = OPTION_LIST(xfail),
	.repeat = 1,
	.timeout_factor = 1,
};

static int add_pattern(struct list_head *patterns, const char *glob, const char *reason)
{
	struct pattern *pattern;

	if (!*glob)
		return -EINVAL;
	pattern = heap_alloc(sizeof(*pattern));
	if (!pattern)
		return -ENOMEM;
	pattern->glob = glob;
	pattern->reason = reason;
	list_add_tail(&pattern->node, patterns);
	return 0;
}

static int add_globs(struct list_head *patterns, const char *value)
{
	char *glob = value ? heap_strdup(value) : NULL;
	int ret;

	if (!value)
		return -EINVAL;
	while (glob) {
		char *comma = strchr(glob, ',');

		if (comma)
			*comma = '\0';
		ret = add_pattern(patterns, glob, NULL);
		if (ret || !comma)
			return ret;
		glob = comma + 1;
	}
	return -ENOMEM;
}

static int set_run(const char *value)
{
	return add_globs(&test_options.run, value);
}

static int set_skip(const char *value)
{
	return add_globs(&test_options.skip, value);
}

static int set_xfail(const char *value)
{
	char *glob, *reason;

	if (!value)
		return -EINVAL;
	glob = heap_strdup(value);
	if (!glob)
		return -ENOMEM;
	reason = strchr(glob, ':');
	if (!reason || !reason[1])
		return -EINVAL;
	*reason++ = '\0';
	return add_pattern(&test_options.xfail, glob, reason);
}

static int set_after(const char *value)
{
	if (!value || !strchr(value, '.'))
		return -EINVAL;
	test_options.after = value;
	return 0;
}

static int set_list(const char *value)
{
	if (value)
		return parse_bool(value, &test_options.list);
	test_options.list = true;
	return 0;
}

static int set_destructive(const char *value)
{
	return value ? parse_bool(value, &test_options.destructive) : -EINVAL;
}

static int set_shuffle(const char *value)
{
	int ret = value ? parse_u64(value, &test_options.seed) : -EINVAL;

	test_options.shuffle = !ret;
	return ret;
}

static int set_number(const char *value, u64 min, u64 max, u64 *number)
{
	u64 parsed;
	int ret = value ? parse_u64(value, &parsed) : -EINVAL;

	if (ret)
		return ret;
	if (parsed < min || parsed > max)
		return -ERANGE;
	*number = parsed;
	return 0;
}

static int set_repeat(const char *value)
{
	return set_number(value, 1, 1000000, &test_options.repeat);
}

static int set_timeout(const char *value)
{
	return set_number(value, 0, 1000, &test_options.timeout_factor);
}

PARAM(run, .set = set_run,
      .help = "runs only these: GLOB[,GLOB...] over suite.case, without a dot over suites");
PARAM(skip, .set = set_skip, .help = "skips these: GLOB[,GLOB...] as run= has them");
PARAM(xfail, .set = set_xfail, .collect = true,
      .help = "a known failure: GLOB:REASON; may be given several times");
PARAM(after, .set = set_after, .help = "starts behind this case: SUITE.CASE");
PARAM(list, .set = set_list, .help = "names the cases and runs none: without a value");
PARAM(destructive, .set = set_destructive,
      .help = "on also runs cases that change what outlives the run, off leaves them out");
PARAM(shuffle, .set = set_shuffle, .help = "orders suites and cases by a number: 0 to 2^64 - 1");
PARAM(repeat, .set = set_repeat, .help = "runs each case so often: 1 to 1000000");
PARAM(timeout, .set = set_timeout,
      .help = "multiplies the deadlines: 1 to 1000, or 0 for none");
