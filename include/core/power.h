/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of the run: drivers register ways to power off and reset; the best one that works is used. */
#ifndef CORE_POWER_H
#define CORE_POWER_H

#include <base/compiler.h>
#include <base/list.h>
#include <base/types.h>

struct power_ops {
	struct list_head node;		/* for lib/core */
	const char *name;		/* "PSCI", "EFI ResetSystem", ... */
	const char *word;		/* in power=: "psci", "efi", ... */
	int rating;			/* the highest is tried first */
	/* Do not return when they work; -errno when they do not. NULL: not this way. */
	int (*off)(int status);		/* status: 0 for a good verdict, for those that can tell */
	int (*reset)(int status);
	int (*reset_warm)(int status);	/* one that leaves memory alone; NULL: there is no other */
	/* Whether it looks as if it would work, without trying; -errno. NULL: nothing to look at. */
	int (*check)(void);
};

void power_register(struct power_ops *ops);

/** power_list() - head of all ways, the best first */
struct list_head *power_list(void);

#define power_for_each(ops) list_for_each_entry(ops, power_list(), node)

/** power_off() - try that of power=, then every way by rating; returns when none worked */
void power_off(int status);
void power_reset(int status);

/** power_reset_warm() - the same, and first every way that is known to leave memory alone */
void power_reset_warm(int status);

/** halt() - this CPU does nothing more */
void halt(void) __noreturn;

#endif
