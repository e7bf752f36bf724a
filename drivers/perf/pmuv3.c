// SPDX-License-Identifier: BSD-2-Clause
/*
 * Who describes a PMU, and which interrupt its overflows raise. Machines with cores of
 * several kinds describe a PMU for each; of an SPI the description says whose it is
 * (interrupt-affinity; in ACPI the GICC structure that names it), a PPI is every CPU's.
 */
#include <base/util.h>
#include <core/cpu.h>
#include <core/log.h>
#include <drivers/device.h>
#include <drivers/pmu.h>

/* Kinds of cores in one machine */
#define PMUS_MAX	8U

static const struct device *pmus[PMUS_MAX];
static unsigned int count;

const struct device *pmu_described(unsigned int n)
{
	return n < count ? pmus[n] : NULL;
}

static bool is_private(u64 intid)
{
	return intid < IRQ_PRIVATE || (intid >= IRQ_EPPI_FIRST && intid < IRQ_EPPI_END);
}

/* The n-th resource of a kind. */
static const struct resource *nth(const struct device *dev, enum resource_kind kind,
				  unsigned int n)
{
	for (unsigned int i = 0; i < dev->nr_resources; i++)
		if (dev->resources[i].kind == kind && n-- == 0)
			return &dev->resources[i];
	return NULL;
}

/* Whose the n-th interrupt is: with nothing said, everyone's if private, else only a lone CPU's. */
static bool is_for(const struct device *dev, unsigned int n, const struct resource *irq,
		   u64 mpidr)
{
	const struct resource *cpu = nth(dev, RES_CPU, n);

	if (cpu)
		return cpu->base == mpidr;
	return is_private(irq->base) || cpu_described() == 1;
}

static const struct resource *find(const struct device *dev, u64 mpidr)
{
	const struct resource *irq;

	for (unsigned int n = 0; (irq = device_irq(dev, n)); n++)
		if (is_for(dev, n, irq, mpidr))
			return irq;
	return NULL;
}

static const struct resource *find_irq(unsigned int index, const struct device **dev)
{
	const struct cpu *cpu = cpu_get(index);

	for (unsigned int i = 0; cpu && i < count; i++) {
		const struct resource *irq = find(pmus[i], cpu->mpidr);

		if (irq) {
			*dev = pmus[i];
			return irq;
		}
	}
	return NULL;
}

int pmu_irq(unsigned int index, u32 *intid, const struct device **dev)
{
	const struct device *found = NULL;
	const struct resource *irq = find_irq(index, &found);

	if (!irq)
		return -ENOENT;
	*intid = (u32)irq->base;
	if (dev)
		*dev = found;
	return 0;
}

int pmu_irq_request(unsigned int index, irq_handler_t handler, void *arg)
{
	const struct device *dev = NULL;
	const struct resource *irq = find_irq(index, &dev);
	u32 intid;
	int ret;

	if (!irq)
		return -ENOENT;
	intid = (u32)irq->base;
	ret = irq_request(intid, handler, arg);
	if (ret)
		return ret;
	if (is_private(intid))
		return (int)intid;
	/* A private one triggers as it is wired. */
	ret = irq_set_trigger(intid, irq->flags & RES_IRQ_EDGE);
	if (!ret)
		ret = irq_set_target(intid, cpu_get(index)->mpidr);
	if (ret) {
		irq_request(intid, NULL, NULL);
		return ret;
	}
	return (int)intid;
}

static int pmuv3_probe(struct device *dev, const struct device_match *match)
{
	(void)match;
	if (count == ARRAY_SIZE(pmus)) {
		pr_warn("%s: more PMUs than the %zu that are looked at", dev->origin,
			ARRAY_SIZE(pmus));
		return -ENODEV;
	}
	pmus[count++] = dev;
	return 0;
}

/* The cores are told apart by nothing here: their registers are the same. */
static const struct device_match pmuv3_match[] = {
	{ .compatible = "arm,armv8-pmuv3", .acpi = ACPI_MADT_PMU },
	{ .compatible = "arm,cortex-a35-pmu" },
	{ .compatible = "arm,cortex-a53-pmu" },
	{ .compatible = "arm,cortex-a55-pmu" },
	{ .compatible = "arm,cortex-a57-pmu" },
	{ .compatible = "arm,cortex-a72-pmu" },
	{ .compatible = "arm,cortex-a73-pmu" },
	{ .compatible = "arm,cortex-a75-pmu" },
	{ .compatible = "arm,cortex-a76-pmu" },
	{ .compatible = "arm,cortex-a77-pmu" },
	{ .compatible = "arm,cortex-a78-pmu" },
	{ .compatible = "arm,cortex-a510-pmu" },
	{ .compatible = "arm,cortex-a710-pmu" },
	{ .compatible = "arm,cortex-x1-pmu" },
	{ .compatible = "arm,cortex-x2-pmu" },
	{ .compatible = "arm,neoverse-e1-pmu" },
	{ .compatible = "arm,neoverse-n1-pmu" },
	{ .compatible = "arm,neoverse-n2-pmu" },
	{ .compatible = "arm,neoverse-v1-pmu" },
	{}
};

DRIVER(pmuv3, .class = DRIVER_OTHER, .match = pmuv3_match, .probe = pmuv3_probe);
