// SPDX-License-Identifier: BSD-2-Clause
/* The two lists of capabilities: each of them ends, and stays where it belongs. */
#include "pci.h"

#define LIST_FIRST		0x40U
#define LIST_MAX		((PCI_CONFIG_SIZE - LIST_FIRST) / 4)
#define EXTENDED_FIRST		0x100U
#define EXTENDED_MAX		((PCI_EXPRESS_CONFIG_SIZE - EXTENDED_FIRST) / 8)
#define EXTENDED_NEXT(header)	((header) >> 20)

static void check_list(const struct pci_function *fn)
{
	unsigned int count = 0;
	u32 from = 0;
	u8 id = 0;
	int at;

	while ((at = pci_next_capability(fn, from, &id)) > 0) {
		if (!CHECK_LT(count++, LIST_MAX, "%s: the list of capabilities has no end",
			      function_name(fn)))
			return;
		CHECK_NE(id, (u8)0xff, "%s: capability at 0x%x", function_name(fn), (u32)at);
		from = (u32)at;
	}
	CHECK_EQ(at, -ENOENT, "%s: behind 0x%x the list of capabilities leads into the header",
		 function_name(fn), from);
}

void capability_lists_end(void)
{
	const struct pci_function *fn;

	if (list_empty(pci_functions()))
		SKIP("no function answers");
	pci_for_each(fn)
		check_list(fn);
}

/* 0 or all ones at its beginning: an empty list (7.6.1). */
static void check_extended(const struct pci_function *fn)
{
	u32 at = EXTENDED_FIRST, header = pci_read32(fn, at);
	unsigned int count = 0;

	if (!header || header == ~0U)
		return;
	while (at) {
		if (!CHECK_LT(count++, EXTENDED_MAX,
			      "%s: the list of extended capabilities has no end",
			      function_name(fn)))
			return;
		at = EXTENDED_NEXT(pci_read32(fn, at));
		if (!at)
			break;
		if (!CHECK_GE(at, EXTENDED_FIRST, "%s: next extended capability",
			      function_name(fn)))
			return;
		CHECK_EQ(at % 4, 0U, "%s: next extended capability, 0x%x", function_name(fn), at);
		at &= ~3U;
	}
	CHECK_GE(count, 1U, "%s", function_name(fn));
}

void extended_capability_lists_end(void)
{
	const struct pci_function *fn;
	unsigned int count = 0;

	pci_for_each(fn) {
		if (pci_express_type(fn) < 0)
			continue;
		count++;
		check_extended(fn);
		CHECK(true, "%s", function_name(fn));
	}
	if (!count)
		SKIP("no function has the PCI Express capability");
}
