// SPDX-License-Identifier: BSD-2-Clause
/* MSI-X: a table of messages in a BAR, each of which can be held back. */
#include "pci.h"

#define VECTORS		2U
#define ENTRY_SIZE	16U

/* What each vector brought. */
static struct { struct msi msi[VECTORS]; u32 count[VECTORS], other; } seen;

static irq_after_t vector_came(u32 intid, struct pt_regs *regs, void *arg)
{
	(void)regs;
	(void)arg;
	for (unsigned int i = 0; i < VECTORS; i++) {
		if (intid == seen.msi[i].intid) {
			WRITE_ONCE(seen.count[i], seen.count[i] + 1);
			return NULL;
		}
	}
	WRITE_ONCE(seen.other, seen.other + 1);
	return NULL;
}

static bool vector_comes(unsigned int n, u32 count)
{
	return !wait_until(READ_ONCE(seen.count[n]) >= count, ANSWERS_US);
}

static void check_place(const struct pci_function *fn)
{
	struct pci_msix_place place;
	u64 table = pci_msix_count(fn) * ENTRY_SIZE, pending = (pci_msix_count(fn) + 63) / 64 * 8;

	if (!CHECK_EQ(pci_msix_place(fn, &place), 0, "%s", function_name(fn)) ||
	    !CHECK_LT(place.table_bar, PCI_BARS + 0U, "%s: BAR of the table", function_name(fn)) ||
	    !CHECK_LT(place.pending_bar, PCI_BARS + 0U, "%s: BAR of the pending bits",
		      function_name(fn)))
		return;
	CHECK_LE(place.table_offset + table, fn->bar[place.table_bar].size,
		 "%s: end of the table in BAR %u", function_name(fn), place.table_bar);
	CHECK_LE(place.pending_offset + pending, fn->bar[place.pending_bar].size,
		 "%s: end of the pending bits in BAR %u", function_name(fn), place.pending_bar);
	if (place.table_bar != place.pending_bar)
		return;
	CHECK(place.table_offset + table <= place.pending_offset ||
	      place.pending_offset + pending <= place.table_offset,
	      "%s: table and pending bits overlap in BAR %u", function_name(fn), place.table_bar);
}

void msix_table_lies_in_its_bar(void)
{
	const struct pci_function *fn;
	unsigned int count = 0;

	pci_for_each(fn) {
		if (!pci_msix_count(fn))
			continue;
		count++;
		check_place(fn);
	}
	if (!count)
		SKIP("no function has the MSI-X capability");
}

/* The entropy source with two vectors, its queue on one of them. */
static struct pci_function *start(u16 vector)
{
	struct pci_function *fn = virtio_rng_get();
	int ret;

	if (!fn)
		SKIP("there is no virtio entropy source (QEMU's -device virtio-rng-pci)");
	if (pci_msix_count(fn) < VECTORS)
		SKIP("%s has %u MSI-X vectors, it takes %u", pci_name(fn), pci_msix_count(fn), VECTORS);
	memset(&seen, 0, sizeof(seen));
	ret = need_messages(fn, pci_msix_enable(fn, VECTORS, vector_came, NULL, seen.msi));
	REQUIRE_EQ(ret, 0, "%s: MSI-X", function_name(fn));
	REQUIRE_EQ(virtio_rng_start(vector), 0, "%s: virtio set-up", function_name(fn));
	return fn;
}

static void stop(struct pci_function *fn)
{
	virtio_rng_stop();
	pci_msix_disable(fn, seen.msi);
}

static bool answered(void)
{
	return !wait_until(virtio_rng_answer(NULL), ANSWERS_US);
}

static bool varies(const u8 *data, u32 bytes)
{
	for (u32 i = 1; i < bytes; i++)
		if (data[i] != data[0])
			return true;
	return false;
}

void msix_arrives(void)
{
	struct pci_function *fn = start(0);
	const u8 *data;
	u32 bytes = 0;

	for (u32 n = 1; n <= 3; n++) {
		virtio_rng_ask();
		if (!CHECK(vector_comes(0, n), "%s: 0x%x to 0x%llx, INTID %u, number %u",
			   function_name(fn), seen.msi[0].data, seen.msi[0].address,
			   seen.msi[0].intid, n))
			break;
		/* It tells of what was written before it (PCIe 2.4.1). */
		data = virtio_rng_answer(&bytes);
		REQUIRE(data != NULL, "%s: the answer is there when its message is",
			function_name(fn));
		CHECK_GT(bytes, 0U, "%s: bytes", function_name(fn));
		CHECK(varies(data, bytes), "%s: %u bytes alike", function_name(fn), bytes);
	}
	CHECK_EQ(seen.other, 0U, "%s: other interrupts", function_name(fn));
	stop(fn);
}

void msix_vectors_are_apart(void)
{
	for (u16 vector = 0; vector < VECTORS; vector++) {
		struct pci_function *fn = start(vector);

		CHECK_NE(seen.msi[0].intid, seen.msi[1].intid, "%s: INTIDs", function_name(fn));
		virtio_rng_ask();
		REQUIRE(vector_comes(vector, 1), "%s: vector %u, INTID %u", function_name(fn),
			vector, seen.msi[vector].intid);
		CHECK_EQ(seen.count[!vector], 0U, "%s: vector %u in place of %u",
			 function_name(fn), !vector, vector);
		stop(fn);
	}
}

/* Held back is the message, and neither the answer nor that it is to be sent. */
static void check_held_back(struct pci_function *fn)
{
	CHECK(!pci_msix_is_pending(fn, 0), "%s: vector 0 before anything", function_name(fn));
	virtio_rng_ask();
	CHECK(answered(), "%s: no answer with its vector held back", function_name(fn));
	time_delay_us(STAYS_AWAY_US);
	CHECK_EQ(seen.count[0], 0U, "%s: vector 0 came while it was held back",
		 function_name(fn));
	CHECK(pci_msix_is_pending(fn, 0), "%s: pending bit of vector 0", function_name(fn));
}

static void check_let_go(struct pci_function *fn)
{
	CHECK(vector_comes(0, 1), "%s: vector 0 did not come once let go", function_name(fn));
	CHECK(!pci_msix_is_pending(fn, 0), "%s: vector 0 has come and is pending still",
	      function_name(fn));
	CHECK_EQ(seen.count[0], 1U, "%s: vector 0", function_name(fn));
}

void msix_masked_vector_is_pending(void)
{
	struct pci_function *fn = start(0);

	pci_msix_mask(fn, 0, true);
	check_held_back(fn);
	pci_msix_mask(fn, 0, false);
	check_let_go(fn);
	stop(fn);
}

void msix_masked_function_is_pending(void)
{
	struct pci_function *fn = start(0);

	pci_msix_mask_all(fn, true);
	check_held_back(fn);
	pci_msix_mask_all(fn, false);
	check_let_go(fn);
	stop(fn);
}
