/* SPDX-License-Identifier: BSD-2-Clause */
/* From what a table says about a device's interrupt to one that comes. */
#ifndef DRIVERS_DEVICE_IRQ_H
#define DRIVERS_DEVICE_IRQ_H

#include <core/irq.h>
#include <drivers/device.h>

/**
 * device_irq_request() - request a device's n-th interrupt, as it is described
 * @dev: the device
 * @n: which of its interrupts, as device_irq() counts
 * @handler: as irq_request() has it
 * @arg: passed on
 *
 * It triggers as the table says (RES_IRQ_EDGE), is for the calling CPU and stays
 * disabled: irq_enable(). A falling edge or low level reaches a GIC inverted on its
 * way. irq_request(intid, NULL, NULL) takes it back.
 *
 * Return: its INTID; -ENOENT when it has no such interrupt; else, with a message,
 * what irq_request() returned.
 */
int device_irq_request(const struct device *dev, unsigned int n, irq_handler_t handler,
		       void *arg);

#endif
