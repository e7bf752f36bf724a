// SPDX-License-Identifier: BSD-2-Clause
/*
 * SBSA generic UART (DEN0029H appendix B): a PL011 without rate, line control
 * and enable registers, which the firmware has set for good. It need not have
 * identification registers either.
 */
#include "pl011.h"

/* All that it has beside flags and data (DEN0029H appendix B). */
static void sbsa_uart_keep(struct uart *uart)
{
	uart->kept[0] = pl011_read(uart, PL011_IMSC);
}

static int sbsa_uart_mend(struct uart *uart)
{
	if (pl011_read(uart, PL011_IMSC) == uart->kept[0])
		return 0;
	pl011_write(uart, PL011_IMSC, uart->kept[0]);
	return 1;
}

static const struct uart_ops sbsa_uart_ops = {
	.room = pl011_room,
	.send = pl011_send,
	.receive = pl011_receive,
	.idle = pl011_idle,
	.identify = pl011_flags_plausible,
	.flags = pl011_flags,
	.events_enable = pl011_events_enable,
	.events_raised = pl011_events_raised,
	.events_clear = pl011_events_clear,
	.mend = sbsa_uart_mend,
	.keep = sbsa_uart_keep,
};

/* The type that firmware gives where accesses of 16 bits do not work. */
static const struct uart_ops sbsa_uart_32bit_ops = {
	.room = pl011_room,
	.send = pl011_send,
	.receive = pl011_receive,
	.idle = pl011_idle,
	.identify = pl011_flags_plausible,
	.events_enable = pl011_events_enable,
	.events_raised = pl011_events_raised,
	.events_clear = pl011_events_clear,
	.mend = sbsa_uart_mend,
	.keep = sbsa_uart_keep,
};

static int sbsa_uart_probe(struct device *dev, const struct device_match *match)
{
	const struct uart_ops *ops = match->data ? &sbsa_uart_32bit_ops : &sbsa_uart_ops;
	struct uart *uart = uart_create(dev, ops, pl011_console_write);
	int ret;

	if (!uart)
		return -ENODEV;
	ret = uart_identify(uart);
	if (ret)
		return ret;
	pl011_write(uart, PL011_IMSC, 0);
	return uart_register(uart);
}

static const struct device_match sbsa_uart_match[] = {
	{ .compatible = "arm,sbsa-uart", .acpi = ACPI_SPCR(ACPI_DBG2_SBSA) },
	{ .acpi = ACPI_SPCR(ACPI_DBG2_SBSA_32BIT), .data = 1 },
	{ .acpi = ACPI_DBG2(ACPI_DBG2_SBSA) },
	{ .acpi = ACPI_DBG2(ACPI_DBG2_SBSA_32BIT), .data = 1 },
	{}
};
DRIVER(sbsa_uart, .class = DRIVER_CONSOLE, .match = sbsa_uart_match, .probe = sbsa_uart_probe);
