// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <core/alarm.h>
#include <core/log.h>
#include <core/time.h>
#include <asm/control_state.h>

static struct alarm_timer *timers[ALARM_TIMERS];
static unsigned int count;
static unsigned int in_use;	/* of timers[]; count: all were taken */
static irq_after_t on_expiry;	/* NULL: none is to come */
static u64 expires;
static bool requested, broken;
static unsigned int early;	/* interrupts that did not come at their time, in a row */

#define EARLY_MAX	1000U

void alarm_register(struct alarm_timer *candidate)
{
	if (count == ALARM_TIMERS)
		return;
	/* Described with one interrupt for two, no other could stand in. */
	for (unsigned int i = 0; i < count; i++)
		if (timers[i]->intid == candidate->intid)
			return;
	timers[count++] = candidate;
}

static struct alarm_timer *current_timer(void)
{
	return in_use < count ? timers[in_use] : NULL;
}

const struct alarm_timer *alarm_get(void)
{
	return irqchip_get() && time_frequency() && !broken ? current_timer() : NULL;
}

const struct alarm_timer *alarm_first(void)
{
	return count && irqchip_get() && time_frequency() ? timers[0] : NULL;
}

/* The timer was stopped: what asserts its interrupt for ever is something else. */
static void bear_early(const struct alarm_timer *timer)
{
	if (++early < EARLY_MAX)
		return;
	irq_disable(timer->intid);
	broken = true;
	pr_err("interrupt %u came %u times, but not from the %s it is described for: deadlines are judged at the end of a case only",
	       timer->intid, early, timer->name);
}

static irq_after_t take_interrupt(u32 intid, struct pt_regs *regs, void *arg)
{
	struct alarm_timer *timer = arg;
	irq_after_t expired = on_expiry;

	(void)intid;
	(void)regs;
	timer->stop(timer);
	/* One that was on its way when it was stopped says nothing; the time is still to come. */
	if (!expired || time_ticks() < expires) {
		bear_early(timer);
		if (expired && !broken)
			timer->start(timer, expires);
		return NULL;
	}
	early = 0;
	on_expiry = NULL;
	return expired;
}

/* Not every controller has priorities. */
static void alarm_raise(const struct alarm_timer *timer)
{
	irq_set_priority(timer->intid, ALARM_PRIORITY);
}

/* It is the image's own, also when a case has it go to another timer. */
static int take_irq(struct alarm_timer *timer)
{
	enum irq_scope scope = irq_scope_set(IRQ_SCOPE_IMAGE);
	int ret = irq_request(timer->intid, take_interrupt, timer);

	irq_scope_set(scope);
	if (ret)
		return ret;
	alarm_raise(timer);
	ret = irq_enable(timer->intid);
	if (ret)
		irq_request(timer->intid, NULL, NULL);
	return ret;
}

static int request(struct alarm_timer *timer)
{
	int ret = take_irq(timer);

	if (!ret)
		return 0;
	pr_err("interrupt %u of the %s cannot be enabled (%s): deadlines are judged at the end of a case only",
	       timer->intid, timer->name, errno_name(ret));
	return ret;
}

static void drop(struct alarm_timer *timer)
{
	timer->stop(timer);
	irq_disable(timer->intid);
	irq_set_priority(timer->intid, IRQ_PRIORITY);
	irq_request(timer->intid, NULL, NULL);
}

void alarm_restore_priority(void)
{
	if (requested && current_timer())
		alarm_raise(current_timer());
}

int alarm_prepare(void)
{
	if (!alarm_get())
		return -ENODEV;
	if (requested)
		return 0;
	broken = request(current_timer());
	requested = !broken;
	return broken ? -EIO : 0;
}

int alarm_start(u64 us, irq_after_t expired)
{
	struct alarm_timer *timer = current_timer();
	int ret = alarm_prepare();

	if (ret)
		return ret;
	on_expiry = expired;
	expires = time_ticks() + time_us_to_ticks(us);
	timer->start(timer, expires);
	return 0;
}

/* Skips timers that cannot be had: somebody uses their interrupt already. */
static int take_next(void)
{
	for (in_use++; in_use < count; in_use++)
		if (!take_irq(timers[in_use]))
			return 0;
	return -ENODEV;
}

int alarm_yield(u32 intid)
{
	struct alarm_timer *timer = current_timer();
	int ret = 0;
	u64 daif;

	if (!timer || timer->intid != intid || !requested)
		return 0;
	daif = control_daif();
	control_irq_mask();
	drop(timer);
	ret = take_next();
	if (!ret && on_expiry)
		current_timer()->start(current_timer(), expires);
	control_daif_set(daif);
	return ret;
}

/* Whoever had the first one, and perhaps never came to give it back, has had it. */
static void come_home(void)
{
	u64 daif = control_daif();

	control_irq_mask();
	if (current_timer())
		drop(current_timer());
	in_use = 0;
	drop(timers[0]);
	broken = request(timers[0]);
	control_daif_set(daif);
}

bool alarm_stop(void)
{
	struct alarm_timer *timer = current_timer();
	bool untouched = true;

	if (on_expiry && timer) {
		untouched = broken || timer->is_set(timer);
		timer->stop(timer);
	}
	on_expiry = NULL;
	if (requested && in_use)
		come_home();
	return untouched;
}
