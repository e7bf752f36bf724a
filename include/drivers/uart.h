/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * UARTs that are consoles: what their drivers register, and what the suite serial
 * asks of them. Text goes through struct console; what is below acts on the same
 * hardware beside it, so a test lets the text drain first (idle) and puts back
 * what it changed.
 */
#ifndef DRIVERS_UART_H
#define DRIVERS_UART_H

#include <base/compiler.h>
#include <base/list.h>
#include <core/console.h>
#include <drivers/device.h>

#define UART_EVENT_RX	0x1U	/* a character has arrived */
#define UART_EVENT_TX	0x2U	/* the transmitter has room again */

struct uart;

/* What a driver can do with its hardware; NULL where the hardware cannot. */
struct uart_ops {
	/* Characters that send() can take without another look; 0: the FIFO is full. */
	unsigned int (*room)(struct uart *uart);
	void (*send)(struct uart *uart, u8 c);
	/* A character that has arrived, -EAGAIN without, -EIO for one that came broken. */
	int (*receive)(struct uart *uart);
	/* Whether everything sent has left, the last stop bit too. */
	bool (*idle)(struct uart *uart);
	/*
	 * Whether the hardware says that it is what the driver is for: 0, or -ENODEV
	 * with the reason and what was read in @why. Reads only.
	 */
	int (*identify)(struct uart *uart, char *why, size_t size);
	/*
	 * The register of flags, in an access of 2 or 4 bytes: where a specification
	 * promises both widths.
	 */
	u32 (*flags)(struct uart *uart, unsigned int bytes);
	/*
	 * The transmitter feeds the receiver; off again. The line stays idle, where the
	 * hardware's manual promises that (16550, Cadence).
	 */
	void (*loopback)(struct uart *uart, bool on);
	/* In a loop the terminal may see what is sent, too: no manual says that it does not. */
	bool loop_is_seen;
	/* UART_EVENT_*: these raise the interrupt from now on, no others. */
	void (*events_enable)(struct uart *uart, u32 events);
	/* Those enabled that are raised now. */
	u32 (*events_raised)(struct uart *uart);
	/* Take back what was raised; reading takes UART_EVENT_RX back where this does not. */
	void (*events_clear)(struct uart *uart, u32 events);
	/* As struct console has it: what send() depends on is as it was at registration. */
	int (*mend)(struct uart *uart);
	/* Note it then. */
	void (*keep)(struct uart *uart);
};

#define UART_KEPT	5U

struct uart {
	struct console console;
	struct list_head node;		/* for drivers/serial/uart.c */
	struct device *dev;
	void __iomem *base;
	const struct uart_ops *ops;
	unsigned int shift;		/* registers are 1 << shift bytes apart, where it varies */
	unsigned int width;		/* bytes an access, where it varies */
	unsigned int fifo;		/* characters it sends without waiting once it is empty */
	u32 kept[UART_KEPT];		/* registers as they are to be: the driver's */
	bool stuck;			/* stayed full: waits are short until it moves again */
};

/** uart_list() - head of all UARTs that are consoles, in the order they were bound */
struct list_head *uart_list(void);

#define uart_for_each(uart) list_for_each_entry(uart, uart_list(), node)

#endif
