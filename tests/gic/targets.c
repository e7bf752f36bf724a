// SPDX-License-Identifier: BSD-2-Clause
/* Which CPUs a shared interrupt goes to, as it reads back: a mask, or an affinity. */
#include "gic.h"

static void check_target(u32 spi, u8 mask)
{
	gic_dist_write8(GIC_REG_ITARGETSR + spi, mask);
	CHECK_EQ(gic_dist_read8(GIC_REG_ITARGETSR + spi), mask, "target of SPI %u", spi);
}

/* Those of private interrupts say who reads. */
static void check_private_targets(void)
{
	for (u32 i = 0; i < IRQ_PRIVATE; i += 4) {
		u32 own = gic_dist_read(GIC_REG_ITARGETSR + i);

		gic_dist_write(GIC_REG_ITARGETSR + i, ~own);
		CHECK_EQ(gic_dist_read(GIC_REG_ITARGETSR + i), own, "of INTID %u, read only", i);
		CHECK_EQ(own, (own & 0xff) * 0x01010101U, "of INTIDs from %u on", i);
	}
}

/* Of four SPIs at once, then of one of them; only CPUs that there are. */
static void check_target_word(u32 spi, u32 cpus)
{
	u32 all = (1U << cpus) - 1, at = GIC_REG_ITARGETSR + (spi & ~3U);
	u32 before = gic_dist_read(at), want = 0x0103020f & all * 0x01010101;

	gic_dist_write(at, want);
	CHECK_EQ(gic_dist_read(at), want, "targets of SPIs from %u on", spi & ~3U);
	for (u32 i = 0; i < 4; i++)
		CHECK_EQ(gic_dist_read8(at + i), (u8)(want >> 8 * i), "byte %u of them", i);
	gic_dist_write8(at + 2, (u8)all);
	want = (want & ~0xff0000U) | all << 16;
	CHECK_EQ(gic_dist_read(at), want, "targets of SPIs from %u on, the third written",
		 spi & ~3U);
	gic_dist_write(at, before);
}

static void check_no_targets_beyond(void)
{
	for (u32 intid = gic.lines; intid < 1020; intid += 4) {
		gic_dist_write(GIC_REG_ITARGETSR + intid, ~0U);
		if (!CHECK_EQ(gic_dist_read(GIC_REG_ITARGETSR + intid), 0U,
			      "targets from INTID %u on, with %u by GICD_TYPER", intid, gic.lines))
			break;
	}
}

/* A lone CPU's target registers may read as zeros. */
static void check_targets(u32 spi)
{
	u32 cpus = GIC_TYPER_CPUS(gic_dist_read(GIC_REG_TYPER));
	u8 before = gic_dist_read8(GIC_REG_ITARGETSR + spi);
	u8 beside = gic_dist_read8(GIC_REG_ITARGETSR + (spi ^ 1));

	check_private_targets();
	check_no_targets_beyond();
	if (cpus == 1)
		return;
	check_target_word(spi, cpus);
	for (u32 i = 0; i < cpus; i++)
		check_target(spi, (u8)(1U << i));
	check_target(spi, (u8)((1U << cpus) - 1));
	check_target(spi, 0);
	gic_dist_write8(GIC_REG_ITARGETSR + spi, before);
	CHECK_EQ(gic_dist_read8(GIC_REG_ITARGETSR + (spi ^ 1)), beside, "target of SPI %u",
		 spi ^ 1);
}

/* Of no CPU at all where affinity routing has taken the place of these registers. */
void absent_cpus_are_no_targets(void)
{
	u32 cpus = gic_is_v2() ? GIC_TYPER_CPUS(gic_dist_read(GIC_REG_TYPER)) : 0;
	u32 spi = gic_spi(0), at = GIC_REG_ITARGETSR + spi;
	u8 before = gic_dist_read8(at);

	gic_dist_write8(at, 0xff);
	CHECK_EQ(gic_dist_read8(at) & ~((1U << cpus) - 1), 0U,
		 "CPUs that SPI %u goes to beside the %u that there are", spi, cpus);
	gic_dist_write8(at, before);
}

static void check_route(u32 spi, u64 route)
{
	u32 at = GIC_REG_IROUTER + 8 * spi;

	gic_dist_write64(at, route);
	CHECK_EQ(gic_dist_read64(at), route, "GICD_IROUTER%u", spi);
	/* As two words, too (12.9.22). */
	CHECK_EQ(gic_dist_read(at), (u32)route, "low word of GICD_IROUTER%u", spi);
	CHECK_EQ(gic_dist_read(at + 4), (u32)(route >> 32), "high word of GICD_IROUTER%u", spi);
}

void shared_interrupts_name_their_cpu(void)
{
	u32 spi = gic_spi(0);
	u64 before;
	unsigned int i;

	if (gic_is_v2()) {
		check_targets(spi);
		return;
	}
	before = gic_dist_read64(GIC_REG_IROUTER + 8 * spi);
	cpu_for_each_online(i)
		check_route(spi, cpu_get(i)->mpidr);
	gic_dist_write64(GIC_REG_IROUTER + 8 * spi, before);
}
