/* SPDX-License-Identifier: BSD-2-Clause */
/* What GICv2 and GICv3 have in common: registers of the distributor (IHI 0048B.b 4.1.2, IHI 0069H 12.8). */
#ifndef DRIVERS_IRQCHIP_GIC_H
#define DRIVERS_IRQCHIP_GIC_H

#include <base/compiler.h>
#include <base/types.h>

#define GICD_CTLR		0x0
#define GICD_TYPER		0x4
#define GICD_TYPER_LINES(typer)	((typer) & 0x1f)	/* 32 * (n + 1) interrupts */
/* One bit an interrupt; the first word holds the private ones (GICv3: of GICR's SGI frame). */
#define GIC_IGROUPR		0x80
#define GIC_ISENABLER		0x100
#define GIC_ICENABLER		0x180
#define GIC_ISPENDR		0x200
#define GIC_ICPENDR		0x280
#define GIC_ISACTIVER		0x300
#define GIC_ICACTIVER		0x380
#define GIC_IPRIORITYR		0x400	/* one byte an interrupt */
#define GIC_IGRPMODR		0xd00

/* In a word of private ones. */
#define GIC_SGIS_MASK		0xffffU

#define GIC_PIDR2_ARCH(pidr2)	((pidr2) >> 4 & 0xf)

/* All alike, and let through by the mask; halved in the non-secure view (IHI 0069H 4.8.6). */
#define GIC_PRIORITY		0xa0
#define GIC_PRIORITY_MASK	0xf0

/* A register that takes effect elsewhere in the GIC: it does at once or is broken. */
#define GIC_WAIT_US		100000

/**
 * gic_quiet_shared() - disable every shared interrupt, drop what is pending or active
 * @dist: the distributor
 */
void gic_quiet_shared(void __iomem *dist);

/**
 * gic_quiet_private() - likewise this CPU's own, all at one priority
 * @frame: GICv2's distributor, GICv3's SGI frame
 *
 * Return: 0, or -EIO when one stays enabled.
 */
int gic_quiet_private(void __iomem *frame);

/**
 * gic_enable_private() - let a private interrupt come
 * @frame: as above
 * @intid: below 32
 *
 * Return: 0, or -EIO when it does not read back as enabled.
 */
int gic_enable_private(void __iomem *frame, u32 intid);

#endif
