// SPDX-License-Identifier: BSD-2-Clause
/*
 * SBSA generic watchdog (DEN0029B appendix A): one frame to refresh it, one to set it
 * up. It compares with the system counter; the offset register is the length of a
 * stage in its ticks, of 32 bits in revision 0 and of 48 from revision 1 on.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/log.h>
#include <core/power.h>
#include <core/time.h>
#include <core/watchdog.h>
#include <asm/io.h>
#include <drivers/device.h>
#include <drivers/sbsa_watchdog.h>

#define WRR		0x000		/* refresh frame */
#define WCS		0x000		/* control frame from here on */
#define WCS_EN		(1U << 0)
#define WCS_WS0		(1U << 1)
#define WOR		0x008
#define WOR_HIGH	0x00c
#define WCV		0x010
#define WCV_HIGH	0x014
#define W_IIDR		0xfcc		/* both frames */

#define OFFSET_BITS(revision)	((revision) ? 48 : 32)

/* Behind every way that is meant for it. */
#define WATCHDOG_RATING		10
/* Both stages; what is left of a machine that does not reset within is nobody's. */
#define RESET_STAGE_US		1000
#define RESET_WAIT_US		1000000

struct sbsa_watchdog {
	struct watchdog wd;
	void __iomem *control;
	void __iomem *refresh;
	unsigned int revision;
};

static struct sbsa_watchdog *first;	/* the one that resets the machine */

static struct sbsa_watchdog *to_sbsa(struct watchdog *wd)
{
	return container_of(wd, struct sbsa_watchdog, wd);
}

static void sbsa_refresh(struct watchdog *wd)
{
	writel(0, to_sbsa(wd)->refresh + WRR);
}

static bool sbsa_is_running(struct watchdog *wd)
{
	return readl(to_sbsa(wd)->control + WCS) & WCS_EN;
}

static int sbsa_stop(struct watchdog *wd)
{
	writel(0, to_sbsa(wd)->control + WCS);
	/* The first stage's signal goes with a refresh. */
	sbsa_refresh(wd);
	return sbsa_is_running(wd) ? -EIO : 0;
}

static void sbsa_set_offset(const struct sbsa_watchdog *sbsa, u64 ticks)
{
	writel((u32)ticks, sbsa->control + WOR);
	if (sbsa->revision)
		writel(ticks >> 32, sbsa->control + WOR_HIGH);
}

static int sbsa_start(struct watchdog *wd, u64 us)
{
	struct sbsa_watchdog *sbsa = to_sbsa(wd);

	if (!us || us > wd->max_us)
		return -ERANGE;
	sbsa_stop(wd);
	sbsa_set_offset(sbsa, time_us_to_ticks(us));
	writel(WCS_EN, sbsa->control + WCS);
	sbsa_refresh(wd);
	return sbsa_is_running(wd) ? 0 : -EIO;
}

static bool sbsa_is_late(struct watchdog *wd)
{
	return readl(to_sbsa(wd)->control + WCS) & WCS_WS0;
}

/* In halves: a 64-bit access need not be taken. It moves with a refresh only. */
static u64 sbsa_expires(struct watchdog *wd)
{
	const struct sbsa_watchdog *sbsa = to_sbsa(wd);

	return readl(sbsa->control + WCV) | (u64)readl(sbsa->control + WCV_HIGH) << 32;
}

static int sbsa_reset(int status)
{
	int ret = sbsa_start(&first->wd, RESET_STAGE_US);

	(void)status;
	if (!ret)
		time_delay_us(RESET_WAIT_US);
	sbsa_stop(&first->wd);
	return ret ? ret : -ETIMEDOUT;
}

static struct power_ops watchdog_power = {
	.name = "SBSA watchdog",
	.word = "watchdog",
	.rating = WATCHDOG_RATING,
	.reset = sbsa_reset,
};

int sbsa_watchdog_ids(const struct watchdog *wd, u32 *control, u32 *refresh_frame)
{
	const struct sbsa_watchdog *sbsa;

	if (wd->start != sbsa_start)
		return -ENODEV;
	sbsa = container_of(wd, const struct sbsa_watchdog, wd);
	*control = readl(sbsa->control + W_IIDR);
	*refresh_frame = readl(sbsa->refresh + W_IIDR);
	return 0;
}

static void fill(struct sbsa_watchdog *sbsa, const struct device *dev)
{
	const struct resource *irq = device_irq(dev, 0);
	u64 ticks = BIT(OFFSET_BITS(sbsa->revision)) - 1;

	sbsa->wd = (struct watchdog){
		.name = dev->name, .start = sbsa_start, .refresh = sbsa_refresh, .stop = sbsa_stop,
		.is_running = sbsa_is_running, .is_late = sbsa_is_late, .expires = sbsa_expires,
		.max_us = time_ticks_to_us(ticks),
	};
	if (!irq)
		return;
	sbsa->wd.has_interrupt = true;
	sbsa->wd.intid = (u32)irq->base;
	sbsa->wd.edge = irq->flags & RES_IRQ_EDGE;
}

static int sbsa_watchdog_probe(struct device *dev, const struct device_match *match)
{
	struct sbsa_watchdog *sbsa = heap_alloc(sizeof(*sbsa));
	bool ran;
	int ret;

	(void)match;
	if (!sbsa)
		return -ENOMEM;
	sbsa->control = device_map(dev, 0);
	sbsa->refresh = device_map(dev, 1);
	if (!sbsa->control || !sbsa->refresh)
		return -EINVAL;
	sbsa->revision = SBSA_WATCHDOG_REVISION(readl(sbsa->control + W_IIDR));
	fill(sbsa, dev);
	ran = sbsa_is_running(&sbsa->wd);
	ret = sbsa_stop(&sbsa->wd);
	if (ret) {
		pr_err("%s: the watchdog cannot be stopped: it resets the machine before long",
		       dev->origin);
		return ret;
	}
	if (ran)
		pr_info("%s: the firmware had left the watchdog running; it is stopped", dev->origin);
	watchdog_register(&sbsa->wd);
	if (!first) {
		first = sbsa;
		power_register(&watchdog_power);
	}
	return 0;
}

static const struct device_match sbsa_watchdog_match[] = {
	/* Control frame first in both (the binding sbsa,gwdt; GTDT in drivers/acpi). */
	{ .compatible = "arm,sbsa-gwdt", .acpi = ACPI_GTDT_SBSA_WATCHDOG },
	{}
};

DRIVER(sbsa_watchdog, .class = DRIVER_OTHER, .match = sbsa_watchdog_match,
       .probe = sbsa_watchdog_probe);
