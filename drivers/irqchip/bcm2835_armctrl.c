// SPDX-License-Identifier: BSD-2-Clause
/*
 * What the devices of a Raspberry Pi share (BCM2835 ARM Peripherals, chapter 7; the
 * binding brcm,bcm2835-armctrl-ic): a basic bank of 8, and two banks of 32 that
 * belong to the graphics processor as well. All are levels, there are no
 * priorities, and software can raise none.
 */
#include <base/errno.h>
#include <base/util.h>
#include <asm/io.h>
#include <drivers/device.h>
#include "bcm2836.h"

#define BANKS		3U
#define BASIC_COUNT	8U

/* By bank: basic, 1, 2. Bits behind the eighth of the basic one sum up the others. */
static const u8 pending_at[BANKS] = { 0x00, 0x04, 0x08 };
static const u8 enable_at[BANKS] = { 0x18, 0x10, 0x14 };	/* a 1 enables */
static const u8 disable_at[BANKS] = { 0x24, 0x1c, 0x20 };
#define FIQ_CONTROL	0x0c
#define ARMCTRL_SIZE	0x28

static void __iomem *base;
/* What is enabled reads back on some of these chips only. */
static u32 enabled[BANKS];

static u32 count_of(u32 bank)
{
	return bank ? 32 : BASIC_COUNT;
}

/* -ERANGE, or its bank with the bit in it. */
static int bank_of(u32 intid, u32 *bit)
{
	u32 n = intid - IRQ_SPI_FIRST;

	if (!base || intid < IRQ_SPI_FIRST || n / 32 >= BANKS || n % 32 >= count_of(n / 32))
		return -ERANGE;
	*bit = 1U << n % 32;
	return (int)(n / 32);
}

int bcm2835_armctrl_enable(u32 intid)
{
	u32 bit;
	int bank = bank_of(intid, &bit);

	if (bank < 0)
		return bank;
	enabled[bank] |= bit;
	writel(bit, base + enable_at[bank]);
	return 0;
}

int bcm2835_armctrl_disable(u32 intid)
{
	u32 bit;
	int bank = bank_of(intid, &bit);

	if (bank < 0)
		return bank;
	writel(bit, base + disable_at[bank]);
	enabled[bank] &= ~bit;
	/* Read behind the write: the signal is gone. */
	readl(base + pending_at[bank]);
	return 0;
}

int bcm2835_armctrl_is_enabled(u32 intid)
{
	u32 bit;
	int bank = bank_of(intid, &bit);

	return bank < 0 ? bank : !!(enabled[bank] & bit);
}

int bcm2835_armctrl_is_pending(u32 intid)
{
	u32 bit;
	int bank = bank_of(intid, &bit);

	return bank < 0 ? bank : !!(readl(base + pending_at[bank]) & bit);
}

u32 bcm2835_armctrl_ack(void)
{
	for (u32 bank = 0; base && bank < BANKS; bank++) {
		u32 pending = readl(base + pending_at[bank]) & enabled[bank];

		if (pending)
			return IRQ_SPI_FIRST + 32 * bank + (u32)__builtin_ctz(pending);
	}
	return IRQ_NONE;
}

/* Firmware leaves some enabled, for itself; as FIQ, too. */
static int bcm2835_armctrl_probe(struct device *dev, const struct device_match *match)
{
	const struct resource *res = device_mem(dev, 0);

	(void)match;
	if (!res || res->size < ARMCTRL_SIZE)
		return -EINVAL;
	base = device_map(dev, 0);
	if (!base)
		return -EINVAL;
	writel(0, base + FIQ_CONTROL);
	for (u32 bank = 0; bank < BANKS; bank++)
		writel(~0U, base + disable_at[bank]);
	return 0;
}

static const struct device_match bcm2835_armctrl_match[] = {
	{ .compatible = "brcm,bcm2836-armctrl-ic" },
	{}
};

DRIVER(bcm2835_armctrl, .class = DRIVER_IRQCHIP, .match = bcm2835_armctrl_match,
       .probe = bcm2835_armctrl_probe);
