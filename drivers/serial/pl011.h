/* SPDX-License-Identifier: BSD-2-Clause */
/* What PL011 and the SBSA generic UART have in common. */
#ifndef DRIVERS_SERIAL_PL011_H
#define DRIVERS_SERIAL_PL011_H

#include <asm/io.h>
#include "uart_console.h"

/* Offsets (DDI 0183G 3.2); the SBSA generic UART has the same for those it has. */
#define PL011_DR	0x00
#define PL011_FR	0x18
#define PL011_IBRD	0x24
#define PL011_FBRD	0x28
#define PL011_LCR_H	0x2c
#define PL011_CR	0x30
#define PL011_IMSC	0x38
#define PL011_MIS	0x40
#define PL011_ICR	0x44
#define PL011_PERIPHID	0xfe0	/* four registers of a byte, then four of the cell's */
#define PL011_CELLID	0xff0

#define PL011_FR_TXFE	(1U << 7)	/* transmit FIFO empty */
#define PL011_FR_RXFF	(1U << 6)	/* receive FIFO full */
#define PL011_FR_TXFF	(1U << 5)	/* transmit FIFO full */
#define PL011_FR_RXFE	(1U << 4)	/* receive FIFO empty */
#define PL011_FR_BUSY	(1U << 3)
#define PL011_FR_MODEM	0x107U		/* RI, DCD, DSR, CTS */

/* 32 bits: the only width that every implementation takes. */
static inline u32 pl011_read(const struct uart *uart, unsigned int offset)
{
	return readl(uart->base + offset);
}

static inline void pl011_write(const struct uart *uart, unsigned int offset, u32 value)
{
	writel(value, uart->base + offset);
}

/**
 * pl011_flags_plausible() - whether the flag register can be one
 * @why: filled when not
 * @size: bytes at @why
 *
 * Return: 0, or -ENODEV.
 */
int pl011_flags_plausible(struct uart *uart, char *why, size_t size);

/* struct console's and struct uart_ops's, of both */
int pl011_console_write(struct console *con, const char *s, size_t n);
unsigned int pl011_room(struct uart *uart);
void pl011_send(struct uart *uart, u8 c);
int pl011_receive(struct uart *uart);
bool pl011_idle(struct uart *uart);
u32 pl011_flags(struct uart *uart, unsigned int bytes);
void pl011_events_enable(struct uart *uart, u32 events);
u32 pl011_events_raised(struct uart *uart);
void pl011_events_clear(struct uart *uart, u32 events);

#endif
