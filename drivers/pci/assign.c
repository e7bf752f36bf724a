// SPDX-License-Identifier: BSD-2-Clause
/*
 * Addresses for BARs out of the host bridge's windows. Three kinds of addresses,
 * as bridges pass them on: I/O, memory below 4 GiB, and prefetchable memory of
 * any address. Each is handed out upwards; what is behind a bridge lies in one
 * piece, since bridges are followed by what is behind them.
 */
#include <base/util.h>
#include <core/log.h>
#include <asm/mmu.h>
#include "internal.h"

/* What a bridge can forward begins and ends at multiples of these (PCIe 7.5.1.3). */
#define BRIDGE_MEM_STEP		SZ_1M
#define BRIDGE_IO_STEP		SZ_4K

enum pool_kind { POOL_IO, POOL_MEM, POOL_PREFETCH, POOLS };

struct pool {
	u64 next;	/* address on the bus */
	u64 end;
	bool full;	/* said */
};

static struct pool pools[POOLS];

static enum pool_kind pool_of(const struct pci_bar *bar)
{
	if (bar->io)
		return POOL_IO;
	/* A bridge forwards addresses above 4 GiB as prefetchable alone. */
	return bar->wide && bar->prefetchable && pools[POOL_PREFETCH].end ? POOL_PREFETCH : POOL_MEM;
}

static enum pool_kind pool_of_window(const struct pci_window *w)
{
	if (w->space == PCI_SPACE_IO)
		return POOL_IO;
	return w->pci + w->size > SZ_1G * 4 ? POOL_PREFETCH : POOL_MEM;
}

/* The largest window of each kind, as far as the CPUs can map it. */
static void open_pools(const struct pci_host *host)
{
	unsigned int i;

	for (i = 0; i < POOLS; i++)
		pools[i] = (struct pool){ .end = 0 };
	for (i = 0; i < host->nr_windows; i++) {
		const struct pci_window *w = &host->windows[i];
		struct pool *pool = &pools[pool_of_window(w)];

		if ((w->cpu + w->size - 1) >> mmu_pa_bits() || w->size < pool->end - pool->next)
			continue;
		pool->next = w->pci;
		pool->end = w->pci + w->size;
		/* An address of 0 is that of a BAR which nobody set. */
		if (!pool->next)
			pool->next = BRIDGE_IO_STEP;
	}
}

static bool take(struct pool *pool, u64 size, u64 *at)
{
	u64 start = ALIGN_UP(pool->next, size);

	if (start < pool->next || start > pool->end || size > pool->end - start)
		return false;
	*at = start;
	pool->next = start + size;
	return true;
}

static void assign_bar(struct pci_function *fn, unsigned int n)
{
	struct pci_bar *bar = &fn->bar[n];
	struct pool *pool = &pools[pool_of(bar)];

	bar->set = take(pool, bar->size, &bar->pci);
	bar->no_room = !bar->set && pool->end;
	if (bar->set) {
		pci_write_bar(fn, n);
	} else if (pool->end && !pool->full) {
		pr_warn("PCI %s BAR %u: the windows of %s have no 0x%llx bytes left", pci_name(fn), n,
			fn->host->dev->origin, bar->size);
		pool->full = true;
	}
	pci_locate_bar(fn->host, bar);
}

static void assign_bars(struct pci_function *fn)
{
	unsigned int n;

	pci_command(fn, PCI_COMMAND_IO | PCI_COMMAND_MEMORY, 0);
	for (n = 0; n < PCI_BARS; n++)
		if (fn->bar[n].size)
			assign_bar(fn, n);
}

static void align_pools(void)
{
	pools[POOL_IO].next = ALIGN_UP(pools[POOL_IO].next, BRIDGE_IO_STEP);
	pools[POOL_MEM].next = ALIGN_UP(pools[POOL_MEM].next, BRIDGE_MEM_STEP);
	pools[POOL_PREFETCH].next = ALIGN_UP(pools[POOL_PREFETCH].next, BRIDGE_MEM_STEP);
}

/* Base above limit: forwards nothing. */
static void write_window(const struct pci_function *bridge, u32 reg, u64 start, u64 end)
{
	u32 base = 0xfff0, limit = 0;

	if (end > start) {
		base = (u32)(start >> 16) & 0xfff0;
		limit = (u32)((end - 1) >> 16) & 0xfff0;
	}
	pci_write32(bridge, reg, limit << 16 | base);
}

static void write_io_window(const struct pci_function *bridge, u64 start, u64 end)
{
	u16 value = 0x00f0;
	u32 high = 0;

	if (end > start) {
		value = (u16)(((end - 1) >> 8 & 0xf0) << 8 | (start >> 8 & 0xf0));
		high = (u32)((end - 1) & 0xffff0000U) | (u32)(start >> 16);
	}
	pci_write16(bridge, PCI_IO_BASE, value);
	pci_write32(bridge, PCI_IO_BASE_HIGH, high);
}

static void write_windows(const struct pci_function *bridge, const struct pool *from)
{
	u64 start = from[POOL_PREFETCH].next, end = pools[POOL_PREFETCH].next;
	/* Of an empty window the halves above are the same, or it would have no end. */
	u64 last = end > start ? end - 1 : start;

	write_io_window(bridge, from[POOL_IO].next, pools[POOL_IO].next);
	write_window(bridge, PCI_MEMORY_BASE, from[POOL_MEM].next, pools[POOL_MEM].next);
	write_window(bridge, PCI_PREFETCH_BASE, start, end);
	pci_write32(bridge, PCI_PREFETCH_BASE_HIGH, (u32)(start >> 32));
	pci_write32(bridge, PCI_PREFETCH_LIMIT_HIGH, (u32)(last >> 32));
}

/* Everything on one bus; recursion is as deep as the scan's was. */
static void assign_bus(struct pci_host *host, const struct pci_function *bridge)
{
	struct pool from[POOLS];
	struct pci_function *fn;

	pci_for_each(fn)
		if (fn->host == host && fn->bridge == bridge)
			assign_bars(fn);
	pci_for_each(fn) {
		if (fn->host != host || fn->bridge != bridge || !pci_is_bridge(fn))
			continue;
		align_pools();
		for (unsigned int i = 0; i < POOLS; i++)
			from[i] = pools[i];
		if (fn->secondary)
			assign_bus(host, fn);
		align_pools();
		write_windows(fn, from);
		/* Both directions: what is behind it writes to memory, MSIs included. */
		pci_command(fn, 0, PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
	}
}

void pci_assign(struct pci_host *host)
{
	open_pools(host);
	assign_bus(host, NULL);
	host->assigned = true;
}

static bool bars_overlap(const struct pci_bar *a, const struct pci_bar *b)
{
	return a->size && b->size && a->io == b->io && a->pci < b->pci + b->size &&
	       b->pci < a->pci + a->size;
}

/* Against every other function's, and the rest of its own. */
static bool overlaps(const struct pci_function *fn, unsigned int n)
{
	const struct pci_function *other;
	unsigned int i;

	pci_for_each(other) {
		if (other->host != fn->host)
			continue;
		for (i = 0; i < PCI_BARS; i++)
			if (&other->bar[i] != &fn->bar[n] &&
			    bars_overlap(&other->bar[i], &fn->bar[n]))
				return true;
	}
	return false;
}

static bool has_window(const struct pci_host *host, const struct pci_bar *bar)
{
	unsigned int i;

	for (i = 0; i < host->nr_windows; i++)
		if ((host->windows[i].space == PCI_SPACE_IO) == bar->io)
			return true;
	return false;
}

static bool any_is_set(const struct pci_host *host)
{
	const struct pci_function *fn;
	unsigned int n;

	pci_for_each(fn)
		for (n = 0; fn->host == host && n < PCI_BARS; n++)
			if (fn->bar[n].set)
				return true;
	return false;
}

/* What is wrong with a BAR that there is a window for, NULL when it can stay. */
static const char *complaint(const struct pci_function *fn, unsigned int n)
{
	const struct pci_bar *bar = &fn->bar[n];

	if (!bar->size || !has_window(fn->host, bar))
		return NULL;
	/* Firmware that assigns memory may leave out I/O ports, which few need. */
	if (!bar->set)
		return bar->io && any_is_set(fn->host) ? NULL : "has no address";
	if (!bar->reachable)
		return "is in no window";
	if (!IS_ALIGNED(bar->pci, bar->size))
		return "is not aligned";
	return overlaps(fn, n) ? "overlaps another" : NULL;
}

static bool bar_is_sound(const struct pci_function *fn, unsigned int n)
{
	const char *why = complaint(fn, n);

	if (why)
		pr_info("PCI %s BAR %u, 0x%llx + 0x%llx, %s: all of the segment are assigned anew",
			pci_name(fn), n, fn->bar[n].pci, fn->bar[n].size, why);
	return !why;
}

bool pci_is_sound(const struct pci_host *host)
{
	const struct pci_function *fn;
	unsigned int n;

	pci_for_each(fn)
		for (n = 0; fn->host == host && n < PCI_BARS; n++)
			if (!bar_is_sound(fn, n))
				return false;
	return true;
}
