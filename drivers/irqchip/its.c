// SPDX-License-Identifier: BSD-2-Clause
/*
 * Interrupt Translation Services of a GICv3 or later (IHI 0069H chapter 5): found,
 * started and stopped here.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/cpu.h>
#include <core/heap.h>
#include <core/log.h>
#include <core/time.h>
#include <asm/barrier.h>
#include <asm/cpu.h>
#include <asm/io.h>
#include <drivers/device.h>
#include <drivers/lpi.h>
#include "gic.h"
#include "gicv3_redist.h"
#include "its_private.h"

#define GICR_TYPER		0x8
#define GICR_TYPER_NUMBER(typer)	((typer) >> 8 & 0xffff)
#define RDBASE_SHIFT		16

static LIST_HEAD(list);

struct its *its_get(unsigned int n)
{
	struct its *its;

	list_for_each_entry(its, &list, node)
		if (!n--)
			return its;
	return NULL;
}

struct its *its_of_device(const struct device *dev)
{
	struct its *its;

	list_for_each_entry(its, &list, node)
		if (its->dev == dev)
			return its;
	return NULL;
}

const struct device *its_device(const struct its *its)
{
	return its->dev;
}

void its_read(const struct its *its, struct its_registers *regs)
{
	regs->ctlr = readl(its->regs + GITS_CTLR);
	regs->iidr = readl(its->regs + GITS_IIDR);
	regs->pidr2 = readl(its->regs + GITS_PIDR2);
	regs->typer = readq(its->regs + GITS_TYPER);
	regs->cbaser = readq(its->regs + GITS_CBASER);
	regs->cwriter = readq(its->regs + GITS_CWRITER);
	regs->creadr = readq(its->regs + GITS_CREADR);
	for (unsigned int i = 0; i < ITS_TABLES; i++)
		regs->baser[i] = readq(its->regs + GITS_BASER + 8 * i);
}

u32 its_left_ctlr(const struct its *its)
{
	return its->left_ctlr;
}

void its_write_read_only(const struct its *its)
{
	writel(~0U, its->regs + GITS_IIDR);
	writel(0, its->regs + GITS_IIDR);
	writeq(~0ULL, its->regs + GITS_TYPER);
	writeq(0, its->regs + GITS_TYPER);
}

void its_write_baser(const struct its *its, unsigned int n, u64 value)
{
	writeq(value, its->regs + GITS_BASER + 8 * n);
}

u64 its_translater(const struct its *its)
{
	return its->base + GITS_TRANSLATER;
}

int its_target(const struct its *its, u64 mpidr, u64 *rdbase)
{
	void __iomem *redist = gicv3_redist_find(mpidr);

	if (!redist)
		return -ENODEV;
	*rdbase = ITS_TYPER_PTA(its->typer) ? (u64)(uintptr_t)redist :
		  GICR_TYPER_NUMBER(readq(redist + GICR_TYPER)) << RDBASE_SHIFT;
	return 0;
}

static bool is_quiescent(const struct its *its)
{
	return readl(its->regs + GITS_CTLR) & ITS_CTLR_QUIESCENT;
}

/* IHI 0069H 12.19: tables and queue are free for other use once Quiescent reads 1. */
static int stop(struct its *its)
{
	u32 ctlr = readl(its->regs + GITS_CTLR);

	writel(ctlr & ~ITS_CTLR_ENABLED, its->regs + GITS_CTLR);
	its->running = false;
	return wait_until(is_quiescent(its), ITS_WAIT_US);
}

int its_stop(struct its *its)
{
	int ret = stop(its);

	if (ret)
		pr_err("%s: the ITS does not become quiescent: GITS_CTLR reads 0x%x, %u ms after it was told to stop",
		       its->dev->origin, readl(its->regs + GITS_CTLR), ITS_WAIT_US / 1000);
	return ret;
}

/* GITS_CTLR.Enabled is the last thing: whatever it finds then is there. */
static int enable(struct its *its)
{
	u32 ctlr = readl(its->regs + GITS_CTLR);

	dsb(sy);
	writel(ctlr | ITS_CTLR_ENABLED, its->regs + GITS_CTLR);
	if (!(readl(its->regs + GITS_CTLR) & ITS_CTLR_ENABLED)) {
		pr_err("%s: the ITS does not stay enabled: GITS_CTLR reads 0x%x", its->dev->origin,
		       readl(its->regs + GITS_CTLR));
		return -EIO;
	}
	its->running = true;
	return 0;
}

static const struct its_layout usual = { .page_shift = 16, .indirect = true };

static int set_up(struct its *its, const struct its_layout *layout)
{
	int ret = its_tables_set_up(its, layout);
	u16 own;

	if (!ret)
		ret = its_queue_set_up(its);
	if (!ret)
		ret = enable(its);
	return ret ? ret : its_collection(its, cpu_this(), &own);
}

static int start(struct its *its)
{
	int ret = lpi_start();

	if (!ret)
		ret = its_stop(its);
	return ret ? ret : set_up(its, &usual);
}

int its_start(struct its *its)
{
	if (its->started)
		return its->start_ret;
	its->started = true;
	its->start_ret = start(its);
	if (its->start_ret)
		pr_err("%s: the ITS cannot be used: %s", its->dev->origin,
		       errno_name(its->start_ret));
	return its->start_ret;
}

int its_restart(struct its *its, const struct its_layout *layout)
{
	int ret = its_start(its);

	if (!ret)
		ret = its_stop(its);
	if (ret)
		return ret;
	its_events_drop_all(its);
	its_vpe_drop_all(its);
	its_tables_free(its);
	for (unsigned int i = 0; i < CONFIG_NR_CPUS; i++)
		its->mapped[i] = 0;
	ret = set_up(its, layout ? layout : &usual);
	if (!ret && layout && !its_tables_fit(its, layout))
		ret = -EOPNOTSUPP;
	return ret;
}

static int check_identity(const struct its *its)
{
	u32 arch = GIC_PIDR2_ARCH(readl(its->regs + GITS_PIDR2));

	if ((arch == 3 || arch == 4) && ITS_TYPER_PHYSICAL(its->typer))
		return 0;
	pr_err("%s: no ITS is at 0x%llx: GITS_PIDR2 says architecture %u, GITS_TYPER reads 0x%llx: wrong address in the table",
	       its->dev->origin, its->base, arch, its->typer);
	return -EINVAL;
}

/* Its tables lie in memory that is handed out again, and it writes to them. */
static void quiet(struct its *its)
{
	its->left_ctlr = readl(its->regs + GITS_CTLR);
	if (its->left_ctlr & ITS_CTLR_ENABLED || !(its->left_ctlr & ITS_CTLR_QUIESCENT))
		its_stop(its);
}

static int its_probe(struct device *dev, const struct device_match *match)
{
	const struct resource *res = device_mem(dev, 0);
	struct its *its = heap_alloc(sizeof(*its));

	(void)match;
	if (!its)
		return -ENOMEM;
	if (!res || res->size < SZ_64K) {
		pr_err("%s: an ITS has two frames of 64 KiB, of which 0x%llx bytes are described",
		       dev->origin, res ? res->size : 0);
		return -EINVAL;
	}
	its->dev = dev;
	its->base = res->base;
	its->regs = device_map(dev, 0);
	if (!its->regs)
		return -EINVAL;
	its->typer = readq(its->regs + GITS_TYPER);
	if (check_identity(its))
		return -EINVAL;
	its->lock = (struct spinlock)SPINLOCK_WHOLE("ITS");
	list_init(&its->events);
	quiet(its);
	if (list_empty(&list))
		its_events_init();
	list_add_tail(&its->node, &list);
	its_msi_register(its);
	return 0;
}

static const struct device_match its_match[] = {
	{ .compatible = "arm,gic-v3-its", .acpi = ACPI_MADT(15) },
	{}
};

DRIVER(its, .class = DRIVER_OTHER, .match = its_match, .probe = its_probe);
