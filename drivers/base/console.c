// SPDX-License-Identifier: BSD-2-Clause
/*
 * The console to use. Only one device is bound as console: the same UART can
 * be described twice, and a second UART may belong to somebody else.
 */
#include <core/console.h>
#include <core/log.h>
#include <core/stage.h>
#include "driver.h"

static struct device *planned;

struct device *device_console(void)
{
	return planned;
}

/* The first console after those already tried, of the firmware's choice or of any. */
static struct device *console_candidate(bool stdout_only)
{
	struct device *dev;

	device_for_each(dev) {
		if (driver_is_console(dev) && device_mem_usable(dev, 0) && !dev->probed &&
		    (!stdout_only || (dev->flags & DEVICE_STDOUT)))
			return dev;
	}
	return NULL;
}

static struct device *console_choose(void)
{
	struct device *dev = earlycon_device();

	if (dev && driver_is_console(dev) && device_mem_usable(dev, 0))
		return dev;
	dev = console_candidate(true);
	return dev ? dev : console_candidate(false);
}

/* The firmware named a console that cannot be used: people look for output there. */
static void report_unusable(void)
{
	const struct device *dev;

	device_for_each(dev) {
		bool driven = driver_is_console(dev);

		if (!(dev->flags & DEVICE_STDOUT) || (driven && device_mem_usable(dev, 0)))
			continue;
		pr_warn("console %s (%s): %s", dev->name, dev->origin,
			dev->flags & DEVICE_DISABLED ? "its node is disabled" :
			driven ? "no device can be at its address" :
			"no console driver for it is in this image");
	}
}

static int plan_console(struct boot_info *bi)
{
	struct device *dev;

	(void)bi;
	device_for_each(dev)
		driver_match(dev, 0);
	report_unusable();
	planned = console_choose();
	if (planned) {
		console_plan(planned->name);
		pr_debug("console: %s (%s)", planned->name, planned->origin);
	} else {
		pr_warn("no console is described that has a driver in this image");
	}
	return 0;
}
STAGE(console_plan, "90", .when = STAGE_DISCOVER, .run = plan_console);

void console_plan_probe(void)
{
	struct device *dev = planned;

	while (dev) {
		planned = dev;
		if (!driver_probe(dev))
			return;
		/* Not again, whoever asks: a console that failed stays out. */
		dev->driver = NULL;
		dev = console_choose();
	}
	planned = NULL;
}
