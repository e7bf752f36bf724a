// SPDX-License-Identifier: BSD-2-Clause
/* Asks for a migration, and waits for it. */
#include <test/migrate.h>
#include <base/errno.h>
#include <base/parse.h>
#include <base/string.h>
#include <core/console.h>
#include <core/param.h>
#include <core/time.h>
#include <test/test.h>

#define ANSWER		"migrated"
/* Between two characters of the answer: who types it does not stop to think. */
#define CHARACTER_US	1000000ULL

static bool migrates;

static int set_migrate(const char *value)
{
	return value ? parse_bool(value, &migrates) : -EINVAL;
}

PARAM(migrate, .set = set_migrate,
      .help = "on lets cases ask for a live migration (make run MIGRATE=1), off skips them");

bool test_migrates(void)
{
	return migrates;
}

/* One line of whichever console has one; its length, or -ETIMEDOUT. */
static int read_answer(char *line, size_t size)
{
	u64 us = TEST_MIGRATE_MS * 1000ULL;
	size_t n = 0;
	int c;

	while (n < size - 1) {
		if (wait_until((c = console_read()) >= 0, us) || c == '\r' || c == '\n')
			break;
		line[n++] = (char)c;
		us = CHARACTER_US;
	}
	line[n] = '\0';
	return n ? (int)n : -ETIMEDOUT;
}

void test_migrate(void)
{
	char line[64];

	if (!migrates)
		SKIP("nobody moves this machine: make run MIGRATE=1");
	console_end_line();
	console_printf("# please migrate\n");
	if (read_answer(line, sizeof(line)) < 0)
		ERROR("nobody has moved the machine within %u ms", TEST_MIGRATE_MS);
	if (strcmp(line, ANSWER))
		ERROR("the machine was not moved: \"%s\"", line);
}
