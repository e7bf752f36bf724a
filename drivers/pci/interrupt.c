// SPDX-License-Identifier: BSD-2-Clause
/* Where the interrupts of a function go: pins, and the controller of its messages. */
#include "internal.h"

#define PINS	4U

int pci_intx(const struct pci_function *fn, struct resource *irq)
{
	unsigned int pin = pci_read8(fn, PCI_INTERRUPT_PIN);
	const struct pci_source_ops *source = fn->host->source;

	if (!pin || pin > PINS)
		return -ENODEV;
	if (!source)
		return -ENOENT;
	/* Each bridge turns the pins by the number of the device behind it. */
	for (; fn->bridge; fn = fn->bridge)
		pin = (pin - 1 + (fn->devfn >> 3)) % PINS + 1;
	return source->intx(fn->host->dev, fn->bus, fn->devfn, (u8)pin, irq);
}

/*
 * Behind a bridge to conventional PCI, which carries no requester ids, the bridge
 * answers with its own: one from PCI Express with that of the bus behind it
 * (PCI Express to PCI/PCI-X Bridge Specification 1.0 2.3).
 */
u16 pci_requester_id(const struct pci_function *fn)
{
	u16 id = (u16)(fn->bus << 8 | fn->devfn);
	const struct pci_function *bridge;

	for (bridge = fn->bridge; bridge; bridge = bridge->bridge) {
		int type = pci_express_type(bridge);

		if (type == PCI_EXPRESS_TO_PCI)
			id = (u16)(bridge->secondary << 8);
		else if (type < 0)
			id = (u16)(bridge->bus << 8 | bridge->devfn);
	}
	return id;
}

int pci_msi_route(const struct pci_function *fn, struct pci_msi_route *route)
{
	const struct pci_source_ops *source = fn->host->source;

	if (!source)
		return -ENOENT;
	return source->msi(fn->host->dev, pci_requester_id(fn), route);
}
