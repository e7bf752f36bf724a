// SPDX-License-Identifier: BSD-2-Clause
/* The interrupt of a timer: when it comes, and when it must not. */
#include <base/compiler.h>
#include <base/string.h>
#include <core/alarm.h>
#include <core/cpu.h>
#include <asm/lock.h>
#include "timer.h"

#define SHOTS		10U
/* More than there can be until a line has fallen. */
#define LATE_MAX	16U

/*
 * Masked by the one before: the line falls, and the GIC sees it, some time behind that,
 * until when the interrupt may be signalled again.
 */
static bool is_late(struct shot *shot)
{
	return shot->count && shot->timer->ops->ctl() & TIMER_CTL_IMASK &&
	       shot->late++ < LATE_MAX;
}

irq_after_t shot_take(u32 intid, struct pt_regs *regs, void *arg)
{
	struct shot *shot = arg;
	u64 now = shot->timer->ops->count();

	(void)regs;
	if (is_late(shot))
		return NULL;
	if (!shot->count) {
		shot->at = now;
		shot->ctl = shot->timer->ops->ctl();
	}
	/* Another's: it would come for ever. */
	if (!(shot->timer->ops->ctl() & TIMER_CTL_ISTATUS))
		irq_disable(intid);
	shot->timer->ops->set_ctl(TIMER_CTL_ENABLE | TIMER_CTL_IMASK);
	WRITE_ONCE(shot->count, shot->count + 1);
	return NULL;
}

bool shot_claim(struct shot *shot, const struct timer *timer)
{
	int ret;

	*shot = (struct shot){ .timer = timer };
	ret = timer_claim(timer, shot_take, shot);
	return CHECK_EQ(ret, 0, "%s: its interrupt %u cannot be had", timer->name, timer->intid);
}

bool shot_came(const struct shot *shot, u64 us)
{
	return !wait_until(READ_ONCE(shot->count) != 0, us);
}

/* Runs @check for each timer that has an interrupt; SKIP() where none has. */
static void for_each_interrupt(void (*check)(struct shot *shot))
{
	static struct shot shot;
	const struct timer *timer;
	unsigned int id, count = 0;

	timer_for_each(timer, id) {
		if (!timer->intid || !shot_claim(&shot, timer))
			continue;
		check(&shot);
		timer_release(timer);
		count++;
	}
	if (!count)
		SKIP("no interrupt of a timer is described");
}

static u64 lateness_us(const struct shot *shot)
{
	return time_ticks_to_us(shot->at - shot->timer->ops->cval());
}

static void check_fires(struct shot *shot)
{
	const struct timer *timer = shot->timer;
	u64 late = ~0ULL;

	for (unsigned int i = 0; i < TRIES && late > SOON_US; i++) {
		shot->count = 0;
		timer_start(timer, time_us_to_ticks(500));
		if (!CHECK(shot_came(shot, 500 + 10 * SOON_US), "%s, interrupt %u: it never came",
			   timer->name, timer->intid))
			return;
		CHECK_GE(shot->at, timer->ops->cval(), "%s: counter at the interrupt", timer->name);
		CHECK_EQ(shot->ctl, TIMER_CTL_ENABLE | TIMER_CTL_ISTATUS, "%s: CTL", timer->name);
		late = lateness_us(shot);
	}
	CHECK_LE(late, SOON_US, "%s: microseconds late, the best of %u", timer->name, TRIES);
}

void fires_at_its_compare_value(void)
{
	for_each_interrupt(check_fires);
}

static void check_each_time(struct shot *shot)
{
	for (unsigned int i = 1; i <= SHOTS; i++) {
		timer_start(shot->timer, time_us_to_ticks(50));
		if (!CHECK_EQ(wait_until(READ_ONCE(shot->count) >= i, TRIES * SOON_US), 0,
			      "%s: interrupt %u of %u", shot->timer->name, i, SHOTS))
			return;
	}
	time_delay_us(100);
	CHECK_EQ(READ_ONCE(shot->count), SHOTS, "%s: interrupts", shot->timer->name);
}

void fires_each_time(void)
{
	for_each_interrupt(check_each_time);
}

/* Its time has come; only @ctl keeps it. Then it is let through. */
static void check_kept_back(struct shot *shot, u32 ctl)
{
	const struct timer *timer = shot->timer;

	timer->ops->set_cval(timer->ops->count() - 1);
	timer->ops->set_ctl(ctl);
	time_delay_us(500);
	CHECK_EQ(READ_ONCE(shot->count), 0U, "%s: interrupts with CTL %u", timer->name, ctl);
	timer->ops->set_ctl(TIMER_CTL_ENABLE);
	CHECK(shot_came(shot, TRIES * SOON_US), "%s: enabled, and not masked", timer->name);
}

static void check_disabled(struct shot *shot)
{
	check_kept_back(shot, 0);
}

void disabled_timer_is_silent(void)
{
	for_each_interrupt(check_disabled);
}

static void check_masked(struct shot *shot)
{
	check_kept_back(shot, TIMER_CTL_ENABLE | TIMER_CTL_IMASK);
}

void masked_timer_is_silent(void)
{
	for_each_interrupt(check_masked);
}

static void check_far(struct shot *shot)
{
	shot->timer->ops->set_cval(~0ULL);
	shot->timer->ops->set_ctl(TIMER_CTL_ENABLE);
	time_delay_us(500);
	CHECK_EQ(READ_ONCE(shot->count), 0U, "%s: interrupts with CVAL ~0", shot->timer->name);
}

void far_timer_is_silent(void)
{
	for_each_interrupt(check_far);
}

static int active_in_handler;

static irq_after_t look_at_active(u32 intid, struct pt_regs *regs, void *arg)
{
	active_in_handler = irq_is_active(intid);
	return shot_take(intid, regs, arg);
}

static void check_pending(const struct timer *timer, u32 ctl, int pending)
{
	timer->ops->set_ctl(ctl);
	CHECK_EQ(wait_until(irq_is_pending(timer->intid) == pending, SOON_US), 0,
		 "%s, interrupt %u: pending is not %d with CTL %u", timer->name, timer->intid,
		 pending, ctl);
}

/* Level-sensitive: pending as long as the line is asserted, and no longer. */
static void check_states(const struct timer *timer)
{
	static struct shot shot;

	shot = (struct shot){ .timer = timer };
	if (!CHECK_EQ(timer_claim(timer, look_at_active, &shot), 0, "%s", timer->name))
		return;
	irq_disable(timer->intid);
	timer->ops->set_cval(timer->ops->count() + FAR_TICKS);
	check_pending(timer, TIMER_CTL_ENABLE, 0);
	check_pending(timer, 0, 0);
	timer->ops->set_cval(timer->ops->count() - 1);
	check_pending(timer, 0, 0);
	check_pending(timer, TIMER_CTL_ENABLE, 1);
	check_pending(timer, TIMER_CTL_ENABLE | TIMER_CTL_IMASK, 0);
	check_pending(timer, TIMER_CTL_ENABLE, 1);
	CHECK_EQ(irq_is_active(timer->intid), 0, "%s: active, before it is taken", timer->name);
	active_in_handler = 0;
	CHECK_EQ(irq_enable(timer->intid), 0, "%s", timer->name);
	CHECK(shot_came(&shot, TRIES * SOON_US), "%s: it never came", timer->name);
	CHECK_EQ(active_in_handler, 1, "%s: active, in its handler", timer->name);
	CHECK_EQ(wait_until(!irq_is_active(timer->intid), SOON_US), 0, "%s: active, behind its EOI",
		 timer->name);
	CHECK_EQ(wait_until(!irq_is_pending(timer->intid), SOON_US), 0, "%s: pending, once masked",
		 timer->name);
	timer_release(timer);
}

void states_follow_the_timer(void)
{
	const struct timer *timer;
	unsigned int id;

	timers_or_skip();
	timer_for_each(timer, id) {
		if (!timer->intid)
			continue;
		if (irq_is_active(timer->intid) == -EOPNOTSUPP)
			SKIP("the %s keeps no states", irqchip_get()->name);
		check_states(timer);
	}
}

static struct shot shots[CONFIG_NR_CPUS];

/* Interrupts of other CPUs than the boot CPU are masked: what is pending is taken. */
static void fire_here(void *arg)
{
	const struct timer *timer = arg;
	struct shot *shot = &shots[cpu_this()];
	int ret = irq_enable(timer->intid);

	if (!CHECK_EQ(ret, 0, "%s: interrupt %u", timer->name, timer->intid))
		return;
	timer_start(timer, time_us_to_ticks(200));
	CHECK_EQ(wait_until(irq_poll() && READ_ONCE(shot->count), 10 * SOON_US), 0, "%s, interrupt %u",
		 timer->name, timer->intid);
	timer_stop(timer);
	irq_disable(timer->intid);
}

static irq_after_t take_on_this_cpu(u32 intid, struct pt_regs *regs, void *arg)
{
	(void)arg;
	return shot_take(intid, regs, &shots[cpu_this()]);
}

static void check_every_cpu(const struct timer *timer)
{
	unsigned int i;

	cpu_for_each_online(i)
		shots[i] = (struct shot){ .timer = timer };
	if (!CHECK_EQ(timer_claim(timer, take_on_this_cpu, NULL), 0, "%s", timer->name))
		return;
	/* At once: one by one takes an emulator of hundreds of CPUs minutes. */
	CHECK_EQ(cpu_call_others(fire_here, (void *)timer, ALL_CPUS_US), 0);
	cpu_for_each_online(i) {
		if (!i)
			continue;
		CHECK_EQ(shots[i].count, 1U, "%s of CPU %u: interrupts there", timer->name, i);
	}
	CHECK_EQ(shots[0].count, 0U, "%s: interrupts on the boot CPU", timer->name);
	timer_release(timer);
}

void every_cpu_has_its_own(void)
{
	const struct timer *timer;
	unsigned int id;

	timers_or_skip();
	timer_for_each(timer, id)
		if (timer->intid)
			check_every_cpu(timer);
}

void claimed_timer_leaves_a_deadline(void)
{
	const struct alarm_timer *home = alarm_get();
	static struct shot shot;
	const struct timer *timer, *its = NULL;
	unsigned int id;

	if (!home)
		SKIP("no timer bounds this case");
	timer_for_each(timer, id)
		if (timer->intid == home->intid)
			its = timer;
	REQUIRE_NE(its, NULL, "%s", home->name);
	REQUIRE(shot_claim(&shot, its));
	if (!alarm_get())
		SKIP("the %s is the only one with an interrupt", its->name);
	CHECK_NE(alarm_get()->intid, its->intid, "the deadline is on the %s", alarm_get()->name);
	CHECK(alarm_get()->is_set(alarm_get()), "the %s has the deadline", alarm_get()->name);
	timer_release(its);
}
