/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One interrupt at a time to come, on the boot CPU: what ends a case that hangs. The
 * driver of the CPUs' timers registers those that can do it, the best one first. A
 * case that needs that very timer for itself has it yield to the next one.
 *
 * Its interrupt is the most urgent there is: a mask of priorities (PMR), an interrupt
 * that is active, or a storm of them, does not keep it away. DAIF.I does, and so does
 * a mask of 0: core/watch.h is for those.
 */
#ifndef CORE_ALARM_H
#define CORE_ALARM_H

#include <base/types.h>
#include <core/irq.h>

#define ALARM_TIMERS	4U
#define ALARM_PRIORITY	0U

struct alarm_timer {
	const char *name;
	u32 intid;			/* a PPI */
	/* Fires once time_ticks() has reached @at. */
	void (*start)(struct alarm_timer *timer, u64 at);
	void (*stop)(const struct alarm_timer *timer);
	/*
	 * As start(), on whatever CPU, for core/watch.h: is_set() knows nothing of it. 0: never.
	 * Of constants alone: the boot CPU's MMU may be off where this one's is on.
	 */
	void (*wake)(u64 at);
	/* Whether it is as start() left it, and no interrupt has stopped it. */
	bool (*is_set)(const struct alarm_timer *timer);
};

/**
 * alarm_register() - have this timer raise the alarm
 * @timer: stays the driver's
 *
 * The first one counts, later ones stand in for it; up to ALARM_TIMERS. Interrupts
 * need not be there yet.
 */
void alarm_register(struct alarm_timer *timer);

/** alarm_get() - the timer in use; NULL without one, or without an interrupt controller */
const struct alarm_timer *alarm_get(void);

/** alarm_first() - the best timer, in use by the alarm or not; NULL without any, or without a clock */
const struct alarm_timer *alarm_first(void);

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
 * alarm_yield() - leave the timer that has an interrupt to the caller
 * @intid: of the timer's interrupt; nothing happens for one that is not the alarm's
 *
 * An alarm that was started stays so, at the same time, on the next timer that
 * nobody has taken. Until alarm_stop().
 *
 * Return: 0; -ENODEV when there is no other: then nothing is going to expire.
 */
int alarm_yield(u32 intid);

/** alarm_restore_priority() - of the timer in use, behind irqchip->restore(), which makes all equal */
void alarm_restore_priority(void);

/**
 * alarm_stop() - the time is no longer bounded; the alarm is back on its first timer
 *
 * Return: false when somebody else has written to the timer meanwhile. True also
 * when it has fired.
 */
bool alarm_stop(void);

#endif
