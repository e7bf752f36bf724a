// SPDX-License-Identifier: BSD-2-Clause
/*
 * Devices that are CPUs become CPUs: cpu nodes of a device tree, GICC structures
 * of the MADT. Those that are disabled are none.
 */
#include <base/kconfig.h>
#include <base/string.h>
#include <core/log.h>
#include <core/stage.h>
#include <drivers/device.h>
#include "methods.h"

static bool is_cpu(const struct device *dev)
{
	if (dev->source == SOURCE_ACPI)
		return dev->acpi_id == ACPI_MADT_CPU;
	return !strncmp(dev->origin, "/cpus/cpu", 9) &&
	       (!strncmp(dev->name, "cpu@", 4) || !strcmp(dev->name, "cpu"));
}

struct method {
	const struct cpu_ops *ops;
	u64 release_addr;
	const char *why;	/* no ops: the reason */
};

static const struct method psci_method = {
	.ops = IS_ENABLED(CONFIG_CPU_PSCI) ? &psci_cpu_ops : NULL,
	.why = "it is started by PSCI, which is not configured into this image",
};

static struct method spin_table_method(const struct device *dev)
{
	struct method method = { .ops = NULL };

	if (!IS_ENABLED(CONFIG_CPU_SPIN_TABLE))
		method.why = "it is started by a spin-table, which is not configured into this image";
	else if (device_get_u64(dev, "cpu-release-addr", &method.release_addr))
		method.why = "enable-method is spin-table, and there is no cpu-release-addr";
	else if (method.release_addr & 7)
		method.why = "cpu-release-addr is no multiple of 8";
	else
		method.ops = &spin_table_cpu_ops;
	return method;
}

/* ACPI 6.5 5.2.12.14: without the parking protocol, PSCI. */
static struct method find_method(const struct device *dev)
{
	const char *name;

	if (dev->source == SOURCE_ACPI)
		return psci_method;
	name = device_get_string(dev, "enable-method");
	if (!name)
		return (struct method){ .why = "it has no enable-method" };
	if (!strcmp(name, "psci"))
		return psci_method;
	if (!strcmp(name, "spin-table"))
		return spin_table_method(dev);
	return (struct method){ .why = "its enable-method is none that is known" };
}

static int cpus_collect(struct boot_info *bi)
{
	const struct device *dev;
	u64 mpidr;

	(void)bi;
	device_for_each(dev) {
		struct method method;

		if (!is_cpu(dev) || dev->flags & DEVICE_DISABLED)
			continue;
		if (device_get_u64(dev, "reg", &mpidr)) {
			pr_err("%s: a CPU without a reg that can be read: not used", dev->origin);
			continue;
		}
		method = find_method(dev);
		cpu_add(mpidr, dev->origin, method.ops, method.release_addr, method.why);
	}
	cpu_check_boot();
	return 0;
}
STAGE(cpus_collect, "50", .when = STAGE_DISCOVER, .run = cpus_collect);
