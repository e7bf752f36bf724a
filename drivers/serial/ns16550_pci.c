// SPDX-License-Identifier: BSD-2-Clause
/*
 * A 16550 on PCI (PCI Code and ID Assignment 1.11, class 07h 00h 02h), whose registers are
 * bytes in BAR 0. It is a console where consoles= names it, or where nothing else is
 * one: only then are PCI's functions looked for at start-up.
 */
#include <core/console.h>
#include <core/heap.h>
#include <core/log.h>
#include <core/stage.h>
#include <drivers/pci.h>
#include "ns16550.h"

#define CLASS_16550	0x070002U

struct pci_uart {
	struct device dev;
	struct resource res[2];		/* registers, interrupt */
};

static struct pci_uart *describe(struct pci_function *fn)
{
	struct pci_uart *port = heap_alloc(sizeof(*port));

	if (!port)
		return NULL;
	port->res[0] = (struct resource){ .kind = RES_MEM, .base = fn->bar[0].cpu,
					  .size = fn->bar[0].size };
	port->dev.name = heap_printf("pci-serial@%s", pci_name(fn));
	port->dev.origin = heap_printf("PCI %s", pci_name(fn));
	port->dev.source = fn->host->dev->source;
	port->dev.resources = port->res;
	port->dev.nr_resources = pci_intx(fn, &port->res[1]) ? 1 : 2;
	return port->dev.name && port->dev.origin ? port : NULL;
}

/* For whoever asks what drives the device: it is in no table of drivers. */
static const struct driver by_pci = { .name = "ns16550", .class = DRIVER_CONSOLE };

static int ns16550_pci_probe(struct pci_function *fn)
{
	struct pci_uart *port = describe(fn);
	struct uart *uart;
	int ret;

	if (!port)
		return -ENOMEM;
	if (console_present() && !console_wanted(port->dev.name))
		return -ENODEV;
	if (fn->bar[0].io && fn->host->aml) {
		pr_warn("%s: its registers are in I/O space, and where the CPUs see that stands in AML alone",
			port->dev.name);
		return -ENODEV;
	}
	if (!pci_map_bar(fn, 0))
		return -EIO;
	uart = uart_create(&port->dev, &ns16550_ops, ns16550_console_write);
	if (!uart)
		return -EIO;
	uart->width = 1;
	port->dev.driver = &by_pci;
	device_add(&port->dev);
	ret = ns16550_start(uart);
	port->dev.probed = !ret;
	return ret;
}

static const struct pci_match ns16550_pci_match[] = {
	{ .class = CLASS_16550, .class_mask = 0xffffff },
	{}
};
PCI_DRIVER(ns16550, .match = ns16550_pci_match, .probe = ns16550_pci_probe);

/* Behind the drivers of what tables describe, host bridges among them. */
static int find_console(struct boot_info *bi)
{
	bool wanted = console_wanted("pci-serial@");
	struct uart *uart;

	(void)bi;
	if (console_present() && !wanted)
		return 0;
	pci_enumerate();
	uart_for_each(uart)
		if (uart->dev->driver == &by_pci)
			return 0;
	/* Of "all" there may be none. */
	if (wanted && !console_wanted("all"))
		pr_err("consoles= names a 16550 on PCI, and there is none that can be used");
	return 0;
}
STAGE(ns16550_pci, "50", .when = STAGE_PROBE, .run = find_console);
