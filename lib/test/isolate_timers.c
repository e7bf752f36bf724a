// SPDX-License-Identifier: BSD-2-Clause
#include "isolate_timers.h"
#include <core/cpu.h>
#include <drivers/timer.h>
#include "isolate.h"

void isolate_timers(struct test_record *record)
{
	const struct timer *timer;
	unsigned int id;

	timer_for_each(timer, id) {
		if (!(timer->ops->ctl() & TIMER_CTL_ENABLE))
			continue;
		timer_stop(timer);
		isolate_say(record, "the %s was running", timer->name);
	}
}
