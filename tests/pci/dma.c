// SPDX-License-Identifier: BSD-2-Clause
/* Memory that a function reads and writes, when it may. */
#include <base/string.h>
#include <drivers/pci_dma.h>
#include <test/sleep.h>
#include "pci.h"

#define BYTES		1024U
/* The copy takes edu 100 ms. */
#define COPY_US		2000000

/* Two buffers of one allocation: what it reads and what it writes. */
struct buffers {
	u8 from[BYTES];
	u8 to[BYTES];
};

static struct buffers *allocate(const struct pci_function *fn)
{
	struct buffers *both = pci_dma_alloc(fn, sizeof(*both));

	if (!both)
		ERROR("no memory for DMA");
	for (u32 i = 0; i < BYTES; i++)
		both->from[i] = (u8)(i * 7 + (i >> 8));
	memset(both->to, 0x5a, BYTES);
	pci_dma_sync(both, sizeof(*both));
	return both;
}

static bool copy(const void *memory, bool to_memory)
{
	bool done;

	edu_dma_start((u64)(uintptr_t)memory, BYTES, to_memory);
	done = !sleep_until(!edu_dma_busy(), COPY_US);
	pci_dma_sync(memory, BYTES);
	return done;
}

void dma_copies(void)
{
	struct pci_function *fn = edu_needed();
	struct buffers *both = allocate(fn);

	pci_enable(fn, PCI_COMMAND_MASTER);
	CHECK(copy(both->from, false), "%s: copying from 0x%llx has no end", function_name(fn),
	      (u64)(uintptr_t)both->from);
	CHECK(copy(both->to, true), "%s: copying to 0x%llx has no end", function_name(fn),
	      (u64)(uintptr_t)both->to);
	CHECK_MEMEQ(both->to, both->from, BYTES, "%s: what came back by way of its buffer",
		    function_name(fn));
	pci_command(fn, PCI_COMMAND_MASTER, 0);
	pci_dma_free(both, sizeof(*both));
}

static bool is_filled(const u8 *data, u8 with)
{
	for (u32 i = 0; i < BYTES; i++)
		if (data[i] != with)
			return false;
	return true;
}

void dma_needs_bus_master(void)
{
	struct pci_function *fn = edu_needed();
	struct buffers *both = allocate(fn);

	pci_command(fn, PCI_COMMAND_MASTER, 0);
	CHECK(copy(both->to, true), "%s: copying has no end", function_name(fn));
	CHECK(is_filled(both->to, 0x5a), "%s wrote to 0x%llx though it is no bus master",
	      function_name(fn), (u64)(uintptr_t)both->to);
	pci_dma_free(both, sizeof(*both));
}
