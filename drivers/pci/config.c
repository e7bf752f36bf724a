// SPDX-License-Identifier: BSD-2-Clause
/* Configuration space through ECAM (PCIe 7.2.2). */
#include <base/printf.h>
#include <base/util.h>
#include <core/log.h>
#include <asm/barrier.h>
#include <asm/extable.h>
#include <asm/io.h>
#include <asm/mmu.h>
#include "internal.h"

static u64 bus_address(const struct pci_host *host, u8 bus)
{
	return (u64)(uintptr_t)host->ecam + (u64)(bus - host->first_bus) * PCI_BUS_SIZE;
}

/* A bus at a time: most have none of their functions there, and nobody looks at them. */
static bool map_bus(struct pci_host *host, u8 bus)
{
	u32 bit = 1U << (bus % 32);
	int ret;

	if (host->mapped[bus / 32] & bit)
		return true;
	ret = mmu_map(bus_address(host, bus), PCI_BUS_SIZE, MAP_DEVICE);
	if (ret) {
		pr_err("%s (%s): bus %u at 0x%llx cannot be mapped: %s", host->dev->name,
		       host->dev->origin, bus, bus_address(host, bus), errno_name(ret));
		return false;
	}
	host->mapped[bus / 32] |= bit;
	return true;
}

void __iomem *pci_config_address(struct pci_host *host, u8 bus, u8 devfn, u32 offset)
{
	if (bus < host->first_bus || bus > host->last_bus || offset >= PCI_EXPRESS_CONFIG_SIZE ||
	    !map_bus(host, bus))
		return NULL;
	return (void __force __iomem *)(uintptr_t)(bus_address(host, bus) + ((u64)devfn << 12) +
						   offset);
}

int pci_probe_id(struct pci_host *host, u8 bus, u8 devfn, u32 *id)
{
	void __iomem *addr = pci_config_address(host, bus, devfn, PCI_VENDOR_ID);

	*id = ~0U;
	return addr ? arch_try_read32((u64)(uintptr_t)addr, id) : -ERANGE;
}

/* Of a function that was found, so its bus is mapped. */
static void __iomem *address(const struct pci_function *fn, u32 offset)
{
	return (void __force __iomem *)(uintptr_t)(bus_address(fn->host, fn->bus) +
						   ((u64)fn->devfn << 12) + offset);
}

u8 pci_read8(const struct pci_function *fn, u32 offset)
{
	return readb(address(fn, offset));
}

u16 pci_read16(const struct pci_function *fn, u32 offset)
{
	return readw(address(fn, offset));
}

u32 pci_read32(const struct pci_function *fn, u32 offset)
{
	return readl(address(fn, offset));
}

/*
 * Device-nGnRE acknowledges a write early, so a BAR could be accessed before its
 * function has seen the write that makes it decode. A configuration read from
 * the same function comes back behind it.
 */
static void complete(const struct pci_function *fn)
{
	readl(address(fn, PCI_VENDOR_ID));
	dsb(sy);
}

void pci_write8(const struct pci_function *fn, u32 offset, u8 value)
{
	writeb(value, address(fn, offset));
	complete(fn);
}

void pci_write16(const struct pci_function *fn, u32 offset, u16 value)
{
	writew(value, address(fn, offset));
	complete(fn);
}

void pci_write32(const struct pci_function *fn, u32 offset, u32 value)
{
	writel(value, address(fn, offset));
	complete(fn);
}

u16 pci_command(const struct pci_function *fn, u16 clear, u16 set)
{
	u16 was = pci_read16(fn, PCI_COMMAND);
	u16 now = (u16)((was & ~clear) | set);

	if (now != was)
		pci_write16(fn, PCI_COMMAND, now);
	return was;
}

void pci_enable(struct pci_function *fn, u16 set)
{
	pci_command(fn, 0, set);
	for (fn = fn->bridge; fn; fn = fn->bridge)
		pci_command(fn, 0, set & (PCI_COMMAND_IO | PCI_COMMAND_MEMORY |
					  PCI_COMMAND_MASTER));
}

const char *pci_name(const struct pci_function *fn)
{
	static char buffers[4][20];
	static unsigned int next;
	char *name = buffers[next++ % ARRAY_SIZE(buffers)];

	snprintf(name, sizeof(buffers[0]), "%04x:%02x:%02x.%u", fn->host->segment, fn->bus,
		 fn->devfn >> 3, fn->devfn & 7U);
	return name;
}
