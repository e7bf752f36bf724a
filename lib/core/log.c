// SPDX-License-Identifier: BSD-2-Clause
/* The log: a buffer in memory that keeps the beginning, and the console. */
#include <base/errno.h>
#include <base/kconfig.h>
#include <base/parse.h>
#include <base/printf.h>
#include <base/string.h>
#include <base/util.h>
#include <core/console.h>
#include <core/lock.h>
#include <core/log.h>
#include <core/param.h>
#include "core.h"

#define LOG_LINE	512
/* What is logged first, of any level, for consoles that come later; then no more is kept. */
#define LOG_EARLY	16384

static char early[LOG_EARLY];	/* level + '0', text, newline; again and again */
static size_t early_used;
static bool early_full;		/* before there was any console: lines are lost */
static enum log_level shown = CONFIG_LOGLEVEL;
static unsigned int errors;
static char first_error[LOG_LINE];
static struct spinlock lock = SPINLOCK("log");

void log_set_level(enum log_level level)
{
	shown = level;
}

unsigned int error_count(void)
{
	return errors;
}

const char *error_first_text(void)
{
	return first_error;
}

static void early_keep(enum log_level level, const char *line, size_t n)
{
	if (early_used + n + 2 > sizeof(early)) {
		early_full |= !console_present();
		return;
	}
	early[early_used++] = '0' + level;
	memcpy(early + early_used, line, n);
	early_used += n;
	early[early_used++] = '\n';
}

static void show(enum log_level level, const char *line, size_t n)
{
	static const char *const names[] = { "error: ", "warning: ", "", "" };

	if (level <= shown)
		console_printf("# %s%.*s\n", names[level], (int)n, line);
}

static void log_line(enum log_level level, const char *line, size_t n)
{
	const struct boot_services *services = boot_info_get() ? boot_info_get()->services : NULL;

	if (level == LOG_ERROR && errors++ == 0)
		scnprintf(first_error, sizeof(first_error), "%.*s", (int)n, line);
	early_keep(level, line, n);
	if (console_present()) {
		show(level, line, n);
		return;
	}
	/* The firmware's console is slow: only what must not be lost goes there. */
	if (services && level == LOG_ERROR) {
		services->puts("# error: ");
		services->puts(line);
		services->puts("\n");
	}
}

void log_vprintf(enum log_level level, const char *fmt, va_list args)
{
	char text[LOG_LINE];
	char *line = text, *end;

	vsnprintf(text, sizeof(text), fmt, args);
	spin_lock(&lock);
	do {
		end = strchr(line, '\n');
		if (end)
			*end = '\0';
		log_line(level, line, strlen(line));
		line = end + 1;
	} while (end && *line);
	spin_unlock(&lock);
}

void log_printf(enum log_level level, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	log_vprintf(level, fmt, args);
	va_end(args);
}

static void early_for_each(void (*each)(enum log_level level, const char *line, size_t n))
{
	size_t at = 0;

	while (at < early_used) {
		const char *line = early + at + 1;
		size_t n = (const char *)memchr(line, '\n', early_used - at - 1) - line;

		each(early[at] - '0', line, n);
		at += n + 2;
	}
}

void log_replay(void)
{
	early_for_each(show);
	if (early_full)
		console_printf("# warning: more was logged before the console came than the log holds\n");
}

static int loglevel_set(const char *value)
{
	u64 level;

	if (!value || parse_u64(value, &level) || level > LOG_DEBUG)
		return -EINVAL;
	log_set_level(level);
	return 0;
}
PARAM(loglevel, .help = "0 errors, 1 warnings, 2 information, 3 debugging", .set = loglevel_set);
