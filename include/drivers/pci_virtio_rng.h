/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio entropy source (virtio 1.2, 5.4) on PCI: the device that MSI-X is tried
 * with. One queue with one buffer; not meant for two users at a time.
 */
#ifndef DRIVERS_PCI_VIRTIO_RNG_H
#define DRIVERS_PCI_VIRTIO_RNG_H

#include <drivers/pci.h>

/** virtio_rng_get() - the first one of the machine, NULL without; pci_enumerate() finds it */
struct pci_function *virtio_rng_get(void);

/**
 * virtio_rng_start() - reset it and set its queue up
 * @vector: number of the MSI-X vector its queue raises; ~0: none, its pin
 *
 * MSI-X has been enabled before, where it is wanted.
 *
 * Return: 0; -EOPNOTSUPP when it is of before virtio 1.0; -ENOMEM; -EIO when it
 * does not take the features or the vector; -ETIMEDOUT when its reset does not end.
 */
int virtio_rng_start(u16 vector);
#define VIRTIO_RNG_NO_VECTOR	0xffffU

/** virtio_rng_ask() - have it fill the buffer; at most one request at a time */
void virtio_rng_ask(void);

/**
 * virtio_rng_answer() - whether it has
 * @bytes: how many it wrote; NULL: not asked for
 *
 * Return: the buffer; NULL while it has not.
 */
const u8 *virtio_rng_answer(u32 *bytes);
#define VIRTIO_RNG_BYTES	64U

/** virtio_rng_interrupt_status() - its ISR, which reading clears, and with it its pin */
u8 virtio_rng_interrupt_status(void);

/** virtio_rng_stop() - reset it, and give its memory back */
void virtio_rng_stop(void);

#endif
