/* SPDX-License-Identifier: BSD-2-Clause */
/* Long waits of a case, asleep where a timer can wake the CPU. */
#ifndef TEST_SLEEP_H
#define TEST_SLEEP_H

#include <core/time.h>

/* An emulator of hundreds of CPUs wakes up slowly; a second is measured to 5% by it. */
#define NAP_US		10000ULL

#ifdef CONFIG_CLOCKSOURCE_ARM

/** sleep_begin() - claim a timer for sleep_a_while(), if there is one that wakes */
void sleep_begin(void);

/**
 * sleep_a_while() - let about NAP_US pass; between sleep_begin() and sleep_end()
 * @bound: of the whole wait; the clock may stand still
 */
void sleep_a_while(struct time_bound *bound);

/** sleep_end() - give the timer back */
void sleep_end(void);

#else

static inline void sleep_begin(void)
{
}

static inline void sleep_a_while(struct time_bound *bound)
{
	time_bound_delay(bound, NAP_US);
}

static inline void sleep_end(void)
{
}

#endif

/**
 * sleep_until() - poll an expression each NAP_US
 * @cond: expression
 * @us: bound in microseconds, of tens of milliseconds and more
 *
 * For the boot CPU, one wait at a time; wait_until() does not sleep.
 *
 * Return: 0 once @cond is true, -ETIMEDOUT when it is still false at the end.
 */
#define sleep_until(cond, us) ({						\
	int _ret = 0;								\
	if (!(cond)) {								\
		struct time_bound _bound = time_bound_start(us);		\
		sleep_begin();							\
		while (!_ret && !(cond))					\
			if (time_bound_passed(&_bound))				\
				_ret = (cond) ? 0 : -ETIMEDOUT;			\
			else							\
				sleep_a_while(&_bound);				\
		sleep_end();							\
	}									\
	_ret;									\
})

/** sleep_us() - let time pass, up to NAP_US more than @us; as sleep_until() */
#define sleep_us(us)	((void)sleep_until(false, us))

#endif
