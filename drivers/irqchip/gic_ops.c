// SPDX-License-Identifier: BSD-2-Clause
/*
 * What can be done to one interrupt of a GIC: registers of a bit, two bits or a
 * byte for each (IHI 0048B.b 4.3, IHI 0069H 12.9 and 12.11). Set and clear
 * registers and bytes are written by several CPUs at once without harm; fields
 * of registers that hold those of others are changed under a lock.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/lock.h>
#include <asm/cpu.h>
#include <asm/io.h>
#include "gic.h"

/* Extended SPIs (IHI 0069H 12.8): registers of a bit lie four times as far from 0x1000. */
#define GICD_BITS_E(reg)	(0x1000 + ((reg) - GIC_IGROUPR) * 4)
#define GICD_IPRIORITYR_E	0x2000
#define GICD_ICFGR_E		0x3000
#define GICD_IGRPMODR_E		0x3400

static const struct gic_variant *gic;
static struct spinlock lock = SPINLOCK_WHOLE("GIC");

void gic_use(const struct gic_variant *variant)
{
	gic = variant;
}

static u32 offset_of(const struct gic_place *place, u32 reg)
{
	if (!place->espi)
		return reg;
	switch (reg) {
	case GIC_IPRIORITYR:
		return GICD_IPRIORITYR_E;
	case GIC_ICFGR:
		return GICD_ICFGR_E;
	case GIC_IGRPMODR:
		return GICD_IGRPMODR_E;
	default:
		return GICD_BITS_E(reg);
	}
}

static void __iomem *word_of(const struct gic_place *place, u32 reg)
{
	return place->frame + offset_of(place, reg) + place->index / 32 * 4;
}

static u32 bit_of(const struct gic_place *place)
{
	return 1U << place->index % 32;
}

static bool get_bit(const struct gic_place *place, u32 reg)
{
	return readl(word_of(place, reg)) & bit_of(place);
}

/* Of a register where a 0 changes nothing. */
static void write_bit(const struct gic_place *place, u32 reg)
{
	writel(bit_of(place), word_of(place, reg));
}

/* Whether it reads back so. */
static bool change(void __iomem *word, u32 mask, bool on)
{
	u32 value;

	spin_lock(&lock);
	value = readl(word);
	writel(on ? value | mask : value & ~mask, word);
	value = readl(word);
	spin_unlock(&lock);
	return !(value & mask) == !on;
}

static int op_enable(u32 intid)
{
	struct gic_place place;
	int ret = gic->place(intid, &place);

	if (ret)
		return ret;
	write_bit(&place, GIC_ISENABLER);
	return get_bit(&place, GIC_ISENABLER) ? 0 : -EIO;
}

static int op_disable(u32 intid)
{
	struct gic_place place;
	int ret = gic->place(intid, &place);

	if (ret)
		return ret;
	write_bit(&place, GIC_ICENABLER);
	return gic->settle(&place);
}

static int op_is_enabled(u32 intid)
{
	struct gic_place place;
	int ret = gic->place(intid, &place);

	return ret ? ret : get_bit(&place, GIC_ISENABLER);
}

static void __iomem *priority_of(const struct gic_place *place)
{
	return place->frame + offset_of(place, GIC_IPRIORITYR) + place->index;
}

static int op_set_priority(u32 intid, u32 priority)
{
	struct gic_place place;
	int ret = gic->place(intid, &place);

	if (!ret)
		writeb((u8)priority, priority_of(&place));
	return ret;
}

static int op_get_priority(u32 intid)
{
	struct gic_place place;
	int ret = gic->place(intid, &place);

	return ret ? ret : readb(priority_of(&place));
}

static void __iomem *config_of(const struct gic_place *place)
{
	return place->frame + offset_of(place, GIC_ICFGR) + place->index / 16 * 4;
}

/* The upper one of its two bits in there. */
static u32 edge_bit(const struct gic_place *place)
{
	return 2U << place->index % 16 * 2;
}

static bool set_edge(const struct gic_place *place, bool edge)
{
	return change(config_of(place), edge_bit(place), edge);
}

static int op_set_trigger(u32 intid, bool edge)
{
	struct gic_place place;
	int ret = gic->place(intid, &place);

	if (ret)
		return ret;
	/* IHI 0069H 12.9.9: what an enabled one does then is unpredictable. */
	if (get_bit(&place, GIC_ISENABLER))
		return -EBUSY;
	return set_edge(&place, edge) ? 0 : -EOPNOTSUPP;
}

static int op_is_edge(u32 intid)
{
	struct gic_place place;
	int ret = gic->place(intid, &place);

	return ret ? ret : !!(readl(config_of(&place)) & edge_bit(&place));
}

static int op_set_target(u32 intid, u64 mpidr)
{
	struct gic_place place;
	int ret = gic->place(intid, &place);

	return ret ? ret : gic->set_target(&place, mpidr);
}

static int op_set_pending(u32 intid, bool pending)
{
	struct gic_place place;
	int ret = gic->place(intid, &place);

	if (ret)
		return ret;
	if (intid < IRQ_SGIS && gic->set_sgi_pending)
		return gic->set_sgi_pending(intid, pending);
	write_bit(&place, pending ? GIC_ISPENDR : GIC_ICPENDR);
	return 0;
}

static int op_is_pending(u32 intid)
{
	struct gic_place place;
	int ret = gic->place(intid, &place);

	return ret ? ret : get_bit(&place, GIC_ISPENDR);
}

static int op_set_active(u32 intid, bool active)
{
	struct gic_place place;
	int ret = gic->place(intid, &place);

	if (ret)
		return ret;
	write_bit(&place, active ? GIC_ISACTIVER : GIC_ICACTIVER);
	return 0;
}

static int op_is_active(u32 intid)
{
	struct gic_place place;
	int ret = gic->place(intid, &place);

	return ret ? ret : get_bit(&place, GIC_ISACTIVER);
}

static int op_set_group(u32 intid, unsigned int group)
{
	struct gic_place place;
	int ret = gic->place(intid, &place);

	if (ret)
		return ret;
	return change(word_of(&place, GIC_IGROUPR), bit_of(&place), group) ? 0 : -EPERM;
}

/* Its group is the secure side's business where IGROUPR reads as zero: then it stays 0. */
static void take_over(const struct gic_place *place)
{
	void __iomem *group = word_of(place, GIC_IGROUPR);

	change(group, bit_of(place), gic->group);
	if (gic->group)
		change(word_of(place, GIC_IGRPMODR), bit_of(place), false);
	writeb(IRQ_PRIORITY, priority_of(place));
}

static int op_reset(u32 intid)
{
	struct gic_place place;
	int ret = op_disable(intid);

	if (ret)
		return ret;
	gic->place(intid, &place);
	if (get_bit(&place, GIC_ISENABLER))
		return -EIO;
	take_over(&place);
	if (intid >= IRQ_PRIVATE) {
		set_edge(&place, false);
		ret = gic->set_target(&place, cpu_mpidr());
	}
	/* Last: what was an edge may have been noted until here. */
	write_bit(&place, GIC_ICPENDR);
	write_bit(&place, GIC_ICACTIVER);
	return ret;
}

const struct irq_ops gic_ops = {
	.enable = op_enable,
	.disable = op_disable,
	.reset = op_reset,
	.is_enabled = op_is_enabled,
	.set_priority = op_set_priority,
	.get_priority = op_get_priority,
	.set_trigger = op_set_trigger,
	.is_edge = op_is_edge,
	.set_target = op_set_target,
	.set_pending = op_set_pending,
	.is_pending = op_is_pending,
	.set_active = op_set_active,
	.is_active = op_is_active,
	.set_group = op_set_group,
};
