// SPDX-License-Identifier: BSD-2-Clause
/* The memory-mapped timers, which go on where those of a CPU stop with it. */
#include <base/compiler.h>
#include <drivers/device.h>
#include <drivers/timer_mem.h>
#include <asm/lock.h>
#include "timer.h"

static void frames_or_skip(void)
{
	if (!timer_frame_get(0))
		SKIP("no memory-mapped timer is described");
}

#define for_each_frame(frame, n)						\
	for ((n) = 0; ((frame) = timer_frame_get(n)); (n)++)

/* The others are what frames_are_implemented() tells of. */
#define for_each_usable(frame, n)						\
	for_each_frame(frame, n)						\
		if (!((frame)->features & TIMER_FRAME_IMPLEMENTED))		\
			continue;						\
		else

void frames_are_implemented(void)
{
	const struct timer_frame *frame;
	unsigned int n;

	frames_or_skip();
	for_each_frame(frame, n)
		CHECK(frame->features & TIMER_FRAME_IMPLEMENTED, "%s: frame %u, CNTTIDR has 0x%x",
		      frame->block->origin, frame->number, frame->features);
}

/* Read between two readings of the CPU's counter it lies between them. */
void frames_count_the_same(void)
{
	const struct timer *timer = timer_get(TIMER_PHYS);
	const struct timer_frame *frame;
	u64 before, there;
	unsigned int n;

	frames_or_skip();
	timers_or_skip();
	REQUIRE_NE(timer, NULL);
	for_each_usable(frame, n) {
		before = timer->ops->count();
		there = timer_frame_count(frame);
		CHECK_GE(there, before, "%s: frame %u", frame->block->origin, frame->number);
		CHECK_LE(there, timer->ops->count(), "%s: frame %u", frame->block->origin,
			 frame->number);
		CHECK_EQ((u64)timer_frame_frequency(frame), time_frequency(), "%s: frame %u, CNTFRQ",
			 frame->block->origin, frame->number);
	}
}

static u32 interrupts;

static irq_after_t take(u32 intid, struct pt_regs *regs, void *arg)
{
	(void)regs;
	/* Another's would come for ever. */
	if (!(timer_frame_ctl(arg) & TIMER_CTL_ISTATUS))
		irq_disable(intid);
	timer_frame_stop(arg);
	WRITE_ONCE(interrupts, interrupts + 1);
	return NULL;
}

static void check_frame(const struct timer_frame *frame)
{
	int intid = timer_frame_request(frame, take, (void *)frame);

	if (!CHECK_GE(intid, 0, "%s: interrupt of frame %u", frame->block->origin, frame->number))
		return;
	interrupts = 0;
	CHECK_EQ(irq_enable(intid), 0, "interrupt %d", intid);
	timer_frame_start(frame, timer_frame_count(frame) + time_us_to_ticks(500));
	CHECK_EQ(wait_until(READ_ONCE(interrupts) != 0, 500 + 10 * SOON_US), 0,
		 "%s: frame %u, interrupt %d never came", frame->block->origin, frame->number, intid);
	timer_frame_stop(frame);
	irq_disable(intid);
	irq_request(intid, NULL, NULL);
}

void frames_fire(void)
{
	const struct timer_frame *frame;
	unsigned int n;

	frames_or_skip();
	for_each_usable(frame, n)
		check_frame(frame);
}
