// SPDX-License-Identifier: BSD-2-Clause
/* A CPU that does not come back in time is given up, and taken back when it does. */
#include <base/errno.h>
#include <core/time.h>
#include <asm/lock.h>
#include "smp.h"

#define DEADLINE_US	2000ULL

static u32 let_go;

/* Bounded, so that a broken case does not cost the CPU for good. */
static void wait_for_flag(void *arg)
{
	struct time_bound bound = time_bound_start(CALL_US);

	while (!READ_ONCE(let_go) && !time_bound_passed(&bound))
		cpu_relax();
	*(u32 *)arg = READ_ONCE(let_go);
}

static void nothing(void *arg)
{
	(void)arg;
}

/* Makes a CPU late; the caller lets it go. */
static u64 lose(unsigned int index, u32 *saw)
{
	u64 begin = time_ticks();

	WRITE_ONCE(let_go, 0);
	dmb(sy);
	CHECK_EQ(cpu_call(index, wait_for_flag, saw, DEADLINE_US), -ETIMEDOUT, "CPU %u", index);
	return time_ticks_to_us(time_ticks() - begin);
}

static void release(unsigned int index)
{
	WRITE_ONCE(let_go, 1);
	dmb(sy);
	CHECK_EQ(wait_until(!cpu_recover(index), CALL_US), 0, "CPU %u", index);
}

static unsigned int first_other(void)
{
	unsigned int i;

	cpu_for_each_online(i)
		if (i)
			return i;
	return 0;
}

void deadline_loses_a_cpu(void)
{
	unsigned int index = first_other(), online = cpu_online_count();
	struct cpu_result result;
	static u32 saw;
	u64 us = lose(index, &saw);

	CHECK_GE(us, DEADLINE_US, "the call ended before its deadline");
	CHECK(!cpu_is_online(index));
	CHECK_EQ(cpu_online_count(), online - 1);
	CHECK_EQ(cpu_call(index, nothing, NULL, DEADLINE_US), -ENODEV);
	CHECK_EQ(cpu_recover(index), -ETIMEDOUT, "it has not come back");
	cpu_call_result(index, &result);
	CHECK_EQ(result.ret, -ETIMEDOUT);
	CHECK_EQ(cpu_call_all(nothing, NULL, CALL_US), 0, "the others");
	release(index);
}

void lost_cpu_comes_back(void)
{
	unsigned int i;
	static u32 saw;

	cpu_for_each_online(i) {
		if (!i || i > 4)
			continue;
		WRITE_ONCE(saw, 0);
		lose(i, &saw);
		release(i);
		CHECK_EQ(READ_ONCE(saw), 1U, "CPU %u ended its function", i);
		CHECK_EQ(cpu_call(i, nothing, NULL, CALL_US), 0, "CPU %u", i);
	}
}
