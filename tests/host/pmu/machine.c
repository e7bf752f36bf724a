// SPDX-License-Identifier: BSD-2-Clause
/*
 * What the suite and the driver find around themselves: two CPUs, each PMU's interrupt an
 * SPI, and the interrupt controller that delivers those.
 */
#include <host.h>
#include <core/cpu.h>
#include <core/time.h>
#include <asm/control_state.h>
#include <drivers/device.h>
#include <drivers/discovery.h>
#include "../../pmu/pmu.h"
#include "model.h"

#define SPI_OF(cpu)	(40U + (cpu))
#define INTIDS		64U

static struct {
	irq_handler_t handler;
	void *arg;
	bool enabled;
	u64 target;
} irqs[INTIDS];

static bool masked, delivering;

static struct cpu cpus[MODEL_CPUS] = {
	{ .index = 0, .state = CPU_ONLINE, .mpidr = 0x100 },
	{ .index = 1, .state = CPU_ONLINE, .mpidr = 0x101 },
};

/* Out of order, as trees have them. */
static const struct resource resources[] = {
	{ .kind = RES_IRQ, .base = SPI_OF(1), .size = 1 },
	{ .kind = RES_CPU, .base = 0x101, .size = 1 },
	{ .kind = RES_IRQ, .base = SPI_OF(0), .size = 1 },
	{ .kind = RES_CPU, .base = 0x100, .size = 1 },
};

static struct device device = {
	.name = "pmu", .origin = "/pmu", .resources = resources,
	.nr_resources = ARRAY_SIZE(resources),
};

void machine_start(void)
{
	const struct driver *const *pp;

	memset(irqs, 0, sizeof(irqs));
	masked = false;
	delivering = false;
	if (pmu_described(0))
		return;
	table_for_each(pp, driver)
		(*pp)->probe(&device, NULL);
}

static void deliver(void)
{
	u32 intid = SPI_OF(model_cpu());

	if (delivering || !irqs[intid].enabled || !model_line(model_cpu()) ||
	    irqs[intid].target != cpus[model_cpu()].mpidr)
		return;
	delivering = true;
	irqs[intid].handler(intid, NULL, irqs[intid].arg);
	delivering = false;
}

void machine_interrupt(void)
{
	if (!masked)
		deliver();
}

unsigned int irq_poll(void)
{
	deliver();
	return 0;
}

int irq_request(u32 intid, irq_handler_t handler, void *arg)
{
	if (handler && irqs[intid].handler)
		return -EBUSY;
	irqs[intid].handler = handler;
	irqs[intid].arg = arg;
	irqs[intid].enabled = false;
	return 0;
}

int irq_enable(u32 intid)
{
	irqs[intid].enabled = true;
	machine_interrupt();
	return 0;
}

int irq_disable(u32 intid)
{
	irqs[intid].enabled = false;
	return 0;
}

int irq_is_pending(u32 intid)
{
	return model_line(intid - SPI_OF(0));
}

int irq_set_trigger(u32 intid __unused, bool edge)
{
	return edge ? -EOPNOTSUPP : 0;
}

int irq_set_target(u32 intid, u64 mpidr)
{
	irqs[intid].target = mpidr;
	return 0;
}

const struct irqchip *irqchip_get(void)
{
	static const struct irq_ops ops = { .is_pending = irq_is_pending };
	static const struct irqchip chip = { .name = "model", .ops = &ops };

	return &chip;
}

u64 control_daif(void)
{
	return masked ? BIT(7) : 0;
}

unsigned int cpu_count(void)
{
	return MODEL_CPUS;
}

unsigned int cpu_described(void)
{
	return MODEL_CPUS;
}

struct cpu *cpu_get(unsigned int index)
{
	return index < MODEL_CPUS ? &cpus[index] : NULL;
}

unsigned int cpu_this(void)
{
	return model_cpu();
}

bool cpu_is_online(unsigned int index)
{
	return index < MODEL_CPUS;
}

int cpu_call(unsigned int index, void (*fn)(void *arg), void *arg, u64 timeout_us __unused)
{
	unsigned int before = model_cpu();

	model_set_cpu(index);
	masked = true;
	fn(arg);
	masked = false;
	model_set_cpu(before);
	return 0;
}

int cpu_call_others(void (*fn)(void *arg), void *arg, u64 timeout_us)
{
	return cpu_call(1, fn, arg, timeout_us);
}

struct time_bound time_bound_start(u64 us)
{
	return (struct time_bound){ .spins = us };
}

/* Something runs meanwhile: long enough for a counter near its end. */
bool time_bound_passed(struct time_bound *bound)
{
	model_run(cpu_current_el(), 100, 0);
	return !bound->spins--;
}

void time_delay_us(u64 us)
{
	model_run(cpu_current_el(), us, 0);
}

bool discovery_uses(enum device_source source)
{
	return source == SOURCE_ACPI;
}

const char *exception_vector_name(enum exception_vector vector __unused)
{
	return "";
}

/* EL0, in place of tests/pmu/el0.c. */
static u64 needed(enum el0_code code)
{
	switch (code) {
	case EL0_READ_CYCLES:
		return PMU_USER_EN | PMU_USER_CR;
	case EL0_READ_COUNTER:
		return PMU_USER_EN | PMU_USER_ER;
	case EL0_INCREMENT:
		return PMU_USER_EN | PMU_USER_SW;
	default:
		return PMU_USER_EN;
	}
}

unsigned int pmu_el0_run(enum el0_code code, u64 x0, u64 *result)
{
	if (code == EL0_LOOP)
		model_run(0, 2 * x0, 0);
	else if (!(model_user() & needed(code)))
		return EC_SYSREG;
	*result = code == EL0_READ_CONTROL ? (pmu_hyp() & MDCR_HPMN) << 11 : 0;
	return EC_SVC;
}

void pmu_el0_unmap(void)
{
}
