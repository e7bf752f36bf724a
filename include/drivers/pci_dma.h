/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory that PCI functions read and write. */
#ifndef DRIVERS_PCI_DMA_H
#define DRIVERS_PCI_DMA_H

#include <drivers/pci.h>

/**
 * pci_dma_alloc() - zeroed memory for CPU and function
 * @fn: who reads and writes it
 * @bytes: rounded up to whole pages
 *
 * Return: its address, for both alike; NULL when there is none, or the host bridge
 * describes other addresses for memory than the CPUs have (dma-ranges).
 */
void *pci_dma_alloc(const struct pci_function *fn, size_t bytes);

/** pci_dma_free() - give it back; the function no longer uses it */
void pci_dma_free(void *p, size_t bytes);

/**
 * pci_dma_sync() - what one side wrote is seen by the other
 * @p: part of it, of whole cache lines nobody else writes to
 * @bytes: its size
 *
 * Call it behind the CPU's last write, before the function is told; and before
 * the CPU's first read, once the function has said that it is done.
 */
void pci_dma_sync(const void *p, size_t bytes);

#endif
