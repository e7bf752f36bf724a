/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the ITS driver. */
#ifndef DRIVERS_IRQCHIP_ITS_PRIVATE_H
#define DRIVERS_IRQCHIP_ITS_PRIVATE_H

#include <base/compiler.h>
#include <base/list.h>
#include <core/lock.h>
#include <core/msi.h>
#include <drivers/its.h>

#define GITS_CTLR		0x0
#define GITS_IIDR		0x4
#define GITS_TYPER		0x8
#define GITS_CBASER		0x80
#define GITS_CWRITER		0x88
#define GITS_CREADR		0x90
#define GITS_BASER		0x100
#define GITS_PIDR2		0xffe8
#define GITS_TRANSLATER		0x10040

/* Of GITS_CBASER, GITS_BASER, and entries of first levels */
#define BASE_VALID		(1ULL << 63)

/* A command, or becoming quiescent, takes what it takes: some walk tables in slow memory. */
#define ITS_WAIT_US		1000000

struct its_table {
	unsigned int type;		/* ITS_BASER_*; 0: not implemented */
	unsigned int page_shift;
	unsigned int entry;		/* bytes */
	bool indirect;
	bool coherent;
	void *base;
	u64 bytes;
	u64 ids;			/* entries that there are or can be */
	void **pages;			/* second level, by first-level entry */
};

struct its_queue {
	struct its_command *command;
	u32 bytes;
	u32 write;			/* offset of the next one */
	u32 posted;			/* offset that the ITS was told */
	u32 read;			/* as far as it is known to have read */
	bool coherent;
};

struct its {
	struct list_head node;
	struct msi_parent parent;
	const struct device *dev;
	u64 base;
	void __iomem *regs;
	u64 typer;
	u32 left_ctlr;
	bool started, running;
	int start_ret;
	struct spinlock lock;
	struct its_queue queue;
	struct its_table table[ITS_TABLES];
	struct list_head events;
	u8 mapped[CONFIG_NR_CPUS];	/* collections of CPUs */
	void *vpe_pending[ITS_VPES];	/* tables of those that are mapped */
};

struct its_events {
	struct list_head node;
	struct its *its;
	u32 device;
	unsigned int count;
	void *itt;
	u64 itt_bytes;
	struct {
		u32 intid;		/* 0: not mapped */
		u16 collection;
	} event[];
};

/**
 * its_tables_set_up() - memory for all tables, and tell the registers
 * @layout: wanted; what the ITS does not have is not had
 *
 * Return: 0; -ENOMEM; -EIO when a register does not keep what it is told.
 */
int its_tables_set_up(struct its *its, const struct its_layout *layout);

/** its_tables_fit() - whether they lie as wanted */
bool its_tables_fit(const struct its *its, const struct its_layout *layout);

/** its_tables_free() - the ITS is stopped and forgets them */
void its_tables_free(struct its *its);

/** its_queue_set_up() - likewise the queue; the ITS is to be enabled next */
int its_queue_set_up(struct its *its);

/** its_read_creadr() - how far it has read, and whether it stalled; defects are planted here */
u64 its_read_creadr(const struct its *its);

/** its_events_drop_all() - it was stopped, and knows none any more */
void its_events_drop_all(struct its *its);

/** its_vpe_drop_all() - likewise virtual CPUs */
void its_vpe_drop_all(struct its *its);

/** its_events_init() - there is an ITS: LPIs come from it */
void its_events_init(void);

/** its_msi_register() - drivers of devices may use it */
void its_msi_register(struct its *its);

#endif
