/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite rtc. */
#ifndef TESTS_RTC_H
#define TESTS_RTC_H

#include <core/time.h>
#include <drivers/pl031.h>
#include <test/test.h>

/* A second of the clock, and what a poor one may be off. */
#define TICK_US		1100000ULL

/* An emulator of hundreds of CPUs wakes up slowly; a second is measured to 5% by it. */
#define NAP_US		10000ULL

/** sleep_a_while() - let NAP_US pass, asleep where a timer can wake the CPU */
void sleep_a_while(void);

/** sleep_begin() - claim a timer for sleep_a_while(), if there is one */
void sleep_begin(void);

/** sleep_end() - give it back */
void sleep_end(void);

/** sleep_until() - poll each NAP_US; as wait_until(), for waits of seconds */
#define sleep_until(cond, us) ({						\
	struct time_bound _bound = time_bound_start(us);			\
	int _ret = 0;								\
	while (!_ret && !(cond)) {						\
		if (time_bound_passed(&_bound))					\
			_ret = (cond) ? 0 : -ETIMEDOUT;				\
		else								\
			sleep_a_while();					\
	}									\
	_ret;									\
})

#endif
