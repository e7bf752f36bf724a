/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite timer. */
#ifndef TESTS_TIMER_H
#define TESTS_TIMER_H

#include <base/errno.h>
#include <core/cpu.h>
#include <core/time.h>
#include <drivers/timer.h>
#include <test/test.h>

/* In what a timer of any make has to have fired, or changed its state. */
#define SOON_US		10000ULL
/* A host that is busy with something else may be late now and then, a timer always. */
#define TRIES		5U
/* Deadline of a call of all CPUs; a host may have more CPUs to run than it has. */
#define ALL_CPUS_US	(CPU_CALL_TIMEOUT_US + cpu_count() * 20000ULL)
/* Never, as far as a case is concerned. */
#define FAR_TICKS	(1ULL << 62)

/** struct shot - what the interrupts of a timer came to on one CPU */
struct shot {
	const struct timer *timer;
	u32 count;
	u32 late;	/* behind one that had masked the timer */
	u32 ctl;	/* CNTx_CTL when the first one came */
	u64 at;		/* the timer's counter then */
};

/** shot_take() - interrupt handler; @arg is a struct shot. Masks the timer */
irq_after_t shot_take(u32 intid, struct pt_regs *regs, void *arg);

/** shot_claim() - claim @timer for @shot; false, and the case has an error, when that cannot be */
bool shot_claim(struct shot *shot, const struct timer *timer);

/** shot_came() - wait for the interrupt until the timer is @us late at the most */
bool shot_came(const struct shot *shot, u64 us);

/** timers_or_skip() - SKIP() the case where there is no timer to look at */
void timers_or_skip(void);

/* counter.c */
void counter_is_monotonic(void);
void synchronised_views_are_the_counters(void);
void frequency_is_known(void);
void frequency_is_plausible(void);
void delay_takes_its_time(void);
void waits_end_without_a_clock(void);

/* described.c */
void interrupts_are_private(void);
void something_runs_while_cpus_sleep(void);

/* registers.c */
void tval_is_the_difference(void);
void condition_follows_compare_value(void);
void condition_ignores_the_mask(void);
void far_compare_value_is_far(void);

/* offset.c */
void offset_moves_the_virtual_timer(void);

/* fires.c */
void fires_at_its_compare_value(void);
void fires_each_time(void);
void disabled_timer_is_silent(void);
void masked_timer_is_silent(void);
void far_timer_is_silent(void);
void states_follow_the_timer(void);
void every_cpu_has_its_own(void);
void claimed_timer_leaves_a_deadline(void);

/* frames.c */
void frames_are_implemented(void);
void frames_count_the_same(void);
void frames_fire(void);

/* wakes.c */
void wakes_a_cpu_in_wfi(void);
void wakes_every_cpu(void);

#endif
