// SPDX-License-Identifier: BSD-2-Clause
/*
 * SBSA generic UART (DEN0029 appendix B): a PL011 without rate, line control
 * and enable registers, which the firmware has set for good.
 */
#include "pl011.h"

static int sbsa_uart_probe(struct device *dev, const struct device_match *match __unused)
{
	struct pl011 *uart = pl011_console_create(dev);

	if (!uart)
		return -ENODEV;
	pl011_write(uart, UART_IMSC, 0);
	console_register(&uart->console);
	return 0;
}

static const struct device_match sbsa_uart_match[] = {
	{ .compatible = "arm,sbsa-uart", .acpi = ACPI_SPCR(ACPI_DBG2_SBSA) },
	{ .acpi = ACPI_SPCR(ACPI_DBG2_SBSA_32BIT) },
	{ .acpi = ACPI_DBG2(ACPI_DBG2_SBSA) },
	{ .acpi = ACPI_DBG2(ACPI_DBG2_SBSA_32BIT) },
	{}
};
DRIVER(sbsa_uart, .class = DRIVER_CONSOLE, .match = sbsa_uart_match, .probe = sbsa_uart_probe);
