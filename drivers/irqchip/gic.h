/* SPDX-License-Identifier: BSD-2-Clause */
/* What GICv2 and GICv3 have in common: registers of the distributor (IHI 0048B.b 4.1.2, IHI 0069H 12.8). */
#ifndef DRIVERS_IRQCHIP_GIC_H
#define DRIVERS_IRQCHIP_GIC_H

#include <base/compiler.h>
#include <base/types.h>
#include <core/irq.h>

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
#define GIC_ICFGR		0xc00	/* two bits an interrupt; the upper one: edge */
#define GIC_IGRPMODR		0xd00

/* In a word of private ones. */
#define GIC_SGIS_MASK		0xffffU

#define GIC_PIDR2_ARCH(pidr2)	((pidr2) >> 4 & 0xf)

/* A register that takes effect elsewhere in the GIC: it does at once or is broken. */
#define GIC_WAIT_US		100000

struct device;

/** gic_is_second() - whether a controller is in use already, which is said then */
bool gic_is_second(const struct device *dev);

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
 * struct gic_place - where the registers of one interrupt are
 * @frame: the distributor, or this CPU's SGI frame of a GICv3
 * @index: of its bit, byte and so on there
 * @espi: it is an extended SPI: registers of other offsets (IHI 0069H 12.8)
 */
struct gic_place {
	void __iomem *frame;
	u32 index;
	bool espi;
};

/* What differs between GICv2 and GICv3; -errno each. */
struct gic_variant {
	/* -ERANGE when there is no such interrupt, -ENODEV where this CPU has no part. */
	int (*place)(u32 intid, struct gic_place *place);
	/* Wait until the last write to the place's frame has taken effect. */
	int (*settle)(const struct gic_place *place);
	int (*set_target)(const struct gic_place *place, u64 mpidr);
	int (*set_sgi_pending)(u32 sgi, bool pending);
	u32 group;	/* of what is ours, where IGROUPR can be written */
};

/** gic_use() - the one there is; the functions of gic_ops are then of it */
void gic_use(const struct gic_variant *variant);

/** gic_ops - what can be done to an interrupt of any GIC, LPIs excepted */
extern const struct irq_ops gic_ops;

/**
 * gic_private_save() - the state of this CPU's private interrupts
 * @frame: as gic_quiet_private() has it
 * @extended: words of extended PPIs behind the first
 * @state: its members about interrupts are filled
 */
void gic_private_save(void __iomem *frame, unsigned int extended, struct irq_cpu_state *state);

/** gic_private_restore() - of private interrupts that were quieted: what is enabled, and how it triggers */
void gic_private_restore(void __iomem *frame, unsigned int extended,
			 const struct irq_cpu_state *state);

#endif
