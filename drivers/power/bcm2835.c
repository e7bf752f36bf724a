// SPDX-License-Identifier: BSD-2-Clause
/*
 * Power management block of the BCM2835 and its successors: its watchdog resets the
 * chip, and the boot ROM's successor halts where the partition number in RSTS is 63.
 */
#include <base/errno.h>
#include <core/log.h>
#include <core/power.h>
#include <core/time.h>
#include <asm/io.h>
#include <drivers/device.h>

#define PM_RSTC			0x1c
#define PM_RSTS			0x20
#define PM_WDOG			0x24
#define PM_PASSWORD		0x5a000000U	/* of every write */

#define RSTC_CONFIG_MASK	0x30U
#define RSTC_FULL_RESET		0x20U
/* The partition's six bits are every second one, from bit 0 on. */
#define RSTS_PARTITION_MASK	0x555U
#define RSTS_PARTITION_HALT	0x555U
#define WDOG_TICKS		10U		/* of 16 us */

#define BCM2835_RATING		50
#define RESET_WAIT_US		1000000

static void __iomem *pm;

static int reset_to(u32 partition)
{
	writel(PM_PASSWORD | (readl(pm + PM_RSTS) & 0xffffff & ~RSTS_PARTITION_MASK) | partition,
	       pm + PM_RSTS);
	writel(PM_PASSWORD | WDOG_TICKS, pm + PM_WDOG);
	writel(PM_PASSWORD | (readl(pm + PM_RSTC) & 0xffffff & ~RSTC_CONFIG_MASK) | RSTC_FULL_RESET,
	       pm + PM_RSTC);
	time_delay_us(RESET_WAIT_US);
	return -ETIMEDOUT;
}

static int off(int status)
{
	(void)status;
	return reset_to(RSTS_PARTITION_HALT);
}

static int reset(int status)
{
	(void)status;
	return reset_to(0);
}

static struct power_ops bcm2835_power = {
	.name = "BCM2835 PM",
	.word = "bcm2835",
	.rating = BCM2835_RATING,
	.off = off,
	.reset = reset,
};

static int bcm2835_probe(struct device *dev, const struct device_match *match)
{
	(void)match;
	if (pm)
		return -EEXIST;
	pm = device_map(dev, 0);
	if (!pm)
		return -EINVAL;
	power_register(&bcm2835_power);
	return 0;
}

static const struct device_match bcm2835_match[] = {
	{ .compatible = "brcm,bcm2835-pm-wdt" },
	{}
};

DRIVER(bcm2835_power, .class = DRIVER_POWER, .match = bcm2835_match, .probe = bcm2835_probe);
