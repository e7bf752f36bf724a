// SPDX-License-Identifier: BSD-2-Clause
/*
 * Redistributors in all the ways in which tables give them. Each region is a piece
 * of memory of its own, so that a read beyond it is found.
 */
#include <ctest.h>
#include <drivers/device.h>
#include "gicv3_redist.h"
#include "irqchip.h"

/* The heap of support.c is given back as a whole. */
void heap_free(void *p)
{
	(void)p;
}

#define RD		0x20000ULL		/* RD_base and SGI_base */
#define RD_VLPIS	0x40000ULL
#define REGIONS		4

#define LAST		(1ULL << 4)
#define VLPIS		(1ULL << 1)
#define AFFINITY(aff0)	((u64)(aff0) << 32)

static struct resource resources[REGIONS + 1];
static struct device dev = {
	.name = "gic", .origin = "/gic", .resources = resources,
};
static u64 regions, stride;

static int get_u64(const struct device *unused, const char *name, u64 *value)
{
	u64 found = !strcmp(name, "#redistributor-regions") ? regions :
		    !strcmp(name, "redistributor-stride") ? stride : 0;

	*value = found;
	return found ? 0 : -ENOENT;
}

static const struct device_source_ops ops = { .get_u64 = get_u64 };

static void forget(void)
{
	for (unsigned int i = 0; i < dev.nr_resources; i++)
		free((void *)(uintptr_t)resources[i].base);
	memset(resources, 0, sizeof(resources));
	dev.ops = &ops;
	dev.nr_resources = 0;
	dev.acpi_id = 0;
	regions = 0;
	stride = 0;
}

static u8 *add(const char *name, u64 size)
{
	u8 *base = calloc(1, size);

	if (!base)
		abort();
	resources[dev.nr_resources++] = (struct resource){
		.kind = RES_MEM, .base = (uintptr_t)base, .size = size, .name = name,
	};
	return base;
}

/* Of a tree: behind the distributor. */
static void begin(void)
{
	forget();
	add(NULL, 0x10000);
}

static void put(u8 *frame, u64 typer)
{
	memcpy(frame + 8, &typer, sizeof(typer));
	frame[0xffe8] = 0x30;
}

static bool finds(u64 mpidr, const u8 *frame)
{
	return (const u8 *)gicv3_redist_find(mpidr) == frame;
}

static void regions_are_walked_to_the_last(void)
{
	u8 *one, *two;

	begin();
	one = add(NULL, 3 * RD);
	two = add(NULL, 2 * RD);
	regions = 2;
	put(one, AFFINITY(0));
	put(one + RD, AFFINITY(1) | LAST);
	put(one + 2 * RD, AFFINITY(9));
	put(two, AFFINITY(0x81000200));
	put(two + RD, AFFINITY(3));
	EXPECT_EQ(gicv3_redist_discover(&dev), 0);
	EXPECT(finds(0, one));
	EXPECT(finds(1, one + RD));
	EXPECT(finds(9, NULL), "behind the last one");
	EXPECT(finds(0x8100000200ULL, two), "Aff3 is at 39:32 of an MPIDR");
	EXPECT(finds(3, two + RD));
	EXPECT(finds(4, NULL));
}

static void frames_are_of_their_own_sizes(void)
{
	u8 *one;

	begin();
	/* Of the last one half is described. */
	one = add(NULL, 2 * RD_VLPIS);
	put(one, AFFINITY(0) | VLPIS);
	put(one + RD, AFFINITY(7));
	put(one + RD_VLPIS, AFFINITY(1));
	put(one + RD_VLPIS + RD, AFFINITY(2) | VLPIS | LAST);
	EXPECT_EQ(gicv3_redist_discover(&dev), 0);
	EXPECT(finds(0, one));
	EXPECT(finds(1, one + RD_VLPIS));
	EXPECT(finds(2, one + RD_VLPIS + RD));
	EXPECT(finds(7, NULL), "the third frame of a redistributor with virtual LPIs");
	EXPECT((const u8 *)gicv3_redist_find_virtual(0) == one);
	EXPECT(!gicv3_redist_find_virtual(1), "without virtual LPIs");
	EXPECT(!gicv3_redist_find_virtual(2), "two of its four frames are described");
}

static void stride_is_as_described(void)
{
	u8 *one;

	begin();
	one = add(NULL, 2 * 0x80000);
	stride = 0x80000;
	put(one, AFFINITY(0));
	put(one + 0x80000, AFFINITY(1));
	EXPECT_EQ(gicv3_redist_discover(&dev), 0);
	EXPECT(finds(0, one));
	EXPECT(finds(1, one + 0x80000));
}

/* ACPI without GICR structures: what an entry's size says is a guess. */
static void gicc_entries_give_one_each(void)
{
	u8 *one, *two, *other;

	forget();
	add("GICD", 0x10000);
	one = add("GICR of GICC", RD_VLPIS);
	two = add("GICR of GICC", RD_VLPIS);
	other = add("GICC", RD);
	dev.acpi_id = ACPI_MADT(4);
	put(one, AFFINITY(1));
	put(one + RD, AFFINITY(5));
	put(two, AFFINITY(0) | VLPIS);
	put(other, AFFINITY(6));
	EXPECT_EQ(gicv3_redist_discover(&dev), 0);
	EXPECT(finds(1, one));
	EXPECT(finds(0, two));
	EXPECT(finds(5, NULL), "behind a lone one");
	EXPECT(finds(6, NULL), "a CPU interface");
}

static void bad_regions_cost_their_cpus(void)
{
	u8 *one, *two;

	begin();
	one = add(NULL, RD);
	two = add(NULL, RD + 0x1000);
	add(NULL, 0x1000);
	regions = 3;
	put(one, AFFINITY(0));
	one[0xffe8] = 0;
	put(two, AFFINITY(1));
	two[RD + 12] = 5;
	EXPECT_EQ(gicv3_redist_discover(&dev), 0);
	EXPECT(finds(5, NULL), "a part of a frame");
	EXPECT(finds(0, NULL), "no redistributor by its GICR_PIDR2");
	EXPECT(finds(1, two));

	begin();
	add(NULL, 0x10000);
	EXPECT_EQ(gicv3_redist_discover(&dev), -EINVAL);
}

void redist_tests(void)
{
	CTEST(regions_are_walked_to_the_last);
	CTEST(frames_are_of_their_own_sizes);
	CTEST(stride_is_as_described);
	CTEST(gicc_entries_give_one_each);
	CTEST(bad_regions_cost_their_cpus);
	forget();
}
