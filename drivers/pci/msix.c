// SPDX-License-Identifier: BSD-2-Clause
/* Messages of the MSI-X capability: a table in a BAR (PCIe 7.7.2). */
#include <base/util.h>
#include <asm/barrier.h>
#include <asm/io.h>
#include <drivers/pci_msi.h>
#include "internal.h"

#define MSIX_CONTROL		2
#define MSIX_ENABLE		0x8000U
#define MSIX_MASK_ALL		0x4000U
#define MSIX_SIZE(control)	(((control) & 0x7ffU) + 1)
#define MSIX_TABLE		4
#define MSIX_PENDING		8
#define MSIX_BIR(word)		((word) & 7)

#define ENTRY_SIZE		16U
#define ENTRY_ADDRESS		0
#define ENTRY_ADDRESS_HIGH	4
#define ENTRY_DATA		8
#define ENTRY_CONTROL		12
#define ENTRY_MASKED		1U

/*
 * Offset of the capability, with its control register; -ENOENT without it, -EBADMSG when
 * the list of capabilities is broken.
 */
static int find_msix(const struct pci_function *fn, u16 *control)
{
	int at = pci_capability(fn, PCI_CAP_MSIX, 0);

	*control = at > 0 ? pci_read16(fn, (u32)at + MSIX_CONTROL) : 0;
	return at;
}

unsigned int pci_msix_count(const struct pci_function *fn)
{
	u16 control;

	return find_msix(fn, &control) < 0 ? 0 : MSIX_SIZE(control);
}

int pci_msix_place(const struct pci_function *fn, struct pci_msix_place *place)
{
	u16 control;
	int at = find_msix(fn, &control);
	u32 table, pending;

	if (at < 0)
		return at;
	table = pci_read32(fn, (u32)at + MSIX_TABLE);
	pending = pci_read32(fn, (u32)at + MSIX_PENDING);
	*place = (struct pci_msix_place){
		.table_bar = MSIX_BIR(table), .table_offset = table & ~7U,
		.pending_bar = MSIX_BIR(pending), .pending_offset = pending & ~7U,
	};
	return 0;
}

/* @size bytes of a BAR at an offset, or NULL. */
static void __iomem *map_part(struct pci_function *fn, unsigned int bar, u32 offset, u32 size)
{
	void __iomem *base;

	if (bar >= PCI_BARS || offset > fn->bar[bar].size || size > fn->bar[bar].size - offset)
		return NULL;
	base = pci_map_bar(fn, bar);
	return base ? base + offset : NULL;
}

static void __iomem *map_table(struct pci_function *fn)
{
	struct pci_msix_place place;

	if (pci_msix_place(fn, &place))
		return NULL;
	return map_part(fn, place.table_bar, place.table_offset,
			pci_msix_count(fn) * ENTRY_SIZE);
}

static void write_entry(void __iomem *entry, const struct msi *msi)
{
	writel(ENTRY_MASKED, entry + ENTRY_CONTROL);
	writel((u32)msi->address, entry + ENTRY_ADDRESS);
	writel((u32)(msi->address >> 32), entry + ENTRY_ADDRESS_HIGH);
	writel(msi->data, entry + ENTRY_DATA);
	writel(0, entry + ENTRY_CONTROL);
}

/* With the function masked as a whole while its table is written. */
static void fill_table(struct pci_function *fn, u32 at, u16 control, void __iomem *table,
		       unsigned int count, const struct msi *msi)
{
	unsigned int i;

	pci_write16(fn, at + MSIX_CONTROL, control | MSIX_ENABLE | MSIX_MASK_ALL);
	for (i = 0; i < MSIX_SIZE(control); i++) {
		void __iomem *entry = table + (size_t)i * ENTRY_SIZE;

		if (i < count)
			write_entry(entry, &msi[i]);
		else
			writel(ENTRY_MASKED, entry + ENTRY_CONTROL);
	}
	/* A read comes back behind the writes before it (PCIe 2.4.1). */
	readl(table + ENTRY_CONTROL);
	dsb(sy);
	pci_write16(fn, at + MSIX_CONTROL, (control & (u16)~MSIX_MASK_ALL) | MSIX_ENABLE);
}

int pci_msix_enable(struct pci_function *fn, unsigned int count, irq_handler_t handler, void *arg,
		    struct msi *msi)
{
	struct msi_parent *parent;
	void __iomem *table;
	u32 device_id;
	u16 control;
	int at = find_msix(fn, &control), ret;

	if (at < 0)
		return at;
	if (!count || count > MSIX_SIZE(control))
		return -EINVAL;
	table = map_table(fn);
	if (!table)
		return -EIO;
	parent = pci_msi_parent(fn, &device_id);
	if (!parent)
		return -ENODEV;
	ret = msi_alloc(parent, device_id, count, handler, arg, msi);
	if (ret)
		return ret;
	pci_enable(fn, PCI_COMMAND_INTX_OFF | PCI_COMMAND_MASTER);
	fill_table(fn, (u32)at, control, table, count, msi);
	return 0;
}

static void change_control(struct pci_function *fn, u16 clear, u16 set)
{
	u16 control;
	int at = find_msix(fn, &control);

	if (at > 0)
		pci_write16(fn, (u32)at + MSIX_CONTROL, (u16)((control & ~clear) | set));
}

void pci_msix_disable(struct pci_function *fn, const struct msi *msi)
{
	change_control(fn, MSIX_ENABLE | MSIX_MASK_ALL, 0);
	msi_free(msi);
}

void pci_msix_mask(struct pci_function *fn, unsigned int n, bool masked)
{
	void __iomem *table = n < pci_msix_count(fn) ? map_table(fn) : NULL;

	if (!table)
		return;
	writel(masked ? ENTRY_MASKED : 0, table + (size_t)n * ENTRY_SIZE + ENTRY_CONTROL);
	readl(table + (size_t)n * ENTRY_SIZE + ENTRY_CONTROL);
	dsb(sy);
}

void pci_msix_mask_all(struct pci_function *fn, bool masked)
{
	change_control(fn, masked ? 0 : MSIX_MASK_ALL, masked ? MSIX_MASK_ALL : 0);
}

bool pci_msix_is_pending(struct pci_function *fn, unsigned int n)
{
	struct pci_msix_place place;
	void __iomem *bits;
	u32 word = n / 32 * 4;

	if (n >= pci_msix_count(fn) || pci_msix_place(fn, &place))
		return false;
	bits = map_part(fn, place.pending_bar, place.pending_offset + word, 4);
	return bits && readl(bits) & 1U << (n % 32);
}

void pci_quiet(struct pci_function *fn)
{
	change_control(fn, MSIX_ENABLE | MSIX_MASK_ALL, 0);
	pci_msi_set_enable(fn, false);
	pci_command(fn, PCI_COMMAND_MASTER, PCI_COMMAND_INTX_OFF);
}
