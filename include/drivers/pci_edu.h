/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's "edu": a function made to be programmed, with a register that raises its
 * interrupt, and DMA to a buffer of its own (QEMU, docs/specs/edu.txt). It is what
 * pins, MSI and DMA are tried with; not meant for two users at a time.
 */
#ifndef DRIVERS_PCI_EDU_H
#define DRIVERS_PCI_EDU_H

#include <drivers/pci.h>

#define EDU_DMA_SIZE	4096U	/* of its buffer */

/** edu_get() - the first one of the machine, NULL without; pci_enumerate() finds it */
struct pci_function *edu_get(void);

/** edu_is_identified() - whether what was found behind its BAR is an edu; nothing is written else */
bool edu_is_identified(void);

/** edu_read() - its register at an offset, whatever state decoding is in */
u32 edu_read(u32 offset);
#define EDU_IDENTIFICATION	0x00	/* major << 24 | minor << 16 | 0xed */
#define EDU_LIVENESS		0x04	/* reads the inverse of what was written */

/** edu_write_liveness() - what EDU_LIVENESS reads the inverse of */
void edu_write_liveness(u32 value);

/** edu_raise() - set bits of its interrupt status, which raises its interrupt */
void edu_raise(u32 bits);

/** edu_status() - bits of the interrupt status */
u32 edu_status(void);

/** edu_acknowledge() - clear bits of the interrupt status, and wait for it */
void edu_acknowledge(u32 bits);

/** edu_factorial() - n! modulo 2^32, computed by the function; 0, -ETIMEDOUT */
int edu_factorial(u32 n, u32 *result);

/**
 * edu_dma_start() - copy between memory and its buffer
 * @memory: address on the bus
 * @bytes: at most EDU_DMA_SIZE
 * @to_memory: from its buffer to memory; else the other way
 */
void edu_dma_start(u64 memory, u32 bytes, bool to_memory);

/** edu_dma_busy() - whether that has not come to its end */
bool edu_dma_busy(void);

#endif
