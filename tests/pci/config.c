// SPDX-License-Identifier: BSD-2-Clause
/* Configuration space: what is absent, and the header of what is there. */
#include "pci.h"

#define DEVICES		32U
#define CLASS_BRIDGE	0x0604U		/* class >> 8 */

static bool bus_has_functions(const struct pci_host *host, unsigned int bus)
{
	const struct pci_function *fn;

	pci_for_each(fn)
		if (fn->host == host && fn->bus == bus)
			return true;
	return false;
}

static bool device_is_known(const struct pci_host *host, unsigned int bus, unsigned int device)
{
	const struct pci_function *fn;

	pci_for_each(fn)
		if (fn->host == host && fn->bus == bus && fn->devfn >> 3 == device)
			return true;
	return false;
}

static unsigned int check_bus(struct pci_host *host, unsigned int bus)
{
	unsigned int device, absent = 0;

	for (device = 0; device < DEVICES; device++) {
		u32 id;
		int ret;

		if (device_is_known(host, bus, device))
			continue;
		ret = pci_probe_id(host, (u8)bus, (u8)(device << 3), &id);
		CHECK_EQ(ret, 0, "reading the ids of the absent function %04x:%02x:%02x.0",
			 host->segment, bus, device);
		CHECK_EQ(id, ~0U, "ids of the absent function %04x:%02x:%02x.0", host->segment,
			 bus, device);
		absent++;
	}
	return absent;
}

/* On the buses that there are; on others, all that is behind the host bridge is absent. */
void absent_functions_read_all_ones(void)
{
	unsigned int absent = 0, bus;
	struct pci_host *host;

	pci_for_each_host(host) {
		for (bus = host->first_bus; bus <= host->last_bus; bus++)
			if (bus == host->first_bus || bus_has_functions(host, bus))
				absent += check_bus(host, bus);
		if (host->last_bus > host->first_bus && !bus_has_functions(host, host->last_bus))
			absent += check_bus(host, host->last_bus);
	}
	if (!absent)
		SKIP("no function is absent");
}

static void check_header(const struct pci_function *fn)
{
	bool bridge = fn->header == PCI_HEADER_BRIDGE;

	CHECK_NE(fn->vendor, (u16)0, "%s: vendor", function_name(fn));
	CHECK_LE(fn->header, (u8)2, "%s: header type", function_name(fn));
	CHECK_EQ(fn->class >> 8 == CLASS_BRIDGE, bridge,
		 "%s: class 0x%06x with header type %u", function_name(fn), fn->class, fn->header);
	CHECK_LE(pci_read8(fn, PCI_INTERRUPT_PIN), (u8)4, "%s: interrupt pin", function_name(fn));
}

void headers_are_valid(void)
{
	const struct pci_function *fn;

	if (list_empty(pci_functions()))
		SKIP("no function answers");
	pci_for_each(fn)
		check_header(fn);
}

/* What no device changes by itself. */
void widths_agree(void)
{
	const struct pci_function *fn;

	if (list_empty(pci_functions()))
		SKIP("no function answers");
	pci_for_each(fn) {
		u32 ids = pci_read32(fn, PCI_VENDOR_ID), class = pci_read32(fn, PCI_REVISION);

		CHECK_EQ(pci_read16(fn, PCI_VENDOR_ID), (u16)ids, "%s", function_name(fn));
		CHECK_EQ(pci_read16(fn, PCI_DEVICE_ID), (u16)(ids >> 16), "%s", function_name(fn));
		for (unsigned int i = 0; i < 4; i++)
			CHECK_EQ(pci_read8(fn, PCI_REVISION + i), (u8)(class >> 8 * i),
				 "%s: byte 0x%x", function_name(fn), PCI_REVISION + i);
	}
}
