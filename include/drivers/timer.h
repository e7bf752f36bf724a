/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The timers that each CPU has (DDI0487J.a D11.2.4), for tests and for what needs an
 * interrupt at a given time. All functions are for the CPU that calls them: the
 * registers are its own, under the same names on every CPU.
 *
 * One of them raises the alarm that ends a case at its deadline (core/alarm.h). Who
 * wants the interrupt of a timer claims it; the alarm goes to another timer then.
 */
#ifndef DRIVERS_TIMER_H
#define DRIVERS_TIMER_H

#include <base/errno.h>
#include <base/kconfig.h>
#include <base/types.h>
#include <core/irq.h>

enum timer_id {
	TIMER_PHYS,		/* CNTP of EL1 */
	TIMER_VIRT,		/* CNTV of EL1 */
	TIMER_HYP_PHYS,		/* CNTHP of EL2 */
	TIMER_HYP_VIRT,		/* CNTHV of EL2, with FEAT_VHE */
	TIMERS,
};

/* CNTx_CTL (D19.12.16 CNTP_CTL_EL0, and alike) */
#define TIMER_CTL_ENABLE	0x1U
#define TIMER_CTL_IMASK		0x2U
#define TIMER_CTL_ISTATUS	0x4U	/* read only: the condition holds, whatever IMASK says */

/* Registers of one timer at this exception level; each write has its effect when it returns. */
struct device;

struct timer_ops {
	u64 (*count)(void);		/* the counter that it compares with */
	u32 (*ctl)(void);
	void (*set_ctl)(u32 ctl);
	u64 (*cval)(void);
	void (*set_cval)(u64 cval);
	s32 (*tval)(void);		/* CVAL less the counter, 32 bits */
	void (*set_tval)(s32 tval);
};

struct timer {
	const char *name;		/* "virtual timer" */
	const char *irq_name;		/* as the bindings name its interrupt: "virt" */
	enum timer_id id;
	const struct timer_ops *ops;
	u32 intid;			/* a PPI of each CPU; 0: none is described that could be one */
	u32 irq_flags;			/* RES_IRQ_* */
};

#if IS_ENABLED(CONFIG_CLOCKSOURCE_ARM)

/**
 * timer_get() - a timer that the exception level in use can reach
 * @id: which
 *
 * At EL1 those of EL1; at EL2 all, with and without VHE.
 *
 * Return: NULL where it cannot be reached, the CPU lacks it, somebody above traps
 * it, or nothing describes timers.
 */
const struct timer *timer_get(enum timer_id id);

/** timer_device() - what describes the timers of the CPUs; NULL when nothing does, or it was no good */
const struct device *timer_device(void);

/** timer_is_private() - whether an INTID is a PPI or extended PPI (IHI0069H 2.2.1): others reach no CPU's timer */
bool timer_is_private(u64 intid);

/** timer_start() - have a timer fire in @ticks of its counter, its interrupt let through */
void timer_start(const struct timer *timer, u64 ticks);

/** timer_stop() - disable it: it asserts no interrupt */
void timer_stop(const struct timer *timer);

/**
 * timer_claim() - have the interrupt of a timer, on this CPU
 * @timer: from timer_get(); it is stopped first
 * @handler: called on whatever CPU the interrupt is taken; stops or masks the timer.
 *	NULL: the registers alone are wanted, and no interrupt need be described
 * @arg: passed on
 *
 * On the boot CPU, from a case. On other CPUs irq_enable() lets it come, once it is
 * claimed. Where the alarm was on this timer, it goes to another; with none left
 * the case is held to its deadline only when it comes back.
 *
 * Return: 0; -ENODEV without a described PPI or an interrupt controller; -EBUSY when
 * somebody else has its interrupt; -EIO when that does not stay enabled.
 */
int timer_claim(const struct timer *timer, irq_handler_t handler, void *arg);

/** timer_release() - stop it and give its interrupt back, on this CPU; nothing without a claim */
void timer_release(const struct timer *timer);

/** timer_release_all() - the same for every timer that was claimed */
void timer_release_all(void);

#else

static inline const struct timer *timer_get(enum timer_id id)
{
	(void)id;
	return NULL;
}

static inline const struct device *timer_device(void)
{
	return NULL;
}

static inline bool timer_is_private(u64 intid)
{
	(void)intid;
	return false;
}

static inline void timer_start(const struct timer *timer, u64 ticks)
{
	(void)timer;
	(void)ticks;
}

static inline void timer_stop(const struct timer *timer)
{
	(void)timer;
}

static inline int timer_claim(const struct timer *timer, irq_handler_t handler, void *arg)
{
	(void)timer;
	(void)handler;
	(void)arg;
	return -ENODEV;
}

static inline void timer_release(const struct timer *timer)
{
	(void)timer;
}

static inline void timer_release_all(void)
{
}

#endif

/** timer_for_each() - every timer that timer_get() gives */
#define timer_for_each(t, id)							\
	for ((id) = 0; (id) < TIMERS; (id)++)					\
		if (!((t) = timer_get(id))) {} else

#endif
