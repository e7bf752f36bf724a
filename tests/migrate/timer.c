// SPDX-License-Identifier: BSD-2-Clause
/* Counters and timers of the CPU. */
#include "migrate.h"
#include <base/util.h>
#include <asm/control_state.h>
#include <asm/sysreg.h>
#include <drivers/timer.h>

/* Until they fire: the machine moves meanwhile, or has moved by then. */
#define SOON_US		20000ULL
/* Two reads one behind the other are no further apart, on a host that does something else. */
#define APART_US	100000ULL

static u64 offset_of(const struct timer *timer)
{
	return timer->ops->count() - time_ticks();
}

/* No counter goes back, and none moves against another. */
void counters_go_on(void)
{
	u64 before = time_ticks(), frequency = read_sysreg(cntfrq_el0);
	u64 offsets[TIMERS] = { 0 };
	const struct timer *timer;
	unsigned int id;

	timer_for_each(timer, id)
		offsets[id] = offset_of(timer);
	test_migrate();
	CHECK_GT(time_ticks(), before, "the counter");
	CHECK_EQ(read_sysreg(cntfrq_el0), frequency, "CNTFRQ_EL0");
	timer_for_each(timer, id)
		CHECK_LT(time_ticks_to_us(offset_of(timer) - offsets[id] + time_us_to_ticks(APART_US)),
			 2 * APART_US, "the counter of the %s against CNTVCT_EL0", timer->name);
}

struct shot {
	const struct timer *timer;	/* NULL: not to be had */
	u32 count;
	u64 at;
};

static struct shot shots[TIMERS];

static irq_after_t shoot(u32 intid, struct pt_regs *regs, void *arg)
{
	struct shot *shot = arg;

	(void)intid;
	(void)regs;
	shot->at = shot->timer->ops->count();
	shot->timer->ops->set_ctl(TIMER_CTL_ENABLE | TIMER_CTL_IMASK);
	WRITE_ONCE(shot->count, shot->count + 1);
	return NULL;
}

/* All that there are, the alarm's too: the case is held to its deadline when it comes back. */
static void claim_all(void)
{
	const struct timer *timer;
	unsigned int id, claimed = 0;

	timer_for_each(timer, id) {
		shots[id] = (struct shot){ .timer = timer };
		if (timer->intid && !timer_claim(timer, shoot, &shots[id]))
			claimed++;
		else
			shots[id].timer = NULL;
	}
	if (!claimed)
		SKIP("no interrupt of a timer is described");
}

#define for_each_shot(shot)							\
	for ((shot) = shots; (shot) < shots + TIMERS; (shot)++)			\
		if (!(shot)->timer) {} else

static u64 far_value(const struct shot *shot)
{
	return (1ULL << 62) + (0x1234567890ULL << shot->timer->id);
}

/* Masked, so that nothing comes of them. */
void timer_registers_stay(void)
{
	const u32 ctl = TIMER_CTL_ENABLE | TIMER_CTL_IMASK;
	struct shot *shot;

	claim_all();
	for_each_shot(shot) {
		shot->timer->ops->set_cval(far_value(shot));
		shot->timer->ops->set_ctl(ctl);
	}
	test_migrate();
	for_each_shot(shot) {
		CHECK_EQ(shot->timer->ops->cval(), far_value(shot), "CVAL of the %s",
			 shot->timer->name);
		CHECK_EQ(shot->timer->ops->ctl(), ctl, "CTL of the %s", shot->timer->name);
	}
	timer_release_all();
}

static void check_shot(const struct shot *shot)
{
	const char *name = shot->timer->name;

	wait_until(READ_ONCE(shot->count), COMES_US);
	time_delay_us(QUIET_US);
	if (CHECK_EQ(READ_ONCE(shot->count), 1U, "times that the %s fired", name))
		CHECK_GE(shot->at, shot->timer->ops->cval(), "counter of the %s then", name);
}

/* With IRQs masked they fire on the way, or at the target, and come there. */
void timers_fire_behind_it(void)
{
	struct shot *shot;

	claim_all();
	control_irq_mask();
	for_each_shot(shot)
		timer_start(shot->timer, time_us_to_ticks(SOON_US));
	test_migrate();
	for_each_shot(shot)
		CHECK_EQ(shot->count, 0U, "interrupts of the %s with IRQs masked", shot->timer->name);
	control_irq_unmask();
	for_each_shot(shot)
		check_shot(shot);
	timer_release_all();
}
