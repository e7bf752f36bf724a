// SPDX-License-Identifier: BSD-2-Clause
/* The list of devices, and questions about one. */
#include <asm/mmu.h>
#include <base/string.h>
#include <core/address_space.h>
#include <core/boot.h>
#include <core/fault.h>
#include <core/log.h>
#include <core/memory.h>
#include <drivers/device.h>

static LIST_HEAD(devices);

/* Registers are mapped at their own address, whenever a driver does so. */
void device_add(struct device *dev)
{
	unsigned int i;

	for (i = 0; i < dev->nr_resources; i++)
		if (dev->resources[i].kind == RES_MEM)
			address_space_avoid(dev->resources[i].base, dev->resources[i].size);
	list_add_tail(&dev->node, &devices);
}

struct list_head *device_list(void)
{
	return &devices;
}

static const struct resource *nth_resource(const struct device *dev,
					   enum resource_kind kind, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < dev->nr_resources; i++) {
		if (dev->resources[i].kind == kind && n-- == 0)
			return &dev->resources[i];
	}
	return NULL;
}

const struct resource *device_mem(const struct device *dev, unsigned int n)
{
	return nth_resource(dev, RES_MEM, n);
}

const struct resource *device_irq(const struct device *dev, unsigned int n)
{
	return nth_resource(dev, RES_IRQ, n);
}

const struct resource *device_irq_by_name(const struct device *dev, const char *name)
{
	unsigned int i;

	for (i = 0; i < dev->nr_resources; i++) {
		const struct resource *res = &dev->resources[i];

		if (res->kind == RES_IRQ && res->name && !strcmp(res->name, name))
			return res;
	}
	return NULL;
}

/* The first region of RAM that shares a byte with [base, base + size), or NULL. */
static const struct mem_region *ram_overlap(u64 base, u64 size)
{
	const struct mem_map *map = memory_map_get();
	unsigned int i;

	/* While boot services live, what the firmware says: there is no other console to tell it. */
	if (!map->count)
		map = &boot_info_get()->map;
	for (i = 0; i < map->count; i++) {
		const struct mem_region *region = &map->region[i];

		if (region->type != MEM_MMIO && base < region->base + region->size &&
		    region->base < base + size)
			return region;
	}
	return NULL;
}

/* Why a resource cannot be mapped as a device, or NULL when it can. */
static const char *mem_complaint(const struct resource *res)
{
	if (!res->base)
		return "lies at address 0";
	if (!res->size)
		return "is empty";
	if (res->base + res->size - 1 < res->base)
		return "wraps around the end of the address space";
	if ((res->base + res->size - 1) >> mmu_pa_bits())
		return "is above what the CPU can map";
	if (ram_overlap(res->base, res->size))
		return "overlaps RAM";
	return NULL;
}

bool device_mem_usable(const struct device *dev, unsigned int n)
{
	const struct resource *res = device_mem(dev, n);

	return res && !mem_complaint(res);
}

void __iomem *device_map(const struct device *dev, unsigned int n)
{
	const struct resource *res = device_mem(dev, n);
	const char *complaint;
	int ret;

	if (!res) {
		pr_err("%s (%s): memory range %u is not described", dev->name, dev->origin, n);
		return NULL;
	}
	complaint = mem_complaint(res);
	if (complaint) {
		pr_err("%s (%s): memory range %u, 0x%llx + 0x%llx, %s", dev->name, dev->origin, n,
		       res->base, res->size, complaint);
		return NULL;
	}
	ret = mmu_map(res->base, res->size, MAP_DEVICE);
	if (ret) {
		pr_err("%s (%s): memory range %u, 0x%llx + 0x%llx, cannot be mapped: %s",
		       dev->name, dev->origin, n, res->base, res->size, errno_name(ret));
		return NULL;
	}
	fault_region(dev->name, dev->driver ? dev->driver->name : NULL, n, res->base, res->size);
	return (void __force __iomem *)(uintptr_t)res->base;
}

int device_get_u64(const struct device *dev, const char *name, u64 *value)
{
	if (!dev->ops || !dev->ops->get_u64)
		return -ENOENT;
	return dev->ops->get_u64(dev, name, value);
}

const char *device_get_string(const struct device *dev, const char *name)
{
	if (!dev->ops || !dev->ops->get_string)
		return NULL;
	return dev->ops->get_string(dev, name);
}

bool device_has(const struct device *dev, const char *name)
{
	return dev->ops && dev->ops->has && dev->ops->has(dev, name);
}

bool device_compatible(const struct device *dev, const char *name)
{
	size_t at, len;

	for (at = 0; dev->compatible && at < dev->compatible_len; at += len + 1) {
		const char *entry = dev->compatible + at;

		len = strnlen(entry, dev->compatible_len - at);
		if (at + len < dev->compatible_len && !strcmp(entry, name))
			return true;
	}
	return false;
}
