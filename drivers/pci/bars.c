// SPDX-License-Identifier: BSD-2-Clause
/* Base address registers: how much each decodes, and where (PCIe 7.5.1.2.1). */
#include <base/util.h>
#include <core/log.h>
#include <asm/io.h>
#include <asm/mmu.h>
#include "internal.h"

#define BAR_IO			0x1U
#define BAR_WIDE		0x4U	/* of memory: type 10b */
#define BAR_PREFETCHABLE	0x8U
#define BAR_IO_MASK		(~0x3U)
#define BAR_MEM_MASK		(~0xfU)

static unsigned int bar_count(const struct pci_function *fn)
{
	if (fn->header == 0)
		return PCI_BARS;
	return pci_is_bridge(fn) ? 2 : 0;
}

/* What the register holds when all ones are written; its value is put back. */
static u32 probe_bar(const struct pci_function *fn, unsigned int n)
{
	u32 was = pci_read32(fn, PCI_BAR(n)), bits;

	pci_write32(fn, PCI_BAR(n), ~0U);
	bits = pci_read32(fn, PCI_BAR(n));
	pci_write32(fn, PCI_BAR(n), was);
	return bits;
}

/* The lowest bit that can be written is the size. */
static u64 lowest_bit(u64 bits)
{
	return bits & (~bits + 1);
}

static void size_io(struct pci_function *fn, unsigned int n, u32 low)
{
	struct pci_bar *bar = &fn->bar[n];
	u32 bits = probe_bar(fn, n) & BAR_IO_MASK;

	bar->io = true;
	bar->size = lowest_bit(bits);
	bar->pci = low & BAR_IO_MASK;
}

static void size_memory(struct pci_function *fn, unsigned int n, u32 low)
{
	struct pci_bar *bar = &fn->bar[n];
	u64 bits = probe_bar(fn, n) & BAR_MEM_MASK;

	bar->prefetchable = low & BAR_PREFETCHABLE;
	bar->wide = low & BAR_WIDE && n + 1 < bar_count(fn);
	bar->pci = low & BAR_MEM_MASK;
	if (bar->wide) {
		bits |= (u64)probe_bar(fn, n + 1) << 32;
		bar->pci |= (u64)pci_read32(fn, PCI_BAR(n + 1)) << 32;
	}
	bar->size = lowest_bit(bits);
}

void pci_size_bars(struct pci_function *fn)
{
	unsigned int n, count = bar_count(fn);
	u16 command;

	/* Some move the memory of the machine itself when theirs are written. */
	if (fn->class >> 8 == PCI_CLASS_HOST)
		return;
	command = pci_command(fn, PCI_COMMAND_IO | PCI_COMMAND_MEMORY, 0);
	for (n = 0; n < count; n += fn->bar[n].wide ? 2 : 1) {
		u32 low = pci_read32(fn, PCI_BAR(n));

		if (low & BAR_IO)
			size_io(fn, n, low);
		else
			size_memory(fn, n, low);
		fn->bar[n].set = fn->bar[n].size && fn->bar[n].pci;
		pci_locate_bar(fn->host, &fn->bar[n]);
	}
	pci_write16(fn, PCI_COMMAND, command);
}

static bool window_has(const struct pci_window *w, const struct pci_bar *bar)
{
	return (w->space == PCI_SPACE_IO) == bar->io && bar->pci >= w->pci &&
	       bar->pci - w->pci < w->size && bar->size <= w->size - (bar->pci - w->pci);
}

void pci_locate_bar(const struct pci_host *host, struct pci_bar *bar)
{
	unsigned int i;

	bar->reachable = false;
	if (!bar->set)
		return;
	if (host->aml) {
		/* Memory has one address on both sides of Arm's servers; what I/O ports have, AML knows. */
		bar->cpu = bar->pci;
		bar->reachable = !bar->io;
		return;
	}
	for (i = 0; i < host->nr_windows && !bar->reachable; i++) {
		if (!window_has(&host->windows[i], bar))
			continue;
		bar->cpu = host->windows[i].cpu + (bar->pci - host->windows[i].pci);
		bar->reachable = true;
	}
}

void pci_write_bar(const struct pci_function *fn, unsigned int n)
{
	const struct pci_bar *bar = &fn->bar[n];

	pci_write32(fn, PCI_BAR(n), (u32)bar->pci);
	if (bar->wide)
		pci_write32(fn, PCI_BAR(n + 1), (u32)(bar->pci >> 32));
}

static const char *complaint(const struct pci_bar *bar)
{
	if (!bar || !bar->size)
		return "there is no such range";
	if (!bar->set)
		return "nobody assigned it an address";
	if (!bar->reachable)
		return "no window of the host bridge has its address";
	return NULL;
}

void __iomem *pci_map_bar(struct pci_function *fn, unsigned int n)
{
	struct pci_bar *bar = n < PCI_BARS ? &fn->bar[n] : NULL;
	const char *why = complaint(bar);
	struct resource res;
	void __iomem *base;

	if (why) {
		pr_warn("PCI %s BAR %u: %s", pci_name(fn), n, why);
		return NULL;
	}
	res = (struct resource){ .kind = RES_MEM, .base = bar->cpu, .size = bar->size };
	base = device_map(&(struct device){ .name = "PCI", .origin = pci_name(fn),
					    .resources = &res, .nr_resources = 1 }, 0);
	if (base)
		pci_enable(fn, bar->io ? PCI_COMMAND_IO : PCI_COMMAND_MEMORY);
	return base;
}
