// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <core/log.h>
#include <drivers/device_irq.h>

/*
 * PPIs trigger as they are wired, and tables are often careless there; of an SPI
 * that cannot be what it is described as nothing good will come.
 */
static void set_trigger(const struct device *dev, const struct resource *irq)
{
	bool edge = irq->flags & RES_IRQ_EDGE;
	int ret = irq_set_trigger((u32)irq->base, edge);

	if (ret && irq->base >= IRQ_PRIVATE)
		pr_warn("%s (%s): interrupt %llu is described as %s-triggered, which the interrupt controller cannot make it (%s)",
			dev->name, dev->origin, irq->base, edge ? "edge" : "level",
			errno_name(ret));
}

int device_irq_request(const struct device *dev, unsigned int n, irq_handler_t handler,
		       void *arg)
{
	const struct resource *irq = device_irq(dev, n);
	int ret;

	if (!irq)
		return -ENOENT;
	ret = irq_request((u32)irq->base, handler, arg);
	if (ret) {
		pr_err("%s (%s): interrupt %llu cannot be requested: %s", dev->name, dev->origin,
		       irq->base, errno_name(ret));
		return ret;
	}
	set_trigger(dev, irq);
	return (int)irq->base;
}
