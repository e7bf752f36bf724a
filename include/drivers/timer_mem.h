/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory-mapped timers (DDI0487J.a I5.6, I5.7): a block has a control frame, CNTCTLBase, and
 * up to eight timer frames, CNTBaseN, each with a physical timer and perhaps a virtual
 * one. They count with the system counter and raise SPIs.
 */
#ifndef DRIVERS_TIMER_MEM_H
#define DRIVERS_TIMER_MEM_H

#include <base/compiler.h>
#include <base/kconfig.h>
#include <base/types.h>
#include <core/irq.h>

struct device;

#define TIMER_FRAMES	8U	/* of a block */

/* CNTTIDR, four bits a frame */
#define TIMER_FRAME_IMPLEMENTED	0x1U
#define TIMER_FRAME_VIRTUAL	0x2U

struct timer_frame {
	const struct device *block;
	unsigned int number;	/* N of CNTBaseN */
	u32 features;		/* TIMER_FRAME_*: what CNTTIDR says of it */
	void __iomem *regs;	/* NULL without TIMER_FRAME_IMPLEMENTED: use no more of it */
};

#if IS_ENABLED(CONFIG_TIMER_MEM)

/** timer_frame_get() - the @n-th frame described of all blocks; NULL beyond the last */
const struct timer_frame *timer_frame_get(unsigned int n);

#else

static inline const struct timer_frame *timer_frame_get(unsigned int n __unused)
{
	return NULL;
}

#endif

/** timer_frame_frequency() - CNTFRQ of the frame, in Hz; 0 where it was not written, or is kept from us */
u32 timer_frame_frequency(const struct timer_frame *frame);

/** timer_frame_count() - its physical counter, CNTPCT, in two halves that belong together */
u64 timer_frame_count(const struct timer_frame *frame);

/** timer_frame_start() - have its physical timer fire once the counter reaches @cval */
void timer_frame_start(const struct timer_frame *frame, u64 cval);

/** timer_frame_ctl() - CNTP_CTL: TIMER_CTL_* of drivers/timer.h */
u32 timer_frame_ctl(const struct timer_frame *frame);

/** timer_frame_stop() - disable its physical timer */
void timer_frame_stop(const struct timer_frame *frame);

/**
 * timer_frame_request() - request the interrupt of its physical timer as it is described
 *
 * Return: its INTID, to be enabled; -ENOENT where none is described; else what
 * irq_request() returned.
 */
int timer_frame_request(const struct timer_frame *frame, irq_handler_t handler, void *arg);

#endif
