/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * LPIs: interrupts from 8192 on whose priority and enable stand in a table in
 * memory that all CPUs share, and whose pending state stands in one that each
 * redistributor has for itself (IHI 0069H 5.1). Nothing is set up before somebody
 * wants an LPI: core/irq.h knows them from then on.
 *
 * An enable or a priority in memory takes effect when whoever caches it is told: that
 * is the ITS that the LPI comes from.
 */
#ifndef DRIVERS_LPI_H
#define DRIVERS_LPI_H

#include <base/compiler.h>
#include <base/types.h>
#include <core/irq.h>

#define LPI_FIRST	IRQ_LPI_FIRST
#define LPI_PRIORITY	IRQ_PRIORITY

/**
 * lpi_start() - have LPIs
 *
 * Return: 0, also when there are already; -ENODEV without a GICv3; -EOPNOTSUPP when
 * it has no LPIs; -ENOMEM; -EIO when what firmware left cannot be gone on with.
 */
int lpi_start(void);

/** lpi_count() - how many there are, from LPI_FIRST on; 0 before lpi_start() */
u32 lpi_count(void);

/** lpi_id_bits() - size of INTIDs as GICR_PROPBASER has it; 0 before lpi_start() */
unsigned int lpi_id_bits(void);

/**
 * lpi_cpu_start() - let a CPU's redistributor take LPIs
 * @mpidr: its affinity fields
 *
 * Return: 0, also when it does already; -ENODEV before lpi_start() or without a
 * redistributor; -EOPNOTSUPP when that one has no LPIs; -ENOMEM; -EIO when they
 * do not stay enabled.
 */
int lpi_cpu_start(u64 mpidr);

/**
 * lpi_cpu_reload() - have a CPU's redistributor read its pending table from memory
 * @mpidr: its affinity fields; lpi_cpu_start() was called
 * @pending: LPIs that the table says are pending; nothing else is from then on
 * @count: of them
 *
 * LPIs are disabled there, and enabled again behind the change of the table (IHI 0069H 5.1.2).
 *
 * Return: 0; -ENODEV before lpi_cpu_start(); -EOPNOTSUPP where they cannot be disabled
 * (GICR_CTLR.CES), and nothing has changed; -EIO when they do not stay enabled.
 */
int lpi_cpu_reload(u64 mpidr, const u32 *pending, unsigned int count);

/**
 * lpi_alloc() - LPIs that nobody has, disabled
 * @count: how many in a row
 * @first: set to the first
 *
 * Return: 0; -ENODEV before lpi_start(); -ENOSPC.
 */
int lpi_alloc(unsigned int count, u32 *first) __must_check;

/** lpi_free() - give them back; they are disabled */
void lpi_free(u32 first, unsigned int count);

/**
 * lpi_configure() - what the table says about one
 * @intid: LPI_FIRST and on
 * @enable: whether it may come
 * @priority: the upper six bits count
 *
 * What is cached of it stays as it was until an its_inv(). irq_enable() and its kin
 * see to that.
 *
 * Return: 0; -ERANGE.
 */
int lpi_configure(u32 intid, bool enable, u8 priority);

/** lpi_is_enabled() - what the table says */
bool lpi_is_enabled(u32 intid);

/* What LPIs come from: 0, -errno, or -ENODEV when this one comes from nowhere. */
struct lpi_source {
	int (*invalidate)(u32 intid);	/* drop what is cached of it; 0 where nothing can be */
	int (*set_pending)(u32 intid, bool pending);
	int (*set_target)(u32 intid, u64 mpidr);
};

/** lpi_set_source() - by the driver of ITSs */
void lpi_set_source(const struct lpi_source *source);

/* Fields of GICR_PROPBASER; the address of GICR_PENDBASER, too */
#define LPI_TABLE_ADDRESS(reg)	((reg) & 0xffffffffff000ULL)
#define LPI_TABLE_ID_BITS(reg)	(((unsigned int)(reg) & 0x1f) + 1)

struct lpi_registers {
	u64 propbaser, pendbaser;
	bool enabled;			/* GICR_CTLR.EnableLPIs */
};

/** lpi_read() - what the redistributor of a CPU is told; -ENODEV without one */
int lpi_read(u64 mpidr, struct lpi_registers *regs);

/* How firmware has left LPIs. */
struct lpi_left {
	unsigned int enabled;		/* redistributors with GICR_CTLR.EnableLPIs set */
	unsigned int stuck;		/* of them, those that it could not be cleared of */
	u64 mpidr;			/* of the first of them */
	u64 propbaser, pendbaser;	/* likewise */
	bool reserved;			/* the memory map said that its tables are in use */
};

/** lpi_left() - as it was when the GIC was probed */
const struct lpi_left *lpi_left(void);

#endif
