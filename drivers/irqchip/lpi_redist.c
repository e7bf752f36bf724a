// SPDX-License-Identifier: BSD-2-Clause
/*
 * LPIs at the redistributors. Once enabled they may be there for good: where
 * GICR_CTLR.CES reads 0 nobody can disable them before the next reset, and the tables'
 * addresses cannot be changed meanwhile (IHI 0069H 12.11). What firmware has left so
 * goes on with firmware's tables, in memory that the image then keeps out of.
 */
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/log.h>
#include <core/memory.h>
#include <core/page_alloc.h>
#include <core/time.h>
#include <asm/barrier.h>
#include <asm/io.h>
#include <asm/mmu.h>
#include <drivers/lpi.h>
#include "gic.h"
#include "gic_memory.h"
#include "gicv3_redist.h"
#include "lpi_private.h"

#define GICD_TYPER_IDBITS(typer)	(((typer) >> 19 & 0x1f) + 1)
#define GICD_TYPER_NUM_LPIS(typer)	((typer) >> 11 & 0x1f)
#define GICD_TYPER_LPIS			(1U << 17)

#define GICR_TYPER			0x8
#define GICR_TYPER_PLPIS		BIT(0)
#define GICR_PROPBASER			0x70
#define PROPBASER_IDBITS(reg)		(((reg) & 0x1f) + 1)
#define PROPBASER_ADDRESS(reg)		((reg) & GENMASK(51, 12))
#define GICR_PENDBASER			0x78
#define PENDBASER_ADDRESS(reg)		((reg) & GENMASK(51, 16))
#define PENDBASER_ZERO			BIT(62)

/* GICR_PROPBASER cannot say less. */
#define ID_BITS_MIN			14U
#define ID_BITS_MAX			24U

/* What a redistributor was told, to be told again when it was off. */
struct running {
	u64 propbaser, pendbaser;
	bool on;
};

static struct running *running;		/* one a redistributor */
static unsigned int nr_redists;
static u32 typer;
static struct lpi_left left;
static bool unusable;

const struct lpi_left *lpi_left(void)
{
	return &left;
}

static bool is_enabled(void __iomem *redist)
{
	wait_until(!(readl(redist + GICR_CTLR) & GICR_CTLR_RWP), GIC_WAIT_US);
	return readl(redist + GICR_CTLR) & GICR_CTLR_ENABLE_LPIS;
}

/* Not inlined: see the planted defects. */
static bool __noinline stays_enabled(void __iomem *redist)
{
	writel(0, redist + GICR_CTLR);
	return is_enabled(redist);
}

/* Whether all of a range is RAM that the map does not hand out. */
static bool is_reserved(u64 base, u64 size)
{
	const struct mem_region *region = memory_find(base);

	return region && region->type != MEM_FREE && region->base + region->size >= base + size;
}

/* Nobody else's from now on. False: it is not RAM, or is in use already. */
static bool keep_out(const char *what, u64 base, u64 size)
{
	struct page_stats before, after;

	if (is_reserved(base, size))
		return true;
	left.reserved = false;
	pages_stats(&before);
	if (!memory_find(base) || memory_reserve(base, size, MEM_RESERVED)) {
		pr_err("firmware left LPIs enabled, with %s at 0x%llx, where there is no RAM", what,
		       base);
		return false;
	}
	pages_stats(&after);
	if (before.free - after.free >= size)
		return true;
	pr_err("firmware left LPIs enabled, with %s at 0x%llx: that memory is this image's, and the GIC writes to it",
	       what, base);
	return false;
}

static void adopt(struct running *redist, u64 propbaser, u64 pendbaser)
{
	u64 ids = BIT(PROPBASER_IDBITS(propbaser));
	bool fits = PROPBASER_IDBITS(propbaser) >= ID_BITS_MIN &&
		    PROPBASER_IDBITS(propbaser) <= ID_BITS_MAX;

	*redist = (struct running){ .propbaser = propbaser, .pendbaser = pendbaser, .on = true };
	if (!fits ||
	    !keep_out("their configuration table", PROPBASER_ADDRESS(propbaser), ids - LPI_FIRST) ||
	    !keep_out("a pending table", PENDBASER_ADDRESS(pendbaser), ids / 8))
		unusable = true;
	/* One table for all (IHI 0069H 12.11). */
	if (PROPBASER_ADDRESS(propbaser) != PROPBASER_ADDRESS(left.propbaser)) {
		pr_err("firmware left LPIs enabled, with configuration tables at 0x%llx and 0x%llx: one for all CPUs is architected",
		       PROPBASER_ADDRESS(left.propbaser), PROPBASER_ADDRESS(propbaser));
		unusable = true;
	}
}

static void note_left(void __iomem *redist, u64 mpidr)
{
	if (!left.enabled++) {
		left.mpidr = mpidr;
		left.propbaser = readq(redist + GICR_PROPBASER);
		left.pendbaser = readq(redist + GICR_PENDBASER);
		left.reserved = is_reserved(PROPBASER_ADDRESS(left.propbaser), 1) &&
				is_reserved(PENDBASER_ADDRESS(left.pendbaser), 1);
	}
}

static void take_over(void __iomem *redist, u64 mpidr, struct running *state)
{
	if (!(readl(redist + GICR_CTLR) & GICR_CTLR_ENABLE_LPIS))
		return;
	note_left(redist, mpidr);
	if (!stays_enabled(redist))
		return;
	left.stuck++;
	adopt(state, readq(redist + GICR_PROPBASER), readq(redist + GICR_PENDBASER));
}

void lpi_take_over(u32 gicd_typer)
{
	void __iomem *redist;
	u64 mpidr;

	typer = gicd_typer;
	if (!(typer & GICD_TYPER_LPIS))
		return;
	for (nr_redists = 0; gicv3_redist_get(nr_redists, &mpidr); nr_redists++)
		;
	running = heap_alloc(nr_redists * sizeof(*running));
	if (!running)
		return;
	for (unsigned int i = 0; i < nr_redists; i++) {
		redist = gicv3_redist_get(i, &mpidr);
		take_over(redist, mpidr, &running[i]);
	}
}

static struct running *running_of(void __iomem *redist)
{
	u64 mpidr;

	for (unsigned int i = 0; running && i < nr_redists; i++)
		if (gicv3_redist_get(i, &mpidr) == redist)
			return &running[i];
	return NULL;
}

int lpi_redist_table(struct lpi_table *table)
{
	if (!nr_redists)
		return typer ? -EOPNOTSUPP : -ENODEV;
	if (!running)
		return -ENOMEM;
	if (unusable)
		return -EIO;
	table->id_bits = MIN(GICD_TYPER_IDBITS(typer), ID_BITS_MAX);
	if (table->id_bits < ID_BITS_MIN)
		return -EOPNOTSUPP;
	table->limit = GICD_TYPER_NUM_LPIS(typer) ?
		       (u32)BIT(GICD_TYPER_NUM_LPIS(typer) + 1) : ~0U;
	if (!left.stuck)
		return 0;
	table->id_bits = MIN(table->id_bits, PROPBASER_IDBITS(left.propbaser));
	table->config = (u8 *)PROPBASER_ADDRESS(left.propbaser);
	table->coherent = gic_memory_coherent(left.propbaser, GIC_MEMORY_REDIST);
	return 0;
}

int lpi_read(u64 mpidr, struct lpi_registers *regs)
{
	void __iomem *redist = gicv3_redist_find(mpidr);

	if (!redist)
		return -ENODEV;
	regs->propbaser = readq(redist + GICR_PROPBASER);
	regs->pendbaser = readq(redist + GICR_PENDBASER);
	regs->enabled = readl(redist + GICR_CTLR) & GICR_CTLR_ENABLE_LPIS;
	return 0;
}

static int enable(void __iomem *redist, const struct running *state)
{
	/* The tables are there before anybody looks into them. */
	dsb(sy);
	writel(GICR_CTLR_ENABLE_LPIS, redist + GICR_CTLR);
	dsb(sy);
	if (is_enabled(redist))
		return 0;
	pr_err("LPIs cannot be enabled: GICR_CTLR reads 0x%x, with GICR_PROPBASER 0x%llx, GICR_PENDBASER 0x%llx",
	       readl(redist + GICR_CTLR), state->propbaser, state->pendbaser);
	return -EIO;
}

static int set_up(void __iomem *redist, struct running *state, struct lpi_table *table)
{
	u64 bytes = BIT(table->id_bits) / 8;
	void *pending = gic_memory_alloc(bytes, SZ_64K);
	bool sees_caches, ignored;

	if (!pending)
		return -ENOMEM;
	state->propbaser = gic_memory_set_base(redist + GICR_PROPBASER,
					       (u64)table->config | (table->id_bits - 1),
					       GIC_MEMORY_REDIST, &sees_caches);
	/* Only the GIC writes to it, and all it looks up at first are the zeros in memory. */
	state->pendbaser = gic_memory_set_base(redist + GICR_PENDBASER,
					       (u64)pending | PENDBASER_ZERO,
					       GIC_MEMORY_REDIST, &ignored);
	if (table->coherent && !sees_caches) {
		table->coherent = false;
		gic_memory_publish(table->config, BIT(table->id_bits) - LPI_FIRST, false);
	}
	state->on = true;
	return enable(redist, state);
}

int lpi_redist_start(u64 mpidr, struct lpi_table *table)
{
	void __iomem *redist = gicv3_redist_find(mpidr);
	struct running *state = running_of(redist);

	if (!redist || !state)
		return -ENODEV;
	if (state->on)
		return 0;
	if (!(readq(redist + GICR_TYPER) & GICR_TYPER_PLPIS))
		return -EOPNOTSUPP;
	return set_up(redist, state, table);
}

/* All of it is written, so that no older line of a cache is part of what memory has then. */
static void fill_pending(u8 *bits, u64 bytes, const u32 *pending, unsigned int count)
{
	memset(bits, 0, bytes);
	for (unsigned int i = 0; i < count; i++)
		if (pending[i] / 8 < bytes)
			bits[pending[i] / 8] |= (u8)(1U << pending[i] % 8);
	/* Past the caches, whatever the GIC sees: it is never read here again. */
	gic_memory_publish(bits, bytes, false);
}

int lpi_redist_reload(u64 mpidr, const struct lpi_table *table, const u32 *pending,
		      unsigned int count)
{
	void __iomem *redist = gicv3_redist_find(mpidr);
	struct running *state = running_of(redist);

	if (!redist || !state || !state->on)
		return -ENODEV;
	if (stays_enabled(redist))
		return -EOPNOTSUPP;
	fill_pending((u8 *)PENDBASER_ADDRESS(state->pendbaser), BIT(table->id_bits) / 8, pending,
		     count);
	/* No longer all zeros. */
	state->pendbaser &= ~PENDBASER_ZERO;
	writeq(state->pendbaser, redist + GICR_PENDBASER);
	return enable(redist, state);
}

void lpi_redist_init(void __iomem *redist)
{
	const struct running *state = running_of(redist);
	u32 ctlr = readl(redist + GICR_CTLR) & GICR_CTLR_ENABLE_LPIS;

	/* The rest of it: interrupts that go to any CPU may come to this one, too. */
	writel(state && state->on ? ctlr : 0, redist + GICR_CTLR);
	if (!state || !state->on || ctlr)
		return;
	writeq(state->propbaser, redist + GICR_PROPBASER);
	writeq(state->pendbaser, redist + GICR_PENDBASER);
	writel(GICR_CTLR_ENABLE_LPIS, redist + GICR_CTLR);
}
