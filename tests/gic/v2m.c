// SPDX-License-Identifier: BSD-2-Clause
/*
 * GICv2m frames: a word written to one has to come as the SPI of that number. The
 * writes are the CPU's, as a device would make them; the suite pci has devices do it.
 */
#include <base/string.h>
#include <drivers/v2m.h>
#include <core/msi.h>
#include "gic.h"

#define VECTORS	4U

static struct msi_parent *parent;
static struct v2m_info v2m;

static struct {
	u32 count;
	u32 intid;
} came;

static irq_after_t note(u32 intid, struct pt_regs *regs, void *arg)
{
	(void)regs;
	(void)arg;
	came.intid = intid;
	WRITE_ONCE(came.count, came.count + 1);
	return NULL;
}

static int v2m_setup(void)
{
	for (parent = msi_parent_next(NULL); parent; parent = msi_parent_next(parent))
		if (v2m_info(parent, &v2m))
			break;
	if (!parent)
		SKIP("no GICv2m frame is described");
	if (gic_get_info(&gic))
		SKIP("the interrupt controller in use is no GIC");
	return 0;
}

static void v2m_cleanup(void)
{
	msi_free_left();
}

static void frame_names_its_spis(void)
{
	u32 first = v2m.typer >> 16 & 0x3ff, count = v2m.typer & 0x3ff;

	CHECK_GT(count, 0U, "%s: MSI_TYPER 0x%x", v2m.origin, v2m.typer);
	CHECK_GE(first, IRQ_SPI_FIRST, "%s: MSI_TYPER 0x%x", v2m.origin, v2m.typer);
	CHECK_LE(first + count, gic.lines, "%s: MSI_TYPER 0x%x, SPIs of the GIC", v2m.origin,
		 v2m.typer);
	/* Firmware may give out fewer than the frame has; others are not the frame's. */
	CHECK_GE(v2m.first, first, "%s: what is described, and MSI_TYPER", v2m.origin);
	CHECK_LE(v2m.first + v2m.count, first + count, "%s: what is described, and MSI_TYPER",
		 v2m.origin);
}

static void set_register_is_written_only(void)
{
	CHECK_EQ(v2m_read_setspi(parent), 0U, "%s: MSI_SETSPI_NS", v2m.origin);
}

static bool comes(u32 count)
{
	return !wait_until(({ take_waiting(); READ_ONCE(came.count) >= count; }), GIC_US);
}

static void message_comes_as_its_spi(void)
{
	struct msi msi[VECTORS];

	memset(&came, 0, sizeof(came));
	REQUIRE_EQ(msi_alloc(parent, 0, VECTORS, note, NULL, msi), 0);
	CHECK_EQ(msi[0].data % VECTORS, 0U, "as PCI wants %u vectors", VECTORS);
	for (u32 i = 0; i < VECTORS; i++) {
		CHECK_EQ(msi[i].address & 3, 0ULL, "vector %u", i);
		CHECK_EQ(msi[i].data, msi[0].data + i, "vector %u", i);
		v2m_raise(parent, msi[i].data);
		CHECK(comes(i + 1), "SPI %u, written to %s", msi[i].intid, v2m.origin);
		CHECK_EQ(came.intid, msi[i].intid, "message 0x%x", msi[i].data);
	}
	msi_free(&msi[0]);
	CHECK_EQ(came.count, VECTORS);
}

static void message_is_an_edge(void)
{
	u64 daif = irq_mask();
	struct msi msi;
	u32 token;

	CHECK_EQ(msi_alloc(parent, 0, 1, note, NULL, &msi), 0);
	v2m_raise(parent, msi.data);
	v2m_raise(parent, msi.data);
	if (CHECK_EQ(take_irq(&token), msi.intid, "INTID of two messages")) {
		v2m_raise(parent, msi.data);
		nothing_comes("of a message while active");
		irq_eoi(token);
		if (CHECK_EQ(take_irq(&token), msi.intid, "INTID of a message while active"))
			irq_eoi(token);
	}
	nothing_comes("behind all messages");
	msi_free(&msi);
	irq_restore(daif);
}

static void foreign_number_raises_nothing(void)
{
	u32 outside = gic_edge(0);
	u64 daif = irq_mask();

	CHECK_EQ(irq_enable(outside), 0, "SPI %u", outside);
	v2m_raise(parent, outside);
	nothing_comes("of a number that is not the frame's");
	CHECK(!gic_bit(GIC_REG_ISPENDR, outside), "SPI %u, of %u from %u on", outside, v2m.count,
	      v2m.first);
	irq_disable(outside);
	irq_restore(daif);
}

static void every_vector_is_had_once(void)
{
	struct msi msi[MSI_VECTORS_MAX];
	u32 had = 0, most = v2m.count;

	for (; had < most; had++)
		if (msi_alloc(parent, 0, 1, note, NULL, &msi[had % MSI_VECTORS_MAX]))
			break;
	/* A device of a driver in use has its own. */
	CHECK_GT(had, 0U, "%s", v2m.origin);
	CHECK_EQ(msi_alloc(parent, 0, 1, note, NULL, &msi[0]), -ENOSPC, "with all %u taken", most);
	msi_free_left();
	CHECK_EQ(msi_alloc(parent, 0, 1, note, NULL, &msi[0]), 0, "with all given back");
	msi_free_left();
}

static const struct test_case v2m_cases[] = {
	TEST_CASE(frame_names_its_spis, .spec = "BSA (DEN0094C) appendix on GICv2m, MSI_TYPER",
		  .hint = "the frame, or the tables, name SPIs that the GIC does not have"),
	TEST_CASE(set_register_is_written_only,
		  .spec = "BSA (DEN0094C) appendix on GICv2m, MSI_SETSPI_NS",
		  .hint = "the page described is no GICv2m frame"),
	TEST_CASE(message_comes_as_its_spi,
		  .spec = "BSA (DEN0094C) appendix on GICv2m, MSI_SETSPI_NS",
		  .hint = "the frame is wired to other SPIs than it says"),
	TEST_CASE(message_is_an_edge,
		  .spec = "BSA (DEN0094C) appendix on GICv2m: SPIs are edges",
		  .hint = "a message sets the SPI pending once, whatever state it is in"),
	TEST_CASE(foreign_number_raises_nothing,
		  .spec = "BSA (DEN0094C) appendix on GICv2m, MSI_SETSPI_NS",
		  .hint = "a device could raise the interrupts of others"),
	TEST_CASE(every_vector_is_had_once,
		  .spec = "BSA (DEN0094C) appendix on GICv2m, MSI_TYPER",
		  .hint = "not of the machine: core/msi.h gives each vector out once"),
	{}
};
TEST_SUITE(v2m, .about = "GICv2m frames", .init = v2m_setup, .exit = v2m_cleanup,
	   .mmu = TEST_MMU_ANY, .cases = v2m_cases);
