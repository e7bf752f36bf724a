// SPDX-License-Identifier: BSD-2-Clause
/*
 * The registers of the GIC in use, for tests. The drivers of the GICs do not need
 * this file, and it needs nothing of theirs but the list of redistributors.
 */
#include <base/errno.h>
#include <base/kconfig.h>
#include <base/string.h>
#include <base/util.h>
#include <asm/cpu.h>
#include <asm/io.h>
#include <drivers/device.h>
#include <drivers/gic.h>
#include "gic.h"
#include "gic_access.h"
#include "gicv3_redist.h"

#define SGI_FRAME	0x10000
#define CTLR_DS		(1U << 6)

static struct gic_access gic;

const struct gic_access *gic_access(void)
{
	return &gic;
}

/* The device of the driver in use: the first that it took, as irqchip_register() has it. */
static const struct device *find(unsigned int *version)
{
	const struct device *dev;

	device_for_each(dev) {
		if (!dev->probed || dev->driver->class != DRIVER_IRQCHIP)
			continue;
		*version = !strcmp(dev->driver->name, "gicv2") ? 2 :
			   !strcmp(dev->driver->name, "gicv3") ? 3 : 0;
		if (*version)
			return dev;
	}
	return NULL;
}

/* By its name in ACPI; in a tree behind the distributor and the CPU interface (arm,gic). */
static void __iomem *map_gich(const struct device *dev)
{
	const struct resource *res;

	for (unsigned int n = 0; (res = device_mem(dev, n)); n++)
		if (dev->acpi_id ? res->name && !strcmp(res->name, "GICH") : n == 2)
			return device_map(dev, n);
	return NULL;
}

static void map(const struct device *dev, unsigned int version)
{
	gic.dist = device_map(dev, 0);
	if (version == 2) {
		gic.cpu = device_map(dev, 1);
		gic.hyp = map_gich(dev);
	}
	gic.dev = dev;
	gic.version = version;
}

int gic_get_info(struct gic_info *info)
{
	unsigned int version = 0, lines;
	const struct device *dev;

	if (!gic.dev) {
		dev = find(&version);
		if (!dev)
			return -ENODEV;
		map(dev, version);
	}
	lines = GIC_TYPER_LINES(gic_dist_read(GIC_REG_TYPER));
	*info = (struct gic_info){
		.dev = gic.dev,
		.version = gic.version,
		.lines = lines > 1020 ? 1020 : lines,
		.one_security_state = gic.version == 2 || gic_dist_read(GICD_CTLR) & CTLR_DS,
	};
	return 0;
}

u32 gic_dist_read(u32 offset)
{
	return gic.dist ? readl(gic.dist + offset) : 0;
}

void gic_dist_write(u32 offset, u32 value)
{
	if (gic.dist)
		writel(value, gic.dist + offset);
}

u8 gic_dist_read8(u32 offset)
{
	return gic.dist ? readb(gic.dist + offset) : 0;
}

void gic_dist_write8(u32 offset, u8 value)
{
	if (gic.dist)
		writeb(value, gic.dist + offset);
}

u64 gic_dist_read64(u32 offset)
{
	return gic.dist ? readq(gic.dist + offset) : 0;
}

void gic_dist_write64(u32 offset, u64 value)
{
	if (gic.dist)
		writeq(value, gic.dist + offset);
}

static void __iomem *find_redist(u64 mpidr)
{
	return IS_ENABLED(CONFIG_IRQCHIP_GICV3) && gic.version == 3 ? gicv3_redist_find(mpidr) :
								      NULL;
}

static void __iomem *private_frame(void)
{
	void __iomem *redist;

	if (gic.version != 3)
		return gic.dist;
	redist = find_redist(cpu_mpidr());
	return redist ? redist + SGI_FRAME : NULL;
}

u32 gic_private_read(u32 offset)
{
	void __iomem *frame = private_frame();

	return frame ? readl(frame + offset) : 0;
}

void gic_private_write(u32 offset, u32 value)
{
	void __iomem *frame = private_frame();

	if (frame)
		writel(value, frame + offset);
}

u8 gic_private_read8(u32 offset)
{
	void __iomem *frame = private_frame();

	return frame ? readb(frame + offset) : 0;
}

void gic_private_write8(u32 offset, u8 value)
{
	void __iomem *frame = private_frame();

	if (frame)
		writeb(value, frame + offset);
}

u32 gic_redist_read(u32 offset)
{
	void __iomem *frame = find_redist(cpu_mpidr());

	return frame ? readl(frame + offset) : 0;
}

void gic_redist_write(u32 offset, u32 value)
{
	void __iomem *frame = find_redist(cpu_mpidr());

	if (frame)
		writel(value, frame + offset);
}

u64 gic_redist_read64(u32 offset)
{
	void __iomem *frame = find_redist(cpu_mpidr());

	return frame ? readq(frame + offset) : 0;
}

bool gic_redist_typer(u64 mpidr, u64 *typer)
{
	void __iomem *frame = find_redist(mpidr);

	if (frame)
		*typer = readq(frame + GIC_REDIST_TYPER);
	return frame;
}

bool gic_maintenance_intid(u32 *intid)
{
	const struct resource *irq = gic.dev ? device_irq(gic.dev, 0) : NULL;

	if (irq)
		*intid = (u32)irq->base;
	return irq;
}
