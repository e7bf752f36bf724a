// SPDX-License-Identifier: BSD-2-Clause
/*
 * The consoles to use. Of itself only one device is bound as console: a second UART may
 * belong to somebody else. consoles= asks for more; a UART that is described twice
 * is bound once.
 */
#include <base/kconfig.h>
#include <base/parse.h>
#include <base/string.h>
#include <core/console.h>
#include <core/log.h>
#include <core/param.h>
#include <core/stage.h>
#include "driver.h"

static struct device *planned;
static const char *more;	/* consoles=: names of others, or NULL */

static int consoles_set(const char *value)
{
	if (!value || !*value)
		return -EINVAL;
	more = strcmp(value, "firmware") ? value : NULL;
	return 0;
}

/* Whether a name that begins with @kind can match a pattern. */
static bool pattern_begins(const char *pattern, const char *kind)
{
	for (; *kind; pattern++, kind++) {
		if (*pattern == '*' || *pattern == '?')
			return true;
		if (*pattern != *kind)
			return false;
	}
	return true;
}

static bool any_begins(const char *list, const char *kind)
{
	const char *at;

	for (at = list; at; at = strchr(at, ',')) {
		at += *at == ',';
		if (pattern_begins(at, kind))
			return true;
	}
	return false;
}

bool console_wanted(const char *name)
{
	size_t n = strlen(name);

	if (!more)
		return false;
	if (!strcmp(more, "all") || glob_list_match(more, name))
		return true;
	return n && name[n - 1] == '@' && any_begins(more, name);
}

PARAM(consoles, .help = "firmware: the one that it names; all; or GLOB,... of devices beside that one",
      .set = consoles_set);

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
		/* What has no driver here may be right; a wrong address is a wrong table. */
		log_printf(driven ? LOG_ERROR : LOG_WARN, "console %s (%s): %s", dev->name,
			   dev->origin, dev->flags & DEVICE_DISABLED ? "its node is disabled" :
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
	} else if (IS_ENABLED(CONFIG_SERIAL_NS16550_PCI) && console_wanted("pci-serial@")) {
		console_plan("pci-serial");
	} else {
		pr_warn("no console is described that has a driver in this image");
	}
	return 0;
}
STAGE(console_plan, "90", .when = STAGE_DISCOVER, .run = plan_console);

/* Another description of a UART that is a console already. */
static bool is_bound_twice(const struct device *dev)
{
	const struct device *other;

	device_for_each(other) {
		if (other->probed && driver_is_console(other) &&
		    device_mem(other, 0)->base == device_mem(dev, 0)->base)
			return true;
	}
	return false;
}

static void probe_more(void)
{
	unsigned int found = 0;
	struct device *dev;

	device_for_each(dev) {
		if (!driver_is_console(dev) || !device_mem_usable(dev, 0) ||
		    !console_wanted(dev->name))
			continue;
		found++;
		if (!dev->probed && !is_bound_twice(dev))
			driver_probe(dev);
	}
	/* What is on PCI comes later. */
	if (!found && !(IS_ENABLED(CONFIG_SERIAL_NS16550_PCI) && console_wanted("pci-serial@")))
		pr_err("consoles=%s: no device of that name is a console that has a driver in this image",
		       more);
}

static void probe_planned(void)
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

void console_plan_probe(void)
{
	probe_planned();
	if (more)
		probe_more();
}
