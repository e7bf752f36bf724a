// SPDX-License-Identifier: BSD-2-Clause
/*
 * Header and reservations. A header that cannot be trusted never comes this far:
 * it is an error before any test.
 */
#include <base/string.h>
#include <base/util.h>
#include <drivers/of.h>
#include <test/test.h>
#include "dt.h"

#define MAX_BYTES	(2U << 20)	/* Linux arm64 booting document, 2 */

bool dt_overlap(u64 base_a, u64 size_a, u64 base_b, u64 size_b)
{
	return size_a && size_b && base_a <= base_b + (size_b - 1) &&
	       base_b <= base_a + (size_a - 1);
}

void dt_header_is_version_17(void)
{
	const struct of_header *h = of_header();

	CHECK_EQ((uintptr_t)of_fdt() % 8, (uintptr_t)0, "address of the tree");
	CHECK_GE(h->version, 17U, "header offset 0x14");
	CHECK_EQ(h->last_comp_version, 16U, "header offset 0x18");
	CHECK_LE(h->totalsize, MAX_BYTES, "header offset 0x4");
}

/* With the entry that ends it. */
static u32 reservation_bytes(void)
{
	unsigned int n;
	u64 base, size;

	for (n = 0; !of_reservation(n, &base, &size); n++)
		;
	return (n + 1) * 16;
}

void dt_blocks_do_not_overlap(void)
{
	const struct of_header *h = of_header();
	const struct {
		const char *name;
		u32 offset;
		u32 size;
	} blocks[] = {
		{ "header", 0, h->version >= 17 ? 40 : 36 },
		{ "memory reservation", h->off_mem_rsvmap, reservation_bytes() },
		{ "structure", h->off_dt_struct, h->version >= 17 ? h->size_dt_struct : 1 },
		{ "strings", h->off_dt_strings, h->size_dt_strings },
	};
	unsigned int a, b;

	for (a = 0; a < ARRAY_SIZE(blocks); a++) {
		for (b = a + 1; b < ARRAY_SIZE(blocks); b++)
			CHECK(!dt_overlap(blocks[a].offset, blocks[a].size,
					  blocks[b].offset, blocks[b].size),
			      "%s block 0x%x + 0x%x and %s block 0x%x + 0x%x",
			      blocks[a].name, blocks[a].offset, blocks[a].size,
			      blocks[b].name, blocks[b].offset, blocks[b].size);
	}
}

void dt_reservations_are_in_memory(void)
{
	unsigned int n;
	u64 base, size;

	if (!dt_memory_ranges())
		SKIP("no memory node has a range");
	for (n = 0; !of_reservation(n, &base, &size); n++)
		CHECK(dt_in_memory(base, size), "memory reservation %u, 0x%llx + 0x%llx",
		      n, base, size);
	if (!n)
		SKIP("the memory reservation block is empty");
}

static void check_reserved_node(int node, u64 image, u64 image_size)
{
	unsigned int n;
	u64 base, size;

	for (n = 0; !of_address(node, n, &base, &size); n++)
		CHECK(!dt_overlap(base, size, image, image_size),
		      "node %s reg entry %u, 0x%llx + 0x%llx, and the image at 0x%llx + 0x%llx",
		      of_path(node), n, base, size, image, image_size);
}

void dt_reservations_spare_the_image(void)
{
	int node, parent = of_find_path("/reserved-memory");
	u64 image, image_size, base, size;
	unsigned int n, nodes = 0;

	dt_image_range(&image, &image_size);
	for (n = 0; !of_reservation(n, &base, &size); n++)
		CHECK(!dt_overlap(base, size, image, image_size),
		      "memory reservation %u, 0x%llx + 0x%llx, and the image at 0x%llx + 0x%llx",
		      n, base, size, image, image_size);
	of_for_each_child(node, parent) {
		if (!of_enabled(node) || !of_has(node, "reg"))
			continue;
		check_reserved_node(node, image, image_size);
		nodes++;
	}
	if (!n && !nodes)
		SKIP("nothing is reserved");
}
