// SPDX-License-Identifier: BSD-2-Clause
/* The transmitter feeds the receiver: on most UARTs nothing goes to the terminal. */
#include <core/time.h>
#include "serial.h"

/*
 * Where there is no loop after all, this goes out: of all characters it does the least
 * to what is on the terminal.
 */
#define HARMLESS	'\r'

bool serial_loop_on(struct uart *uart)
{
	if (!uart->ops->loopback)
		return false;
	serial_settle(uart);
	uart->ops->loopback(uart, true);
	uart->ops->send(uart, HARMLESS);
	if (serial_await(uart) == HARMLESS)
		return true;
	serial_loop_off(uart);
	return false;
}

void serial_loop_off(struct uart *uart)
{
	wait_until(uart->ops->idle(uart), SERIAL_LINE_US);
	uart->ops->loopback(uart, false);
}

/* A terminal, or what keeps the report, takes an ESC or a newline for its own. */
static bool may_be_sent(const struct uart *uart, unsigned int value)
{
	return !uart->ops->loop_is_seen || (value >= ' ' && value <= '~');
}

/* Every value once, the bits of which go through each position and neighbour. */
static void send_all_values(struct uart *uart, int *first_wrong, int *got)
{
	unsigned int value;

	for (value = 0; value < 256; value++) {
		if (!may_be_sent(uart, value))
			continue;
		if (wait_until(uart->ops->room(uart), SERIAL_CHAR_US)) {
			*first_wrong = value;
			*got = -ETIMEDOUT;
			return;
		}
		uart->ops->send(uart, value);
		*got = serial_await(uart);
		if (*got != (int)value) {
			*first_wrong = value;
			return;
		}
	}
}

static void loop(struct uart *uart)
{
	int first_wrong = -1, got = 0;
	bool works;

	if (!uart->ops->loopback) {
		serial_without("its kind has no loop");
		return;
	}
	works = serial_loop_on(uart);
	if (works) {
		send_all_values(uart, &first_wrong, &got);
		serial_loop_off(uart);
	}
	CHECK(works, "%s: no character comes back", uart->dev->name);
	CHECK_EQ(first_wrong, -1, "%s: first character that came back as another: %d came",
		 uart->dev->name, got);
}

void loop_returns_what_is_sent(void)
{
	serial_each(loop);
}

/* The least of the depths that the kinds of UART with a loop have. */
#define DEPTH	16U

static void fill(struct uart *uart)
{
	int got[DEPTH];
	unsigned int i;

	if (!serial_loop_on(uart)) {
		serial_without("no loop works to fill its FIFO by");
		return;
	}
	for (i = 0; i < DEPTH; i++) {
		wait_until(uart->ops->room(uart), SERIAL_CHAR_US);
		uart->ops->send(uart, 'a' + i);
	}
	wait_until(uart->ops->idle(uart), SERIAL_LINE_US);
	for (i = 0; i < DEPTH; i++)
		got[i] = serial_await(uart);
	serial_loop_off(uart);
	for (i = 0; i < DEPTH; i++)
		CHECK_EQ(got[i], 'a' + (int)i, "%s: character %u of %u in its FIFO",
			 uart->dev->name, i, DEPTH);
}

void fifo_keeps_the_order(void)
{
	serial_each(fill);
}
