/* SPDX-License-Identifier: BSD-2-Clause */
/* Time: the system counter, delays and bounded waits. */
#ifndef CORE_TIME_H
#define CORE_TIME_H

#include <base/errno.h>
#include <base/types.h>

/** time_set_frequency() - by the clocksource driver; @hz from CNTFRQ or the DT's clock-frequency */
void time_set_frequency(u64 hz);

/** time_frequency() - ticks a second; 0 when nobody knows it */
u64 time_frequency(void);

/** time_ticks() - the counter, read in program order */
u64 time_ticks(void);

u64 time_ticks_to_us(u64 ticks);
u64 time_us_to_ticks(u64 us);

/** struct time_bound - end of a wait: by the clock, and by iterations should that stand still */
struct time_bound {
	u64 start;
	u64 ticks;
	u64 spins;
};

/** time_bound_start() - a bound of @us microseconds from now */
struct time_bound time_bound_start(u64 us);

/** time_bound_passed() - whether the time, or the iterations, are used up; call once an iteration */
bool time_bound_passed(struct time_bound *bound);

/** time_bound_delay() - wait a part of a longer wait, @us: its iterations are @bound's, too */
void time_bound_delay(struct time_bound *bound, u64 us);

/** time_delay_us() - busy wait */
void time_delay_us(u64 us);

/**
 * wait_until() - poll an expression
 * @cond: expression
 * @us: bound in microseconds
 *
 * Return: 0 once @cond is true, -ETIMEDOUT when it is still false at the end.
 */
#define wait_until(cond, us) ({							\
	int _ret = 0;								\
	if (!(cond)) {	/* most often it holds at once, and a bound costs */	\
		struct time_bound _bound = time_bound_start(us);		\
		while (!_ret && !(cond))					\
			if (time_bound_passed(&_bound))				\
				_ret = (cond) ? 0 : -ETIMEDOUT;			\
	}									\
	_ret;									\
})

#endif
