/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The registers of the GIC in use, for tests of the GIC itself. Everybody else
 * has core/irq.h. Nothing is reached that the tables do not describe; who writes
 * puts back what it found.
 *
 * Offsets are those of GICD (IHI 0048B.b 4.1.2, IHI 0069H 12.8) and of a
 * redistributor's two frames (IHI 0069H 12.10, 12.11).
 */
#ifndef DRIVERS_GIC_H
#define DRIVERS_GIC_H

#include <base/types.h>

struct device;

#define GIC_REG_TYPER		0x4	/* GICD */
#define GIC_REG_IIDR		0x8	/* GICD */
#define GIC_REG_ISENABLER	0x100
#define GIC_REG_ICENABLER	0x180
#define GIC_REG_ISPENDR		0x200
#define GIC_REG_ICPENDR		0x280
#define GIC_REG_ISACTIVER	0x300
#define GIC_REG_ICACTIVER	0x380
#define GIC_REG_IPRIORITYR	0x400
#define GIC_REG_ITARGETSR	0x800	/* GICv2 */
#define GIC_REG_ICFGR		0xc00
#define GIC_REG_IROUTER		0x6000	/* GICv3: 64 bits an SPI */
#define GIC_REG_PIDR2_V2	0xfe8	/* GICD of a GICv2 */
#define GIC_REG_PIDR2_V3	0xffe8	/* GICD of a GICv3, and each frame of a redistributor */
#define GIC_REDIST_CTLR		0x0
#define GIC_REDIST_IIDR		0x4
#define GIC_REDIST_TYPER	0x8	/* 64 bits */
#define GIC_REDIST_WAKER	0x14

#define GIC_TYPER_LINES(typer)	(32 * (((typer) & 0x1f) + 1))	/* INTIDs below 1020 */
#define GIC_TYPER_CPUS(typer)	(((typer) >> 5 & 0x7) + 1)	/* GICv2 */
#define GIC_TYPER_SECURITY	(1U << 10)			/* SecurityExtn */
#define GIC_TYPER_LPIS		(1U << 17)			/* GICv3 */
#define GIC_TYPER_NO1N		(1U << 25)			/* GICv3 */
#define GIC_IROUTER_ANY		(1ULL << 31)
#define GIC_WAKER_SLEEP		(1U << 1)			/* ProcessorSleep */
#define GIC_WAKER_ASLEEP	(1U << 2)			/* ChildrenAsleep */

/** struct gic_info - which GIC it is */
struct gic_info {
	const struct device *dev;
	unsigned int version;		/* 2, or 3 for that and later: by the driver in use */
	unsigned int lines;		/* SGIs, PPIs and SPIs by GICD_TYPER, 1020 at most */
	bool one_security_state;	/* GICD_CTLR.DS of a GICv3; true of a GICv2 */
};

/** gic_get_info() - of the GIC in use; -ENODEV where the controller in use is none */
int gic_get_info(struct gic_info *info);

/*
 * Distributor. Where there is no GIC nothing is written, and reads give 0.
 */
u32 gic_dist_read(u32 offset);
void gic_dist_write(u32 offset, u32 value);
u8 gic_dist_read8(u32 offset);
void gic_dist_write8(u32 offset, u8 value);
u64 gic_dist_read64(u32 offset);
void gic_dist_write64(u32 offset, u64 value);

/*
 * What the calling CPU has of SGIs and PPIs: a GICv2's distributor, banked; a
 * GICv3's SGI frame.
 */
u32 gic_private_read(u32 offset);
void gic_private_write(u32 offset, u32 value);
u8 gic_private_read8(u32 offset);
void gic_private_write8(u32 offset, u8 value);

/* The RD frame of the calling CPU's redistributor; a GICv2 has none. */
u32 gic_redist_read(u32 offset);
void gic_redist_write(u32 offset, u32 value);
u64 gic_redist_read64(u32 offset);

/** gic_redist_typer() - GICR_TYPER of the CPU with these affinity fields; false without one */
bool gic_redist_typer(u64 mpidr, u64 *typer);

/* Registers of the CPU interface, for the group that is ours: GICC_x, or ICC_x1_EL1. */
enum gic_cpu_reg {
	GIC_CPU_CTLR,
	GIC_CPU_PMR,
	GIC_CPU_BPR,
	GIC_CPU_IAR,
	GIC_CPU_EOIR,
	GIC_CPU_RPR,
	GIC_CPU_HPPIR,
	GIC_CPU_IGRPEN,		/* GICv2: bit 0 of GICC_CTLR */
};

/** gic_cpu_read() - of the calling CPU's interface; 0 of one that is written only */
u32 gic_cpu_read(enum gic_cpu_reg reg);

/** gic_cpu_write() - likewise; takes effect before it returns */
void gic_cpu_write(enum gic_cpu_reg reg, u32 value);

/**
 * gic_hyp_available() - whether the virtual CPU interface can be controlled from here
 * @why: filled with the reason why not, static text
 *
 * At EL2, and for a GICv2 with a GICH described.
 */
bool gic_hyp_available(const char **why);

/**
 * gic_hyp_raise() - have the maintenance interrupt asserted, or no longer
 * @on: by the underflow of list registers that hold nothing (IHI 0069H 6.4.5)
 *
 * Without its effect where gic_hyp_available() is false.
 *
 * Return: GICH_MISR or ICH_MISR_EL2: why it is asserted, 0 when it is not.
 */
u32 gic_hyp_raise(bool on);
#define GIC_MISR_UNDERFLOW	0x2U

/** gic_maintenance_intid() - of the maintenance interrupt; false where none is described */
bool gic_maintenance_intid(u32 *intid);

#endif
