// SPDX-License-Identifier: BSD-2-Clause
#include <core/watchdog.h>

static LIST_HEAD(watchdogs);

void watchdog_register(struct watchdog *wd)
{
	list_add_tail(&wd->node, &watchdogs);
}

struct list_head *watchdog_list(void)
{
	return &watchdogs;
}

struct watchdog *watchdog_stop_all(void)
{
	struct watchdog *wd, *ran = NULL;

	watchdog_for_each(wd) {
		if (!wd->is_running(wd))
			continue;
		wd->stop(wd);
		ran = wd;
	}
	return ran;
}
