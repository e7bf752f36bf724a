// SPDX-License-Identifier: BSD-2-Clause
/*
 * A region holds frames one behind the other, up to the one that says it is the
 * last. They are read once, by the boot CPU: with as many CPUs as frames a walk on
 * each of them would be thousands of device reads.
 */
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/log.h>
#include <asm/io.h>
#include "gic.h"
#include "gicv3_redist.h"

#define GICR_TYPER		0x8
#define GICR_TYPER_VLPIS	BIT(1)		/* two frames more */
#define GICR_TYPER_LAST		BIT(4)
#define GICR_PIDR2		0xffe8
#define GICR_SIZE		(2 * SZ_64K)
#define GICR_SIZE_VLPIS		(4 * SZ_64K)

/* Twice the CPUs of the largest machines; a region of a wrong size ends here. */
#define MAX_REDISTS		4096U

struct redist {
	u64 mpidr;
	void __iomem *base;
	bool has_vlpis;		/* and the frames for that are described */
};

static struct redist *redists;
static unsigned int nr_redists;

/* Aff3 to Aff0 of GICR_TYPER where MPIDR_EL1 has them. */
static u64 typer_mpidr(u64 typer)
{
	u64 affinity = typer >> 32;

	return (affinity & 0xff000000) << 8 | (affinity & 0xffffff);
}

static u64 frame_size(const struct device *dev, u64 typer)
{
	u64 stride;

	if (!device_get_u64(dev, "redistributor-stride", &stride) && stride >= GICR_SIZE)
		return stride;
	return typer & GICR_TYPER_VLPIS ? GICR_SIZE_VLPIS : GICR_SIZE;
}

/* In ACPI a GICC entry gives the one of its CPU, a GICR structure a region of them. */
static bool is_lone(const struct device *dev, const struct resource *res)
{
	return dev->acpi_id && res->name && !strcmp(res->name, "GICR of GICC");
}

/* Counts the frames of a region, and lists them where there is a list already. */
static unsigned int walk_region(const struct device *dev, const struct resource *res,
				unsigned int count)
{
	void __iomem *base = (void __force __iomem *)(uintptr_t)res->base;
	u64 at = 0;

	while (at + GICR_SIZE <= res->size && count < MAX_REDISTS) {
		u64 typer = readq(base + at + GICR_TYPER);

		if (redists) {
			redists[count].mpidr = typer_mpidr(typer);
			redists[count].base = base + at;
			redists[count].has_vlpis = typer & GICR_TYPER_VLPIS &&
						   at + GICR_SIZE_VLPIS <= res->size;
		}
		count++;
		/* What lies behind a lone one is another's, or nothing. */
		if (typer & GICR_TYPER_LAST || is_lone(dev, res))
			break;
		at += frame_size(dev, typer);
	}
	return count;
}

static bool is_region(const struct device *dev, unsigned int n)
{
	const struct resource *res = device_mem(dev, n);
	u64 regions;

	if (dev->acpi_id)
		return is_lone(dev, res) || (res->name && !strcmp(res->name, "GICR"));
	/* The binding arm,gic-v3: behind the distributor; then GICC, GICH, GICV. */
	if (device_get_u64(dev, "#redistributor-regions", &regions))
		regions = 1;
	return n >= 1 && n <= regions;
}

static int check_region(const struct device *dev, void __iomem *base, u64 size)
{
	u32 arch = size < GICR_SIZE ? 0 : GIC_PIDR2_ARCH(readl(base + GICR_PIDR2));

	if (arch == 3 || arch == 4)
		return 0;
	pr_err("%s: the redistributors at 0x%llx + 0x%llx do not say that they are any (GICR_PIDR2): wrong address or size in the table",
	       dev->origin, (u64)(uintptr_t)base, size);
	return -EINVAL;
}

static unsigned int count_resources(const struct device *dev)
{
	unsigned int n = 0;

	while (device_mem(dev, n))
		n++;
	return n;
}

/* What is wrong with a region is said, and costs only the CPUs in it. */
static bool region_can_be_used(const struct device *dev, unsigned int n)
{
	const struct resource *res = device_mem(dev, n);
	void __iomem *base;

	if (!is_region(dev, n))
		return false;
	base = device_map(dev, n);
	return base && !check_region(dev, base, res->size);
}

/* All regions once; @usable: which of them. */
static unsigned int walk_all(const struct device *dev, const bool *usable)
{
	unsigned int count = 0;

	for (unsigned int n = 0; device_mem(dev, n); n++) {
		const struct resource *res = device_mem(dev, n);

		if (usable[n])
			count = walk_region(dev, res, count);
	}
	return count;
}

static int list_redists(const struct device *dev, const bool *usable)
{
	struct redist *list;
	unsigned int count;

	/* The first walk counts. */
	redists = NULL;
	nr_redists = 0;
	count = walk_all(dev, usable);
	if (!count) {
		pr_err("%s: no redistributor can be used", dev->origin);
		return -EINVAL;
	}
	list = heap_alloc(count * sizeof(*list));
	if (!list)
		return -ENOMEM;
	redists = list;
	nr_redists = walk_all(dev, usable);
	return 0;
}

int gicv3_redist_discover(const struct device *dev)
{
	unsigned int regions = count_resources(dev);
	bool *usable = heap_alloc(regions * sizeof(*usable));
	int ret;

	if (!usable)
		return -ENOMEM;
	for (unsigned int n = 0; n < regions; n++)
		usable[n] = region_can_be_used(dev, n);
	ret = list_redists(dev, usable);
	heap_free(usable);
	return ret;
}

void __iomem *gicv3_redist_find(u64 mpidr)
{
	for (unsigned int i = 0; i < nr_redists; i++)
		if (redists[i].mpidr == mpidr)
			return redists[i].base;
	return NULL;
}

void __iomem *gicv3_redist_find_virtual(u64 mpidr)
{
	for (unsigned int i = 0; i < nr_redists; i++)
		if (redists[i].mpidr == mpidr && redists[i].has_vlpis)
			return redists[i].base;
	return NULL;
}

void __iomem *gicv3_redist_get(unsigned int i, u64 *mpidr)
{
	if (i >= nr_redists)
		return NULL;
	*mpidr = redists[i].mpidr;
	return redists[i].base;
}
