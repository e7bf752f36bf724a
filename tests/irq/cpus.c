// SPDX-License-Identifier: BSD-2-Clause
/* Which CPU an interrupt comes to, and controllers that several CPUs use at once. */
#include <base/util.h>
#include <drivers/timer.h>
#include "irq.h"

#define CALL_US	(CPU_CALL_TIMEOUT_US + cpu_count() * 20000ULL)

static bool takes_interrupts(unsigned int index)
{
	return cpu_is_online(index) && (!index || cpu_get(index)->wakes_by_sgi);
}

void irq_case_spi_goes_to_its_target(void)
{
	struct came came;
	u32 intid = request_spi(0, &came), count = 0;
	unsigned int i;

	cpu_for_each_online(i) {
		if (!takes_interrupts(i))
			continue;
		CHECK_EQ(irq_set_target(intid, cpu_get(i)->mpidr), 0, "CPU %u", i);
		CHECK_EQ(irq_enable(intid), 0);
		CHECK_EQ(irq_set_pending(intid, true), 0);
		if (!CHECK(comes(&came, ++count), "SPI %u to CPU %u (MPIDR 0x%llx)", intid, i,
			   cpu_get(i)->mpidr))
			break;
		CHECK_EQ(came.cpu, i, "CPU that SPI %u came to", intid);
		CHECK_EQ(irq_disable(intid), 0);
	}
	time_delay_us(HELD_US);
	CHECK_EQ(came.count, count, "SPI %u", intid);
	CHECK_EQ(irq_disable(intid), 0);
}

/*
 * That it comes to one only is a matter of the suite gic. Where the controller has
 * no such thing (GICD_TYPER.No1N) the SPI goes where it went.
 */
void irq_case_any_target_takes_it(void)
{
	struct came came;
	u32 intid = request_spi(0, &came);
	int ret = irq_set_target(intid, IRQ_TARGET_ANY);

	CHECK(!ret || ret == -EOPNOTSUPP, "SPI %u: errno %d", intid, ret);
	CHECK_EQ(irq_enable(intid), 0);
	CHECK_EQ(irq_set_pending(intid, true), 0);
	CHECK(comes(&came, 1), "SPI %u for any CPU", intid);
	CHECK(cpu_is_online(came.cpu), "CPU %u took SPI %u", came.cpu, intid);
	if (ret)
		CHECK_EQ(came.cpu, cpu_this(), "SPI %u, of one CPU still", intid);
	CHECK_EQ(irq_disable(intid), 0);
}

/* One that each CPU can raise: no GIC has to let software do it. */
struct ppi {
	const struct timer *timer;
	struct came came;
	int enabled, still_enabled;
	bool came_here;
};

static irq_after_t stop_timer(u32 intid, struct pt_regs *regs, void *arg)
{
	struct ppi *ppi = arg;

	timer_stop(ppi->timer);
	return note_came(intid, regs, &ppi->came);
}

static void raise_ppi(void *arg)
{
	struct ppi *ppi = arg;

	ppi->enabled = irq_enable(ppi->timer->intid);
	timer_start(ppi->timer, 1);
	ppi->came_here = !wait_until((irq_poll(), READ_ONCE(ppi->came.count)), COMES_US);
	timer_stop(ppi->timer);
	irq_disable(ppi->timer->intid);
	ppi->still_enabled = irq_is_enabled(ppi->timer->intid);
}

static void check_ppi(struct ppi *ppi, unsigned int cpu)
{
	u32 intid = ppi->timer->intid;

	ppi->came = (struct came){ 0 };
	/* What the others do must not change what is enabled here. */
	CHECK_EQ(irq_is_enabled(intid), 1, "PPI %u here", intid);
	CHECK_EQ(cpu_call(cpu, raise_ppi, ppi, CALL_US), 0, "CPU %u", cpu);
	CHECK_EQ(ppi->enabled, 0, "PPI %u on CPU %u", intid, cpu);
	CHECK_EQ(ppi->still_enabled, 0, "PPI %u on CPU %u", intid, cpu);
	CHECK(ppi->came_here, "PPI %u on CPU %u", intid, cpu);
	CHECK_EQ(ppi->came.cpu, cpu, "CPU that PPI %u came to", intid);
	CHECK_EQ(ppi->came.count, 1U, "PPI %u on CPU %u", intid, cpu);
	CHECK_EQ(ppi->came.intid, intid);
}

void irq_case_ppi_is_of_one_cpu(void)
{
	struct ppi ppi = { .timer = timer_get(TIMER_PHYS) };
	unsigned int i;

	if (!ppi.timer || !ppi.timer->intid)
		SKIP("no PPI is described for the physical timer of EL1");
	REQUIRE_EQ(timer_claim(ppi.timer, stop_timer, &ppi), 0);
	cpu_for_each_online(i)
		if (i && takes_interrupts(i))
			check_ppi(&ppi, i);
	timer_release(ppi.timer);
	CHECK_GT(cpu_online_count(), 1U);
}

/* As many as share a register of two bits each. */
#define AT_ONCE	16U
#define ROUNDS	64U
/* A lock that is handed on among more CPUs than the host has costs a time slice each time. */
#define CHANGING_US	(CALL_US / 4)

static struct {
	u32 intid;
	u32 lost;	/* changes that did not stay, as its CPU saw it */
} own[AT_ONCE];

/* Neighbours end up otherwise. */
static bool last_edge(unsigned int cpu)
{
	return cpu % 2;
}

static u32 last_priority(unsigned int cpu)
{
	return (cpu % 16) * 0x10;
}

static bool change_to(u32 intid, bool edge, u32 priority)
{
	return !irq_set_trigger(intid, edge) && irq_is_edge(intid) == edge &&
	       !irq_set_priority(intid, priority) && irq_get_priority(intid) == (int)priority;
}

static void change_own(void *arg)
{
	struct time_bound bound = time_bound_start(CHANGING_US);
	unsigned int self = cpu_this();

	(void)arg;
	if (self >= AT_ONCE || !own[self].intid)
		return;
	for (unsigned int i = 0; i < ROUNDS && !time_bound_passed(&bound); i++)
		if (!change_to(own[self].intid, !(i % 2), i % 16 * 0x10))
			own[self].lost++;
	if (!change_to(own[self].intid, last_edge(self), last_priority(self)))
		own[self].lost++;
}

static void check_own(unsigned int cpu)
{
	u32 intid = own[cpu].intid;

	CHECK_EQ(own[cpu].lost, 0U, "changes of SPI %u lost, as CPU %u saw it", intid, cpu);
	CHECK_EQ(irq_is_edge(intid), (int)last_edge(cpu), "SPI %u, which CPU %u changed", intid,
		 cpu);
	CHECK_EQ(irq_get_priority(intid), (int)last_priority(cpu),
		 "SPI %u, which CPU %u changed", intid, cpu);
}

/* Each its own SPI, and all of one register. */
void irq_case_cpus_change_at_once(void)
{
	unsigned int i;

	if (irq_set_trigger(free_spi(0), true) == -EOPNOTSUPP)
		SKIP("SPIs are level-sensitive for good");
	for (i = 0; i < AT_ONCE; i++) {
		own[i].lost = 0;
		own[i].intid = cpu_is_online(i) ? free_spi(i) : 0;
	}
	CHECK_EQ(cpu_call_all(change_own, NULL, CALL_US), 0);
	for (i = 0; i < AT_ONCE; i++)
		if (own[i].intid)
			check_own(i);
}
