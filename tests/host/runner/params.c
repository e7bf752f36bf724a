// SPDX-License-Identifier: BSD-2-Clause
/* Words as drivers declare them, that say what they were set to. */
#include <host.h>
#include <core/param.h>

static int set_once(const char *value)
{
	printf("set once=%s\n", value ? value : "(bare)");
	return 0;
}
PARAM(once, .help = "once=ANYTHING", .set = set_once);

static int set_many(const char *value)
{
	printf("set many=%s\n", value ? value : "(bare)");
	return 0;
}
PARAM(many, .help = "many=ANYTHING", .set = set_many, .collect = true);

static int set_picky(const char *value)
{
	return value && !strcmp(value, "good") ? 0 : -EINVAL;
}
PARAM(picky, .help = "picky=good", .set = set_picky);
