// SPDX-License-Identifier: BSD-2-Clause
/* Arm PrimeCell UART (PL011). */
#include <core/log.h>
#include <core/time.h>
#include <base/parse.h>
#include <base/string.h>
#include "pl011.h"

#define CR_UARTEN	(1U << 0)
#define CR_TXE		(1U << 8)
#define CR_RXE		(1U << 9)
#define LCR_H_FEN	(1U << 4)
#define LCR_H_WLEN_8	(3U << 5)

/* The longest frame at 300 baud, sixteen times: what a full FIFO needs to drain. */
#define DRAIN_US	700000

/*
 * Divisors change only on demand: the firmware's console works at a rate that
 * somebody's terminal is set to, and the clock is rarely described.
 */
static void pl011_set_rate(struct pl011 *uart, const struct device *dev, u64 baud)
{
	u64 clock, divisor;

	if (device_get_u64(dev, "clock-frequency", &clock) || !clock || !baud) {
		pr_warn("%s: %llu baud wanted, but the UART's clock is not known: rate unchanged",
			dev->name, baud);
		return;
	}
	/* Divisor in 64ths: clock / (16 * baud) * 64, rounded (DDI 0183G 3.3.6). */
	divisor = (clock * 4 + baud / 2) / baud;
	pl011_write(uart, UART_IBRD, divisor >> 6);
	pl011_write(uart, UART_FBRD, divisor & 0x3f);
}

static void pl011_enable(struct pl011 *uart, const struct device *dev, u64 baud)
{
	wait_until(!(pl011_read(uart, UART_FR) & UART_FR_BUSY), DRAIN_US);
	pl011_write(uart, UART_CR, 0);
	if (baud)
		pl011_set_rate(uart, dev, baud);
	/* Writing LCR_H is what takes new divisors over. */
	pl011_write(uart, UART_LCR_H, LCR_H_FEN | LCR_H_WLEN_8);
	pl011_write(uart, UART_ICR, 0x7ff);
	pl011_write(uart, UART_CR, CR_UARTEN | CR_TXE | CR_RXE);
}

static int pl011_probe(struct device *dev, const struct device_match *match __unused)
{
	struct pl011 *uart = pl011_console_create(dev);
	u64 baud = 0;

	if (!uart)
		return -ENODEV;
	/* Only earlycon= asks for a rate; what a table says is what the firmware has set. */
	if (dev->source == SOURCE_CMDLINE)
		device_get_u64(dev, "current-speed", &baud);
	pl011_write(uart, UART_IMSC, 0);
	if (baud || (pl011_read(uart, UART_CR) & (CR_UARTEN | CR_TXE)) != (CR_UARTEN | CR_TXE))
		pl011_enable(uart, dev, baud);
	console_register(&uart->console);
	return 0;
}

static const struct device_match pl011_match[] = {
	{ .compatible = "arm,pl011", .acpi = ACPI_SPCR(ACPI_DBG2_PL011) },
	{ .acpi = ACPI_DBG2(ACPI_DBG2_PL011) },
	{}
};
DRIVER(pl011, .class = DRIVER_CONSOLE, .match = pl011_match, .probe = pl011_probe);
