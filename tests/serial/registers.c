// SPDX-License-Identifier: BSD-2-Clause
/* What a UART says of itself, and whether it sends. */
#include <core/console.h>
#include <core/time.h>
#include "serial.h"

static void identify(struct uart *uart)
{
	char why[160] = "";

	if (!uart->ops->identify) {
		serial_without("its kind has no identification");
		return;
	}
	CHECK_EQ(uart->ops->identify(uart, why, sizeof(why)), 0, "%s: %s", uart->dev->name, why);
}

void identification_is_right(void)
{
	serial_each(identify);
}

static void read_flags(struct uart *uart)
{
	u32 word;

	if (!uart->ops->flags) {
		serial_without("its kind promises one width only");
		return;
	}
	serial_settle(uart);
	word = uart->ops->flags(uart, 4);
	CHECK_NE(word, 0U, "%s: its flags, of an idle UART", uart->dev->name);
	CHECK_EQ(uart->ops->flags(uart, 2), word, "%s: its flags, by 16 bits and by 32",
		 uart->dev->name);
}

void flags_read_at_both_widths(void)
{
	serial_each(read_flags);
}

static void drain(struct uart *uart)
{
	CHECK_EQ(wait_until(uart->ops->idle(uart), SERIAL_LINE_US), 0,
		 "%s: 200 characters have not left after %llu us", uart->dev->name,
		 SERIAL_LINE_US);
	CHECK_GE(uart->ops->room(uart), 1U, "%s: room behind them", uart->dev->name);
	CHECK(!uart->stuck, "%s: its FIFO stayed full", uart->dev->name);
}

/* More than the deepest FIFO holds, so that full ones were waited for. */
void text_leaves(void)
{
	test_diag("%066d %066d %066d", 0, 1, 2);
	serial_each(drain);
}
