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

int pci_msi_route(const struct pci_function *fn, struct pci_msi_route *route)
{
	const struct pci_source_ops *source = fn->host->source;

	if (!source)
		return -ENOENT;
	return source->msi(fn->host->dev, (u16)(fn->bus << 8 | fn->devfn), route);
}
