// SPDX-License-Identifier: BSD-2-Clause
/* Calls reach whom they are meant for, with what they were given, and come back. */
#include <base/util.h>
#include <base/errno.h>
#include <base/string.h>
#include <asm/cpu.h>
#include <asm/lock.h>
#include <asm/page.h>
#include <asm/secondary.h>
#include "smp.h"

/* Each CPU writes its own entries only. */
static u32 runs[CONFIG_NR_CPUS];
static void *given[CONFIG_NR_CPUS];
static u64 frames[CONFIG_NR_CPUS];

static void note_run(void *arg)
{
	unsigned int self = cpu_this();

	runs[self]++;
	given[self] = arg;
	frames[self] = (u64)__builtin_frame_address(0);
}

static void forget(void)
{
	memset(runs, 0, sizeof(runs));
	memset(given, 0, sizeof(given));
	memset(frames, 0, sizeof(frames));
}

/* Only those of the mask ran, once, with @arg. */
static void check_runs(const struct cpu_mask *mask, void *arg)
{
	unsigned int i;

	for (i = 0; i < cpu_count(); i++) {
		u32 want = cpu_is_online(i) && cpu_mask_test(mask, i);

		CHECK_EQ(runs[i], want, "runs on CPU %u", i);
		if (want)
			CHECK_EQ(given[i], arg, "CPU %u", i);
	}
}

void call_reaches_one(void)
{
	unsigned int i;

	cpu_for_each_online(i) {
		struct cpu_mask mask = { 0 };
		void *arg = (void *)(0x1000ULL + i);

		cpu_mask_set(&mask, i);
		forget();
		CHECK_EQ(cpu_call(i, note_run, arg, CALL_US), 0, "CPU %u", i);
		/* Of hundreds of CPUs, hundreds of times: enough to look at some. */
		if (i < 16)
			check_runs(&mask, arg);
		else if (i < ARRAY_SIZE(runs))
			CHECK_EQ(runs[i], 1U, "runs on CPU %u", i);
	}
}

void call_reaches_some(void)
{
	struct cpu_mask mask = { 0 };
	unsigned int i;

	cpu_for_each_online(i)
		if (i % 3 == 1)
			cpu_mask_set(&mask, i);
	forget();
	CHECK_EQ(cpu_call_mask(&mask, note_run, &mask, CALL_US), 0);
	check_runs(&mask, &mask);

	cpu_for_each_online(i)
		cpu_mask_set(&mask, i);
	cpu_mask_clear(&mask, 0);
	forget();
	CHECK_EQ(cpu_call_others(note_run, NULL, CALL_US), 0);
	check_runs(&mask, NULL);
}

void call_reaches_all(void)
{
	struct cpu_mask mask = { 0 };
	unsigned int i;

	cpu_for_each_online(i)
		cpu_mask_set(&mask, i);
	forget();
	CHECK_EQ(cpu_call_all(note_run, runs, CALL_US), 0);
	check_runs(&mask, runs);
}

static u32 arrived[CONFIG_NR_CPUS];

static bool all_arrived(void)
{
	unsigned int i;

	for (i = 0; i < cpu_count(); i++)
		if (cpu_is_online(i) && !READ_ONCE(arrived[i]))
			return false;
	return true;
}

/* Nobody goes on until all are here: no order of one after the other can end it. */
static void meet(void *arg)
{
	unsigned int self = cpu_this();
	u64 left = 1000000;

	(void)arg;
	WRITE_ONCE(arrived[self], 1);
	dmb(sy);
	while (left-- && !all_arrived())
		cpu_relax();
	runs[self] = all_arrived();
}

void calls_run_side_by_side(void)
{
	unsigned int i;

	forget();
	memset(arrived, 0, sizeof(arrived));
	REQUIRE_EQ(cpu_call_all(meet, NULL, 10 * CALL_US), 0);
	cpu_for_each_online(i)
		CHECK_EQ(runs[i], 1U, "CPU %u met all others", i);
}

void stacks_are_their_own(void)
{
	unsigned int i, k;

	forget();
	REQUIRE_EQ(cpu_call_all(note_run, NULL, CALL_US), 0);
	cpu_for_each_online(i) {
		if (!i)
			continue;
		for (k = 0; k < i; k++) {
			u64 apart = frames[i] > frames[k] ? frames[i] - frames[k] :
							    frames[k] - frames[i];

			if (cpu_is_online(k) && apart < PAGE_SIZE)
				FAIL("CPU %u runs at sp 0x%llx, CPU %u at 0x%llx", i, frames[i],
				     k, frames[k]);
		}
		CHECK_NE(frames[i], 0ULL, "CPU %u", i);
	}
}



static void take_brk(void *arg)
{
	(void)arg;
	__asm__ volatile("brk #0x17");
}

void exception_comes_back_to_caller(void)
{
	struct cpu_result result;
	unsigned int i;

	cpu_for_each_online(i) {
		if (!i)
			continue;
		CHECK_EQ(cpu_call(i, take_brk, NULL, CALL_US), -EFAULT, "CPU %u", i);
		cpu_call_result(i, &result);
		CHECK_EQ(result.ret, -EFAULT, "CPU %u", i);
		CHECK_EQ(result.exception.esr >> 26 & 0x3f, (u64)EC_BRK, "CPU %u", i);
		CHECK_EQ(result.exception.esr & 0xffff, 0x17ULL, "CPU %u", i);
		CHECK(!result.exception.stack_overflow, "CPU %u", i);
		CHECK_EQ(result.regs.pc, result.exception.elr, "CPU %u", i);
		CHECK_EQ(cpu_call(i, note_run, NULL, CALL_US), 0, "CPU %u behind it", i);
	}
}

static u64 __noinline use_stack(unsigned int depth)
{
	volatile u64 frame[64];

	frame[depth % 64] = depth;
	return depth ? use_stack(depth - 1) + frame[depth % 64] : 0;
}

static void overflow(void *arg)
{
	*(u64 *)arg = use_stack(4096);
}

static u64 stack_of(unsigned int index)
{
	return cpu_get(index)->area->local.stack;
}

void stack_overflow_comes_back_to_caller(void)
{
	struct cpu_result result;
	unsigned int i;
	u64 sum;

	cpu_for_each_online(i) {
		if (!i || i > 8)
			continue;
		CHECK_EQ(cpu_call(i, overflow, &sum, CALL_US), -EFAULT, "CPU %u", i);
		cpu_call_result(i, &result);
		CHECK(result.exception.stack_overflow, "CPU %u", i);
		CHECK_LT(stack_of(i) - result.exception.far, (u64)PAGE_SIZE,
			 "CPU %u: address 0x%llx, below the stack", i, result.exception.far);
		CHECK_EQ(cpu_call(i, note_run, NULL, CALL_US), 0, "CPU %u behind it", i);
	}
}

static void call_from_there(void *arg)
{
	*(int *)arg = cpu_call(0, note_run, NULL, CALL_US);
}

void misuse_is_refused(void)
{
	unsigned int i;

	CHECK_EQ(cpu_call(cpu_count(), note_run, NULL, CALL_US), -ENODEV);
	CHECK_EQ(cpu_call_wait(0, CALL_US), -EINVAL, "nothing was started");
	CHECK_EQ(cpu_off(0), -EBUSY, "the boot CPU cannot go");
	CHECK_EQ(cpu_on(0), -EALREADY);
	CHECK(!cpu_get(cpu_count()));
	cpu_for_each_online(i) {
		int ret = 0;

		if (!i || i > 8)
			continue;
		REQUIRE_EQ(cpu_call_start(i, call_from_there, &ret), 0);
		CHECK_EQ(cpu_call_start(i, note_run, NULL), -EBUSY, "CPU %u", i);
		CHECK_EQ(cpu_call_wait(i, CALL_US), 0, "CPU %u", i);
		CHECK_EQ(ret, -EPERM, "CPU %u is not the boot CPU", i);
		CHECK_EQ(cpu_on(i), -EALREADY, "CPU %u", i);
	}
}
