/* SPDX-License-Identifier: BSD-2-Clause */
/* The CPU interface of a GICv3: system registers (IHI 0069H 12.2). */
#ifndef DRIVERS_IRQCHIP_GICV3_CPU_H
#define DRIVERS_IRQCHIP_GICV3_CPU_H

#include <core/irq.h>

/**
 * gicv3_cpu_interface_init() - this CPU's, whatever it was left like
 *
 * All priorities are let through, no priority is active, an EOI does both halves.
 *
 * Return: 0; -EIO where the system registers cannot be switched on.
 */
int gicv3_cpu_interface_init(void);

/** gicv3_cpu_set_security() - whether the distributor has two security states (GICD_CTLR.DS is 0) */
void gicv3_cpu_set_security(bool two_states);

/** gicv3_cpu_set_ranges() - whether the distributor takes SGIs to Aff0 above 15 (GICD_TYPER.RSS) */
void gicv3_cpu_set_ranges(bool has_ranges);

/** gicv3_cpu_sgi_reaches() - whether an SGI of this CPU gets to the one with @mpidr */
bool gicv3_cpu_sgi_reaches(u64 mpidr);

/** gicv3_cpu_save() - the part of the state that is in the interface */
void gicv3_cpu_save(struct irq_cpu_state *state);

/* What struct irqchip of core/irq.h says. */
u32 gicv3_cpu_ack(u32 *intid);
void gicv3_cpu_eoi(u32 token);
void gicv3_cpu_deactivate(u32 token);
int gicv3_cpu_split_eoi(bool split);
bool gicv3_cpu_eoi_is_split(void);
int gicv3_cpu_send_sgi(const u64 *mpidr, unsigned int count, u32 sgi);
int gicv3_cpu_send_sgi_others(u32 sgi);
void gicv3_cpu_set_priority_mask(u32 mask);
u32 gicv3_cpu_priority_mask(void);

#endif
