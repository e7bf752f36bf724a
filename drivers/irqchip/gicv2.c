// SPDX-License-Identifier: BSD-2-Clause
/*
 * GICv2 (IHI 0048B.b). From the non-secure side, and on one without the Security
 * Extensions, bit 0 of both control registers lets through what is ours: group 1
 * of the former, group 0 of the latter, where GICD_IGROUPR can be written and is
 * left 0.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/irq.h>
#include <core/log.h>
#include <asm/barrier.h>
#include <asm/cpu.h>
#include <asm/io.h>
#include <drivers/device.h>
#include "gic.h"

#define GICD_ITARGETSR		0x800
#define GICD_SGIR		0xf00
#define GICD_SGIR_TARGETS(mask)	((u32)(mask) << 16)
#define GICD_SGIR_OTHERS	(1U << 24)	/* filter: all CPUs but this one */
#define GICD_SGIR_SELF		(2U << 24)
#define GICD_CPENDSGIR		0xf10	/* one byte an SGI, one bit a sender */
#define GICD_SPENDSGIR		0xf20
#define GICD_PIDR2		0xfe8
#define GICD_ENABLE		1U

#define GICC_CTLR		0x0
#define GICC_PMR		0x4
#define GICC_BPR		0x8
#define GICC_IAR		0xc
#define GICC_EOIR		0x10
#define GICC_RPR		0x14
#define GICC_APR		0xd0
#define GICC_APRS		4
#define GICC_ENABLE		1U
#define GICC_IAR_INTID		0x3ffU
#define GICC_SIZE		0x100
#define GICC_DIR		0x1000
#define GICC_IIDR		0xfc
#define GICC_PAGES		0x10000		/* where boards have each page in 64 KiB */
#define GICC_LAST_ALIAS		0xf000
#define GICC_EOIMODE		(1U << 9)	/* EOImodeNS, or EOImode with one security state */

static struct {
	void __iomem *dist;
	void __iomem *cpu;
	bool has_dir;		/* GICC_DIR is in the range described */
} gic;

/*
 * Which CPU has which interface: that CPU alone can ask. Written when it comes up,
 * its MMU in the state that all others are in.
 */
#define INTERFACES	8
#define KNOWN		BIT(63)		/* with the MPIDR, which may be 0 */

static u64 owner[INTERFACES];

/* The target fields of its own interrupts read as the interface of the reader (4.3.12). */
static void note_interface(void)
{
	u32 mask = readl(gic.dist + GICD_ITARGETSR) & 0xff;
	u64 value = cpu_mpidr() | KNOWN;

	for (unsigned int i = 0; i < INTERFACES; i++)
		if (mask == 1U << i && owner[i] != value)
			owner[i] = value;
}

/* 0 for a CPU that has not said yet. */
static u32 interface_of(u64 mpidr)
{
	for (unsigned int i = 0; i < INTERFACES; i++)
		if (owner[i] == (mpidr | KNOWN))
			return 1U << i;
	return 0;
}

static u32 all_interfaces(void)
{
	u32 mask = 0;

	for (unsigned int i = 0; i < INTERFACES; i++)
		if (owner[i])
			mask |= 1U << i;
	return mask;
}

/* SGIs have a pending bit for each sender, and GICD_ICPENDR0 does not clear them (4.3.8). */
static void clear_pending(void)
{
	writel(~0U, gic.dist + GIC_ICPENDR);
	for (unsigned int i = 0; i < IRQ_SGIS; i += 4)
		writel(~0U, gic.dist + GICD_CPENDSGIR + i);
}

static void clear_active(void)
{
	writel(~0U, gic.dist + GIC_ICACTIVER);
	for (unsigned int i = 0; i < GICC_APRS; i++)
		writel(0, gic.cpu + GICC_APR + 4 * i);
}

static int gicv2_cpu_init(void)
{
	int ret;

	writel(0, gic.cpu + GICC_CTLR);
	writel(0, gic.dist + GIC_IGROUPR);
	ret = gic_quiet_private(gic.dist);
	clear_pending();
	clear_active();
	writel(IRQ_PRIORITY_MASK, gic.cpu + GICC_PMR);
	writel(0, gic.cpu + GICC_BPR);
	writel(GICC_ENABLE, gic.cpu + GICC_CTLR);
	note_interface();
	if (!ret && !(readl(gic.cpu + GICC_CTLR) & GICC_ENABLE))
		ret = -EIO;
	return ret;
}

static int gicv2_place(u32 intid, struct gic_place *place)
{
	u32 end = 32 * (GICD_TYPER_LINES(readl(gic.dist + GICD_TYPER)) + 1);

	if (intid >= end || intid >= IRQ_SPI_END)
		return -ERANGE;
	*place = (struct gic_place){ .frame = gic.dist, .index = intid };
	return 0;
}

/* Nothing tells when; a read behind the write has passed it on its way. */
static int gicv2_settle(const struct gic_place *place)
{
	readl(place->frame + GICD_CTLR);
	return 0;
}

/* The fields of a lone CPU may read as 0: all that comes is its (4.3.12). */
static int check_lone_target(u64 mpidr)
{
	return mpidr == cpu_mpidr() || mpidr == IRQ_TARGET_ANY ? 0 : -ENODEV;
}

static int gicv2_set_target(const struct gic_place *place, u64 mpidr)
{
	void __iomem *target = gic.dist + GICD_ITARGETSR + place->index;
	u32 mask = mpidr == IRQ_TARGET_ANY ? all_interfaces() : interface_of(mpidr);

	if (!all_interfaces())
		return check_lone_target(mpidr);
	if (!mask)
		return -ENODEV;
	writeb((u8)mask, target);
	return readb(target) == mask ? 0 : -EIO;
}

/* GICD_ISPENDR0 and GICD_ICPENDR0 do nothing to SGIs (4.3.7, 4.3.8). */
static int gicv2_set_sgi_pending(u32 sgi, bool pending)
{
	u32 self = interface_of(cpu_mpidr());

	if (pending)
		writeb((u8)(self ? self : 1), gic.dist + GICD_SPENDSGIR + sgi);
	else
		writeb(0xff, gic.dist + GICD_CPENDSGIR + sgi);
	return 0;
}

static const struct gic_variant gicv2_variant = {
	.place = gicv2_place,
	.settle = gicv2_settle,
	.set_target = gicv2_set_target,
	.set_sgi_pending = gicv2_set_sgi_pending,
	.group = 0,
};

static u32 gicv2_ack(u32 *intid)
{
	u32 iar = readl(gic.cpu + GICC_IAR);

	/* Memory that the interrupt tells of is looked at afterwards only. */
	dsb(sy);
	/* 1022 is an interrupt of the other group, which GICC_CTLR does not let us take. */
	*intid = (iar & GICC_IAR_INTID) >= 1020 ? IRQ_NONE : iar & GICC_IAR_INTID;
	return iar;
}

static void gicv2_eoi(u32 token)
{
	writel(token, gic.cpu + GICC_EOIR);
}

/* The IAR's value names the sender of an SGI, too, as GICC_DIR wants it (4.4.15). */
static void gicv2_deactivate(u32 token)
{
	if (gic.has_dir)
		writel(token, gic.cpu + GICC_DIR);
}

static bool gicv2_eoi_is_split(void)
{
	return readl(gic.cpu + GICC_CTLR) & GICC_EOIMODE;
}

static int gicv2_split_eoi(bool split)
{
	if (!gic.has_dir)
		return split ? -EOPNOTSUPP : 0;
	writel(GICC_ENABLE | (split ? GICC_EOIMODE : 0), gic.cpu + GICC_CTLR);
	return gicv2_eoi_is_split() == split ? 0 : -EOPNOTSUPP;
}

/* One whose interface is not known yet may be any of the others, if it is alone. */
static int gicv2_send_sgi(const u64 *mpidr, unsigned int count, u32 sgi)
{
	u32 mask = 0, how = 0;

	for (unsigned int i = 0; i < count; i++) {
		u32 interface = interface_of(mpidr[i]);

		if (!interface && count > 1)
			return -ENODEV;
		if (!interface)
			how = mpidr[i] == cpu_mpidr() ? GICD_SGIR_SELF : GICD_SGIR_OTHERS;
		mask |= interface;
	}
	writel(how | GICD_SGIR_TARGETS(mask) | sgi, gic.dist + GICD_SGIR);
	return 0;
}

static int gicv2_send_sgi_others(u32 sgi)
{
	writel(GICD_SGIR_OTHERS | sgi, gic.dist + GICD_SGIR);
	return 0;
}

static void gicv2_set_priority_mask(u32 mask)
{
	writel(mask, gic.cpu + GICC_PMR);
}

static u32 gicv2_priority_mask(void)
{
	return readl(gic.cpu + GICC_PMR);
}

static void gicv2_save(struct irq_cpu_state *state)
{
	gic_private_save(gic.dist, 0, state);
	state->priority_mask = readl(gic.cpu + GICC_PMR);
	state->running_priority = readl(gic.cpu + GICC_RPR);
	state->control = readl(gic.cpu + GICC_CTLR);
	state->shared = readl(gic.dist + GICD_CTLR);
}

static void gicv2_restore(const struct irq_cpu_state *state)
{
	if (readl(gic.dist + GICD_CTLR) != state->shared)
		writel(state->shared, gic.dist + GICD_CTLR);
	gic_quiet_private(gic.dist);
	clear_pending();
	clear_active();
	writel(state->priority_mask, gic.cpu + GICC_PMR);
	writel(state->control, gic.cpu + GICC_CTLR);
	gic_private_restore(gic.dist, 0, state);
}

static const struct irqchip gicv2_chip = {
	.name = "GICv2",
	.ops = &gic_ops,
	.cpu_init = gicv2_cpu_init,
	.ack = gicv2_ack,
	.eoi = gicv2_eoi,
	.deactivate = gicv2_deactivate,
	.split_eoi = gicv2_split_eoi,
	.eoi_is_split = gicv2_eoi_is_split,
	.send_sgi = gicv2_send_sgi,
	.send_sgi_others = gicv2_send_sgi_others,
	.set_priority_mask = gicv2_set_priority_mask,
	.priority_mask = gicv2_priority_mask,
	.save = gicv2_save,
	.restore = gicv2_restore,
};

static int check_identity(const struct device *dev)
{
	u32 arch = GIC_PIDR2_ARCH(readl(gic.dist + GICD_PIDR2));

	/* Those of Armv7 cores say 1 and have all that is used here. */
	if (arch == 1 || arch == 2)
		return 0;
	pr_err("%s: the distributor says it is of GIC architecture %u (GICD_PIDR2), where version 2 is described: wrong address, or the wrong version in the table",
	       dev->origin, arch);
	return -EINVAL;
}

/*
 * On boards for 64 KiB granules each 4 KiB of the interface fills 64 KiB. The last
 * copy of the first page has the second one, with GICC_DIR, right behind it.
 */
static void find_dir(const struct resource *cpu)
{
	u32 iidr = readl(gic.cpu + GICC_IIDR);

	gic.has_dir = cpu->size >= GICC_DIR + 4;
	if (cpu->size >= 2 * GICC_PAGES && iidr &&
	    readl(gic.cpu + GICC_LAST_ALIAS + GICC_IIDR) == iidr)
		gic.cpu += GICC_LAST_ALIAS;
}

static int gicv2_probe(struct device *dev, const struct device_match *match)
{
	const struct resource *cpu = device_mem(dev, 1);
	int ret;

	(void)match;
	if (gic_is_second(dev))
		return -ENODEV;
	if (!cpu || cpu->size < GICC_SIZE) {
		pr_err("%s: no CPU interface is described for the GICv2", dev->origin);
		return -EINVAL;
	}
	gic.dist = device_map(dev, 0);
	gic.cpu = device_map(dev, 1);
	if (!gic.dist || !gic.cpu)
		return -EINVAL;
	ret = check_identity(dev);
	if (ret)
		return ret;
	find_dir(cpu);
	gic_use(&gicv2_variant);
	writel(0, gic.dist + GICD_CTLR);
	gic_quiet_shared(gic.dist);
	writel(GICD_ENABLE, gic.dist + GICD_CTLR);
	return irqchip_register(&gicv2_chip);
}

static const struct device_match gicv2_match[] = {
	{ .compatible = "arm,gic-400", .acpi = ACPI_MADT_GICV2 },
	{ .compatible = "arm,cortex-a15-gic" },
	{ .compatible = "arm,cortex-a9-gic" },
	{ .compatible = "arm,cortex-a7-gic" },
	{ .compatible = "qcom,msm-qgic2" },
	{}
};

DRIVER(gicv2, .class = DRIVER_IRQCHIP, .match = gicv2_match, .probe = gicv2_probe);
