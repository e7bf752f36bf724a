// SPDX-License-Identifier: BSD-2-Clause
/* Pins, and messages of the MSI capability (PCIe 7.7.1). */
#include <base/util.h>
#include <core/log.h>
#include <drivers/device_irq.h>
#include <drivers/pci_msi.h>
#include "internal.h"

#define MSI_CONTROL		2
#define MSI_ENABLE		0x0001U
#define MSI_CAPABLE(control)	(1U << ((control) >> 1 & 7))
#define MSI_COUNT_SHIFT		4
#define MSI_COUNT_MASK		0x0070U
#define MSI_WIDE		0x0080U
#define MSI_MASKS		0x0100U
#define MSI_ADDRESS		4
#define MSI_ADDRESS_HIGH	8
#define MSI_DATA(control)	((control) & MSI_WIDE ? 12U : 8U)
#define MSI_MASK(control)	((control) & MSI_WIDE ? 16U : 12U)
#define MSI_MAX			32U

int pci_intx_request(struct pci_function *fn, irq_handler_t handler, void *arg)
{
	struct resource irq;
	struct device dev = { .name = "PCI", .origin = pci_name(fn),
			      .resources = &irq, .nr_resources = 1 };
	int ret = pci_intx(fn, &irq);

	if (!ret)
		ret = device_irq_request(&dev, 0, handler, arg);
	if (ret >= 0)
		pci_command(fn, PCI_COMMAND_INTX_OFF, 0);
	return ret;
}

void pci_intx_release(struct pci_function *fn, u32 intid)
{
	pci_command(fn, 0, PCI_COMMAND_INTX_OFF);
	irq_disable(intid);
	irq_request(intid, NULL, NULL);
}

/* Where nothing says whose messages go where, who takes everybody's will do. */
static struct msi_parent *any_parent(void)
{
	struct msi_parent *parent = NULL;

	while ((parent = msi_parent_next(parent)))
		if (!parent->takes_device_ids)
			return parent;
	return NULL;
}

struct msi_parent *pci_msi_parent(const struct pci_function *fn, u32 *device_id)
{
	struct pci_msi_route route;

	*device_id = pci_requester_id(fn);
	if (pci_msi_route(fn, &route))
		return fn->host->aml || !fn->host->source ? any_parent() : NULL;
	*device_id = route.device_id;
	return msi_parent_of(route.controller);
}

/*
 * Offset of the capability, with its control register; -ENOENT without it, -EBADMSG when
 * the list of capabilities is broken.
 */
static int find_msi(const struct pci_function *fn, u16 *control)
{
	int at = pci_capability(fn, PCI_CAP_MSI, 0);

	*control = at > 0 ? pci_read16(fn, (u32)at + MSI_CONTROL) : 0;
	return at;
}

unsigned int pci_msi_count(const struct pci_function *fn)
{
	u16 control;

	return find_msi(fn, &control) < 0 ? 0 : MIN(MSI_CAPABLE(control), MSI_MAX);
}

static unsigned int log2_of(unsigned int count)
{
	unsigned int bits = 0;

	while (1U << bits < count)
		bits++;
	return bits;
}

static void write_message(const struct pci_function *fn, u32 at, u16 control,
			  const struct msi *msi)
{
	pci_write32(fn, at + MSI_ADDRESS, (u32)msi->address);
	if (control & MSI_WIDE)
		pci_write32(fn, at + MSI_ADDRESS_HIGH, (u32)(msi->address >> 32));
	pci_write16(fn, at + MSI_DATA(control), (u16)msi->data);
	if (control & MSI_MASKS)
		pci_write32(fn, at + MSI_MASK(control), 0);
}

int pci_msi_enable(struct pci_function *fn, unsigned int count, irq_handler_t handler, void *arg,
		   struct msi *msi)
{
	struct msi_parent *parent;
	u32 device_id;
	u16 control;
	int at = find_msi(fn, &control), ret;

	if (at < 0)
		return at;
	if (!count || count & (count - 1) || count > MIN(MSI_CAPABLE(control), MSI_MAX))
		return -EINVAL;
	parent = pci_msi_parent(fn, &device_id);
	if (!parent)
		return -ENODEV;
	ret = msi_alloc(parent, device_id, count, handler, arg, msi);
	if (ret)
		return ret;
	/* The data register has 16 bits. */
	if (msi->data + count - 1 > 0xffff || (msi->address >> 32 && !(control & MSI_WIDE))) {
		msi_free(msi);
		return -ERANGE;
	}
	pci_enable(fn, PCI_COMMAND_INTX_OFF | PCI_COMMAND_MASTER);
	control &= (u16)~(MSI_ENABLE | MSI_COUNT_MASK);
	pci_write16(fn, (u32)at + MSI_CONTROL, control);
	write_message(fn, (u32)at, control, msi);
	pci_write16(fn, (u32)at + MSI_CONTROL,
		    (u16)(control | log2_of(count) << MSI_COUNT_SHIFT | MSI_ENABLE));
	return 0;
}

void pci_msi_set_enable(struct pci_function *fn, bool on)
{
	u16 control;
	int at = find_msi(fn, &control);

	if (at < 0)
		return;
	control = on ? control | MSI_ENABLE : control & (u16)~MSI_ENABLE;
	pci_write16(fn, (u32)at + MSI_CONTROL, control);
}

void pci_msi_disable(struct pci_function *fn, const struct msi *msi)
{
	pci_msi_set_enable(fn, false);
	msi_free(msi);
}
