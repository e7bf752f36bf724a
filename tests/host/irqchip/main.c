// SPDX-License-Identifier: BSD-2-Clause
/*
 * GICs of which QEMU has none: extended PPIs and SPIs, and SGIs to CPUs with Aff0 above
 * 15. Registers are memory; what is looked at is which of them is written. Offsets are
 * those of IHI 0069H 12.8 and 12.10.
 */
#include <ctest.h>
#include <asm/io.h>
#include "gicv3_place.h"
#include "gicv3_sgi.h"
#include "irqchip.h"

#define FRAME	0x10000

static u8 dist[FRAME], sgi_frame[FRAME];
static u32 gicd_typer;
static u64 gicr_typer;
static u64 target;

/* Registers are memory. */
u64 host_io_read(u64 addr, unsigned int size)
{
	u64 value = 0;

	memcpy(&value, (const void *)(uintptr_t)addr, size);
	return value;
}

void host_io_write(u64 addr, u64 value, unsigned int size)
{
	memcpy((void *)(uintptr_t)addr, &value, size);
}

static int place_of(u32 intid, struct gic_place *place)
{
	place->frame = gicv3_is_private(intid) ? sgi_frame : dist;
	return gicv3_is_private(intid) ? gicv3_place_private(intid, gicr_typer, place) :
					 gicv3_place_shared(intid, gicd_typer, place);
}

static int settle(const struct gic_place *place)
{
	return 0;
}

static int set_target(const struct gic_place *place, u64 mpidr)
{
	target = mpidr;
	return 0;
}

static const struct gic_variant variant = {
	.place = place_of, .settle = settle, .set_target = set_target, .group = 1,
};

/* 64 EPPIs, 512 SPIs, 1024 ESPIs. */
static void begin(void)
{
	memset(dist, 0, sizeof(dist));
	memset(sgi_frame, 0, sizeof(sgi_frame));
	gicd_typer = 15 | GICD_TYPER_ESPI | 31U << 27;
	gicr_typer = 2ULL << 27;
	gic_use(&variant);
}

/* The only byte of both frames that is not 0, and what it is. */
static long only_byte(const u8 *frame, u8 *value)
{
	const u8 *other = frame == dist ? sgi_frame : dist;
	long found = -1;

	for (long i = 0; i < FRAME; i++) {
		if (other[i] || (frame[i] && found >= 0))
			return -2;
		if (frame[i])
			found = i;
	}
	*value = found >= 0 ? frame[found] : 0;
	return found;
}

struct where {
	u32 intid;
	const u8 *frame;
	u32 enable;	/* byte of GICx_ISENABLER */
	u32 bit;
	u32 priority;	/* byte of GICx_IPRIORITYR */
	u32 config;	/* byte of GICx_ICFGR */
	u32 config_bit;
};

static const struct where wheres[] = {
	{ 16, sgi_frame, 0x102, 0, 0x410, 0xc04, 1 },
	{ 31, sgi_frame, 0x103, 7, 0x41f, 0xc07, 7 },
	{ 32, dist, 0x104, 0, 0x420, 0xc08, 1 },
	{ 511, dist, 0x13f, 7, 0x5ff, 0xc7f, 7 },
	{ 1056, sgi_frame, 0x104, 0, 0x420, 0xc08, 1 },
	{ 1119, sgi_frame, 0x10b, 7, 0x45f, 0xc17, 7 },
	{ 4096, dist, 0x1200, 0, 0x2000, 0x3000, 1 },
	{ 4131, dist, 0x1204, 3, 0x2023, 0x3008, 7 },
	{ 5119, dist, 0x127f, 7, 0x23ff, 0x30ff, 7 },
};

static void check_byte(const struct where *where, const char *what, u32 offset, u8 value)
{
	u8 found;
	long at = only_byte(where->frame, &found);

	EXPECT(at == offset && found == value,
	       "INTID %u, %s: 0x%x at 0x%lx, expected 0x%x at 0x%x", where->intid, what, found,
	       at, value, offset);
	memset(dist, 0, sizeof(dist));
	memset(sgi_frame, 0, sizeof(sgi_frame));
}

static void bits_are_where_they_should(void)
{
	begin();
	for (unsigned int i = 0; i < sizeof(wheres) / sizeof(*wheres); i++) {
		const struct where *w = &wheres[i];
		u8 bit = (u8)(1 << w->bit);

		/* Registers of a bit are 0x80 apart, those of extended SPIs 0x200. */
		u32 step = w->enable >= 0x1200 ? 0x200 : 0x80;

		EXPECT_EQ(gic_ops.enable(w->intid), 0);
		check_byte(w, "ISENABLER", w->enable, bit);
		gic_ops.disable(w->intid);
		check_byte(w, "ICENABLER", w->enable + step, bit);
		gic_ops.set_pending(w->intid, true);
		check_byte(w, "ISPENDR", w->enable + 2 * step, bit);
		gic_ops.set_pending(w->intid, false);
		check_byte(w, "ICPENDR", w->enable + 3 * step, bit);
		gic_ops.set_active(w->intid, true);
		check_byte(w, "ISACTIVER", w->enable + 4 * step, bit);
		gic_ops.set_active(w->intid, false);
		check_byte(w, "ICACTIVER", w->enable + 5 * step, bit);
		EXPECT_EQ(gic_ops.set_group(w->intid, 1), 0);
		check_byte(w, "IGROUPR", w->enable - step, bit);
		gic_ops.set_priority(w->intid, 0x50);
		check_byte(w, "IPRIORITYR", w->priority, 0x50);
		EXPECT_EQ(gic_ops.set_trigger(w->intid, true), 0);
		check_byte(w, "ICFGR", w->config, (u8)(1 << w->config_bit));
	}
}

static void absent_ones_are_refused(void)
{
	static const u32 absent[] = { 512, 1019, 1020, 1023, 1120, 4095, 5120, 8192, ~0U };

	begin();
	for (unsigned int i = 0; i < sizeof(absent) / sizeof(*absent); i++)
		EXPECT(gic_ops.enable(absent[i]) == -ERANGE, "INTID %u", absent[i]);
	/* One word of each is there, then none. */
	gicd_typer = 31 | GICD_TYPER_ESPI;
	gicr_typer = 1ULL << 27;
	EXPECT_EQ(gic_ops.enable(1019), 0);
	EXPECT_EQ(gic_ops.enable(1020), -ERANGE);
	EXPECT_EQ(gic_ops.enable(1087), 0);
	EXPECT_EQ(gic_ops.enable(1088), -ERANGE);
	EXPECT_EQ(gic_ops.enable(4127), 0);
	EXPECT_EQ(gic_ops.enable(4128), -ERANGE);
	/* Without ESPI its count is reserved. */
	gicd_typer = 31U << 27;
	gicr_typer = 0;
	EXPECT_EQ(gic_ops.enable(1056), -ERANGE);
	EXPECT_EQ(gic_ops.enable(4096), -ERANGE);
	/* Reserved, and no more than there are. */
	gicr_typer = 31ULL << 27;
	EXPECT_EQ(gic_ops.enable(1119), 0);
	EXPECT_EQ(gic_ops.enable(1120), -ERANGE);
}

/* Registers that clear read as what was written here: it seems to stay enabled. */
static void reset_takes_an_extended_spi_over(void)
{
	begin();
	target = 0;
	dist[0x3000] = 2;
	EXPECT_EQ(gic_ops.reset(4096), 0);
	EXPECT_EQ(dist[0x1000], 1);		/* IGROUPR0E */
	EXPECT_EQ(dist[0x2000], IRQ_PRIORITY);
	EXPECT_EQ(dist[0x3000], 0);		/* a level */
	EXPECT_EQ(target, HOST_MPIDR);
	dist[0x1200] = 1;
	EXPECT_EQ(gic_ops.reset(4096), -EIO);
}

#define MPIDR(aff3, aff2, aff1, aff0)						\
	((u64)(aff3) << 32 | (u64)(aff2) << 16 | (u64)(aff1) << 8 | (u64)(aff0))

static void sgis_reach_lists(void)
{
	static const u64 list[] = {
		MPIDR(0, 0, 1, 0), MPIDR(0, 0, 1, 15), MPIDR(0, 0, 1, 16), MPIDR(0, 0, 1, 18),
		MPIDR(0x81, 2, 3, 255),
	};
	u64 value;

	/* Fields of ICC_SGI1R_EL1: Aff3 55:48, RS 47:44, Aff2 39:32, Aff1 23:16, list 15:0. */
	EXPECT_EQ(sgi1r_first(list, 5, &value), 2U);
	EXPECT_EQ(value, 0x18001ULL);
	EXPECT_EQ(sgi1r_first(list, 1, &value), 1U);
	EXPECT_EQ(value, 0x10001ULL);
	EXPECT_EQ(sgi1r_first(list + 2, 3, &value), 2U);
	EXPECT_EQ(value, 1ULL << 44 | 0x10005ULL);
	EXPECT_EQ(sgi1r_first(list + 4, 1, &value), 1U);
	EXPECT_EQ(value, 0x81ULL << 48 | 15ULL << 44 | 2ULL << 32 | 3ULL << 16 | 0x8000);
	EXPECT_EQ(SGI1R_INTID(15), 15ULL << 24);
}

int main(void)
{
	CTEST(bits_are_where_they_should);
	CTEST(absent_ones_are_refused);
	CTEST(reset_takes_an_extended_spi_over);
	CTEST(sgis_reach_lists);
	redist_tests();
	return ctest_end();
}
