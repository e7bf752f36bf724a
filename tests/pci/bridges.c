// SPDX-License-Identifier: BSD-2-Clause
/* Bridges: which buses are behind them, and which addresses they pass on. */
#include <base/util.h>
#include "pci.h"

#define IS_BRIDGE(fn)	((fn)->header == PCI_HEADER_BRIDGE)

static bool there_are_bridges(void)
{
	const struct pci_function *fn;

	pci_for_each(fn)
		if (IS_BRIDGE(fn))
			return true;
	return false;
}

static void check_siblings(const struct pci_function *a)
{
	const struct pci_function *b;

	pci_for_each(b) {
		if (b == a)
			return;
		if (!IS_BRIDGE(b) || b->host != a->host || b->bridge != a->bridge)
			continue;
		CHECK(a->secondary > b->subordinate || b->secondary > a->subordinate,
		      "buses %u to %u of %s, %u to %u of %s", a->secondary, a->subordinate,
		      function_name(a), b->secondary, b->subordinate, pci_name(b));
	}
}

void bridges_have_bus_numbers(void)
{
	const struct pci_function *fn;

	if (!there_are_bridges())
		SKIP("there is no bridge");
	pci_for_each(fn) {
		u8 secondary, subordinate, last;

		if (!IS_BRIDGE(fn))
			continue;
		secondary = pci_read8(fn, PCI_SECONDARY_BUS);
		subordinate = pci_read8(fn, PCI_SUBORDINATE_BUS);
		last = fn->bridge ? fn->bridge->subordinate : fn->host->last_bus;
		CHECK_EQ(pci_read8(fn, PCI_PRIMARY_BUS), fn->bus, "%s: primary bus",
			 function_name(fn));
		CHECK_GT(secondary, fn->bus, "%s: secondary bus", function_name(fn));
		CHECK_GE(subordinate, secondary, "%s: subordinate bus", function_name(fn));
		CHECK_LE(subordinate, last, "%s: subordinate bus, and that above it",
			 function_name(fn));
		check_siblings(fn);
	}
}

/* First and last address of what a bridge passes on; base above limit: nothing. */
struct forwarded {
	u64 base;
	u64 limit;
};

static struct forwarded forwarded_memory(const struct pci_function *bridge)
{
	u32 word = pci_read32(bridge, PCI_MEMORY_BASE);

	return (struct forwarded){ (u64)(word & 0xfff0) << 16, (word & 0xfff00000U) | 0xfffff };
}

/* The low four bits of either half say that the upper halves are there. */
static struct forwarded forwarded_prefetch(const struct pci_function *bridge)
{
	u32 word = pci_read32(bridge, PCI_PREFETCH_BASE);
	struct forwarded part = {
		(u64)(word & 0xfff0) << 16, (word & 0xfff00000U) | 0xfffff,
	};

	if (word & 0xf) {
		part.base |= (u64)pci_read32(bridge, PCI_PREFETCH_BASE_HIGH) << 32;
		part.limit |= (u64)pci_read32(bridge, PCI_PREFETCH_LIMIT_HIGH) << 32;
	}
	return part;
}

static bool holds(struct forwarded part, const struct pci_bar *bar)
{
	return bar->pci >= part.base && bar->pci + bar->size - 1 <= part.limit;
}

/* Base above limit is nothing. A window above it would swallow what functions write to RAM. */
static void check_forwarded(const struct pci_function *bridge, struct forwarded part)
{
	const struct pci_host *host = bridge->host;
	unsigned int i;

	if (part.base > part.limit || host->aml ||
	    !(pci_read16(bridge, PCI_COMMAND) & PCI_COMMAND_MEMORY))
		return;
	for (i = 0; i < host->nr_windows; i++) {
		const struct pci_window *w = &host->windows[i];

		if (w->space != PCI_SPACE_IO && part.base >= w->pci &&
		    part.limit - w->pci < w->size)
			return;
	}
	CHECK(false, "%s passes on 0x%llx to 0x%llx, which no window of the host bridge has",
	      function_name(bridge), part.base, part.limit);
}

static unsigned int check_behind(const struct pci_function *bridge, const struct pci_function *fn)
{
	unsigned int n, count = 0;

	for (n = 0; n < PCI_BARS; n++) {
		const struct pci_bar *bar = &fn->bar[n];

		if (!bar->size || !bar->set || bar->io)
			continue;
		count++;
		CHECK(holds(forwarded_memory(bridge), bar) ||
		      holds(forwarded_prefetch(bridge), bar),
		      "%s BAR %u, 0x%llx + 0x%llx, is not passed on by %s", function_name(fn), n,
		      bar->pci, bar->size, pci_name(bridge));
	}
	return count;
}

void bridges_forward_what_is_behind(void)
{
	const struct pci_function *fn, *bridge;
	unsigned int count = 0;

	pci_for_each(fn) {
		if (IS_BRIDGE(fn)) {
			check_forwarded(fn, forwarded_memory(fn));
			/* 0 is what one without this window reads as. */
			if (pci_read32(fn, PCI_PREFETCH_BASE))
				check_forwarded(fn, forwarded_prefetch(fn));
		}
		for (bridge = fn->bridge; bridge; bridge = bridge->bridge)
			count += check_behind(bridge, fn);
	}
	if (!count)
		SKIP("no function with memory is behind a bridge");
}
