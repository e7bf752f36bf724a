// SPDX-License-Identifier: BSD-2-Clause
/* What UART drivers share. */
#include <core/heap.h>
#include <core/log.h>
#include <core/time.h>
#include "uart_console.h"

/*
 * At 300 baud a character takes 33 ms; a FIFO that stays full ten times as
 * long is stuck: flow control without a peer, or a clock that was stopped.
 */
#define FIFO_TIMEOUT_US		330000
#define STUCK_TIMEOUT_US	100

/* The longest frame at 300 baud, 64 times: what the deepest full FIFO needs to drain. */
#define DRAIN_US		2200000

static LIST_HEAD(uarts);

struct list_head *uart_list(void)
{
	return &uarts;
}

static int console_read_uart(struct console *con)
{
	struct uart *uart = container_of(con, struct uart, console);
	int c = uart->ops->receive(uart);

	return c < 0 ? -EAGAIN : c;
}

struct uart *uart_create(struct device *dev, const struct uart_ops *ops,
			 int (*write)(struct console *con, const char *s, size_t n))
{
	struct uart *uart = heap_alloc(sizeof(*uart));

	if (!uart) {
		pr_err("%s: no memory: raise CONFIG_HEAP_KIB", dev->name);
		return NULL;
	}
	uart->dev = dev;
	uart->ops = ops;
	uart->base = device_map(dev, 0);
	uart->console.name = dev->name;
	uart->console.write = write;
	uart->console.read = console_read_uart;
	return uart->base ? uart : NULL;
}

int uart_identify(struct uart *uart)
{
	const struct device *dev = uart->dev;
	char why[160];

	if (!uart->ops->identify || !uart->ops->identify(uart, why, sizeof(why)))
		return 0;
	if (dev->source != SOURCE_CMDLINE) {
		pr_warn("%s (%s): %s; used as a console all the same", dev->name, dev->origin,
			why);
		return 0;
	}
	pr_err("%s (%s): %s; no console", dev->name, dev->origin, why);
	return -EIO;
}

/* Apart from the writing, which then needs no stack: that runs for each character. */
unsigned int __noinline uart_wait_room(struct uart *uart,
				       unsigned int (*room)(struct uart *uart))
{
	u64 timeout = uart->stuck ? STUCK_TIMEOUT_US : FIFO_TIMEOUT_US;
	unsigned int left = 0;

	uart->stuck = wait_until((left = room(uart)) != 0, timeout);
	return left;
}

int uart_wait_idle(struct uart *uart)
{
	return wait_until(uart->ops->idle(uart), DRAIN_US);
}

static int mend(struct console *con)
{
	struct uart *uart = container_of(con, struct uart, console);

	return uart->ops->mend(uart);
}

int uart_register(struct uart *uart)
{
	const struct device *dev = uart->dev;
	bool room = uart->ops->room(uart) || uart_wait_room(uart, uart->ops->room);

	if (!room)
		pr_err("%s (%s): its FIFO has no room, and does not drain: flow control without a peer, a clock that is off, or no UART",
		       dev->name, dev->origin);
	if (uart->ops->keep && uart->ops->mend) {
		uart->ops->keep(uart);
		uart->console.mend = mend;
	}
	/* May end in an exception: then it is no UART to test either. */
	console_register(&uart->console);
	list_add_tail(&uart->node, &uarts);
	return room ? 0 : -ETIMEDOUT;
}
