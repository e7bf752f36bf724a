/* SPDX-License-Identifier: BSD-2-Clause */
/* What PL011 and the SBSA generic UART have in common: flag and data registers. */
#ifndef DRIVERS_SERIAL_PL011_H
#define DRIVERS_SERIAL_PL011_H

#include <base/compiler.h>
#include <core/console.h>
#include <drivers/device.h>
#include <asm/io.h>

/* Offsets (DDI 0183G 3.2); the SBSA generic UART has the same for those it has. */
#define UART_DR		0x00
#define UART_FR		0x18
#define UART_IBRD	0x24
#define UART_FBRD	0x28
#define UART_LCR_H	0x2c
#define UART_CR		0x30
#define UART_IMSC	0x38
#define UART_ICR	0x44

#define UART_FR_TXFF	(1U << 5)	/* transmit FIFO full */
#define UART_FR_RXFE	(1U << 4)	/* receive FIFO empty */
#define UART_FR_BUSY	(1U << 3)

struct pl011 {
	struct console console;
	void __iomem *base;
	bool stuck;		/* the FIFO stayed full: waits are short until it moves again */
};

/**
 * pl011_console_create() - map the UART and prepare it as a console
 * @dev: its device; memory resource 0 are the registers
 *
 * Return: the new console's UART, or NULL when it cannot be mapped or there is no memory.
 */
struct pl011 *pl011_console_create(struct device *dev);

/* 32 bits: the only width that every implementation takes. */
static inline u32 pl011_read(const struct pl011 *uart, unsigned int offset)
{
	return readl(uart->base + offset);
}

static inline void pl011_write(const struct pl011 *uart, unsigned int offset, u32 value)
{
	writel(value, uart->base + offset);
}

#endif
