/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of drivers/pci. */
#ifndef DRIVERS_PCI_INTERNAL_H
#define DRIVERS_PCI_INTERNAL_H

#include <drivers/pci.h>

#define PCI_BUS_SIZE		0x100000ULL	/* configuration space of a bus */
#define PCI_CLASS_HOST		0x0600U		/* class >> 8 */

static inline bool pci_is_bridge(const struct pci_function *fn)
{
	return fn->header == PCI_HEADER_BRIDGE;
}

/**
 * pci_scan() - find the functions of a host bridge
 * @host: its functions are added to the list
 *
 * Return: 0; -ENOMEM.
 */
int pci_scan(struct pci_host *host);

/** pci_size_bars() - fill in what a function decodes; its decoding is off meanwhile */
void pci_size_bars(struct pci_function *fn);

/** pci_locate_bar() - where the CPUs see a BAR that is set */
void pci_locate_bar(const struct pci_host *host, struct pci_bar *bar);

/** pci_write_bar() - give a BAR the address that its struct has */
void pci_write_bar(const struct pci_function *fn, unsigned int n);

/**
 * pci_assign() - assign all BARs and bridge windows of a host bridge
 * @host: its windows and the sizes of its BARs are known; leaves all decoding off
 */
void pci_assign(struct pci_host *host);

/** pci_is_sound() - whether what the firmware left in BARs and bridges can stay */
bool pci_is_sound(const struct pci_host *host);

#endif
