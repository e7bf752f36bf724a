// SPDX-License-Identifier: BSD-2-Clause
/* struct device out of what a table says, with properties under the names of the DT bindings. */
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/log.h>
#include "internal.h"

static const struct acpi_property *find_property(const struct device *dev, const char *name)
{
	const struct acpi_device *ad = dev->source_priv;

	for (unsigned int i = 0; i < ad->nr_properties; i++)
		if (!strcmp(ad->properties[i].name, name))
			return &ad->properties[i];
	return NULL;
}

static int get_u64(const struct device *dev, const char *name, u64 *value)
{
	const struct acpi_property *prop = find_property(dev, name);

	if (!prop)
		return -ENOENT;
	if (prop->string)
		return -EINVAL;
	*value = prop->value;
	return 0;
}

static const char *get_string(const struct device *dev, const char *name)
{
	const struct acpi_property *prop = find_property(dev, name);

	return prop ? prop->string : NULL;
}

static bool has(const struct device *dev, const char *name)
{
	return find_property(dev, name) != NULL;
}

static const struct device_source_ops acpi_ops = {
	.get_u64 = get_u64,
	.get_string = get_string,
	.has = has,
	.pci = &acpi_pci_ops,
};

struct acpi_device *acpi_device_new(u64 acpi_id, const char *name, const char *origin,
				    unsigned int resources, unsigned int properties)
{
	size_t size = sizeof(struct acpi_device) + resources * sizeof(struct resource) +
		      properties * sizeof(struct acpi_property);
	struct acpi_device *ad = name && origin ? heap_alloc(size) : NULL;

	if (!ad) {
		pr_err("ACPI: no memory for a device, CONFIG_HEAP_KIB is too small for this "
		       "machine\n");
		return NULL;
	}
	ad->resources = (struct resource *)(ad + 1);
	ad->max_resources = resources;
	ad->properties = (struct acpi_property *)(ad->resources + resources);
	ad->max_properties = properties;
	ad->dev.name = name;
	ad->dev.origin = origin;
	ad->dev.source = SOURCE_ACPI;
	ad->dev.acpi_id = acpi_id;
	ad->dev.ops = &acpi_ops;
	ad->dev.source_priv = ad;
	ad->dev.resources = ad->resources;
	return ad;
}

static void add_resource(struct acpi_device *ad, struct resource res)
{
	if (ad->dev.nr_resources == ad->max_resources) {
		pr_err("ACPI: %s (%s): more than %u resources\n", ad->dev.name, ad->dev.origin,
		       ad->max_resources);
		return;
	}
	ad->resources[ad->dev.nr_resources++] = res;
}

void acpi_device_mem(struct acpi_device *ad, const char *name, u64 base, u64 size)
{
	add_resource(ad, (struct resource){
		.kind = RES_MEM, .base = base, .size = size, .name = name,
	});
}

void acpi_device_irq(struct acpi_device *ad, const char *name, u32 gsiv, u32 flags)
{
	add_resource(ad, (struct resource){
		.kind = RES_IRQ, .base = gsiv, .size = 1, .flags = flags, .name = name,
	});
}

void acpi_device_cpu(struct acpi_device *ad, u64 mpidr)
{
	add_resource(ad, (struct resource){ .kind = RES_CPU, .base = mpidr, .size = 1 });
}

static void add_property(struct acpi_device *ad, struct acpi_property prop)
{
	if (ad->nr_properties == ad->max_properties) {
		pr_err("ACPI: %s (%s): more than %u properties\n", ad->dev.name, ad->dev.origin,
		       ad->max_properties);
		return;
	}
	ad->properties[ad->nr_properties++] = prop;
}

void acpi_device_u64(struct acpi_device *ad, const char *name, u64 value)
{
	add_property(ad, (struct acpi_property){ .name = name, .value = value });
}

void acpi_device_string(struct acpi_device *ad, const char *name, const char *value)
{
	add_property(ad, (struct acpi_property){ .name = name, .string = value });
}

void acpi_device_add(struct acpi_device *ad)
{
	device_add(&ad->dev);
}
