// SPDX-License-Identifier: BSD-2-Clause
/*
 * Finding functions, bus by bus. The numbers of the buses behind bridges are the
 * firmware's where they make sense; else, where the image assigns, they are given
 * in the order in which the bridges are found, depth first.
 */
#include <base/util.h>
#include <core/heap.h>
#include <core/log.h>
#include "internal.h"

/* Levels of bridges; each takes a frame of the stack. */
#define MAX_DEPTH	32U

#define FUNCTIONS	8U
#define DEVICES		32U

struct scan {
	struct pci_host *host;
	bool renumber;
	bool broken;		/* a bridge has numbers that cannot be */
	u8 highest;		/* bus number that was given */
	unsigned int depth;
	u32 seen[8];		/* bit: bus that was scanned, or is behind a bridge that was */
};

static int scan_bus(struct scan *scan, struct pci_function *bridge, u8 bus);

static struct pci_function *add_function(struct scan *scan, struct pci_function *bridge, u8 bus,
					 u8 devfn)
{
	struct pci_function *fn = heap_alloc(sizeof(*fn));
	u32 word;

	if (!fn)
		return NULL;
	fn->host = scan->host;
	fn->bridge = bridge;
	fn->bus = bus;
	fn->devfn = devfn;
	word = pci_read32(fn, PCI_VENDOR_ID);
	fn->vendor = (u16)word;
	fn->device = (u16)(word >> 16);
	word = pci_read32(fn, PCI_REVISION);
	fn->revision = (u8)word;
	fn->class = word >> 8;
	fn->header = pci_read8(fn, PCI_HEADER_TYPE) & PCI_HEADER_TYPE_MASK;
	list_add_tail(&fn->node, pci_functions());
	return fn;
}

/* Whether its secondary side is one link, with one device. */
static bool is_port(const struct pci_function *fn)
{
	int type = fn ? pci_express_type(fn) : -ENOENT;

	return type == PCI_EXPRESS_ROOT_PORT || type == PCI_EXPRESS_DOWNSTREAM;
}

static void set_buses(struct pci_function *bridge, u8 secondary, u8 subordinate)
{
	bridge->secondary = secondary;
	bridge->subordinate = subordinate;
	pci_write8(bridge, PCI_PRIMARY_BUS, bridge->bus);
	pci_write8(bridge, PCI_SECONDARY_BUS, secondary);
	pci_write8(bridge, PCI_SUBORDINATE_BUS, subordinate);
}

/* The next number, with everything up to the last behind it while it is scanned. */
static int number_bridge(struct scan *scan, struct pci_function *bridge)
{
	int ret;

	if (scan->highest == scan->host->last_bus) {
		pr_err("%s (%s): no bus number left for what is behind bridge %s",
		       scan->host->dev->name, scan->host->dev->origin, pci_name(bridge));
		set_buses(bridge, 0, 0);
		return 0;
	}
	scan->highest++;
	set_buses(bridge, scan->highest, scan->host->last_bus);
	ret = scan_bus(scan, bridge, bridge->secondary);
	set_buses(bridge, bridge->secondary, scan->highest);
	return ret;
}

static bool none_is_seen(const struct scan *scan, unsigned int first, unsigned int last)
{
	for (; first <= last; first++)
		if (scan->seen[first / 32] & 1U << (first % 32))
			return false;
	return true;
}

/* Whether a bridge's numbers lie within those above it, and are nobody else's. */
static bool numbers_fit(const struct scan *scan, const struct pci_function *bridge)
{
	u8 last = bridge->bridge ? bridge->bridge->subordinate : scan->host->last_bus;

	return pci_read8(bridge, PCI_PRIMARY_BUS) == bridge->bus &&
	       bridge->secondary > bridge->bus && bridge->subordinate >= bridge->secondary &&
	       bridge->subordinate <= last &&
	       none_is_seen(scan, bridge->secondary, bridge->subordinate);
}

static int follow_bridge(struct scan *scan, struct pci_function *bridge)
{
	unsigned int bus;
	int ret;

	bridge->secondary = pci_read8(bridge, PCI_SECONDARY_BUS);
	bridge->subordinate = pci_read8(bridge, PCI_SUBORDINATE_BUS);
	if (!numbers_fit(scan, bridge)) {
		scan->broken = true;
		if (scan->host->aml)
			pr_warn("PCI %s: the firmware left the bridge with buses %u to %u: what is behind it is not looked for",
				pci_name(bridge), bridge->secondary, bridge->subordinate);
		bridge->secondary = 0;
		bridge->subordinate = 0;
		return 0;
	}
	ret = scan_bus(scan, bridge, bridge->secondary);
	/* Those with nothing on them, too, are this bridge's. */
	for (bus = bridge->secondary; bus <= bridge->subordinate; bus++)
		scan->seen[bus / 32] |= 1U << (bus % 32);
	return ret;
}

static int scan_bridge(struct scan *scan, struct pci_function *bridge)
{
	int ret;

	if (scan->depth == MAX_DEPTH) {
		pr_err("PCI %s: more than %u bridges one behind the other", pci_name(bridge),
		       MAX_DEPTH);
		return 0;
	}
	scan->depth++;
	ret = scan->renumber ? number_bridge(scan, bridge) : follow_bridge(scan, bridge);
	scan->depth--;
	return ret;
}

/* A read that takes an exception is said once: it concerns all that is absent. */
static bool is_there(struct scan *scan, u8 bus, u8 devfn)
{
	u32 id;

	if (pci_probe_id(scan->host, bus, devfn, &id) && !scan->host->faults) {
		pr_warn("%s (%s): reading the ids of %02x:%02x.%u took an exception",
			scan->host->dev->name, scan->host->dev->origin, bus, devfn >> 3,
			devfn & 7U);
		scan->host->faults = true;
	}
	return (u16)id != PCI_ABSENT;
}

static int scan_device(struct scan *scan, struct pci_function *bridge, u8 bus, unsigned int device)
{
	unsigned int count = 1, n;

	for (n = 0; n < count; n++) {
		u8 devfn = (u8)(device << 3 | n);
		struct pci_function *fn;

		if (!is_there(scan, bus, devfn))
			continue;
		fn = add_function(scan, bridge, bus, devfn);
		if (!fn)
			return -ENOMEM;
		if (n == 0 && pci_read8(fn, PCI_HEADER_TYPE) & PCI_HEADER_MULTI)
			count = FUNCTIONS;
		/* What it had would answer for a bus that another one is given before it. */
		if (scan->renumber && pci_is_bridge(fn))
			set_buses(fn, 0, 0);
	}
	return 0;
}

/* All of a bus, and then what is behind it: the list only grows while it is walked. */
static int scan_bus(struct scan *scan, struct pci_function *bridge, u8 bus)
{
	unsigned int devices = is_port(bridge) ? 1 : DEVICES, n;
	struct pci_function *fn;
	int ret = 0;

	scan->seen[bus / 32] |= 1U << (bus % 32);
	if (!pci_config_address(scan->host, bus, 0, 0))
		return 0;
	for (n = 0; !ret && n < devices; n++)
		ret = scan_device(scan, bridge, bus, n);
	pci_for_each(fn) {
		if (ret)
			break;
		if (fn->host == scan->host && fn->bridge == bridge && pci_is_bridge(fn))
			ret = scan_bridge(scan, fn);
	}
	return ret;
}

static void forget(const struct pci_host *host)
{
	struct pci_function *fn, *next;

	list_for_each_entry_safe(fn, next, pci_functions(), node) {
		if (fn->host != host)
			continue;
		list_del(&fn->node);
		heap_free(fn);
	}
}

int pci_scan(struct pci_host *host)
{
	struct scan scan = { .host = host, .highest = host->first_bus };
	int ret = scan_bus(&scan, NULL, host->first_bus);

	if (ret || !scan.broken || host->aml)
		return ret;
	forget(host);
	scan = (struct scan){ .host = host, .highest = host->first_bus, .renumber = true };
	host->assigned = true;
	return scan_bus(&scan, NULL, host->first_bus);
}
