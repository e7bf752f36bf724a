// SPDX-License-Identifier: BSD-2-Clause
#include <base/compiler.h>
#include <core/alarm.h>
#include <core/cpu.h>
#include <core/irq.h>
#include <core/time.h>
#include <core/watch.h>
#include <asm/barrier.h>
#include <asm/cache.h>
#include <asm/lock.h>
#include <asm/page.h>
#include <asm/percpu.h>

/* One of them may be at work, or lost; more would only cost time. */
#define WATCHERS	3U
#define PERIOD_US	100000ULL
/* What one that found it needs to say so, on a slow line, before the next one does. */
#define TURN_US		2000000ULL
/* What a firmware may take to set a variable and to reset: nobody joins in. */
#define TELL_US		60000000ULL

/*
 * Written by the boot CPU alone, its MMU on or off: nothing else lies in its granule,
 * and what it writes is cleaned and invalidated at once.
 */
static struct {
	u64 deadline;		/* ticks; 0: none */
	void (*expired)(void);
	void (*wake)(u64 at);	/* of the timer; NULL: none yet */
	const struct irq_ops *ops;
	u64 intid;
	u64 period;		/* ticks */
	char rest[MMUOFF_ALIGN - 6 * sizeof(u64)];
} shared __aligned(MMUOFF_ALIGN);

#define USED	(6 * sizeof(u64))

/* Written by whoever finds it: when that was, 0 for never. */
static struct {
	u64 at;
	char rest[MMUOFF_ALIGN - sizeof(u64)];
} found __aligned(MMUOFF_ALIGN);

void watch_offer(void)
{
	const struct alarm_timer *timer = shared.wake ? NULL : alarm_first();

	if (!timer)
		return;
	shared.ops = irqchip_get()->ops;
	shared.intid = timer->intid;
	shared.period = time_us_to_ticks(PERIOD_US);
	shared.wake = timer->wake;
	cache_clean_invalidate_poc(&shared, USED);
}

static void set(u64 deadline, void (*expired)(void))
{
	shared.expired = expired;
	WRITE_ONCE(shared.deadline, deadline);
	cache_clean_invalidate_poc(&shared, USED);
}

void watch_start(u64 us, void (*expired)(void))
{
	set(time_ticks() + time_us_to_ticks(us), expired);
}

void watch_stop(void)
{
	set(0, shared.expired);
}

static bool can_watch(const struct cpu *cpu)
{
	return cpu->state == CPU_ONLINE && cpu->wakes_by_sgi;
}

bool watch_is_kept(void)
{
	if (!alarm_get())
		return false;
	for (unsigned int i = 1; i <= WATCHERS && i < cpu_count(); i++)
		if (can_watch(cpu_get(i)))
			return true;
	return false;
}

/* Its interrupt, when it asserted it, goes away with that: nobody has to acknowledge it. */
static void set_next_look(struct cpu_local *local)
{
	local->watch_at = time_ticks() + local->watch_period;
	local->watch_wake(local->watch_at);
}

/*
 * The boot CPU may have turned its MMU off meanwhile, and write where the alarm and its timers
 * have their state: no line of that may be read here with the MMU on.
 */
void watch_arm(void)
{
	struct cpu_local *local = cpu_local();

	if (local->watch_at || local->index > WATCHERS || !READ_ONCE(shared.wake))
		return;
	/* Not by irq_enable(): that notes who did it where the boot CPU looks. */
	if (shared.ops->enable((u32)shared.intid))
		return;
	local->watch_period = shared.period;
	local->watch_intid = shared.intid;
	local->watch_wake = shared.wake;
	set_next_look(local);
}

static u64 behind_others(const struct cpu_local *local)
{
	return (local->index - 1) * local->watch_period * (TURN_US / PERIOD_US);
}

/* Turns are seconds apart: whoever was before this CPU is seen here. */
static bool somebody_tells(const struct cpu_local *local)
{
	u64 at = READ_ONCE(found.at);

	return at && time_ticks() - at < local->watch_period * (TELL_US / PERIOD_US);
}

static void tell(void)
{
	WRITE_ONCE(found.at, time_ticks());
	cache_clean_invalidate_poc(&found, sizeof(found.at));
	shared.expired();
}

void watch_look(void)
{
	struct cpu_local *local = cpu_local();
	u64 deadline;

	if (!local->watch_at || time_ticks() < local->watch_at)
		return;
	deadline = READ_ONCE(shared.deadline);
	if (deadline && time_ticks() > deadline + behind_others(local) && !somebody_tells(local))
		tell();
	set_next_look(local);
}

bool watch_takes(u32 intid)
{
	return cpu_local()->watch_at && intid == cpu_local()->watch_intid;
}

void watch_disarm(void)
{
	struct cpu_local *local = cpu_local();

	if (!local->watch_at)
		return;
	local->watch_at = 0;
	local->watch_wake(0);
	shared.ops->disable((u32)local->watch_intid);
}
