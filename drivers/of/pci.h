/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef DRIVERS_OF_PCI_H
#define DRIVERS_OF_PCI_H

#include <drivers/pci_host.h>

/* Answers from the node of a host bridge. */
extern const struct pci_source_ops of_pci_ops;

#endif
