// SPDX-License-Identifier: BSD-2-Clause
/*
 * The timers of a CPU by their registers (DDI0487J.a D11.2.4, D19.12): which of them this
 * exception level can reach, and under which names.
 *
 * With VHE the names of EL1's timers reach those of EL2, and EL1's have names of
 * their own that end in EL02 (D19.1.3): written as encodings, since assemblers of
 * Armv8.0 do not know them.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/alarm.h>
#include <core/log.h>
#include <asm/barrier.h>
#include <asm/cpu.h>
#include <asm/extable.h>
#include <asm/sysreg.h>
#include "arm_timers.h"

#define CNTP_TVAL_EL02	S3_5_C14_C2_0
#define CNTP_CTL_EL02	S3_5_C14_C2_1
#define CNTP_CVAL_EL02	S3_5_C14_C2_2
#define CNTV_TVAL_EL02	S3_5_C14_C3_0
#define CNTV_CTL_EL02	S3_5_C14_C3_1
#define CNTV_CVAL_EL02	S3_5_C14_C3_2
#define CNTHV_TVAL_EL2	S3_4_C14_C3_0
#define CNTHV_CTL_EL2	S3_4_C14_C3_1
#define CNTHV_CVAL_EL2	S3_4_C14_C3_2

#define PPI_FIRST	16U
#define PPI_END		32U
#define EPPI_FIRST	1056U
#define EPPI_END	1120U

/* Reads of a counter or a timer may be made early (D11.1.2): not before what stands before them. */
#define TIMER_OPS(id, counter, ctl_reg, cval_reg, tval_reg)			\
static u64 id##_count(void) { isb(); return read_sysreg(counter); }		\
static u32 id##_ctl(void) { isb(); return (u32)read_sysreg(ctl_reg); }		\
static void id##_set_ctl(u32 ctl) { write_sysreg(ctl, ctl_reg); isb(); }	\
static u64 id##_cval(void) { isb(); return read_sysreg(cval_reg); }		\
static void id##_set_cval(u64 cval) { write_sysreg(cval, cval_reg); isb(); }	\
static s32 id##_tval(void) { isb(); return (s32)read_sysreg(tval_reg); }	\
static void id##_set_tval(s32 tval) { write_sysreg((u32)tval, tval_reg); isb(); } \
static bool id##_traps(void)							\
{										\
	u64 unused = 0;								\
										\
	return arch_try_read_sysreg(counter, &unused) ||			\
	       arch_try_read_sysreg(ctl_reg, &unused);				\
}										\
/* The alarm's time is CNTVCT's, see alarm_start_at(). */			\
static void id##_wake(u64 at)							\
{										\
	id##_set_ctl(0);							\
	if (!at)								\
		return;								\
	id##_set_cval(id##_count() + (at - cpu_counter()));			\
	id##_set_ctl(TIMER_CTL_ENABLE);						\
}										\
static const struct timer_ops id##_ops = {					\
	id##_count, id##_ctl, id##_set_ctl, id##_cval, id##_set_cval,		\
	id##_tval, id##_set_tval,						\
}

TIMER_OPS(phys, cntpct_el0, cntp_ctl_el0, cntp_cval_el0, cntp_tval_el0);
TIMER_OPS(virt, cntvct_el0, cntv_ctl_el0, cntv_cval_el0, cntv_tval_el0);
TIMER_OPS(phys02, cntpct_el0, CNTP_CTL_EL02, CNTP_CVAL_EL02, CNTP_TVAL_EL02);
TIMER_OPS(virt02, cntvct_el0, CNTV_CTL_EL02, CNTV_CVAL_EL02, CNTV_TVAL_EL02);
TIMER_OPS(hyp_phys, cntpct_el0, cnthp_ctl_el2, cnthp_cval_el2, cnthp_tval_el2);
TIMER_OPS(hyp_virt, cntvct_el0, CNTHV_CTL_EL2, CNTHV_CVAL_EL2, CNTHV_TVAL_EL2);

#define ALARM { .start = alarm_start_at, .stop = alarm_stop_timer, \
		.is_set = alarm_is_set }
#define TIMER(text, irq, which) { .timer = { .name = text, .irq_name = irq, .id = which }, .alarm = ALARM }

static void alarm_start_at(struct alarm_timer *alarm, u64 at);
static void alarm_stop_timer(const struct alarm_timer *alarm);
static bool alarm_is_set(const struct alarm_timer *alarm);

static struct arm_timer {
	struct timer timer;
	struct alarm_timer alarm;
	u64 armed;		/* compare value that the alarm has written */
	bool claimed;
} timers[TIMERS] = {
	[TIMER_PHYS] = TIMER("physical timer", "phys", TIMER_PHYS),
	[TIMER_VIRT] = TIMER("virtual timer", "virt", TIMER_VIRT),
	[TIMER_HYP_PHYS] = TIMER("hypervisor physical timer", "hyp-phys", TIMER_HYP_PHYS),
	[TIMER_HYP_VIRT] = TIMER("hypervisor virtual timer", "hyp-virt", TIMER_HYP_VIRT),
};

static const struct device *described_by;

#define alarm_to_timer(a) container_of(a, struct arm_timer, alarm)

/* The alarm's time is CNTVCT's, from which the physical counter may differ under a hypervisor. */
static void alarm_start_at(struct alarm_timer *alarm, u64 at)
{
	struct arm_timer *t = alarm_to_timer(alarm);
	u64 left = at - cpu_counter();

	/* In this order: who is held up between the two readings is late, not early. */
	t->armed = t->timer.ops->count() + left;
	t->timer.ops->set_cval(t->armed);
	t->timer.ops->set_ctl(TIMER_CTL_ENABLE);
}

static void alarm_stop_timer(const struct alarm_timer *alarm)
{
	timer_stop(&alarm_to_timer(alarm)->timer);
}

static bool alarm_is_set(const struct alarm_timer *alarm)
{
	const struct arm_timer *t = alarm_to_timer(alarm);
	u32 ctl = t->timer.ops->ctl();

	return t->timer.ops->cval() == t->armed &&
	       (ctl & (TIMER_CTL_ENABLE | TIMER_CTL_IMASK)) == TIMER_CTL_ENABLE;
}

static void reach(enum timer_id id, const struct timer_ops *ops, void (*wake)(u64 at), bool traps)
{
	if (traps)
		return;
	timers[id].timer.ops = ops;
	timers[id].alarm.wake = wake;
}

static void find_registers(void)
{
	if (cpu_current_el() == 1) {
		reach(TIMER_PHYS, &phys_ops, phys_wake, phys_traps());
		reach(TIMER_VIRT, &virt_ops, virt_wake, virt_traps());
		return;
	}
	if (cpu_runs_vhe()) {
		reach(TIMER_PHYS, &phys02_ops, phys02_wake, phys02_traps());
		reach(TIMER_VIRT, &virt02_ops, virt02_wake, virt02_traps());
	} else {
		reach(TIMER_PHYS, &phys_ops, phys_wake, phys_traps());
		reach(TIMER_VIRT, &virt_ops, virt_wake, virt_traps());
	}
	reach(TIMER_HYP_PHYS, &hyp_phys_ops, hyp_phys_wake, hyp_phys_traps());
	if (cpu_has_vhe())
		reach(TIMER_HYP_VIRT, &hyp_virt_ops, hyp_virt_wake, hyp_virt_traps());
}

bool timer_is_private(u64 intid)
{
	return (intid >= PPI_FIRST && intid < PPI_END) || (intid >= EPPI_FIRST && intid < EPPI_END);
}

static void find_interrupt(const struct device *dev, struct timer *timer)
{
	const struct resource *irq = device_irq_by_name(dev, timer->irq_name);

	if (!irq)
		return;
	if (!timer_is_private(irq->base)) {
		pr_err("%s: interrupt \"%s\" is INTID %llu; a CPU's timer has a PPI: 16 to 31, 1056 to 1119. Not used: mend the description",
		       dev->origin, timer->irq_name, irq->base);
		return;
	}
	timer->intid = (u32)irq->base;
	timer->irq_flags = irq->flags;
}

/* At EL1 the virtual one first, which nobody above can have for himself; at EL2 those of EL2. */
static const enum timer_id at_el1[] = { TIMER_VIRT, TIMER_PHYS };
static const enum timer_id at_el2[] = { TIMER_HYP_PHYS, TIMER_HYP_VIRT, TIMER_VIRT, TIMER_PHYS };

_Static_assert(ARRAY_SIZE(at_el2) <= ALARM_TIMERS, "ALARM_TIMERS");

static unsigned int register_alarms(void)
{
	bool el1 = cpu_current_el() == 1;
	const enum timer_id *order = el1 ? at_el1 : at_el2;
	size_t count = el1 ? ARRAY_SIZE(at_el1) : ARRAY_SIZE(at_el2);
	unsigned int registered = 0;

	for (size_t i = 0; i < count; i++) {
		struct arm_timer *t = &timers[order[i]];

		if (!t->timer.ops || !t->timer.intid)
			continue;
		t->alarm.name = t->timer.name;
		t->alarm.intid = t->timer.intid;
		alarm_register(&t->alarm);
		registered++;
	}
	return registered;
}

void arm_timers_init(const struct device *dev)
{
	if (described_by)
		return;		/* twice */
	described_by = dev;
	find_registers();
	for (unsigned int i = 0; i < TIMERS; i++)
		find_interrupt(dev, &timers[i].timer);
	if (!register_alarms())
		pr_warn("%s: no PPI is described for a timer of EL%u: deadlines are judged at the end of a case only",
			dev->origin, cpu_current_el());
}

const struct device *timer_device(void)
{
	return described_by;
}

const struct timer *timer_get(enum timer_id id)
{
	return id < TIMERS && timers[id].timer.ops ? &timers[id].timer : NULL;
}

void timer_start(const struct timer *timer, u64 ticks)
{
	timer->ops->set_cval(timer->ops->count() + ticks);
	timer->ops->set_ctl(TIMER_CTL_ENABLE);
}

void timer_stop(const struct timer *timer)
{
	timer->ops->set_ctl(0);
}

int timer_claim(const struct timer *timer, irq_handler_t handler, void *arg)
{
	int ret;

	if (handler && (!timer->intid || !irqchip_get()))
		return -ENODEV;
	timer_release(timer);
	if (timer->intid)
		alarm_yield(timer->intid);
	timer_stop(timer);
	if (!handler)
		return 0;
	ret = irq_request(timer->intid, handler, arg);
	if (ret)
		return ret;
	timers[timer->id].claimed = true;
	ret = irq_enable(timer->intid);
	if (ret)
		timer_release(timer);
	return ret;
}

void timer_release(const struct timer *timer)
{
	struct arm_timer *t = &timers[timer->id];
	const struct alarm_timer *alarm = alarm_get();

	/* The alarm may be back on it, behind a case that did not come to its end. */
	if (!t->claimed || alarm == &t->alarm)
		return;
	t->claimed = false;
	timer_stop(timer);
	irq_disable(timer->intid);
	irq_request(timer->intid, NULL, NULL);
}

void timer_release_all(void)
{
	const struct timer *timer;
	unsigned int id;

	timer_for_each(timer, id)
		timer_release(timer);
}
