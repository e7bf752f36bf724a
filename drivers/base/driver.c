// SPDX-License-Identifier: BSD-2-Clause
/* Which driver takes which device, and in what order they are probed. */
#include <core/console.h>
#include <asm/exception.h>
#include <base/string.h>
#include <core/log.h>
#include <core/stage.h>
#include "driver.h"

const struct driver *driver_find(const char *name)
{
	const struct driver *const *pp;

	table_for_each(pp, driver) {
		if (!strcmp((*pp)->name, name))
			return *pp;
	}
	return NULL;
}

static bool entry_is_end(const struct device_match *match)
{
	return !match->compatible && !match->acpi;
}

static const struct device_match *match_one(const struct driver *drv, const char *compatible,
					    u64 acpi)
{
	const struct device_match *match;

	for (match = drv->match; match && !entry_is_end(match); match++) {
		/* Of hundreds of strings hardly one begins alike: no call for those. */
		if (compatible && match->compatible && *match->compatible == *compatible &&
		    !strcmp(match->compatible, compatible))
			return match;
		if (acpi && match->acpi == acpi)
			return match;
	}
	return NULL;
}

/* Sets the driver for one string or one ACPI id, after @skip others. */
static bool match_all(struct device *dev, const char *compatible, u64 acpi, unsigned int *skip)
{
	const struct driver *const *pp;

	table_for_each(pp, driver) {
		const struct device_match *match = match_one(*pp, compatible, acpi);

		if (!match || (*skip)-- > 0)
			continue;
		dev->driver = *pp;
		dev->match = match;
		return true;
	}
	return false;
}

/* Trees hold dozens of one kind in a row. */
static bool is_like_last(const struct device *dev, const struct device *last)
{
	return last && dev->compatible && !dev->acpi_id && !last->acpi_id &&
	       dev->compatible_len == last->compatible_len &&
	       !memcmp(dev->compatible, last->compatible, dev->compatible_len);
}

static void match(struct device *dev, unsigned int skip)
{
	size_t at, len;

	dev->driver = NULL;
	dev->match = NULL;
	for (at = 0; dev->compatible && at < dev->compatible_len; at += len + 1) {
		len = strnlen(dev->compatible + at, dev->compatible_len - at);
		if (at + len == dev->compatible_len)
			break;		/* not terminated */
		if (match_all(dev, dev->compatible + at, 0, &skip))
			return;
	}
	if (dev->acpi_id)
		match_all(dev, NULL, dev->acpi_id, &skip);
}

void driver_match(struct device *dev, unsigned int skip)
{
	static const struct device *last;	/* what came of it: probing may change its own */
	static const struct driver *last_driver;
	static const struct device_match *last_match;

	if (!skip && is_like_last(dev, last)) {
		dev->driver = last_driver;
		dev->match = last_match;
		return;
	}
	match(dev, skip);
	if (skip)
		return;
	last = dev;
	last_driver = dev->driver;
	last_match = dev->match;
}

bool driver_is_console(const struct device *dev)
{
	return dev->driver && dev->driver->class == DRIVER_CONSOLE &&
	       !(dev->flags & DEVICE_DISABLED);
}

struct probe_call {
	struct device *dev;
	int ret;
};

static void probe_device(void *arg)
{
	struct probe_call *call = arg;

	call->ret = call->dev->driver->probe(call->dev, call->dev->match);
}

/* An address that is described wrong may take an exception, which costs this device only. */
static int guarded_probe(struct device *dev)
{
	struct probe_call call = { .dev = dev };
	struct exception_info info;
	char text[160];

	if (!arch_guarded_call(probe_device, &call, &info, NULL))
		return call.ret;
	console_drop_broken();
	exception_describe(text, sizeof(text), &info);
	pr_err("%s (%s): %s", dev->name, dev->origin, text);
	return -EFAULT;
}

int driver_probe(struct device *dev)
{
	unsigned int skip;
	int ret;

	for (skip = 0; dev->driver; driver_match(dev, ++skip)) {
		ret = guarded_probe(dev);
		if (!ret) {
			dev->probed = true;
			pr_debug("%s (%s): driver %s", dev->name, dev->origin, dev->driver->name);
			return 0;
		}
		if (ret != -ENODEV) {
			pr_err("%s (%s): driver %s failed: %s", dev->name, dev->origin,
			       dev->driver->name, errno_name(ret));
			return ret;
		}
	}
	return -ENODEV;
}

static void probe_class(enum driver_class class)
{
	struct device *dev;

	device_for_each(dev) {
		if (dev->driver && dev->driver->class == class && !dev->probed &&
		    !(dev->flags & DEVICE_DISABLED))
			driver_probe(dev);
	}
}

static int probe_all(struct boot_info *bi)
{
	int class;

	(void)bi;
	for (class = 0; class < DRIVER_CLASSES; class++) {
		if (class == DRIVER_CONSOLE)
			console_plan_probe();
		else
			probe_class(class);
	}
	return 0;
}
STAGE(probe, "10", .when = STAGE_PROBE, .run = probe_all);
