/* SPDX-License-Identifier: BSD-2-Clause */
/* A 16550 wherever its registers lie. */
#ifndef DRIVERS_SERIAL_NS16550_H
#define DRIVERS_SERIAL_NS16550_H

#include "uart_console.h"

extern const struct uart_ops ns16550_ops;

/** ns16550_console_write() - struct console's */
int ns16550_console_write(struct console *con, const char *s, size_t n);

/**
 * ns16550_start() - look what it is, and make it a console
 * @uart: base, shift and width are set
 *
 * One that is found running keeps its rate, unless earlycon= gives another.
 *
 * Return: 0 or what uart_identify() and uart_register() return.
 */
int ns16550_start(struct uart *uart);

#endif
