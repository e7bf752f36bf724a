// SPDX-License-Identifier: BSD-2-Clause
/* Text through the data and flag registers. */
#include <core/heap.h>
#include <core/time.h>
#include "pl011.h"

/*
 * At 300 baud a character takes 33 ms; a FIFO that stays full ten times as
 * long is stuck: flow control without a peer, or a clock that was stopped.
 */
#define FIFO_TIMEOUT_US		330000
#define STUCK_TIMEOUT_US	100

/* Apart from pl011_putc(), which then needs no stack: it runs for each character. */
static __noinline int wait_for_room(struct pl011 *uart)
{
	u64 timeout = uart->stuck ? STUCK_TIMEOUT_US : FIFO_TIMEOUT_US;
	int ret = wait_until(!(pl011_read(uart, UART_FR) & UART_FR_TXFF), timeout);

	uart->stuck = ret;
	return ret;
}

static inline int pl011_putc(struct pl011 *uart, char c)
{
	if (unlikely(pl011_read(uart, UART_FR) & UART_FR_TXFF)) {
		int ret = wait_for_room(uart);

		if (ret)
			return ret;
	}
	pl011_write(uart, UART_DR, (u8)c);
	return 0;
}

static int pl011_console_write(struct console *con, const char *s, size_t n)
{
	struct pl011 *uart = container_of(con, struct pl011, console);
	int ret = 0;

	for (; n && !ret; s++, n--) {
		if (*s == '\n')
			ret = pl011_putc(uart, '\r');
		if (!ret)
			ret = pl011_putc(uart, *s);
	}
	return ret;
}

static int pl011_console_read(struct console *con)
{
	struct pl011 *uart = container_of(con, struct pl011, console);

	if (pl011_read(uart, UART_FR) & UART_FR_RXFE)
		return -EAGAIN;
	return pl011_read(uart, UART_DR) & 0xff;
}

struct pl011 *pl011_console_create(struct device *dev)
{
	struct pl011 *uart = heap_alloc(sizeof(*uart));

	if (!uart)
		return NULL;
	uart->base = device_map(dev, 0);
	if (!uart->base)
		return NULL;
	uart->console.name = dev->name;
	uart->console.write = pl011_console_write;
	uart->console.read = pl011_console_read;
	return uart;
}
