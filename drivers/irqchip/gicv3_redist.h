/* SPDX-License-Identifier: BSD-2-Clause */
/* The redistributors: one a CPU, in one or more regions (IHI 0069H 12.10). */
#ifndef DRIVERS_IRQCHIP_GICV3_REDIST_H
#define DRIVERS_IRQCHIP_GICV3_REDIST_H

#include <drivers/device.h>

/**
 * gicv3_redist_discover() - map and list all redistributors
 * @dev: the GIC
 *
 * Return: 0; -ENOMEM; -EINVAL when no region can be used. What is wrong with
 * a region is said, and the region left out.
 */
int gicv3_redist_discover(const struct device *dev);

/** gicv3_redist_find() - the redistributor of a CPU by its affinity fields, NULL without */
void __iomem *gicv3_redist_find(u64 mpidr);

/** gicv3_redist_find_virtual() - likewise, if its frames for virtual LPIs are described, too */
void __iomem *gicv3_redist_find_virtual(u64 mpidr);

/**
 * gicv3_redist_get() - one after the other
 * @i: from 0 on
 * @mpidr: set to whose it is
 *
 * Return: NULL behind the last.
 */
void __iomem *gicv3_redist_get(unsigned int i, u64 *mpidr);

#endif
