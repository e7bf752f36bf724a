// SPDX-License-Identifier: BSD-2-Clause
/* The functions of all host bridges, and the drivers that take them. */
#include <base/util.h>
#include <core/log.h>
#include "internal.h"

static LIST_HEAD(functions);

struct list_head *pci_functions(void)
{
	return &functions;
}

struct pci_function *pci_find(u16 vendor, u16 device)
{
	struct pci_function *fn;

	pci_for_each(fn)
		if (fn->vendor == vendor && fn->device == device)
			return fn;
	return NULL;
}

static bool matches(const struct pci_match *match, const struct pci_function *fn)
{
	if (match->vendor && match->vendor != fn->vendor)
		return false;
	if (match->device && match->device != fn->device)
		return false;
	return (fn->class & match->class_mask) == match->class;
}

static bool driver_fits(const struct pci_driver *drv, const struct pci_function *fn)
{
	const struct pci_match *match;

	for (match = drv->match; match->vendor || match->class_mask; match++)
		if (matches(match, fn))
			return true;
	return false;
}

/* The first that takes it. */
static void probe_function(struct pci_function *fn)
{
	const struct pci_driver *const *pp;
	int ret;

	table_for_each(pp, pci_driver) {
		if (!driver_fits(*pp, fn))
			continue;
		ret = (*pp)->probe(fn);
		if (!ret) {
			fn->driver = *pp;
			return;
		}
		if (ret != -ENODEV)
			pr_err("PCI %s: driver %s failed: %s", pci_name(fn), (*pp)->name,
			       errno_name(ret));
	}
}

static int set_up(struct pci_host *host)
{
	unsigned int count = 0;
	struct pci_function *fn;
	int ret = pci_scan(host);

	if (ret)
		return ret;
	pci_for_each(fn) {
		if (fn->host != host)
			continue;
		pci_size_bars(fn);
		count++;
	}
	if (!host->aml && host->nr_windows && (host->assigned || !pci_is_sound(host)))
		pci_assign(host);
	pr_info("%s: segment %u, buses %u to %u: %u functions, addresses %s", host->dev->name,
		host->segment, host->first_bus, host->last_bus, count,
		host->assigned ? "assigned by the image" : "as the firmware left them");
	return 0;
}

static int enumerate(void)
{
	struct pci_function *fn;
	struct pci_host *host;
	int ret = -ENODEV;

	pci_for_each_host(host) {
		ret = set_up(host);
		if (ret)
			return ret;
	}
	pci_for_each(fn)
		probe_function(fn);
	return ret;
}

int pci_enumerate(void)
{
	static bool done;
	static int result;

	if (!done) {
		done = true;
		/* Until it is over: should a case that began it be ended in its middle. */
		result = -EBUSY;
		result = enumerate();
	}
	return result;
}
