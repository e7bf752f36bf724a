/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of include/drivers/gic.h. */
#ifndef DRIVERS_IRQCHIP_GIC_ACCESS_H
#define DRIVERS_IRQCHIP_GIC_ACCESS_H

#include <drivers/device.h>

/* Filled by the first gic_get_info(); all NULL where there is no GIC. */
struct gic_access {
	const struct device *dev;
	unsigned int version;
	void __iomem *dist;
	void __iomem *cpu;		/* GICv2 */
	void __iomem *hyp;		/* GICv2, where described */
};

/** gic_access() - where the registers are; never NULL */
const struct gic_access *gic_access(void);

#endif
