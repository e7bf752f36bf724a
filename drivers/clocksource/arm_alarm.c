// SPDX-License-Identifier: BSD-2-Clause
/*
 * Which of the generic timers raises the alarm (DDI0487J.a D11.2.4). At EL1 it is
 * the virtual one, which nobody above can have for himself; at EL2 the
 * hypervisor's physical one, so that those of EL1 are left to the cases. All
 * compare with what cpu_counter() reads: CNTVOFF_EL2 is 0 where we are at EL2.
 */
#include <base/util.h>
#include <core/alarm.h>
#include <core/log.h>
#include <asm/barrier.h>
#include <asm/cpu.h>
#include <asm/sysreg.h>
#include "arm_alarm.h"

#define CTL_ENABLE	1U
#define CTL_MASKS	3U	/* ENABLE and IMASK; ISTATUS depends on the time */

/* The three functions of a timer by its registers. */
#define ALARM_FUNCTIONS(id, ctl, cval)						\
static void id##_start(u64 at)							\
{										\
	write_sysreg(at, cval);							\
	write_sysreg(CTL_ENABLE, ctl);						\
	isb();									\
}										\
										\
static void id##_stop(void)							\
{										\
	write_sysreg(0, ctl);							\
	isb();									\
}										\
										\
static bool id##_is_set(u64 at)							\
{										\
	return read_sysreg(cval) == at &&					\
	       (read_sysreg(ctl) & CTL_MASKS) == CTL_ENABLE;			\
}

/* With VHE EL1's names of the virtual timer reach the virtual timer of EL2. */
ALARM_FUNCTIONS(virt, cntv_ctl_el0, cntv_cval_el0)
ALARM_FUNCTIONS(phys, cntp_ctl_el0, cntp_cval_el0)
ALARM_FUNCTIONS(hyp, cnthp_ctl_el2, cnthp_cval_el2)

/* Interrupts of the binding arm,arch_timer by place, where they have no names. */
enum { IRQ_SEC_PHYS, IRQ_PHYS, IRQ_VIRT, IRQ_HYP_PHYS, IRQ_HYP_VIRT };

#define ALARM(id, text) { text, 0, id##_start, id##_stop, id##_is_set }

static struct candidate {
	const char *irq_name;
	unsigned int irq_index;
	struct alarm_timer timer;
} at_el1[] = {
	{ "virt", IRQ_VIRT, ALARM(virt, "virtual timer") },
	{ "phys", IRQ_PHYS, ALARM(phys, "physical timer") },
}, at_el2[] = {
	{ "hyp-phys", IRQ_HYP_PHYS, ALARM(hyp, "hypervisor physical timer") },
	{ "virt", IRQ_VIRT, ALARM(virt, "virtual timer") },
}, at_el2_vhe[] = {
	{ "hyp-phys", IRQ_HYP_PHYS, ALARM(hyp, "hypervisor physical timer") },
	{ "hyp-virt", IRQ_HYP_VIRT, ALARM(virt, "hypervisor virtual timer") },
};

static const struct resource *find_irq(const struct device *dev, const struct candidate *candidate)
{
	const struct resource *first = device_irq(dev, 0);

	if (first && first->name)
		return device_irq_by_name(dev, candidate->irq_name);
	return device_irq(dev, candidate->irq_index);
}

static bool choose(const struct device *dev, struct candidate *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct resource *irq = find_irq(dev, &list[i]);

		if (!irq || irq->base < IRQ_SGIS || irq->base >= IRQ_PRIVATE)
			continue;
		list[i].timer.intid = (u32)irq->base;
		alarm_register(&list[i].timer);
		return true;
	}
	return false;
}

void arm_alarm_choose(const struct device *dev)
{
	bool found;

	if (cpu_current_el() == 1)
		found = choose(dev, at_el1, ARRAY_SIZE(at_el1));
	else if (cpu_runs_vhe())
		found = choose(dev, at_el2_vhe, ARRAY_SIZE(at_el2_vhe));
	else
		found = choose(dev, at_el2, ARRAY_SIZE(at_el2));
	if (!found)
		pr_warn("%s: no PPI is described for a timer of EL%u: deadlines are judged at the end of a case only",
			dev->origin, cpu_current_el());
}
