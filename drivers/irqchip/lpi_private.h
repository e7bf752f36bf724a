/* SPDX-License-Identifier: BSD-2-Clause */
/* LPIs between the files of drivers/irqchip. */
#ifndef DRIVERS_IRQCHIP_LPI_PRIVATE_H
#define DRIVERS_IRQCHIP_LPI_PRIVATE_H

#include <base/compiler.h>
#include <base/kconfig.h>
#include <base/types.h>
#include <asm/io.h>

#define GICR_CTLR		0x0
#define GICR_CTLR_ENABLE_LPIS	(1U << 0)
#define GICR_CTLR_RWP		(1U << 3)

/* The configuration table that all redistributors share. */
struct lpi_table {
	u8 *config;			/* that of LPI_FIRST first; NULL: there is none yet */
	unsigned int id_bits;		/* INTIDs up to 2 to the power of this */
	u32 limit;			/* LPIs that the distributor takes (GICD_TYPER.num_LPIs) */
	bool coherent;			/* the GIC sees the caches */
};

/**
 * lpi_redist_table() - what is known of the table before it is made
 * @table: filled; with .config where firmware's must be gone on with
 *
 * Return: 0; -ENODEV without a GICv3; -EOPNOTSUPP without LPIs; -EIO where firmware's
 * table cannot be gone on with.
 */
int lpi_redist_table(struct lpi_table *table);

/** lpi_redist_start() - see lpi_cpu_start(); @table: .coherent is brought up to date */
int lpi_redist_start(u64 mpidr, struct lpi_table *table);

/** lpi_redist_reload() - see lpi_cpu_reload(); @table: the one in use */
int lpi_redist_reload(u64 mpidr, const struct lpi_table *table, const u32 *pending,
		      unsigned int count);

#if IS_ENABLED(CONFIG_IRQCHIP_ITS)

/**
 * lpi_take_over() - stop what firmware left running, on all redistributors
 * @gicd_typer: GICD_TYPER
 *
 * Where it cannot be stopped its tables are gone on with, and their memory is
 * nobody else's from now on. Called once, by the boot CPU, the redistributors
 * being known.
 */
void lpi_take_over(u32 gicd_typer);

/**
 * lpi_redist_init() - a CPU comes up
 * @redist: its redistributor, awake
 *
 * LPIs are left as they are where they run; they run again where the redistributor
 * was off meanwhile.
 */
void lpi_redist_init(void __iomem *redist);

#else

static inline void lpi_take_over(u32 gicd_typer)
{
	(void)gicd_typer;
}

/* Where LPIs cannot be disabled again this does nothing. */
static inline void lpi_redist_init(void __iomem *redist)
{
	writel(0, redist + GICR_CTLR);
}

#endif
#endif
