// SPDX-License-Identifier: BSD-2-Clause
/* A 16550 that a table describes: where its registers lie, and how far apart. */
#include <core/log.h>
#include "ns16550.h"

/* What the binding or the ACPI type says without a property: distance and width. */
#define SPACED(shift, width)	((u64)(shift) << 8 | (width))

static int ns16550_probe(struct device *dev, const struct device_match *match)
{
	struct uart *uart = uart_create(dev, &ns16550_ops, ns16550_console_write);
	u64 shift = match->data >> 8, width = match->data & 0xff, offset = 0;

	if (!uart)
		return -ENODEV;
	device_get_u64(dev, "reg-shift", &shift);
	device_get_u64(dev, "reg-io-width", &width);
	device_get_u64(dev, "reg-offset", &offset);
	if (!width)
		width = 1;
	if (shift > 4 || (width != 1 && width != 2 && width != 4) ||
	    offset + (8ULL << shift) > device_mem(dev, 0)->size) {
		pr_err("%s (%s): reg-shift %llu, reg-io-width %llu, reg-offset 0x%llx in 0x%llx bytes: no 16550's",
		       dev->name, dev->origin, shift, width, offset, device_mem(dev, 0)->size);
		return -EINVAL;
	}
	uart->base += offset;
	uart->shift = shift;
	uart->width = width;
	return ns16550_start(uart);
}

static const struct device_match ns16550_match[] = {
	{ .compatible = "ns16550a", .acpi = ACPI_SPCR(ACPI_DBG2_16550) },
	{ .compatible = "ns16550", .acpi = ACPI_DBG2(ACPI_DBG2_16550) },
	{ .compatible = "ns16450", .acpi = ACPI_SPCR(ACPI_DBG2_16450) },
	{ .compatible = "ns8250", .acpi = ACPI_DBG2(ACPI_DBG2_16450) },
	{ .compatible = "ns16850", .acpi = ACPI_SPCR(ACPI_DBG2_16550_GAS) },
	{ .compatible = "snps,dw-apb-uart", .acpi = ACPI_DBG2(ACPI_DBG2_16550_GAS) },
	{ .compatible = "nvidia,tegra20-uart", .acpi = ACPI_SPCR(ACPI_DBG2_NVIDIA),
	  .data = SPACED(2, 4) },
	{ .compatible = "mediatek,mt6577-uart", .acpi = ACPI_DBG2(ACPI_DBG2_NVIDIA),
	  .data = SPACED(2, 4) },
	{ .compatible = "ti,am654-uart", .data = SPACED(2, 4) },
	{}
};
DRIVER(ns16550, .class = DRIVER_CONSOLE, .match = ns16550_match, .probe = ns16550_probe);
