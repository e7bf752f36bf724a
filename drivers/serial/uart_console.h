/* SPDX-License-Identifier: BSD-2-Clause */
/* What UART drivers share: from a mapped block of registers to a console. */
#ifndef DRIVERS_SERIAL_UART_CONSOLE_H
#define DRIVERS_SERIAL_UART_CONSOLE_H

#include <drivers/uart.h>

/**
 * uart_create() - map a UART's registers
 * @dev: its device; memory resource 0 are the registers
 * @ops: the driver's
 * @write: likewise, made of uart_write()
 *
 * Return: NULL, with a message, when it cannot be mapped or there is no memory.
 */
struct uart *uart_create(struct device *dev, const struct uart_ops *ops,
			 int (*write)(struct console *con, const char *s, size_t n));

/**
 * uart_identify() - whether a UART is one, before the first character goes there
 * @uart: from uart_create()
 *
 * Where a table describes it, a doubt is a warning: rather a console with odd
 * registers than none. What earlycon= names must be beyond doubt, since a slip in
 * the address would take the output away.
 *
 * Return: 0, or -EIO with a message.
 */
int uart_identify(struct uart *uart);

/**
 * uart_register() - make it a console
 * @uart: ready to send
 *
 * Return: 0; -ETIMEDOUT, with a message, when its FIFO is full and stays so:
 * another console is to be found then. It is one all the same, since what blocks
 * it may go away.
 */
int uart_register(struct uart *uart);

/**
 * uart_wait_room() - wait for room within a bound
 * @room: the driver's
 *
 * Return: what @room said at last; 0 when the FIFO stays full.
 */
unsigned int uart_wait_room(struct uart *uart, unsigned int (*room)(struct uart *uart));

/**
 * uart_wait_idle() - wait until all has left, for as long as a FIFO can need
 *
 * Return: 0 or -ETIMEDOUT.
 */
int uart_wait_idle(struct uart *uart);

/* @left: how many more fit, or NULL where room() says no more than whether one does. */
static __always_inline int uart_put(struct uart *uart, u8 c, unsigned int *left,
				    unsigned int (*room)(struct uart *uart),
				    void (*send)(struct uart *uart, u8 c))
{
	unsigned int n = left && *left ? *left : room(uart);

	if (unlikely(!n)) {
		n = uart_wait_room(uart, room);
		if (!n)
			return -ETIMEDOUT;
	}
	if (left)
		*left = n - 1;
	send(uart, c);
	return 0;
}

static __always_inline int uart_write_text(struct console *con, const char *s, size_t n,
					   unsigned int *left,
					   unsigned int (*room)(struct uart *uart),
					   void (*send)(struct uart *uart, u8 c))
{
	struct uart *uart = container_of(con, struct uart, console);
	const char *end = s + n;
	int ret;

	for (; s != end; s++) {
		if (unlikely(*s == '\n')) {
			ret = uart_put(uart, '\r', left, room, send);
			if (ret)
				return ret;
		}
		ret = uart_put(uart, *s, left, room, send);
		if (ret)
			return ret;
	}
	return 0;
}

/* Inlined into each driver with its own functions: this runs for each character. */
static __always_inline int uart_write(struct console *con, const char *s, size_t n,
				      unsigned int (*room)(struct uart *uart),
				      void (*send)(struct uart *uart, u8 c))
{
	return uart_write_text(con, s, n, NULL, room, send);
}

/* The same, for a UART whose room() says how many fit at once. */
static __always_inline int uart_write_many(struct console *con, const char *s, size_t n,
					   unsigned int (*room)(struct uart *uart),
					   void (*send)(struct uart *uart, u8 c))
{
	unsigned int left = 0;

	return uart_write_text(con, s, n, &left, room, send);
}

#endif
