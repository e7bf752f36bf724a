/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The two interrupt controllers of BCM2836 and BCM2837 (Raspberry Pi 2 and 3). Each
 * core has a local one, whose inputs n are INTIDs 16 + n here; what the devices
 * share hangs at one of those, banks of 32 that begin with INTID 32. SGIs are the
 * bits of each core's mailbox 0.
 */
#ifndef DRIVERS_IRQCHIP_BCM2836_H
#define DRIVERS_IRQCHIP_BCM2836_H

#include <core/irq.h>

/* Of the shared ones; -ERANGE where no such controller is described. */
int bcm2835_armctrl_enable(u32 intid);
int bcm2835_armctrl_disable(u32 intid);
int bcm2835_armctrl_is_enabled(u32 intid);
int bcm2835_armctrl_is_pending(u32 intid);

/** bcm2835_armctrl_ack() - the first that is enabled and pending, IRQ_NONE without */
u32 bcm2835_armctrl_ack(void);

#endif
