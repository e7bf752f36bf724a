// SPDX-License-Identifier: BSD-2-Clause
/*
 * Several CPUs. One that finds something wrong leaves its call with -EIO, since
 * what it could write to may not be shared at that moment.
 */
#include <base/errno.h>
#include <core/cpu.h>
#include <core/heap.h>
#include <core/lock.h>
#include <core/time.h>
#include <asm/cpu.h>
#include <asm/exception.h>
#include "mmu_off.h"

#define WORDS		64
#define TURNS		50
#define TIMEOUT_US	5000000ULL

static void want(bool holds)
{
	if (!holds)
		arch_guarded_exit(-EIO);
}

static void set_off(void *arg)
{
	(void)arg;
	want(!mmu_disable());
	want(!mmu_is_on());
}

static void set_on(void *arg)
{
	(void)arg;
	want(!mmu_enable());
	want(mmu_is_on());
}

static void is_off(void *arg)
{
	(void)arg;
	want(!mmu_is_on());
}

/* With memory of the CPU's own only: its stack. */
static void there_and_back(void *arg)
{
	u64 words[WORDS];
	u64 seed = *(const u64 *)arg;

	pattern_write(words, WORDS, seed);
	want(!mmu_disable());
	want(!mmu_is_on());
	want(*(const u64 *)arg == seed);
	want(pattern_holds(words, WORDS, seed));
	pattern_write(words, WORDS, seed + 1);
	want(!mmu_enable());
	want(mmu_is_on());
	want(pattern_holds(words, WORDS, seed + 1));
}

void each_cpu_goes_off_and_on(void)
{
	static u64 seed = 0x1000;
	unsigned int i;

	cpu_for_each_online(i) {
		CHECK_EQ(cpu_call(i, there_and_back, &seed, TIMEOUT_US), 0, "CPU %u alone", i);
		CHECK(mmu_is_on());
	}
	CHECK_EQ(cpu_call_others(there_and_back, &seed, TIMEOUT_US), 0, "all others at once");
}

/* What the boot CPU has written, where a CPU finds it. */
struct news {
	u64 in_data;
	u64 *in_heap;
};

/* Constants, which a loader may have left in the caches; the second one is relocated. */
static const u64 constant = 0x600dc0de;
static const u64 *const where = &constant;

static void read_news(void *arg)
{
	const struct news *news = arg;

	want(!mmu_disable());
	want(!mmu_is_on());
	want(pattern_holds(news->in_heap, WORDS, news->in_data));
	want(READ_ONCE(*READ_ONCE(where)) == 0x600dc0de);
	want(!mmu_enable());
}

/* Of what the boot CPU, whose MMU stays on, wrote just before nothing may be in a cache alone. */
void cpu_alone_reads_what_was_just_written(void)
{
	static struct news news;
	unsigned int i;

	news.in_heap = heap_alloc(WORDS * sizeof(u64));
	REQUIRE_NE(news.in_heap, NULL);
	cpu_for_each_online(i) {
		if (!i)
			continue;
		news.in_data = 0x3000 + i;
		pattern_write(news.in_heap, WORDS, news.in_data);
		CHECK_EQ(cpu_call(i, read_news, &news, TIMEOUT_US), 0, "CPU %u", i);
	}
	heap_free(news.in_heap);
}

void cpus_without_the_mmu_take_calls(void)
{
	unsigned int i;

	CHECK_EQ(cpu_call_others(set_off, NULL, TIMEOUT_US), 0);
	for (i = 0; i < 3; i++)
		CHECK_EQ(cpu_call_others(is_off, NULL, TIMEOUT_US), 0, "call %u, boot CPU's MMU on", i);
	CHECK(mmu_is_on());
	CHECK_EQ(cpu_call_others(set_on, NULL, TIMEOUT_US), 0);
	CHECK_EQ(cpu_call_others(is_off, NULL, TIMEOUT_US), -EIO, "on again");
}

/* The others first: what they only read is then not written any more. */
static void all_off(void)
{
	CHECK_EQ(cpu_call_others(set_off, NULL, TIMEOUT_US), 0);
	go_off();
}

static void all_on(void)
{
	go_on();
	CHECK_EQ(cpu_call_others(set_on, NULL, TIMEOUT_US), 0);
}

static u64 marks[CONFIG_NR_CPUS];

static void write_mark(void *arg)
{
	u64 seed = *(const u64 *)arg;

	want(!mmu_is_on());
	marks[cpu_this()] = seed + cpu_this();
}

void all_cpus_go_off_and_on(void)
{
	static u64 seed;
	unsigned int i;

	for (seed = 0x2000; seed < 0x2003; seed++) {
		all_off();
		CHECK_EQ(cpu_call_all(write_mark, &seed, TIMEOUT_US), 0);
		cpu_for_each_online(i)
			CHECK_EQ(marks[i], seed + i, "CPU %u, all MMUs off", i);
		all_on();
		cpu_for_each_online(i)
			CHECK_EQ(marks[i], seed + i, "CPU %u, all MMUs on", i);
	}
}

static struct spinlock lock = SPINLOCK("mmu_off");
static u64 counter, inside, collisions;

/* Read and write of the counter lie apart, so that two inside at once would lose one. */
static void count_under_lock(void *arg)
{
	unsigned int i;

	(void)arg;
	for (i = 0; i < TURNS; i++) {
		u64 before;

		spin_lock(&lock);
		if (READ_ONCE(inside))
			collisions++;
		WRITE_ONCE(inside, 1);
		before = READ_ONCE(counter);
		time_delay_us(1);
		WRITE_ONCE(counter, before + 1);
		WRITE_ONCE(inside, 0);
		spin_unlock(&lock);
	}
}

void lock_holds_without_the_mmu(void)
{
	u64 all = (u64)cpu_online_count() * TURNS;

	counter = inside = collisions = 0;
	all_off();
	CHECK_EQ(cpu_call_all(count_under_lock, NULL, TIMEOUT_US), 0);
	all_on();
	CHECK_EQ(counter, all);
	CHECK_EQ(collisions, 0ULL);
}

/* CPU_OFF and on again while the boot CPU is off: the CPU comes as the one that starts it. */
void cpu_starts_without_the_mmu(void)
{
	int ret;

	go_off();
	ret = cpu_off(1);
	if (ret) {
		go_on();
		if (ret == -EOPNOTSUPP)
			SKIP("CPUs cannot be switched off here");
		CHECK_EQ(ret, 0);
		return;
	}
	CHECK_EQ(cpu_on(1), 0);
	CHECK_EQ(cpu_call(1, is_off, NULL, TIMEOUT_US), 0, "started with the MMU off");
	go_on();
	CHECK_EQ(cpu_call(1, set_on, NULL, TIMEOUT_US), 0);
	CHECK_EQ(cpu_call(1, is_off, NULL, TIMEOUT_US), -EIO, "on by now");
}
