/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What finds the boot CPU hung with its interrupts masked: other CPUs, while they wait
 * for work. Each of the first of them has a timer of its own wake it now and then, and
 * looks whether the boot CPU is past its time. What it runs is ended by the alarm
 * (core/alarm.h) where interrupts come at all; this here is for when they do not.
 */
#ifndef CORE_WATCH_H
#define CORE_WATCH_H

#include <base/types.h>

/**
 * watch_start() - the boot CPU is to call watch_stop(), or this again, within a while
 * @us: microseconds from now
 * @expired: called on another CPU when it has not, with its interrupts masked and its MMU
 *	on or off; what the boot CPU has written with its MMU off is read behind
 *	cache_clean_invalidate_poc(). Only one CPU calls it; another a minute later,
 *	should that one be lost
 *
 * Nothing happens where no other CPU waits for work in WFI.
 */
void watch_start(u64 us, void (*expired)(void));

/** watch_stop() - the time is no longer bounded */
void watch_stop(void);

/** watch_is_kept() - whether there is another CPU that can watch, unless a call keeps it busy */
bool watch_is_kept(void);

/** watch_offer() - let other CPUs have the timer; on the boot CPU, whenever it calls or starts one */
void watch_offer(void);

/** watch_arm() - have the calling CPU, not the boot CPU, woken to look; before it waits */
void watch_arm(void);

/** watch_look() - do look, when it is time; behind the wait */
void watch_look(void);

/** watch_takes() - whether an interrupt that this CPU took is that timer's: it was on its way */
bool watch_takes(u32 intid);

/** watch_disarm() - its timer and that one's interrupt are as they were; before it does any work */
void watch_disarm(void);

#endif
