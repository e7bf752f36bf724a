/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupt Translation Services (IHI 0069H chapter 5): a device's write to
 * GITS_TRANSLATER becomes an LPI. Drivers of devices use core/msi.h; this is for tests.
 *
 * An ITS is identified at PROBE, and stopped if firmware left it running. its_start()
 * gives it its tables and its queue of commands.
 */
#ifndef DRIVERS_ITS_H
#define DRIVERS_ITS_H

#include <base/compiler.h>
#include <base/types.h>
#include <drivers/its_commands.h>

#define ITS_TABLES		8U

/* GITS_TYPER */
#define ITS_TYPER_PHYSICAL(typer)	((typer) & 1)
#define ITS_TYPER_VIRTUAL(typer)	((typer) >> 1 & 1)
#define ITS_TYPER_ITT_ENTRY(typer)	(((unsigned int)(typer) >> 4 & 0xf) + 1)
#define ITS_TYPER_EVENT_BITS(typer)	(((unsigned int)(typer) >> 8 & 0x1f) + 1)
#define ITS_TYPER_DEVICE_BITS(typer)	(((unsigned int)(typer) >> 13 & 0x1f) + 1)
#define ITS_TYPER_SEIS(typer)		((typer) >> 18 & 1)
#define ITS_TYPER_PTA(typer)		((typer) >> 19 & 1)
#define ITS_TYPER_HCC(typer)		((unsigned int)((typer) >> 24) & 0xff)
#define ITS_TYPER_COLLECTION_BITS(typer) \
	((typer) >> 36 & 1 ? ((unsigned int)((typer) >> 32) & 0xf) + 1 : 16)
#define ITS_TYPER_VMOVP(typer)		((typer) >> 37 & 1)
#define ITS_TYPER_VMAPP(typer)		((typer) >> 40 & 1)	/* GICv4.1 */

/* GITS_BASER */
#define ITS_BASER_TYPE(reg)		((unsigned int)((reg) >> 56) & 7)
#define ITS_BASER_DEVICES		1U
#define ITS_BASER_VPES			2U
#define ITS_BASER_COLLECTIONS		4U
#define ITS_BASER_ENTRY(reg)		(((unsigned int)((reg) >> 48) & 0x1f) + 1)
#define ITS_BASER_READ_ONLY		(7ULL << 56 | 0x1fULL << 48)

#define ITS_CTLR_ENABLED		1U
#define ITS_CTLR_QUIESCENT		(1U << 31)

struct device;
struct its;

/** struct its_layout - how its tables lie in memory */
struct its_layout {
	unsigned int page_shift;	/* 12, 14 or 16 */
	bool indirect;			/* two levels, where a table takes more than one page */
};

/** its_get() - one after the other, in the order of their devices; NULL behind the last */
struct its *its_get(unsigned int n);

/** its_of_device() - the one that is this device; NULL when it is none, or has no driver */
struct its *its_of_device(const struct device *dev);

const struct device *its_device(const struct its *its);

/** struct its_registers - what identifies it, read now */
struct its_registers {
	u32 ctlr, iidr, pidr2;
	u64 typer;
	u64 cbaser, cwriter, creadr;
	u64 baser[ITS_TABLES];
};

void its_read(const struct its *its, struct its_registers *regs);

/** its_left_ctlr() - GITS_CTLR as firmware left it */
u32 its_left_ctlr(const struct its *its);

/** its_write_read_only() - write ones and zeros to GITS_IIDR and GITS_TYPER, which stay */
void its_write_read_only(const struct its *its);

/** its_write_baser() - write one of GITS_BASER; while the ITS is stopped */
void its_write_baser(const struct its *its, unsigned int n, u64 value);

/**
 * its_start() - give it tables and a queue, and enable it
 *
 * LPIs are set up, too, and let through to the calling CPU.
 *
 * Return: 0, also when it was started already; -EIO when it does not answer as an ITS
 * or its registers do not keep what they are told; -ETIMEDOUT when it never becomes
 * quiescent; -ENOMEM; else as lpi_start(). What is wrong was said once, and the result
 * stays.
 */
int its_start(struct its *its);

/**
 * its_restart() - stop it, and start it with other tables
 * @layout: NULL: as its_start() does
 *
 * Nothing is mapped afterwards: devices of before are gone.
 *
 * Return: as its_start(); -EOPNOTSUPP when it has no pages of that size, or tables of one
 * level only: it runs with what it has.
 */
int its_restart(struct its *its, const struct its_layout *layout);

/** its_stop() - stop it; its_restart() starts it again. Returns 0 or -ETIMEDOUT */
int its_stop(struct its *its);

/** its_translater() - physical address of GITS_TRANSLATER */
u64 its_translater(const struct its *its);

/**
 * its_target() - a CPU as RDbase of commands
 * @mpidr: its affinity fields
 * @rdbase: set to address or processor number, whichever the ITS wants (GITS_TYPER.PTA)
 *
 * Return: 0; -ENODEV without a redistributor.
 */
int its_target(const struct its *its, u64 mpidr, u64 *rdbase);

/** its_queue_size() - commands that its queue holds; one place stays empty */
unsigned int its_queue_size(const struct its *its);

/**
 * its_post() - put a command into the queue
 *
 * Waits for room. The ITS is told by its_flush().
 *
 * Return: 0; as its_flush().
 */
int its_post(struct its *its, struct its_command command);

/**
 * its_flush() - have it execute what was posted, and wait until it has read all of it
 *
 * With an its_sync() last, all has taken effect.
 *
 * Return: 0; -ENODEV while it is not started; -ETIMEDOUT when it does not come to the
 * end; -EIO when it stalled at a command: that was replaced by another that does
 * nothing, and the rest executed.
 */
int its_flush(struct its *its);

/** its_send() - its_post() and its_flush() */
int its_send(struct its *its, struct its_command command);

/**
 * its_sync_cpu() - post an its_sync() for a CPU, and flush
 *
 * Return: as its_flush() and its_target().
 */
int its_sync_cpu(struct its *its, u64 mpidr);

/**
 * its_collection() - the collection of a CPU
 * @cpu: index
 * @collection: set; ICID and index are the same
 *
 * It is mapped, and its LPIs are let through, at the first call.
 *
 * Return: 0; -ERANGE for more CPUs than collections; as lpi_cpu_start(), its_target(), its_flush().
 */
int its_collection(struct its *its, unsigned int cpu, u16 *collection);

/** its_collections() - how many collections its tables hold */
unsigned int its_collections(const struct its *its);

/** its_devices() - from which DeviceID on its tables hold none, whatever is allocated */
u64 its_devices(const struct its *its);

/**
 * its_cover() - have an entry in a table
 * @type: ITS_BASER_DEVICES, ITS_BASER_VPES
 * @id: of the device or virtual CPU
 *
 * Tables of two levels get a page for it.
 *
 * Return: 0; -ERANGE when there is no such table or entry; -ENOMEM.
 */
int its_cover(struct its *its, unsigned int type, u32 id);

/* Virtual CPUs that there are memory for: for cases. */
#define ITS_VPES	8U

/**
 * its_vpe_map() - there is a virtual CPU (VMAPP of GICv4.0), and it does not run
 * @vpe: below ITS_VPES
 * @cpu: index; who gets doorbells
 *
 * Return: 0; -ERANGE, also without a table of them; -EBUSY when it is mapped; -ENOMEM;
 * as its_target(), its_flush().
 */
int its_vpe_map(struct its *its, u16 vpe, unsigned int cpu);

/** its_vpe_unmap() - there is none; no event may be its any more */
void its_vpe_unmap(struct its *its, u16 vpe);

/**
 * its_vpe_enter() - it runs on the calling CPU
 *
 * All its virtual LPIs are enabled.
 *
 * Return: 0; -ENOENT when it is not mapped; -EBUSY while one runs here; -ENOMEM;
 * -EOPNOTSUPP when this CPU's redistributor has no virtual LPIs.
 */
int its_vpe_enter(struct its *its, u16 vpe);

/**
 * its_vpe_leave() - it does not run here any more
 * @pending: set to whether something is pending for it
 *
 * Return: 0; -ETIMEDOUT when that is never known; -EOPNOTSUPP.
 */
int its_vpe_leave(struct its *its, bool *pending);

/** struct its_events - a device and its table */
struct its_events;

/**
 * its_events_create() - map a device (MAPD)
 * @device: DeviceID
 * @count: events from 0 on, rounded up to a power of two, 2 at least
 * @events: set
 *
 * Return: 0; -ERANGE; -EBUSY when it is mapped already; -ENOMEM; as its_flush().
 */
int its_events_create(struct its *its, u32 device, unsigned int count,
		      struct its_events **events);

/** its_events_destroy() - discard its events, unmap it, free its LPIs; NULL is none */
void its_events_destroy(struct its_events *events);

/**
 * its_event_map() - an event is an LPI (MAPTI) of the calling CPU, not pending
 * @event: below the count
 * @intid: an LPI of lpi_alloc(), which is the device's from now on
 *
 * Return: 0; -ERANGE; as its_collection(), its_flush().
 */
int its_event_map(struct its_events *events, u32 event, u32 intid);

/**
 * its_event_move() - to another CPU (MOVI)
 * @cpu: index
 *
 * Return: as its_event_map().
 */
int its_event_move(struct its_events *events, u32 event, unsigned int cpu);

#endif
