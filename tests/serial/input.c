// SPDX-License-Identifier: BSD-2-Clause
/* What somebody types. */
#include <core/console.h>
#include <core/time.h>
#include "serial.h"

void serial_ask(void)
{
	console_printf("# please type \"" SERIAL_TYPED "\" and Return: ");
}

void serial_drop_line(struct uart *uart)
{
	unsigned int i;
	int c = 0;

	for (i = 0; i < 256 && c != '\r' && c != -ETIMEDOUT; i++)
		if (wait_until((c = uart->ops->receive(uart)) != -EAGAIN, SERIAL_PROMPT_US / 4))
			c = -ETIMEDOUT;
}

/* One line of the first console at which something comes; its length, or -ETIMEDOUT. */
static int read_line(char *line, size_t size)
{
	u64 us = SERIAL_PROMPT_US;
	size_t n = 0;
	int c;

	while (n < size - 1) {
		if (wait_until((c = console_read()) >= 0, us) || c == '\r' || c == '\n')
			break;
		line[n++] = (char)c;
		us = SERIAL_PROMPT_US / 4;
	}
	line[n] = '\0';
	return n ? (int)n : -ETIMEDOUT;
}

void input_arrives(void)
{
	struct uart *uart;
	char line[64];
	int n;

	uart_for_each(uart)
		serial_settle(uart);
	serial_ask();
	n = read_line(line, sizeof(line));
	console_end_line();
	if (n < 0)
		SKIP("nobody types at a console");
	CHECK_STREQ(line, SERIAL_TYPED);
}
