// SPDX-License-Identifier: BSD-2-Clause
/* Many CPUs add to one number, with a pause between reading and writing. */
#include <base/string.h>
#include <base/util.h>
#include <asm/lock.h>
#include "lock.h"

/* Each hand-over of the lock costs what there are CPUs that wait: fewer of them where many do. */
#define ADDITIONS	4000U

static struct spinlock lock = SPINLOCK("test");
static u64 sum, inside, most_inside;
static u32 each;

/* In the middle another CPU may come in, if nothing keeps it out. */
static void add_slowly(void)
{
	u64 value = READ_ONCE(sum);
	u64 now = READ_ONCE(inside) + 1;

	WRITE_ONCE(inside, now);
	cpu_relax();
	if (now > READ_ONCE(most_inside))
		WRITE_ONCE(most_inside, now);
	WRITE_ONCE(inside, READ_ONCE(inside) - 1);
	cpu_relax();
	WRITE_ONCE(sum, value + 1);
}

static void add_locked(void *arg)
{
	u32 n = each;

	(void)arg;
	while (n--) {
		spin_lock(&lock);
		add_slowly();
		spin_unlock(&lock);
	}
}

static void add_unlocked(void *arg)
{
	u32 n = each;

	(void)arg;
	while (n--)
		add_slowly();
}

static u64 add_on_all(void (*fn)(void *arg))
{
	sum = inside = most_inside = 0;
	each = MAX(ADDITIONS / cpu_online_count() / cpu_online_count() * 4, 2U);
	dmb(sy);
	CHECK_EQ(cpu_call_all(fn, NULL, LOCK_CALL_US), 0);
	return (u64)each * cpu_online_count();
}

static void add_with_lock(void)
{
	u64 wanted = add_on_all(add_locked);

	CHECK_EQ(sum, wanted, "%u CPUs, %u times each", cpu_online_count(), each);
	CHECK_EQ(most_inside, 1ULL, "CPUs that held the lock at one time");
	CHECK_EQ(lock.next, lock.serving, "all that drew a ticket were served");
	CHECK_EQ(lock.holder, 0U);
	CHECK_EQ(lock.given_up, 0U);
}

static void add_without_lock(void)
{
	u64 wanted = add_on_all(add_unlocked);

	CHECK_LT(sum, wanted, "%u CPUs, %u times each", cpu_online_count(), each);
	test_diag("%llu of %llu additions were lost", wanted - sum, wanted);
}

void nothing_is_lost_under_a_lock(void)
{
	add_with_lock();
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
