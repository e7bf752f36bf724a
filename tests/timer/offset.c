// SPDX-License-Identifier: BSD-2-Clause
/*
 * CNTVOFF_EL2 is what a hypervisor hides time with that a guest has not had. What
 * reads the virtual counter for itself is the image, too: nothing that waits by it, and
 * no interrupt, may come between its two writes here.
 */
#include <asm/barrier.h>
#include <asm/control_state.h>
#include <asm/sysreg.h>
#include "timer.h"

#define OFFSET_TICKS	(1ULL << 40)

static void set_offset(u64 offset)
{
	write_sysreg(offset, cntvoff_el2);
	isb();
}

/* A counter that comes by way of other clocks may take a while to show a new offset. */
#define READS	10000U

static u32 status_of(const struct timer *timer)
{
	return timer->ops->ctl() & TIMER_CTL_ISTATUS;
}

/* By iterations: a bound by time would read the counter that is moved. */
static u32 status_within_reads(const struct timer *timer)
{
	u32 status = 0;

	for (unsigned int i = 0; i < READS && !status; i++)
		status = status_of(timer);
	return status;
}

void offset_moves_the_virtual_timer(void)
{
	const struct timer *virt = timer_get(TIMER_VIRT), *phys = timer_get(TIMER_PHYS);
	u64 cval, daif = control_daif(), offset = read_sysreg(cntvoff_el2);
	u32 plain, moved, physical;

	if (!virt || !phys)
		SKIP("EL1's timers are not reached");
	timer_claim(virt, NULL, NULL);
	timer_claim(phys, NULL, NULL);
	cval = phys->ops->count() + OFFSET_TICKS / 2;
	virt->ops->set_cval(cval);
	phys->ops->set_cval(cval);
	virt->ops->set_ctl(TIMER_CTL_ENABLE | TIMER_CTL_IMASK);
	phys->ops->set_ctl(TIMER_CTL_ENABLE | TIMER_CTL_IMASK);
	control_irq_mask();
	plain = status_of(virt);
	set_offset(offset - OFFSET_TICKS);
	moved = status_within_reads(virt);
	physical = status_of(phys);
	set_offset(offset);
	control_daif_set(daif);
	timer_stop(virt);
	timer_stop(phys);
	CHECK_EQ(plain, 0U, "virtual timer, half the offset before its time");
	CHECK_EQ(moved, TIMER_CTL_ISTATUS, "virtual timer, its counter moved ahead by CNTVOFF_EL2");
	CHECK_EQ(physical, 0U, "physical timer, which has no offset");
}
