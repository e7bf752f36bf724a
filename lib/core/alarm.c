// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <core/alarm.h>
#include <core/log.h>
#include <core/time.h>

static const struct alarm_timer *timer;
static irq_after_t on_expiry;	/* NULL: none is to come */
static u64 expires;
static bool requested, broken;

void alarm_register(const struct alarm_timer *candidate)
{
	if (!timer)
		timer = candidate;
}

const struct alarm_timer *alarm_get(void)
{
	return irqchip_get() && time_frequency() && !broken ? timer : NULL;
}

static irq_after_t take_interrupt(u32 intid, struct pt_regs *regs, void *arg)
{
	irq_after_t expired = on_expiry;

	(void)intid;
	(void)regs;
	(void)arg;
	timer->stop();
	/* One that was on its way when it was stopped says nothing. */
	if (!expired || time_ticks() < expires)
		return NULL;
	on_expiry = NULL;
	return expired;
}

static int request(void)
{
	int ret = irq_request(timer->intid, take_interrupt, NULL);

	if (!ret)
		ret = irq_enable(timer->intid);
	if (!ret) {
		requested = true;
		return 0;
	}
	broken = true;
	pr_err("interrupt %u of the %s cannot be enabled (%s): deadlines are judged at the end of a case only",
	       timer->intid, timer->name, errno_name(ret));
	return ret;
}

int alarm_prepare(void)
{
	if (!alarm_get())
		return -ENODEV;
	return requested || !request() ? 0 : -EIO;
}

int alarm_start(u64 us, irq_after_t expired)
{
	int ret = alarm_prepare();

	if (ret)
		return ret;
	on_expiry = expired;
	expires = time_ticks() + time_us_to_ticks(us);
	timer->start(expires);
	return 0;
}

bool alarm_stop(void)
{
	bool untouched;

	if (!on_expiry)
		return true;
	untouched = timer->is_set(expires);
	on_expiry = NULL;
	timer->stop();
	return untouched;
}
