// SPDX-License-Identifier: BSD-2-Clause
/* Many CPUs add to one number, with a pause between reading and writing. */
#include <base/string.h>
#include <base/util.h>
#include <core/time.h>
#include <asm/lock.h>
#include "lock.h"

/* Each hand-over of the lock costs what there are CPUs that wait: fewer of them where many do. */
#define ADDITIONS	4000U
/*
 * And no longer than that: on a host with fewer CPUs each of them may cost the time slice
 * of a CPU that is to have the lock and does not run.
 */
#define ADDING_US	(LOCK_CALL_US / 4)

static struct spinlock lock = SPINLOCK("test");
static u64 sum, inside, most_inside;
static u32 each;
/* Each CPU writes its own. */
static u32 here[CONFIG_NR_CPUS];
static u32 added[CONFIG_NR_CPUS];

/*
 * Where nothing keeps CPUs apart they still may not meet. They are let try again, and stay
 * twice as long between reading and writing: at last they do nothing else.
 */
#define ATTEMPTS	14U
static u32 dwell;

/* In the middle another CPU may come in, if nothing keeps it out. */
static void add_slowly(void)
{
	u64 value = READ_ONCE(sum);
	u64 now = READ_ONCE(inside) + 1;

	WRITE_ONCE(inside, now);
	for (u32 i = 0; i < dwell; i++)
		cpu_relax();
	if (now > READ_ONCE(most_inside))
		WRITE_ONCE(most_inside, now);
	WRITE_ONCE(inside, READ_ONCE(inside) - 1);
	cpu_relax();
	WRITE_ONCE(sum, value + 1);
}

static void add_locked(void)
{
	spin_lock(&lock);
	add_slowly();
	spin_unlock(&lock);
}

/* Whoever is refused comes back, as often as it takes. */
static void add_by_trying(void)
{
	if (wait_until(spin_trylock(&lock), LOCK_CALL_US))
		return;
	add_slowly();
	spin_unlock(&lock);
}

static void add_unlocked(void)
{
	add_slowly();
}

static bool all_here(void)
{
	unsigned int i;

	cpu_for_each_online(i)
		if (!READ_ONCE(here[i]))
			return false;
	return true;
}

static void add(void *once)
{
	void (*add_once)(void) = once;
	struct time_bound bound = time_bound_start(ADDING_US);
	u32 n = 0;

	/* Nobody is done before others have begun. */
	WRITE_ONCE(here[cpu_this()], 1);
	while (!all_here() && !time_bound_passed(&bound))
		cpu_relax();
	do {
		add_once();
		n++;
	} while (n < each && !time_bound_passed(&bound));
	added[cpu_this()] = n;
}

/* Additions that all CPUs have made. */
static u64 add_on_all(void (*add_once)(void))
{
	u64 made = 0;
	unsigned int i;

	memset(here, 0, sizeof(here));
	memset(added, 0, sizeof(added));
	sum = inside = most_inside = 0;
	each = MAX(ADDITIONS / cpu_online_count() / cpu_online_count() * 4, 2U);
	dmb(sy);
	CHECK_EQ(cpu_call_all(add, add_once, LOCK_CALL_US), 0);
	cpu_for_each_online(i)
		made += added[i];
	return made;
}

static void check_adding(void (*add_once)(void))
{
	u64 made;

	dwell = 1;
	made = add_on_all(add_once);
	CHECK_EQ(sum, made, "additions of %u CPUs", cpu_online_count());
	CHECK_EQ(most_inside, 1ULL, "CPUs that held the lock at one time");
	CHECK_EQ(lock.next, lock.serving, "all that drew a ticket were served");
	CHECK_EQ(lock.holder, 0U);
	CHECK_EQ(lock.given_up, 0U);
}

static void add_with_lock(void)
{
	check_adding(add_locked);
}

static void add_without_lock(void)
{
	u64 made;

	dwell = 1;
	do
		made = add_on_all(add_unlocked);
	while (sum == made && (dwell <<= 1) < 1U << ATTEMPTS);
	CHECK_LT(sum, made, "additions of %u CPUs", cpu_online_count());
	test_diag("%llu of %llu additions were lost", made - sum, made);
}

void nothing_is_lost_under_a_lock(void)
{
	add_with_lock();
}

void nothing_is_lost_by_trying(void)
{
	check_adding(add_by_trying);
}

void something_is_lost_without_one(void)
{
	add_without_lock();
}

void nothing_is_lost_with_all_mmus_off(void)
{
	with_all_mmus_off(add_with_lock);
}

void something_is_lost_with_all_mmus_off(void)
{
	with_all_mmus_off(add_without_lock);
}
