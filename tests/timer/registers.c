// SPDX-License-Identifier: BSD-2-Clause
/* A timer by its registers alone: no interrupt is let through here. */
#include "timer.h"

#define CTL_QUIET	(TIMER_CTL_ENABLE | TIMER_CTL_IMASK)
#define STEP		1000000

static bool holds(const struct timer *timer)
{
	return timer->ops->ctl() & TIMER_CTL_ISTATUS;
}

/* @end of the case's turn with each timer is timer_stop(). */
static void for_each_timer(void (*check)(const struct timer *timer))
{
	const struct timer *timer;
	unsigned int id;

	timers_or_skip();
	timer_for_each(timer, id) {
		timer_claim(timer, NULL, NULL);
		check(timer);
		timer_stop(timer);
	}
}

/* What is written is added to the counter as it is then. */
static void check_tval_write(const struct timer *timer, s32 tval)
{
	u64 before = timer->ops->count(), cval, after;

	timer->ops->set_tval(tval);
	after = timer->ops->count();
	cval = timer->ops->cval();
	CHECK_GE((s64)(cval - before), (s64)tval, "%s: CVAL after TVAL %d, less the counter before",
		 timer->name, tval);
	CHECK_LE((s64)(cval - after), (s64)tval, "%s: CVAL after TVAL %d, less the counter behind",
		 timer->name, tval);
}

static void check_tval_read(const struct timer *timer, s32 distance)
{
	u64 cval = timer->ops->count() + (u64)(s64)distance, before, after;
	s32 tval;

	timer->ops->set_cval(cval);
	before = timer->ops->count();
	tval = timer->ops->tval();
	after = timer->ops->count();
	CHECK_LE((s64)tval, (s64)(cval - before), "%s: TVAL against CVAL less the counter before",
		 timer->name);
	CHECK_GE((s64)tval, (s64)(cval - after), "%s: TVAL against CVAL less the counter behind",
		 timer->name);
}

static void check_tval(const struct timer *timer)
{
	check_tval_write(timer, STEP);
	check_tval_write(timer, -STEP);
	check_tval_read(timer, STEP);
	check_tval_read(timer, -STEP);
}

void tval_is_the_difference(void)
{
	for_each_timer(check_tval);
}

/* When the condition was seen to hold, the counter is read afterwards. */
static void check_condition(const struct timer *timer)
{
	u64 cval;

	timer->ops->set_cval(timer->ops->count() + FAR_TICKS);
	timer->ops->set_ctl(CTL_QUIET);
	CHECK(!holds(timer), "%s: the compare value is to come", timer->name);
	timer->ops->set_cval(timer->ops->count() - 1);
	CHECK_EQ(wait_until(holds(timer), SOON_US), 0, "%s: the compare value has passed",
		 timer->name);
	cval = timer->ops->count() + time_us_to_ticks(500);
	timer->ops->set_cval(cval);
	if (CHECK_EQ(wait_until(holds(timer), 500 + TRIES * SOON_US), 0,
		     "%s: the counter reaches the compare value", timer->name))
		CHECK_GE(timer->ops->count(), cval, "%s: counter when the condition came to hold",
			 timer->name);
}

void condition_follows_compare_value(void)
{
	for_each_timer(check_condition);
}

/* Only with a PPI that is disabled: nothing but these registers is to change. */
static void check_mask(const struct timer *timer)
{
	timer->ops->set_cval(timer->ops->count() - 1);
	timer->ops->set_ctl(CTL_QUIET);
	CHECK_EQ(wait_until(holds(timer), SOON_US), 0, "%s: masked", timer->name);
	timer->ops->set_ctl(TIMER_CTL_ENABLE);
	CHECK_EQ(wait_until(holds(timer), SOON_US), 0, "%s: not masked", timer->name);
	CHECK_EQ(timer->ops->ctl(), TIMER_CTL_ENABLE | TIMER_CTL_ISTATUS, "%s: CTL", timer->name);
}

void condition_ignores_the_mask(void)
{
	for_each_timer(check_mask);
}

static void check_far(const struct timer *timer)
{
	/* The whole of 64 bits, above the middle, and where a sum of 32 bits would have wrapped. */
	const u64 far[] = { ~0ULL, 1ULL << 63, timer->ops->count() + (1ULL << 32) };

	timer->ops->set_ctl(CTL_QUIET);
	for (unsigned int i = 0; i < sizeof(far) / sizeof(far[0]); i++) {
		timer->ops->set_cval(far[i]);
		CHECK_EQ(timer->ops->cval(), far[i], "%s: CVAL", timer->name);
		time_delay_us(10);
		CHECK(!holds(timer), "%s: CVAL 0x%llx", timer->name, far[i]);
	}
}

void far_compare_value_is_far(void)
{
	for_each_timer(check_far);
}
