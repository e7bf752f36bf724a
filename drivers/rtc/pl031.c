// SPDX-License-Identifier: BSD-2-Clause
/* Arm PrimeCell Real Time Clock (PL031). */
#include <base/errno.h>
#include <core/log.h>
#include <drivers/device.h>
#include <drivers/pl031.h>
#include <asm/io.h>

#define BIT_INTERRUPT	1U
#define LAST_ID		(PL031_CELLID + 0x10U)

static const struct device *bound;
static void __iomem *regs;

const struct device *pl031_device(void)
{
	return bound;
}

u32 pl031_read(enum pl031_reg reg)
{
	return readl(regs + reg);
}

void pl031_write(enum pl031_reg reg, u32 value)
{
	writel(value, regs + reg);
}

u8 pl031_read8(enum pl031_reg reg)
{
	return readb(regs + reg);
}

u16 pl031_read16(enum pl031_reg reg)
{
	return readw(regs + reg);
}

void pl031_write8(enum pl031_reg reg, u8 value)
{
	writeb(value, regs + reg);
}

void pl031_write16(enum pl031_reg reg, u16 value)
{
	writew(value, regs + reg);
}

u32 pl031_id(enum pl031_reg first)
{
	u32 id = 0;

	for (unsigned int i = 4; i > 0; i--)
		id = id << 8 | (readl(regs + first + 4 * (i - 1)) & 0xff);
	return id;
}

u32 pl031_seconds(void)
{
	return readl(regs + PL031_DR);
}

void pl031_match_at(u32 seconds)
{
	writel(0, regs + PL031_IMSC);
	writel(seconds, regs + PL031_MR);
	writel(BIT_INTERRUPT, regs + PL031_ICR);
}

bool pl031_has_matched(void)
{
	return readl(regs + PL031_RIS) & BIT_INTERRUPT;
}

void pl031_let_through(bool on)
{
	writel(on ? BIT_INTERRUPT : 0, regs + PL031_IMSC);
}

void pl031_clear(void)
{
	writel(BIT_INTERRUPT, regs + PL031_ICR);
}

static int identify(const struct device *dev)
{
	u32 periph = pl031_id(PL031_PERIPHID), cell = pl031_id(PL031_CELLID);

	if (cell == PL031_CELL && (periph & PL031_PART_MASK) == PL031_PART)
		return 0;
	pr_err("%s (%s): identification (0xfe0 to 0xffc) reads 0x%x and 0x%x, where a PL031 has part 0x%x and 0x%x: another device is at this address",
	       dev->name, dev->origin, periph, cell, PL031_PART, PL031_CELL);
	return -ENODEV;
}

static int pl031_probe(struct device *dev, const struct device_match *match)
{
	const struct resource *mem = device_mem(dev, 0);
	int ret;

	(void)match;
	if (bound || !mem || mem->size < LAST_ID)
		return -ENODEV;
	regs = device_map(dev, 0);
	if (!regs)
		return -EINVAL;
	ret = identify(dev);
	if (ret)
		return ret;
	/* An alarm that the firmware has set would come to a case. */
	pl031_let_through(false);
	pl031_clear();
	bound = dev;
	return 0;
}

static const struct device_match pl031_match[] = {
	{ .compatible = "arm,pl031" },
	{}
};

DRIVER(pl031, .class = DRIVER_OTHER, .match = pl031_match, .probe = pl031_probe);
