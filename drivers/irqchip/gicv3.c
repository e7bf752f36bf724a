// SPDX-License-Identifier: BSD-2-Clause
/*
 * GICv3 and later (IHI 0069H): distributor, redistributors, and the CPU interface
 * in system registers. All that is ours is of non-secure group 1; where there is
 * one security state only (GICD_CTLR.DS) IGROUPR says so, elsewhere the secure
 * side has.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/cpu.h>
#include <core/irq.h>
#include <core/log.h>
#include <core/time.h>
#include <asm/barrier.h>
#include <asm/cpu.h>
#include <asm/io.h>
#include <asm/sysreg.h>
#include <drivers/device.h>
#include "gic.h"
#include "gicv3_cpu.h"
#include "gicv3_place.h"
#include "gicv3_redist.h"
#include "lpi_private.h"

#define GICD_CTLR_GROUPS	0x7U		/* EnableGrp0, EnableGrp1(A), EnableGrp1S */
#define GICD_CTLR_GROUP1	(1U << 1)	/* EnableGrp1A, or EnableGrp1 with DS */
#define GICD_CTLR_ARE		(1U << 4)	/* ARE_NS, or ARE with DS */
#define GICD_CTLR_DS		(1U << 6)	/* one security state only */
#define GICD_CTLR_RWP		(1U << 31)
#define GICD_PIDR2		0xffe8

/* Extended SPIs (GICv3.1): words of one bit an interrupt (IHI 0069H 12.8) */
#define GICD_ICENABLERE		0x1400
#define GICD_ICPENDRE		0x1800
#define GICD_ICACTIVERE		0x1c00
#define GICD_IROUTER		0x6000	/* 64 bits an interrupt */
#define GICD_IROUTER_ANY	BIT(31)
#define GICD_IROUTERE		0x8000
#define GICD_TYPER_NO1N		(1U << 25)	/* no 1 of N */
#define GICD_TYPER_RSS		(1U << 26)	/* SGIs to Aff0 above 15 */

#define GICR_WAKER		0x14
#define GICR_WAKER_SLEEP	(1U << 1)	/* ProcessorSleep */
#define GICR_WAKER_ASLEEP	(1U << 2)	/* ChildrenAsleep */
#define GICR_SGI_FRAME		0x10000
#define GICR_TYPER		0x8

static void __iomem *dist;

static int wait_dist(void)
{
	return wait_until(!(readl(dist + GICD_CTLR) & GICD_CTLR_RWP), GIC_WAIT_US);
}

/* This CPU's redistributor, NULL where none says it is. */
static void __iomem *own_redist(void)
{
	return gicv3_redist_find(cpu_mpidr());
}

static void __iomem *own_sgi_frame(void)
{
	void __iomem *redist = own_redist();

	return redist ? redist + GICR_SGI_FRAME : NULL;
}

static int wait_redist(void)
{
	void __iomem *redist = own_redist();

	return !redist ? -ENODEV :
	       wait_until(!(readl(redist + GICR_CTLR) & GICR_CTLR_RWP), GIC_WAIT_US);
}

/* IHI 0069H 11.1: interrupts do not get through to a CPU that is marked as asleep. */
static int redist_wake(void __iomem *redist)
{
	writel(readl(redist + GICR_WAKER) & ~GICR_WAKER_SLEEP, redist + GICR_WAKER);
	return wait_until(!(readl(redist + GICR_WAKER) & GICR_WAKER_ASLEEP), GIC_WAIT_US);
}

static unsigned int extended_private(void __iomem *redist)
{
	return gicv3_eppi_words(readq(redist + GICR_TYPER));
}

/* Extended ones follow the others on: the first word of each is theirs. */
static void disable_private(void __iomem *redist)
{
	for (unsigned int i = 0; i <= extended_private(redist); i++)
		writel(~0U, redist + GICR_SGI_FRAME + GIC_ICENABLER + 4 * i);
}

/* As gic_quiet_private(), which knows the first 32 only; all are disabled. */
static void quiet_extended_private(void __iomem *redist)
{
	unsigned int end = IRQ_PRIVATE + 32 * extended_private(redist);
	void __iomem *frame = redist + GICR_SGI_FRAME;

	for (unsigned int i = IRQ_PRIVATE; i < end; i += 32) {
		writel(~0U, frame + GIC_ICPENDR + i / 8);
		writel(~0U, frame + GIC_ICACTIVER + i / 8);
	}
	for (unsigned int i = IRQ_PRIVATE; i < end; i += 4)
		writel(IRQ_PRIORITY * 0x01010101U, frame + GIC_IPRIORITYR + i);
	for (unsigned int i = IRQ_PRIVATE; i < end; i += 16)
		writel(0, frame + GIC_ICFGR + i / 4);
}

/* Non-secure group 1, where that is ours to say. */
static void take_private(void __iomem *redist)
{
	for (unsigned int i = 0; i <= extended_private(redist); i++) {
		writel(~0U, redist + GICR_SGI_FRAME + GIC_IGROUPR + 4 * i);
		writel(0, redist + GICR_SGI_FRAME + GIC_IGRPMODR + 4 * i);
	}
}

static void quiet_extended_shared(void)
{
	u32 typer = readl(dist + GICD_TYPER);

	if (!(typer & GICD_TYPER_ESPI))
		return;
	for (unsigned int i = 0; i < GICD_TYPER_ESPI_WORDS(typer); i++) {
		writel(~0U, dist + GICD_ICENABLERE + 4 * i);
		writel(~0U, dist + GICD_ICPENDRE + 4 * i);
		writel(~0U, dist + GICD_ICACTIVERE + 4 * i);
	}
}

static int redist_init(void)
{
	void __iomem *redist = own_redist();
	int ret;

	if (!redist)
		return -ENODEV;
	ret = redist_wake(redist);
	if (ret)
		return ret;
	lpi_redist_init(redist);
	/* Group and priority of an enabled interrupt are not to change (IHI 0069H 12.11). */
	disable_private(redist);
	ret = wait_redist();
	if (ret)
		return ret;
	take_private(redist);
	quiet_extended_private(redist);
	ret = gic_quiet_private(own_sgi_frame());
	return ret ? ret : wait_redist();
}

static int gicv3_cpu_init(void)
{
	int ret = redist_init();

	if (!ret)
		ret = gicv3_cpu_interface_init();
	/* Nobody could wake it by an SGI: it has to wait in another way. */
	return !ret && !gicv3_cpu_sgi_reaches(cpu_mpidr()) && cpu_this() ? -EOPNOTSUPP : ret;
}

static int gicv3_place(u32 intid, struct gic_place *place)
{
	void __iomem *redist;

	if (!gicv3_is_private(intid)) {
		place->frame = dist;
		return gicv3_place_shared(intid, readl(dist + GICD_TYPER), place);
	}
	redist = own_redist();
	if (!redist)
		return -ENODEV;
	place->frame = redist + GICR_SGI_FRAME;
	return gicv3_place_private(intid, readq(redist + GICR_TYPER), place);
}

static int gicv3_settle(const struct gic_place *place)
{
	return place->frame == dist ? wait_dist() : wait_redist();
}

/* Fields of an affinity are where MPIDR_EL1 has them (IHI 0069H 12.9.22). */
static int gicv3_set_target(const struct gic_place *place, u64 mpidr)
{
	void __iomem *router = dist + (place->espi ? GICD_IROUTERE : GICD_IROUTER) +
			       8 * place->index;
	u64 value = mpidr == IRQ_TARGET_ANY ? GICD_IROUTER_ANY : mpidr;

	if (value == GICD_IROUTER_ANY && readl(dist + GICD_TYPER) & GICD_TYPER_NO1N)
		return -EOPNOTSUPP;
	if (value != GICD_IROUTER_ANY && !gicv3_redist_find(mpidr))
		return -ENODEV;
	writeq(value, router);
	/* With IRM set the affinity is whatever. */
	return (readq(router) ^ value) & (value & GICD_IROUTER_ANY ? value : ~0ULL) ? -EIO : 0;
}

static const struct gic_variant gicv3_variant = {
	.place = gicv3_place,
	.settle = gicv3_settle,
	.set_target = gicv3_set_target,
	.group = 1,
};

static void gicv3_save(struct irq_cpu_state *state)
{
	gic_private_save(own_sgi_frame(), extended_private(own_redist()), state);
	gicv3_cpu_save(state);
	state->shared = readl(dist + GICD_CTLR) & ~GICD_CTLR_RWP;
}

/* Affinity routing first: it may be switched only while no group is let through. */
static void restore_dist(u32 ctlr)
{
	if ((readl(dist + GICD_CTLR) & ~GICD_CTLR_RWP) == ctlr)
		return;
	writel(ctlr & ~GICD_CTLR_GROUPS, dist + GICD_CTLR);
	wait_dist();
	writel(ctlr, dist + GICD_CTLR);
	wait_dist();
}

/* Nothing is let through again before it is disabled and cleared. */
static void gicv3_restore(const struct irq_cpu_state *state)
{
	void __iomem *frame = own_sgi_frame();

	restore_dist(state->shared);
	disable_private(own_redist());
	/* Nothing else of an enabled interrupt is to change (IHI 0069H 12.11). */
	wait_redist();
	quiet_extended_private(own_redist());
	gic_quiet_private(frame);
	writel(~0U, frame + GIC_ICPENDR);
	gicv3_cpu_interface_init();
	gic_private_restore(frame, extended_private(own_redist()), state);
	gicv3_cpu_set_priority_mask(state->priority_mask);
	if (state->control & ~1U)
		gicv3_cpu_split_eoi(true);
}

static const struct irqchip gicv3_chip = {
	.name = "GICv3",
	.ops = &gic_ops,
	.cpu_init = gicv3_cpu_init,
	.ack = gicv3_cpu_ack,
	.eoi = gicv3_cpu_eoi,
	.deactivate = gicv3_cpu_deactivate,
	.split_eoi = gicv3_cpu_split_eoi,
	.eoi_is_split = gicv3_cpu_eoi_is_split,
	.send_sgi = gicv3_cpu_send_sgi,
	.send_sgi_others = gicv3_cpu_send_sgi_others,
	.set_priority_mask = gicv3_cpu_set_priority_mask,
	.priority_mask = gicv3_cpu_priority_mask,
	.save = gicv3_save,
	.restore = gicv3_restore,
};

static int check_identity(const struct device *dev)
{
	u32 arch = GIC_PIDR2_ARCH(readl(dist + GICD_PIDR2));

	if (arch != 3 && arch != 4) {
		pr_err("%s: the distributor says it is of GIC architecture %u (GICD_PIDR2), where version 3 or 4 is described: wrong address, or the wrong version in the table",
		       dev->origin, arch);
		return -EINVAL;
	}
	if (!(read_sysreg(ID_AA64PFR0_EL1) >> 24 & 0xf)) {
		pr_err("%s: a GICv3 is described, but ID_AA64PFR0_EL1.GIC says that the CPU has no system registers for it",
		       dev->origin);
		return -EINVAL;
	}
	return 0;
}

/* Affinity routing may be switched on only while no group is let through (IHI 0069H 12.9.4). */
static int dist_init(const struct device *dev)
{
	u32 ctlr = readl(dist + GICD_CTLR);
	int ret;

	writel(ctlr & ~GICD_CTLR_GROUPS, dist + GICD_CTLR);
	ret = wait_dist();
	writel(GICD_CTLR_ARE, dist + GICD_CTLR);
	ret = ret ? ret : wait_dist();
	gic_quiet_shared(dist);
	quiet_extended_shared();
	ret = ret ? ret : wait_dist();
	writel(GICD_CTLR_ARE | GICD_CTLR_GROUP1, dist + GICD_CTLR);
	ret = ret ? ret : wait_dist();
	if (!ret && !(readl(dist + GICD_CTLR) & GICD_CTLR_ARE))
		ret = -EIO;
	if (ret)
		pr_err("%s: GICD_CTLR reads 0x%x, 0x%x before: affinity routing cannot be enabled, or the register never takes effect (RWP)",
		       dev->origin, readl(dist + GICD_CTLR), ctlr);
	return ret;
}

static int gicv3_probe(struct device *dev, const struct device_match *match)
{
	int ret;

	(void)match;
	if (gic_is_second(dev))
		return -ENODEV;
	dist = device_map(dev, 0);
	if (!dist)
		return -EINVAL;
	ret = check_identity(dev);
	if (!ret)
		ret = gicv3_redist_discover(dev);
	if (ret)
		return ret;
	lpi_take_over(readl(dist + GICD_TYPER));
	ret = dist_init(dev);
	if (ret)
		return ret;
	gic_use(&gicv3_variant);
	gicv3_cpu_set_security(!(readl(dist + GICD_CTLR) & GICD_CTLR_DS));
	gicv3_cpu_set_ranges(readl(dist + GICD_TYPER) & GICD_TYPER_RSS);
	ret = irqchip_register(&gicv3_chip);
	if (ret == -ENODEV)
		pr_err("%s: none of the redistributors that are described is of this CPU (MPIDR 0x%llx)",
		       dev->origin, cpu_mpidr());
	else if (ret == -EIO)
		pr_err("%s: ICC_SRE_EL1.SRE, or a PPI, does not do as told: EL3 or a hypervisor keeps the system registers to itself",
		       dev->origin);
	return ret == -ENODEV ? -EINVAL : ret;
}

static const struct device_match gicv3_match[] = {
	{ .compatible = "arm,gic-v3", .acpi = ACPI_MADT_GICV3 },
	{ .acpi = ACPI_MADT(4) },
	{}
};

DRIVER(gicv3, .class = DRIVER_IRQCHIP, .match = gicv3_match, .probe = gicv3_probe);
