// SPDX-License-Identifier: BSD-2-Clause
/* Base address registers: how much they decode, where, and that it is the function's. */
#include <base/util.h>
#include <core/memory.h>
#include <asm/extable.h>
#include <drivers/device.h>
#include "pci.h"

#define CLASS_HOST	0x0600U		/* class >> 8: what their BARs do is their own affair */

/* What reads back after all ones were written; decoding is off meanwhile. */
static u64 writable_bits(const struct pci_function *fn, unsigned int n)
{
	u16 command = pci_command(fn, PCI_COMMAND_IO | PCI_COMMAND_MEMORY, 0);
	u32 low = pci_read32(fn, PCI_BAR(n)), high = 0;
	u64 bits;

	pci_write32(fn, PCI_BAR(n), ~0U);
	bits = pci_read32(fn, PCI_BAR(n));
	pci_write32(fn, PCI_BAR(n), low);
	if (fn->bar[n].wide) {
		high = pci_read32(fn, PCI_BAR(n + 1));
		pci_write32(fn, PCI_BAR(n + 1), ~0U);
		bits |= (u64)pci_read32(fn, PCI_BAR(n + 1)) << 32;
		pci_write32(fn, PCI_BAR(n + 1), high);
	}
	pci_write16(fn, PCI_COMMAND, command);
	return bits & (fn->bar[n].io ? ~3ULL : ~15ULL);
}

static void check_size(const struct pci_function *fn, unsigned int n)
{
	const struct pci_bar *bar = &fn->bar[n];
	u64 was = pci_read32(fn, PCI_BAR(n)), bits = writable_bits(fn, n);
	u64 all = bar->wide ? ~0ULL : 0xffffffffULL;

	/* Of I/O addresses the upper half may be wired to 0. */
	if (bar->io && !(bits >> 16))
		all = 0xffff;
	CHECK_EQ(bits, all & ~(bar->size - 1), "%s BAR %u: bits that can be written",
		 function_name(fn), n);
	CHECK_GE(bar->size, bar->io ? 4ULL : 16ULL, "%s BAR %u: size", function_name(fn), n);
	CHECK_EQ((u64)pci_read32(fn, PCI_BAR(n)), was, "%s BAR %u: what was written back",
		 function_name(fn), n);
}

static bool is_reached_by(const struct pci_function *fn, const struct device *dev)
{
	for (unsigned int i = 0; i < dev->nr_resources; i++) {
		const struct resource *res = &dev->resources[i];

		if (res->kind != RES_MEM)
			continue;
		for (unsigned int n = 0; n < PCI_BARS; n++)
			if (fn->bar[n].size && fn->bar[n].reachable &&
			    fn->bar[n].cpu < res->base + res->size &&
			    res->base < fn->bar[n].cpu + fn->bar[n].size)
				return true;
	}
	return false;
}

/* A console or a screen would lose what is written, and answer elsewhere, with decoding off. */
static bool shows_text(const struct pci_function *fn)
{
	const struct device *dev;

	device_for_each(dev) {
		if (!dev->driver || !dev->probed || (dev->driver->class != DRIVER_CONSOLE &&
						     dev->driver->class != DRIVER_SCREEN))
			continue;
		if (!is_reached_by(fn, dev))
			continue;
		test_diag("%s is left out: %s writes to it", function_name(fn), dev->name);
		return true;
	}
	return false;
}

void bars_decode_powers_of_two(void)
{
	const struct pci_function *fn;
	unsigned int n, count = 0, left_out = 0;

	pci_for_each(fn) {
		if (shows_text(fn)) {
			left_out++;
			continue;
		}
		for (n = 0; n < PCI_BARS; n++) {
			if (!fn->bar[n].size || fn->class >> 8 == CLASS_HOST)
				continue;
			count++;
			check_size(fn, n);
		}
	}
	if (!count && left_out)
		SKIP("no function decodes addresses but for consoles and screens");
	if (!count)
		SKIP("no function decodes addresses");
}

static bool overlap(const struct pci_bar *a, const struct pci_bar *b)
{
	return a->set && b->set && a->io == b->io && a->pci < b->pci + b->size &&
	       b->pci < a->pci + a->size;
}

static void check_others(const struct pci_function *fn, unsigned int n)
{
	const struct pci_function *other;
	unsigned int i;

	pci_for_each(other) {
		if (other->host != fn->host)
			continue;
		for (i = 0; i < PCI_BARS; i++) {
			/* Each pair once. */
			if (other == fn && i >= n)
				return;
			CHECK(!overlap(&fn->bar[n], &other->bar[i]),
			      "%s BAR %u, 0x%llx + 0x%llx, and %s BAR %u", function_name(fn), n,
			      fn->bar[n].pci, fn->bar[n].size, pci_name(other), i);
		}
	}
}

static bool in_ram(const struct pci_bar *bar)
{
	const struct mem_region *region = mem_map_overlap(memory_map_get(), bar->cpu, bar->size);

	return region && region->type != MEM_MMIO;
}

static void check_place(const struct pci_function *fn, unsigned int n)
{
	const struct pci_bar *bar = &fn->bar[n];

	CHECK_EQ(bar->pci % bar->size, 0ULL, "%s BAR %u: 0x%llx, not aligned to its size 0x%llx",
		 function_name(fn), n, bar->pci, bar->size);
	if (!fn->host->aml)
		CHECK(bar->reachable, "%s BAR %u: 0x%llx + 0x%llx is in no window of the host bridge",
		      function_name(fn), n, bar->pci, bar->size);
	if (bar->reachable)
		CHECK(!in_ram(bar), "%s BAR %u: 0x%llx + 0x%llx is RAM", function_name(fn), n,
		      bar->cpu, bar->size);
	check_others(fn, n);
}

void bars_lie_apart_in_windows(void)
{
	const struct pci_function *fn;
	unsigned int n, count = 0;

	pci_for_each(fn) {
		for (n = 0; n < PCI_BARS; n++) {
			if (!fn->bar[n].size)
				continue;
			CHECK(!fn->host->assigned || !fn->bar[n].no_room,
			      "%s BAR %u: no room for 0x%llx bytes in the windows of the host bridge",
			      function_name(fn), n, fn->bar[n].size);
			if (!fn->bar[n].set)
				continue;
			count++;
			check_place(fn, n);
		}
	}
	if (!count)
		SKIP("no function has an address");
}

void bar_reaches_its_function(void)
{
	static const u32 patterns[] = { 0, ~0U, 0x12345678, 0xa5a55a5a };
	u32 result;

	edu_needed();
	CHECK_EQ(edu_read(EDU_IDENTIFICATION) & 0xff, 0xedU, "edu's identification");
	for (unsigned int i = 0; i < ARRAY_SIZE(patterns); i++) {
		edu_write_liveness(patterns[i]);
		CHECK_EQ(edu_read(EDU_LIVENESS), ~patterns[i], "edu's inverse of what was written");
	}
	CHECK_EQ(edu_factorial(10, &result), 0, "edu: 10!");
	CHECK_EQ(result, 3628800U, "edu: 10!");
}

/* What a host bridge makes of an address that nobody decodes is all ones, or an abort. */
void decoding_can_be_turned_off(void)
{
	struct pci_function *fn = edu_needed();
	u16 command;
	u32 value = ~0U;
	int ret;

	REQUIRE_EQ(edu_read(EDU_IDENTIFICATION) & 0xff, 0xedU, "edu's identification");
	command = pci_command(fn, PCI_COMMAND_MEMORY, 0);
	ret = arch_try_read32(fn->bar[0].cpu + EDU_IDENTIFICATION, &value);
	pci_write16(fn, PCI_COMMAND, command);
	CHECK(ret || value == ~0U, "%s BAR 0 reads 0x%x with decoding off", function_name(fn),
	      value);
	CHECK_EQ(edu_read(EDU_IDENTIFICATION) & 0xff, 0xedU, "edu's identification, decoding on again");
}
