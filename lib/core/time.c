// SPDX-License-Identifier: BSD-2-Clause
#include <core/time.h>
#include <asm/cpu.h>
#include <asm/lock.h>

static u64 frequency;

/*
 * How often a poll may go round in one microsecond at the very most: a read of
 * the counter takes some nanoseconds on the fastest machine.
 */
#define SPINS_PER_US	1000
/* Where nobody knows the counter's frequency, only iterations bound a wait. */
#define MIN_SPINS	1000

void time_set_frequency(u64 hz)
{
	frequency = hz;
}

u64 time_frequency(void)
{
	return frequency;
}

u64 time_ticks(void)
{
	return cpu_counter();
}

/* In two steps, so that nothing overflows for centuries. */
static u64 scale(u64 value, u64 to, u64 from)
{
	return value / from * to + value % from * to / from;
}

u64 time_ticks_to_us(u64 ticks)
{
	return frequency ? scale(ticks, 1000000, frequency) : 0;
}

u64 time_us_to_ticks(u64 us)
{
	return scale(us, frequency, 1000000);
}

struct time_bound time_bound_start(u64 us)
{
	return (struct time_bound){
		.start = time_ticks(),
		.ticks = time_us_to_ticks(us),
		.spins = us * SPINS_PER_US + MIN_SPINS,
	};
}

bool time_bound_passed(struct time_bound *bound)
{
	if (bound->spins == 0)
		return true;
	bound->spins--;
	/* What is waited for may be another CPU's, and a hypervisor may have fewer than we. */
	cpu_relax();
	return frequency && time_ticks() - bound->start >= bound->ticks;
}

void time_bound_delay(struct time_bound *bound, u64 us)
{
	struct time_bound part = time_bound_start(us);

	while (bound->spins && !time_bound_passed(&part))
		bound->spins--;
}

void time_delay_us(u64 us)
{
	struct time_bound bound = time_bound_start(us);

	while (!time_bound_passed(&bound))
		;
}
