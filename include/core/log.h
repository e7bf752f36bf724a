/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages. Every line goes into a ring in memory and, once there is one, to
 * the console, behind "# " so that it is a comment in KTAP. Before that the
 * boot services' console shows errors.
 */
#ifndef CORE_LOG_H
#define CORE_LOG_H

#include <base/compiler.h>
#include <stdarg.h>

enum log_level {
	LOG_ERROR,	/* and counts as an error of the run's environment */
	LOG_WARN,
	LOG_INFO,
	LOG_DEBUG,
};

/**
 * log_printf() - write a message of one or more lines
 * @level: shown when loglevel= is at least this
 * @fmt: as vsnprintf(); a newline at the end is added where missing
 */
void log_printf(enum log_level level, const char *fmt, ...) __printf(2, 3);
void log_vprintf(enum log_level level, const char *fmt, va_list args) __printf(2, 0);

#define pr_err(...)	log_printf(LOG_ERROR, __VA_ARGS__)
#define pr_warn(...)	log_printf(LOG_WARN, __VA_ARGS__)
#define pr_info(...)	log_printf(LOG_INFO, __VA_ARGS__)
#define pr_debug(...)	log_printf(LOG_DEBUG, __VA_ARGS__)

/**
 * log_set_level() - show messages up to @level on the console
 */
void log_set_level(enum log_level level);

/**
 * error_count() - environment errors so far: each pr_err() outside a test case
 *
 * The runner turns them into one not-ok line of kind ERROR, so that no bad word,
 * table or tree ends in a good verdict.
 */
unsigned int error_count(void);

/** error_first_text() - the first of them, one line; "" when there was none */
const char *error_first_text(void);

#endif
