// SPDX-License-Identifier: BSD-2-Clause
/* Who gets a lock, who does not, and what becomes of one that nobody lets go of. */
#include <base/string.h>
#include <base/util.h>
#include <core/time.h>
#include <asm/lock.h>
#include "lock.h"

static struct spinlock lock = SPINLOCK("test");
static u32 order[CONFIG_NR_CPUS];
static u32 served;

/* Under the lock. */
static void note_turn(void)
{
	order[served] = cpu_this();
	WRITE_ONCE(served, served + 1);
}

static void take_turn(void *arg)
{
	(void)arg;
	spin_lock(&lock);
	note_turn();
	spin_unlock(&lock);
}

static bool begin_to_wait(unsigned int index)
{
	u32 before = READ_ONCE(lock.next);

	return CHECK_EQ(cpu_call_start(index, take_turn, NULL), 0, "CPU %u", index) &&
	       CHECK_EQ(wait_until(READ_ONCE(lock.next) == before + 1, LOCK_CALL_US), 0,
			"CPU %u draws no ticket", index);
}

/* While the boot CPU holds the lock the others come one by one, the last first. */
static void check_order(void)
{
	unsigned int i, waiting = 0;
	bool in_line = true;

	served = 0;
	spin_lock(&lock);
	for (i = cpu_count() - 1; i > 0 && in_line; i--) {
		if (!cpu_is_online(i))
			continue;
		in_line = begin_to_wait(i);
		waiting++;
	}
	CHECK_EQ(READ_ONCE(served), 0U, "somebody came in while the lock was held");
	spin_unlock(&lock);
	for (i++; i < cpu_count(); i++)
		if (cpu_is_online(i))
			CHECK_EQ(cpu_call_wait(i, LOCK_CALL_US), 0, "CPU %u", i);
	REQUIRE_EQ(served, waiting);
	for (i = 1; i < waiting; i++)
		CHECK_LT(order[i], order[i - 1], "CPU that was served at turn %u", i);
}

void first_come_first_served(void)
{
	check_order();
}

void first_come_first_served_with_all_mmus_off(void)
{
	with_all_mmus_off(check_order);
}

static void try_once(void *arg)
{
	bool got = spin_trylock(&lock);

	if (got)
		spin_unlock(&lock);
	*(u32 *)arg = got;
}

static u32 got;

static void check_trying(void)
{
	unsigned int i;

	cpu_for_each_online(i) {
		if (!i)
			continue;
		spin_lock(&lock);
		CHECK_EQ(cpu_call(i, try_once, &got, LOCK_CALL_US), 0, "CPU %u", i);
		CHECK_EQ(READ_ONCE(got), 0U, "CPU %u had what the boot CPU holds", i);
		spin_unlock(&lock);
		CHECK_EQ(cpu_call(i, try_once, &got, LOCK_CALL_US), 0, "CPU %u", i);
		CHECK_EQ(READ_ONCE(got), 1U, "CPU %u did not get a free lock", i);
	}
	CHECK_EQ(lock.next, lock.serving);
}

void held_lock_is_not_had_by_trying(void)
{
	check_trying();
}

void held_lock_is_not_had_by_trying_with_all_mmus_off(void)
{
	with_all_mmus_off(check_trying);
}

#define STUCK_US	5000U

static struct spinlock stuck;

static void take_stuck(void *arg)
{
	(void)arg;
	spin_lock(&stuck);
}

/* The best of some: a host with other work may stop this CPU at any time. */
#define TRIES	5U

static u64 taken_again_us(void)
{
	u64 least = ~0ULL;

	for (unsigned int i = 0; i < TRIES; i++) {
		u64 begin = time_ticks();

		spin_unlock(&stuck);
		spin_lock(&stuck);
		least = MIN(least, time_ticks_to_us(time_ticks() - begin));
	}
	return least;
}

/* CPU 1 ends its function with the lock held, as one would that an exception ended. */
void stuck_lock_is_given_up(void)
{
	unsigned int i, other = 0;
	u64 begin;

	stuck = (struct spinlock){ .name = "stuck", .timeout_us = STUCK_US };
	cpu_for_each_online(i)
		if (i && !other)
			other = i;
	REQUIRE_EQ(cpu_call(other, take_stuck, NULL, LOCK_CALL_US), 0);
	begin = time_ticks();
	spin_lock(&stuck);
	CHECK_GE(time_ticks_to_us(time_ticks() - begin), (u64)STUCK_US);
	CHECK_EQ(stuck.given_up, 1U);
	CHECK_LT(taken_again_us(), (u64)STUCK_US, "it was waited for again");
}

void lock_left_behind_is_taken_over(void)
{
	u64 begin = time_ticks();

	spin_lock(&lock);
	CHECK(spin_is_held(&lock));
	CHECK(spin_trylock(&lock));
	spin_lock(&lock);
	CHECK_LT(time_ticks_to_us(time_ticks() - begin), LOCK_TIMEOUT_US);
	spin_unlock(&lock);
	CHECK(!spin_is_held(&lock));
	/* Whoever held it first lets go once more. */
	spin_unlock(&lock);
	CHECK_EQ(lock.next, lock.serving);
	CHECK_EQ(lock.given_up, 0U);
}
