// SPDX-License-Identifier: BSD-2-Clause
/* The interrupt of an overflow: when it comes under the number that is described, and when not. */
#include <asm/control_state.h>
#include <asm/lock.h>
#include "pmu.h"

/* Long enough for an interrupt to come that must not. */
#define SILENCE_US	100ULL

/* More than a line takes to fall; from there on the interrupt is another's, and comes for ever. */
#define AFTER_MAX	16U

/*
 * The line falls some time behind the flag, and the interrupt may be signalled again until
 * the GIC has seen it: that one is of no overflow.
 */
static irq_after_t note(u32 intid, struct pt_regs *regs, void *arg)
{
	struct overflows *overflows = arg;
	u64 flags = pmu_overflows();

	(void)regs;
	if (!flags && overflows->count && ++overflows->after < AFTER_MAX)
		return NULL;
	if (!overflows->count)
		overflows->flags = flags;
	if (!flags)
		irq_disable(intid);
	pmu_clear_overflows(flags);
	WRITE_ONCE(overflows->count, overflows->count + 1);
	return NULL;
}

void pmu_overflows_request(struct overflows *overflows, unsigned int cpu)
{
	int ret;

	*overflows = (struct overflows){};
	ret = pmu_irq_request(cpu, note, overflows);
	if (ret == -ENOENT)
		SKIP("nothing describes the interrupt of CPU %u's PMU", cpu);
	REQUIRE_GE(ret, 0, "interrupt of CPU %u's PMU", cpu);
	overflows->intid = (u32)ret;
	if (cpu == cpu_this())
		CHECK_EQ(irq_enable(overflows->intid), 0, "INTID %u", overflows->intid);
}

void pmu_overflows_release(struct overflows *overflows)
{
	pmu_reset();
	irq_disable(overflows->intid);
	irq_request(overflows->intid, NULL, NULL);
}

bool pmu_overflows_came(const struct overflows *overflows)
{
	bool masked = control_daif() & BIT(7);

	return !wait_until(({
		if (masked)
			irq_poll();
		READ_ONCE(overflows->count) != 0;
	}), SOON_US);
}

/* One counter's overflow, all other counters' interrupts enabled, too; false: it never came. */
static bool check_counter(struct overflows *overflows, unsigned int n, const struct width *width)
{
	bool cycles = n == PMU_CYCLES, came;

	pmu_clear_overflows(~0U);
	overflows->count = 0;
	overflows->flags = 0;
	pmu_set_type(n, cycles ? 0 : PMU_CPU_CYCLES);
	pmu_write(n, cycles && width->control ? BEFORE_WRAP_64 : width->before_wrap);
	pmu_set_write(PMU_SET_INTERRUPT, false, ~0U);
	pmu_enable(COUNTER(n));
	pmu_set_control(PMCR_E | width->control | (width->control ? PMCR_LC : 0));
	came = CHECK(pmu_overflows_came(overflows),
		     "%s, counter %u: overflows 0x%llx, INTID %u never came", width->name, n,
		     pmu_overflows(), overflows->intid);
	pmu_disable(COUNTER(n));
	pmu_set_control(0);
	if (!came)
		return false;
	CHECK_EQ(overflows->count, 1U, "%s, counter %u: interrupts", width->name, n);
	CHECK_EQ(overflows->flags, COUNTER(n), "%s, counter %u: overflows then", width->name, n);
	return true;
}

static void check_all(const struct width *width)
{
	static struct overflows overflows;

	pmu_begin();
	pmu_overflows_request(&overflows, 0);
	for (unsigned int n = 0; n < pmu_counters(); n++)
		if (!check_counter(&overflows, n, width))
			break;
	check_counter(&overflows, PMU_CYCLES, width);
	pmu_overflows_release(&overflows);
}

void overflow_interrupts(void)
{
	check_all(&pmu_widths[0]);
}

static void check_silent(struct overflows *overflows, const char *what)
{
	time_delay_us(SILENCE_US);
	CHECK_EQ(READ_ONCE(overflows->count), 0U, "interrupts, %s", what);
}

void long_overflow_interrupts(void)
{
	static struct overflows overflows;

	needs_counters(1);
	needs_long_counters();
	check_all(&pmu_widths[1]);
	pmu_overflows_request(&overflows, 0);
	pmu_set_write(PMU_SET_INTERRUPT, false, COUNTER(0));
	pmu_set_type(0, PMU_CPU_CYCLES);
	pmu_write(0, BEFORE_WRAP_32);
	pmu_enable(COUNTER(0));
	pmu_loop(PMCR_E | PMCR_LP, 16 * TURNS);
	check_silent(&overflows, "behind 32 bits with PMCR_EL0.LP");
	CHECK_GE(pmu_read(0), 0x100000000ULL, "counter 0");
	pmu_overflows_release(&overflows);
}

/* By SW_INCR, and by the flag alone, which software may set. */
void software_overflow_interrupts(void)
{
	static struct overflows overflows;

	needs_counters(1);
	pmu_overflows_request(&overflows, 0);
	pmu_set_write(PMU_SET_INTERRUPT, false, COUNTER(0) | CYCLES);
	pmu_set_type(0, PMU_SW_INCR);
	pmu_write(0, 0xffffffff);
	pmu_enable(COUNTER(0));
	pmu_set_control(PMCR_E);
	pmu_software_increment(COUNTER(0));
	CHECK(pmu_overflows_came(&overflows), "SW_INCR over the end of counter 0: INTID %u",
	      overflows.intid);
	CHECK_EQ(overflows.flags, COUNTER(0), "overflows then");
	overflows.count = 0;
	pmu_set_write(PMU_SET_OVERFLOW, false, CYCLES);
	CHECK(pmu_overflows_came(&overflows),
	      "PMOVSSET_EL0 written for the cycle counter: INTID %u", overflows.intid);
	pmu_overflows_release(&overflows);
}

/* The even counter's overflow is of no interest: the interrupt is of the pair. */
void chained_overflow_interrupts(void)
{
	static struct overflows overflows;

	needs_counters(2);
	needs_event(PMU_CHAIN, "CHAIN");
	pmu_overflows_request(&overflows, 0);
	pmu_set_write(PMU_SET_INTERRUPT, false, COUNTER(1));
	pmu_set_type(0, PMU_SW_INCR);
	pmu_set_type(1, PMU_CHAIN);
	pmu_write(0, 0xffffffff);
	pmu_enable(COUNTER(0) | COUNTER(1));
	pmu_set_control(PMCR_E);
	pmu_software_increment(COUNTER(0));
	check_silent(&overflows, "counter 0 over its end, counter 1 is 1");
	pmu_write(0, 0xffffffff);
	pmu_write(1, 0xffffffff);
	pmu_software_increment(COUNTER(0));
	CHECK(pmu_overflows_came(&overflows), "both counters over their end: INTID %u",
	      overflows.intid);
	pmu_overflows_release(&overflows);
}

void overflow_without_its_enable_is_silent(void)
{
	static struct overflows overflows;

	needs_counters(1);
	pmu_overflows_request(&overflows, 0);
	pmu_set_write(PMU_SET_INTERRUPT, false, CYCLES);
	pmu_set_type(0, PMU_CPU_CYCLES);
	pmu_write(0, BEFORE_WRAP_32);
	pmu_enable(COUNTER(0));
	pmu_loop(PMCR_E, 16 * TURNS);
	pmu_set_control(PMCR_E);
	check_silent(&overflows, "PMINTENSET_EL1 has another bit than the overflow's");
	CHECK_EQ(pmu_overflows(), COUNTER(0), "overflows");
	pmu_overflows_release(&overflows);
}

void stopped_pmu_is_silent(void)
{
	static struct overflows overflows;

	pmu_begin();
	pmu_overflows_request(&overflows, 0);
	pmu_set_write(PMU_SET_INTERRUPT, false, CYCLES);
	pmu_set_write(PMU_SET_OVERFLOW, false, CYCLES);
	check_silent(&overflows, "PMCR_EL0.E is clear");
	CHECK_EQ(pmu_overflows(), CYCLES, "overflows");
	pmu_overflows_release(&overflows);
}

/* The overflow stands; PMCR_EL0.E alone changes. */
void interrupt_follows_the_enable(void)
{
	static struct overflows overflows;

	pmu_begin();
	pmu_overflows_request(&overflows, 0);
	pmu_set_write(PMU_SET_INTERRUPT, false, CYCLES);
	pmu_set_write(PMU_SET_OVERFLOW, false, CYCLES);
	pmu_set_control(PMCR_E);
	CHECK(pmu_overflows_came(&overflows), "PMCR_EL0.E set behind the overflow: INTID %u",
	      overflows.intid);
	pmu_overflows_release(&overflows);
}

static bool pends(u32 intid, bool wanted)
{
	return !wait_until((irq_is_pending(intid) == 1) == wanted, SOON_US);
}

/* With the interrupt disabled, so that nobody takes it. */
void interrupt_lasts_as_long_as_its_overflow(void)
{
	static struct overflows overflows;

	pmu_begin();
	if (!irqchip_get()->ops->is_pending)
		SKIP("the interrupt controller does not show what is pending");
	pmu_overflows_request(&overflows, 0);
	irq_disable(overflows.intid);
	pmu_set_write(PMU_SET_INTERRUPT, false, CYCLES);
	pmu_set_control(PMCR_E);
	CHECK(pends(overflows.intid, false), "INTID %u before an overflow", overflows.intid);
	pmu_set_write(PMU_SET_OVERFLOW, false, CYCLES);
	CHECK(pends(overflows.intid, true), "INTID %u with an overflow", overflows.intid);
	pmu_clear_overflows(CYCLES);
	CHECK(pends(overflows.intid, false), "INTID %u once the overflow is cleared",
	      overflows.intid);
	pmu_overflows_release(&overflows);
}
