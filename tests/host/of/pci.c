// SPDX-License-Identifier: BSD-2-Clause
/* What a tree says of host bridges: windows, pins, messages. */
#include "trees.h"
#include <drivers/device.h>
#include <drivers/pci_host.h>

static const struct device *host_bridge(const char *name)
{
	const struct device *dev;

	tree_load("pci");
	tree_discover();
	device_for_each(dev)
		if (!strcmp(dev->name, name))
			return dev;
	EXPECT(false, "no %s", name);
	return NULL;
}

static void expect_window(const struct device *host, unsigned int n, enum pci_space space,
			  u64 pci, u64 cpu, u64 size)
{
	struct pci_window window;

	EXPECT_EQ(host->ops->pci->window(host, n, &window), 0);
	EXPECT_EQ(window.space, space);
	EXPECT_EQ(window.pci, pci);
	EXPECT_EQ(window.cpu, cpu);
	EXPECT_EQ(window.size, size);
}

void pci_windows_are_translated(void)
{
	const struct device *host = host_bridge("pcie@10000000");
	struct pci_window window;
	u64 value;

	EXPECT_EQ(device_mem(host, 0)->base, 0xf00000000ULL);
	EXPECT_EQ(device_get_u64(host, "bus-range", &value), 0);
	EXPECT_EQ(value, 0x2000000023ULL);
	expect_window(host, 0, PCI_SPACE_IO, 0x1000, 0xf08000000, 0x10000);
	expect_window(host, 1, PCI_SPACE_MEM, 0x80000000, 0xf10000000, 0x10000000);
	expect_window(host, 2, PCI_SPACE_MEM64, 0x800000000, 0xf20000000, 0x10000000);
	EXPECT_EQ(host->ops->pci->window(host, 2, &window), 0);
	EXPECT(window.prefetchable);
	EXPECT_EQ(host->ops->pci->window(host, 3, &window), -ENOENT);
	host = host_bridge("pcie@50000000");
	expect_window(host, 0, PCI_SPACE_MEM, 0x80000000, 0x80000000, 0x10000000);
	EXPECT_EQ(host->ops->pci->window(host, 1, &window), -EINVAL);
	EXPECT_EQ(host->ops->pci->window(host, 2, &window), -EINVAL);
	EXPECT_EQ(host->ops->pci->window(host, 3, &window), -EINVAL);
}

static void expect_pin(const struct device *host, u8 device, u8 pin, int ret, u64 intid, u32 flags)
{
	struct resource irq;

	EXPECT_EQ(host->ops->pci->intx(host, 0x20, (u8)(device << 3), pin, &irq), ret);
	if (ret)
		return;
	EXPECT_EQ(irq.base, intid);
	EXPECT_EQ(irq.flags, flags);
}

void pci_pins_are_mapped(void)
{
	const struct device *host = host_bridge("pcie@10000000");

	expect_pin(host, 0, 1, 0, 42, 0);
	expect_pin(host, 4, 1, 0, 42, 0);	/* by the mask */
	expect_pin(host, 0, 2, -ENODEV, 0, 0);
	expect_pin(host, 1, 1, 0, 43, RES_IRQ_LOW);
	expect_pin(host, 2, 1, -EINVAL, 0, 0);	/* a type that no GIC has */
	expect_pin(host, 3, 1, -ENOENT, 0, 0);
	host = host_bridge("pcie@50000000");
	EXPECT_EQ(host->ops->pci->intx(host, 0, 0, 2, &(struct resource){ 0 }), -EINVAL);
}

static void expect_message(const struct device *host, u16 rid, int ret, u32 device_id)
{
	struct pci_msi_route route;

	EXPECT_EQ(host->ops->pci->msi(host, rid, &route), ret);
	if (ret)
		return;
	EXPECT_STREQ(route.controller->name, "msi-controller@8080000");
	EXPECT_EQ(route.device_id, device_id);
}

void pci_messages_are_mapped(void)
{
	const struct device *host = host_bridge("pcie@10000000");

	expect_message(host, 0x2000, 0, 0x100);
	expect_message(host, 0x200b, 0, 0x108);	/* by the mask */
	expect_message(host, 0x2080, -ENOENT, 0);
	expect_message(host, 0x2100, -EINVAL, 0);
	expect_message(host, 0x1fff, -ENOENT, 0);
	expect_message(host_bridge("pcie@50000000"), 0x123, 0, 0x123);
}

/* For trees that lie. */
void tree_use_pci(void)
{
	const struct device *dev;

	device_for_each(dev) {
		const struct pci_source_ops *pci = dev->ops ? dev->ops->pci : NULL;
		struct pci_msi_route route;
		struct pci_window window;
		struct resource irq;

		for (unsigned int n = 0; pci && n < 4; n++) {
			pci->window(dev, n, &window);
			pci->intx(dev, 0, (u8)(n << 3), (u8)(n + 1), &irq);
			pci->msi(dev, (u16)(n * 0x1000), &route);
		}
	}
}
