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

void alarm_register(struct alarm_timer *candidate)
{
	if (count == ALARM_TIMERS)
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

static irq_after_t take_interrupt(u32 intid, struct pt_regs *regs, void *arg)
{
	struct alarm_timer *timer = arg;
	irq_after_t expired = on_expiry;

	(void)intid;
	(void)regs;
	timer->stop(timer);
	/* One that was on its way when it was stopped says nothing. */
	if (!expired || time_ticks() < expires)
		return NULL;
	on_expiry = NULL;
	return expired;
}

static int request(struct alarm_timer *timer)
{
	int ret = irq_request(timer->intid, take_interrupt, timer);

	if (!ret)
		ret = irq_enable(timer->intid);
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
	irq_request(timer->intid, NULL, NULL);
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
		if (!irq_request(timers[in_use]->intid, take_interrupt, timers[in_use])) {
			if (!irq_enable(timers[in_use]->intid))
				return 0;
			irq_request(timers[in_use]->intid, NULL, NULL);
		}
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
		untouched = timer->is_set(timer);
		timer->stop(timer);
	}
	on_expiry = NULL;
	if (requested && in_use)
		come_home();
	return untouched;
}
