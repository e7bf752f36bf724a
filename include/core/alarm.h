/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One interrupt at a time to come, on the boot CPU: what ends a case that hangs. A
 * driver of a timer registers it; a case that needs that very timer for itself
 * says so in its record some day, and gets another.
 */
#ifndef CORE_ALARM_H
#define CORE_ALARM_H

#include <base/types.h>
#include <core/irq.h>

struct alarm_timer {
	const char *name;
	u32 intid;			/* a PPI */
	void (*start)(u64 at);		/* fires once time_ticks() has reached @at */
	void (*stop)(void);
	/* Whether it is as start(@at) left it, and no interrupt has stopped it. */
	bool (*is_set)(u64 at);
};

/**
 * alarm_register() - have this timer raise the alarm
 * @timer: stays the driver's
 *
 * The first one counts. Interrupts need not be there yet.
 */
void alarm_register(const struct alarm_timer *timer);

/** alarm_get() - the timer in use; NULL without one, or without an interrupt controller */
const struct alarm_timer *alarm_get(void);

/** alarm_prepare() - enable the timer's interrupt; alarm_start() does it otherwise. Return: as that */
int alarm_prepare(void);

/**
 * alarm_start() - have a function called in a while, if interrupts are let through then
 * @us: microseconds from now
 * @expired: called with the interrupted state, interrupts masked and none active; may
 *	leave the code for good
 *
 * Return: 0; -ENODEV where there is no timer or no interrupt controller; -EIO when
 * its interrupt cannot be enabled: then there is no alarm from now on.
 */
int alarm_start(u64 us, irq_after_t expired);

/**
 * alarm_stop() - the time is no longer bounded
 *
 * Return: false when somebody else has written to the timer meanwhile. True also
 * when it has fired.
 */
bool alarm_stop(void);

#endif
