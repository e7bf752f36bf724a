// SPDX-License-Identifier: BSD-2-Clause
/* Devices, for people: which are in use, where each is and what says so. */
#include <base/string.h>
#include <core/console.h>
#include <core/stage.h>
#include <drivers/discovery.h>
#include "driver.h"

static const char *source_name(const struct device *dev)
{
	switch (dev->source) {
	case SOURCE_DT:
		return "DT ";
	case SOURCE_ACPI:
		return "ACPI ";
	default:
		return "";	/* the origin begins with earlycon= */
	}
}

/* @more: how many of its kind follow it, which get no line of their own. */
static void print_device(const struct device *dev, unsigned int more)
{
	const struct resource *mem = device_mem(dev, 0);
	const struct resource *irq = device_irq(dev, 0);

	console_printf("device:   %s", dev->probed ? dev->driver->name : dev->name);
	if (mem)
		console_printf(" at 0x%llx", mem->base);
	if (irq)
		console_printf(" INTID %llu", irq->base);
	if (more)
		console_printf(" and %u more", more);
	console_printf("%s, %s%s\n", dev->probed && driver_is_console(dev) ? " console" :
		       dev->probed ? "" : " (no driver)", source_name(dev), dev->origin);
}

/* The name up to the unit address. */
static size_t kind_length(const struct device *dev)
{
	const char *at = strchr(dev->name, '@');

	return at ? (size_t)(at - dev->name) : strlen(dev->name);
}

static bool same_kind(const struct device *a, const struct device *b)
{
	size_t n = kind_length(a);

	return n == kind_length(b) && !strncmp(a->name, b->name, n);
}

static bool is_cpu(const struct device *dev)
{
	return !strncmp(dev->name, "cpu@", 4);
}

/* What nobody drives but somebody may look for: it has an address. */
static bool worth_a_line(const struct device *dev)
{
	return dev->probed ||
	       (!is_cpu(dev) && !(dev->flags & DEVICE_DISABLED) && device_mem(dev, 0));
}

static void print_devices(void)
{
	const struct device *dev, *pending = NULL;
	unsigned int more = 0;

	device_for_each(dev) {
		if (!worth_a_line(dev))
			continue;
		if (pending && !dev->probed && !pending->probed && same_kind(dev, pending)) {
			more++;
			continue;
		}
		if (pending)
			print_device(pending, more);
		pending = dev;
		more = 0;
	}
	if (pending)
		print_device(pending, more);
}

static int devices_summary(struct boot_info *bi)
{
	unsigned int all = 0, disabled = 0, cpus = 0, cpus_disabled = 0;
	const struct device *dev;

	(void)bi;
	device_for_each(dev) {
		unsigned int off = dev->flags & DEVICE_DISABLED ? 1 : 0;

		all++;
		disabled += off;
		cpus += is_cpu(dev);
		cpus_disabled += is_cpu(dev) && off;
	}
	console_printf("found by: %s (%s): %u devices, %u of them disabled; %u CPUs, %u of them disabled\n",
		       discovery_source_name(), discovery_reason(), all, disabled, cpus,
		       cpus_disabled);
	print_devices();
	return 0;
}
STAGE(devices, "20", .when = STAGE_SUMMARY, .run = devices_summary);
