// SPDX-License-Identifier: BSD-2-Clause
/* Each CPU's PMU has its own interrupt: a PPI, or an SPI that is no other CPU's. */
#include <asm/lock.h>
#include <drivers/device.h>
#include <drivers/discovery.h>
#include "pmu.h"

static bool is_private(u32 intid)
{
	return intid < IRQ_PRIVATE || (intid >= IRQ_EPPI_FIRST && intid < IRQ_EPPI_END);
}

static void check_own(unsigned int cpu, u32 intid, const struct device *dev)
{
	u32 other;

	CHECK_GE(intid, IRQ_SGIS, "%s: INTID %u of CPU %u is an SGI", dev->origin, intid, cpu);
	if (is_private(intid))
		return;
	for (unsigned int i = 0; i < cpu; i++)
		if (!pmu_irq(i, &other, NULL))
			CHECK_NE(intid, other, "%s: the SPI of CPU %u is CPU %u's as well",
				 dev->origin, cpu, i);
}

/* BSA, for machines that describe themselves by ACPI, wants one; a tree need not know of PMUs. */
void every_cpu_has_an_interrupt(void)
{
	bool bsa = discovery_uses(SOURCE_ACPI);
	unsigned int i;

	if (!bsa && !pmu_described(0))
		SKIP("nothing describes the CPUs' PMUs");
	cpu_for_each_online(i) {
		const struct device *dev = NULL;
		u32 intid = 0;

		if (CHECK_EQ(pmu_irq(i, &intid, &dev), 0,
			     "CPU %u, MPIDR 0x%llx: none that is described is its PMU's", i,
			     cpu_get(i)->mpidr))
			check_own(i, intid, dev);
	}
}

static void read_version(void *arg)
{
	*(unsigned int *)arg = pmu_version();
}

/* Cores of several kinds may differ in this. */
static bool has_pmu(unsigned int cpu)
{
	static unsigned int version;

	version = 0;
	if (!CHECK_EQ(cpu_call(cpu, read_version, &version, CPU_CALL_TIMEOUT_US), 0, "CPU %u", cpu))
		return false;
	if (!version)
		test_diag("CPU %u: ID_AA64DFR0_EL1.PMUVer: no PMUv3, and nothing to ask", cpu);
	return version;
}

/* On the CPU itself, which has its interrupts masked here. */
static void overflow_here(void *arg)
{
	struct overflows *overflows = arg;

	pmu_reset();
	if (!CHECK_EQ(irq_enable(overflows->intid), 0, "INTID %u", overflows->intid))
		return;
	pmu_set_write(PMU_SET_INTERRUPT, false, CYCLES);
	pmu_set_type(PMU_CYCLES, 0);
	pmu_write(PMU_CYCLES, BEFORE_WRAP_64);
	pmu_enable(CYCLES);
	pmu_loop(PMCR_E | PMCR_LC, 16 * TURNS);
	pmu_set_control(PMCR_E | PMCR_LC);
	CHECK(pmu_overflows_came(overflows), "overflows 0x%llx, INTID %u never came",
	      pmu_overflows(), overflows->intid);
	pmu_reset();
	irq_disable(overflows->intid);
}

/* One at a time, so that whose it was is known; the boot CPU has what other cases show. */
void every_cpu_is_interrupted(void)
{
	static struct overflows overflows;
	unsigned int i, tried = 0;

	pmu_begin();
	cpu_for_each_online(i) {
		if (!i || !has_pmu(i))
			continue;
		tried++;
		pmu_overflows_request(&overflows, i);
		CHECK_EQ(cpu_call(i, overflow_here, &overflows, CPU_CALL_TIMEOUT_US), 0,
			 "CPU %u", i);
		irq_request(overflows.intid, NULL, NULL);
		CHECK_EQ(overflows.count, 1U, "CPU %u: interrupts of its PMU", i);
		CHECK_EQ(overflows.flags, CYCLES, "CPU %u: overflows then", i);
	}
	if (!tried)
		SKIP("no CPU but the boot CPU has a PMUv3");
}
