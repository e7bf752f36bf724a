// SPDX-License-Identifier: BSD-2-Clause
/*
 * GICv2m: a page with a register, and an INTID written to it makes that SPI
 * pending. Some firmware says which SPIs are the frame's because MSI_TYPER does
 * not know; then the tables hold.
 */
#include <base/errno.h>
#include <base/list.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/log.h>
#include <core/msi.h>
#include <asm/barrier.h>
#include <asm/io.h>
#include <drivers/device.h>
#include <drivers/v2m.h>

#define MSI_TYPER		0x8
#define MSI_TYPER_BASE(typer)	((typer) >> 16 & 0x3ff)
#define MSI_TYPER_COUNT(typer)	((typer) & 0x3ff)
#define MSI_SETSPI_NS		0x40
#define MSI_IIDR		0xfcc
#define FRAME_SIZE		0x1000

struct v2m {
	struct msi_parent parent;
	void __iomem *frame;
	struct v2m_info info;
	u8 taken[];		/* one an SPI */
};

static const struct msi_parent_ops v2m_ops;

static struct v2m *to_v2m(const struct msi_parent *parent)
{
	return container_of(parent, struct v2m, parent);
}

static unsigned int power_of_two(unsigned int count)
{
	unsigned int power = 1;

	while (power < count)
		power *= 2;
	return power;
}

static bool all_free(const struct v2m *v2m, u32 at, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		if (v2m->taken[at + i])
			return false;
	return true;
}

/* Offset of the first of @count free SPIs whose INTID is aligned; -ENOSPC. */
static int find_free(const struct v2m *v2m, unsigned int count)
{
	unsigned int align = power_of_two(count);

	for (u32 at = 0; at + count <= v2m->info.count; at++)
		if (!((v2m->info.first + at) % align) && all_free(v2m, at, count))
			return (int)at;
	return -ENOSPC;
}

static int v2m_alloc(struct msi_parent *parent, u32 device_id, unsigned int count,
		     struct msi *out)
{
	struct v2m *v2m = to_v2m(parent);
	int at = find_free(v2m, count);

	(void)device_id;
	if (at < 0)
		return at;
	for (unsigned int i = 0; i < count; i++) {
		u32 intid = v2m->info.first + (u32)at + i;

		v2m->taken[(u32)at + i] = 1;
		out[i] = (struct msi){ v2m->info.base + MSI_SETSPI_NS, intid, intid };
	}
	return 0;
}

static void v2m_free(struct msi_parent *parent, u32 device_id, unsigned int count,
		     const struct msi *msi)
{
	struct v2m *v2m = to_v2m(parent);

	(void)device_id;
	for (unsigned int i = 0; i < count; i++)
		v2m->taken[msi[i].intid - v2m->info.first] = 0;
}

static const struct msi_parent_ops v2m_ops = {
	.alloc = v2m_alloc,
	.free = v2m_free,
};

bool v2m_info(const struct msi_parent *parent, struct v2m_info *info)
{
	if (parent->ops != &v2m_ops)
		return false;
	*info = to_v2m(parent)->info;
	return true;
}

void v2m_raise(const struct msi_parent *parent, u32 data)
{
	/* What the message tells of is written before it. */
	dsb(sy);
	writel(data, to_v2m(parent)->frame + MSI_SETSPI_NS);
}

u32 v2m_read_setspi(const struct msi_parent *parent)
{
	return readl(to_v2m(parent)->frame + MSI_SETSPI_NS);
}

/* Properties of the binding arm,gic-v2m-frame; the MADT's have the same names. */
static void find_range(const struct device *dev, struct v2m_info *info)
{
	u64 first, count;

	info->first = MSI_TYPER_BASE(info->typer);
	info->count = MSI_TYPER_COUNT(info->typer);
	if (!device_get_u64(dev, "arm,msi-base-spi", &first) &&
	    !device_get_u64(dev, "arm,msi-num-spis", &count)) {
		/* Beyond 32 bits is beyond every SPI, too. */
		info->first = first > IRQ_NONE ? IRQ_NONE : (u32)first;
		info->count = count > IRQ_NONE ? IRQ_NONE : (u32)count;
		info->described = true;
	}
}

static int check_range(const struct v2m_info *info)
{
	if (info->first >= IRQ_PRIVATE && info->count &&
	    info->first + info->count <= 1020)
		return 0;
	pr_err("%s: %u interrupts from INTID %u on are no SPIs (MSI_TYPER reads 0x%x, %s): no message-signalled interrupts through it",
	       info->origin, info->count, info->first, info->typer,
	       info->described ? "the tables say otherwise" : "and no table says more");
	return -EINVAL;
}

static int v2m_probe(struct device *dev, const struct device_match *match)
{
	const struct resource *res = device_mem(dev, 0);
	struct v2m_info info = { .origin = dev->origin };
	void __iomem *frame = NULL;
	struct v2m *v2m;

	(void)match;
	if (res && res->size < FRAME_SIZE)
		pr_err("%s: a GICv2m frame has 4 KiB, and 0x%llx bytes are described", dev->origin,
		       res->size);
	else
		frame = device_map(dev, 0);
	if (!frame)
		return -EINVAL;
	info.base = res->base;
	info.typer = readl(frame + MSI_TYPER);
	info.iidr = readl(frame + MSI_IIDR);
	find_range(dev, &info);
	if (check_range(&info))
		return -EINVAL;
	v2m = heap_alloc(sizeof(*v2m) + info.count);
	if (!v2m)
		return -ENOMEM;
	v2m->frame = frame;
	v2m->info = info;
	v2m->parent = (struct msi_parent){ .name = "GICv2m", .dev = dev, .ops = &v2m_ops };
	msi_register(&v2m->parent);
	return 0;
}

static const struct device_match v2m_match[] = {
	{ .compatible = "arm,gic-v2m-frame", .acpi = ACPI_MADT(13) },
	{}
};

DRIVER(v2m, .class = DRIVER_OTHER, .match = v2m_match, .probe = v2m_probe);
