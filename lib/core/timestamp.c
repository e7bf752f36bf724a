// SPDX-License-Identifier: BSD-2-Clause
/*
 * Seconds of the system counter before each line, for who looks where the time goes. It
 * counts from the machine's reset, so that the first line shows what firmware took.
 */
#include <base/errno.h>
#include <base/kconfig.h>
#include <base/parse.h>
#include <base/printf.h>
#include <core/param.h>
#include <core/time.h>
#include "timestamp.h"

#define US_PER_S	1000000ULL

static bool wanted = IS_ENABLED(CONFIG_TIMESTAMPS);

static int timestamps_set(const char *value)
{
	if (!value) {
		wanted = true;
		return 0;
	}
	return parse_bool(value, &wanted);
}
PARAM(timestamps, .set = timestamps_set,
      .help = "on or off: seconds of the system counter before each line");

bool timestamps_wanted(void)
{
	return wanted;
}

size_t timestamp_format(char *buf)
{
	u64 us;

	if (!time_frequency())
		return 0;
	us = time_ticks_to_us(time_ticks());
	return scnprintf(buf, TIMESTAMP_SIZE, "[%5llu.%06llu] ", us / US_PER_S, us % US_PER_S);
}
