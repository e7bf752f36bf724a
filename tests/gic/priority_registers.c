// SPDX-License-Identifier: BSD-2-Clause
/* Priorities as they read back: how many bits there are, and of a byte each. */
#include "gic.h"

/* Written while disabled and put back; all that is private, too. */
static u8 bits_of(u32 intid)
{
	int before = irq_get_priority(intid), bits;

	irq_set_priority(intid, 0xff);
	bits = irq_get_priority(intid);
	irq_set_priority(intid, 0);
	CHECK_EQ(irq_get_priority(intid), 0, "priority of INTID %u, 0 written", intid);
	irq_set_priority(intid, (u32)before);
	CHECK_EQ(irq_get_priority(intid), before, "priority of INTID %u, put back", intid);
	return (u8)bits;
}

/* The high ones, without a gap (IHI 0048B.b 3.3). */
static void check_bits(u32 intid, u8 bits)
{
	u8 lacking = (u8)~bits;

	CHECK_EQ(bits & 0xf0, 0xf0, "bits of the priority of INTID %u", intid);
	CHECK_EQ(lacking & (lacking + 1), 0, "bits of INTID %u, 0x%x, have a gap", intid, bits);
}

void priorities_have_16_levels(void)
{
	u32 spi = gic_spi(0);
	u64 daif = irq_mask();
	u8 bits = bits_of(spi);

	check_bits(spi, bits);
	for (u32 sgi = 1; sgi < 8; sgi++)
		CHECK_EQ(bits_of(sgi), bits, "SGI %u, beside SPI %u", sgi, spi);
	irq_restore(daif);
}

/* SGIs 4 to 7: a word of four that nobody uses between cases. */
#define FIRST	4U

static void check_word(u32 want, const char *how)
{
	u32 word = gic_private_read(GIC_REG_IPRIORITYR + FIRST);

	CHECK_EQ(word, want, "%s", how);
	for (u32 i = 0; i < 4; i++)
		CHECK_EQ(gic_private_read8(GIC_REG_IPRIORITYR + FIRST + i),
			 (u8)(want >> 8 * i), "byte %u, %s", i, how);
}

void priorities_are_bytes(void)
{
	u32 before = gic_private_read(GIC_REG_IPRIORITYR + FIRST);
	u64 daif = irq_mask();

	gic_private_write(GIC_REG_IPRIORITYR + FIRST, 0x40302010);
	check_word(0x40302010, "as one word");
	for (u32 i = 0; i < 4; i++) {
		u32 want = 0x40302010;

		gic_private_write8(GIC_REG_IPRIORITYR + FIRST + i, 0x70);
		want = (want & ~(0xffU << 8 * i)) | 0x70U << 8 * i;
		check_word(want, "with one byte written");
		gic_private_write8(GIC_REG_IPRIORITYR + FIRST + i, (u8)(0x40302010U >> 8 * i));
	}
	check_word(0x40302010, "with all bytes written");
	gic_private_write(GIC_REG_IPRIORITYR + FIRST, before);
	irq_restore(daif);
}

#define PATTERN	0x40302010U

/*
 * A byte that takes nothing is the secure side's, or of an INTID that is not there; all
 * others have the bits that ours has. Nothing of these is enabled, and all is put back.
 */
static void check_spi_word(u32 intid, u8 bits)
{
	u32 at = GIC_REG_IPRIORITYR + intid, before = gic_dist_read(at), taken, want;

	gic_dist_write(at, ~0U);
	taken = gic_dist_read(at);
	for (u32 i = 0; i < 4; i++) {
		u8 byte = (u8)(taken >> 8 * i);

		CHECK(!byte || byte == bits, "bits of INTID %u, 0x%x; others have 0x%x", intid + i,
		      byte, bits);
	}
	gic_dist_write(at, 0);
	CHECK_EQ(gic_dist_read(at), 0U, "INTIDs from %u on, 0 written", intid);
	want = PATTERN & taken;
	gic_dist_write(at, PATTERN);
	CHECK_EQ(gic_dist_read(at), want, "INTIDs from %u on, as one word", intid);
	for (u32 i = 0; i < 4; i++)
		CHECK_EQ(gic_dist_read8(at + i), (u8)(want >> 8 * i), "INTID %u", intid + i);
	gic_dist_write8(at + 2, 0x70);
	want = ((PATTERN & ~0xff0000U) | 0x700000) & taken;
	CHECK_EQ(gic_dist_read(at), want, "INTIDs from %u on, the third written", intid);
	gic_dist_write(at, before);
	CHECK_EQ(gic_dist_read(at), before, "INTIDs from %u on, put back", intid);
}

/* The first, the last, and those beside one that is surely ours. */
void spi_priorities_are_words_of_bytes(void)
{
	u32 spi = gic_spi(0);
	u64 daif = irq_mask();
	u8 bits = bits_of(spi);

	check_bits(spi, bits);
	check_spi_word(spi & ~3U, bits);
	check_spi_word(IRQ_SPI_FIRST, bits);
	check_spi_word((gic.lines - 4) & ~3U, bits);
	irq_restore(daif);
}
