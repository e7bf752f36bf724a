// SPDX-License-Identifier: BSD-2-Clause
/* What it costs to print. */
#include <core/console.h>
#include <drivers/uart.h>
#include "bench.h"

#define LINES	16U

/* 64 characters; behind a carriage return and a newline 65 have gone to each console. */
static const char line[] = "# 345678901234567890123456789012345678901234567890123456789 123\n";

_Static_assert(sizeof(line) == 64 + 1, "scripts/measure.py divides by the length");

static struct samples samples;

/* With room for all of it in a FIFO of 64, and for the first part in others. */
static void drain(void)
{
	struct uart *uart;

	uart_for_each(uart)
		wait_until(uart->ops->idle(uart), BOUND_US);
}

void console_line(void)
{
	samples_begin(&samples, "line of 64 characters", LINES);
	for (unsigned int i = 0; i < samples.wanted; i++) {
		u64 start;

		drain();
		start = samples_now(&samples);
		console_write(line, sizeof(line) - 1);
		samples_add(&samples, samples_now(&samples) - start);
	}
	bench_judge(&samples);
}
