// SPDX-License-Identifier: BSD-2-Clause
/* What the system architecture wants of a GIC beside PCI, and a CPU's redistributor asleep. */
#include <asm/cpu.h>
#include <drivers/device.h>
#include "gic.h"

static bool is_pci_host(const struct device *dev)
{
	return device_compatible(dev, "pci-host-ecam-generic") ||
	       dev->acpi_id >> 32 == ACPI_ID('M', 'C', 'F', 'G', 0) >> 32;
}

static bool is_its(const struct device *dev)
{
	return device_compatible(dev, "arm,gic-v3-its") || dev->acpi_id == ACPI_MADT(15);
}

static bool works_as_its(const struct device *dev)
{
	return is_its(dev) && (dev->probed || !dev->driver);
}

static bool works_as_v2m(const struct device *dev)
{
	return (device_compatible(dev, "arm,gic-v2m-frame") || dev->acpi_id == ACPI_MADT(13)) &&
	       (dev->probed || !dev->driver);
}

static const struct device *find(bool (*is)(const struct device *dev))
{
	const struct device *dev;

	device_for_each(dev)
		if (!(dev->flags & DEVICE_DISABLED) && is(dev))
			return dev;
	return NULL;
}

void pci_has_message_interrupts(void)
{
	const struct device *host = find(is_pci_host);

	if (!host)
		SKIP("no PCI host bridge is described");
	if (gic_is_v2()) {
		CHECK(find(works_as_v2m), "%s with a GICv2, and no GICv2m frame that works",
		      host->origin);
		return;
	}
	CHECK(find(works_as_its), "%s with a GICv3, and no ITS that works", host->origin);
	CHECK(gic_dist_read(GIC_REG_TYPER) & GIC_TYPER_LPIS, "%s: GICD_TYPER 0x%x has no LPIs",
	      host->origin, gic_dist_read(GIC_REG_TYPER));
}

static u64 typers[CONFIG_NR_CPUS];

static void read_typer(void *arg)
{
	(void)arg;
	typers[cpu_this()] = gic_redist_read64(GIC_REDIST_TYPER);
}

void its_has_lpis(void)
{
	const struct device *its = find(is_its);
	unsigned int i;

	if (!its)
		SKIP("no ITS is described");
	CHECK(gic_dist_read(GIC_REG_TYPER) & GIC_TYPER_LPIS, "%s: GICD_TYPER 0x%x", its->origin,
	      gic_dist_read(GIC_REG_TYPER));
	CHECK_EQ(cpu_call_all(read_typer, NULL, GIC_CALL_US), 0);
	cpu_for_each_online(i)
		CHECK_EQ(typers[i] & 1, 1ULL, "PLPIS of CPU %u, GICR_TYPER 0x%llx", i, typers[i]);
}

static void set_sleep(bool sleep)
{
	u32 waker = gic_redist_read(GIC_REDIST_WAKER) & ~GIC_WAKER_SLEEP;
	u32 want = sleep ? GIC_WAKER_ASLEEP : 0;

	gic_redist_write(GIC_REDIST_WAKER, waker | (sleep ? GIC_WAKER_SLEEP : 0));
	CHECK_EQ(wait_until((gic_redist_read(GIC_REDIST_WAKER) & GIC_WAKER_ASLEEP) == want, GIC_US),
		 0, "GICR_WAKER 0x%x: ChildrenAsleep %s", gic_redist_read(GIC_REDIST_WAKER),
		 sleep ? "once ProcessorSleep is set" : "once it is cleared");
}

/* Only with its groups disabled may a CPU say that it sleeps (IHI 0069H 11.1). */
void redistributor_sleeps_and_wakes(void)
{
	u64 daif;
	u32 token;

	if (gic_is_v2())
		SKIP("a GICv2 has no redistributors");
	if (!gic.one_security_state)
		SKIP("GICD_CTLR.DS is 0: GICR_WAKER is the secure side's");
	daif = irq_mask();
	CHECK_EQ(irq_enable(1), 0);
	gic_cpu_write(GIC_CPU_IGRPEN, 0);
	set_sleep(true);
	set_sleep(false);
	gic_cpu_write(GIC_CPU_IGRPEN, 1);
	irq_send_sgi(cpu_mpidr(), 1);
	if (CHECK_EQ(take_irq(&token), 1U, "INTID of an SGI once awake"))
		irq_eoi(token);
	irq_disable(1);
	irq_restore(daif);
}
