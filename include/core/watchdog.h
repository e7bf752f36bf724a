/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Watchdogs: what resets the machine when nobody refreshes it. Their drivers leave
 * them stopped, whatever the firmware had them do: a run takes longer than most.
 * Whoever starts one stops it; the runner does behind a case that has not.
 */
#ifndef CORE_WATCHDOG_H
#define CORE_WATCHDOG_H

#include <base/list.h>
#include <base/types.h>

struct watchdog {
	struct list_head node;		/* for lib/core */
	const char *name;		/* of the device */
	void *priv;			/* the driver's */
	u64 max_us;			/* longest stage */
	bool has_interrupt;		/* @intid is what the first stage raises */
	bool edge;			/* how that is described */
	u32 intid;
	/*
	 * Two stages of @us each: at the end of the first comes the interrupt, where there
	 * is one, at the end of the second the machine is reset. -ERANGE beyond max_us;
	 * -EIO when it does not say that it runs.
	 */
	int (*start)(struct watchdog *wd, u64 us);
	/* Begin with the first stage again; its interrupt goes away. */
	void (*refresh)(struct watchdog *wd);
	/* -EIO when it still says that it runs. */
	int (*stop)(struct watchdog *wd);
	bool (*is_running)(struct watchdog *wd);
	/* Whether the first stage is over; NULL where that cannot be read. */
	bool (*is_late)(struct watchdog *wd);
	/* The counter's value at the end of this stage; NULL where that cannot be read. */
	u64 (*expires)(struct watchdog *wd);
};

/** watchdog_register() - make a watchdog known; it is stopped */
void watchdog_register(struct watchdog *wd);

/** watchdog_list() - head of all watchdogs, in the order they were registered */
struct list_head *watchdog_list(void);

#define watchdog_for_each(wd) list_for_each_entry(wd, watchdog_list(), node)

/** watchdog_stop_all() - stop every one that runs; returns the last of them that ran, NULL without */
struct watchdog *watchdog_stop_all(void);

#endif
