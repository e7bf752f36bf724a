// SPDX-License-Identifier: BSD-2-Clause
/*
 * The local interrupt controller of each core (Broadcom QA7, ARM Quad A7 core, rev
 * 3.4; the binding brcm,bcm2836-l1-intc). There are no priorities, no mask of them,
 * and nothing is ever active: what is signalled comes until its source is silent.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/irq.h>
#include <asm/barrier.h>
#include <asm/cpu.h>
#include <asm/io.h>
#include <asm/lock.h>
#include <asm/percpu.h>
#include <drivers/device.h>
#include "bcm2836.h"

#define CORES			4U
#define LOCAL_GPU_ROUTE		0x0c	/* which core takes what devices share */
#define LOCAL_PMU_ROUTE_SET	0x10	/* bit n: overflows of core n's PMU interrupt it */
#define LOCAL_PMU_ROUTE_CLEAR	0x14
#define LOCAL_AXI_IRQ		0x30	/* outstanding transactions of the bus */
#define LOCAL_TIMER		0x34	/* one for all cores, beside theirs */
#define LOCAL_TIMER_CTRL(core)	(0x40 + 4 * (core))
#define LOCAL_MAILBOX_CTRL(core) (0x50 + 4 * (core))
#define LOCAL_SOURCE(core)	(0x60 + 4 * (core))
#define LOCAL_MAILBOX_SET(core)	(0x80 + 16 * (core))	/* mailbox 0 */
#define LOCAL_MAILBOX_CLEAR(core, n) (0xc0 + 16 * (core) + 4 * (n))
#define LOCAL_SIZE		0x100

/* Bits of the source register: inputs 0 to 3 are the timers. */
#define TIMERS_MASK		0xfU
#define SOURCE_MAILBOX		BIT(4)
#define SOURCE_SHARED		BIT(8)
#define SOURCE_PMU		BIT(9)
#define MAILBOXES		4U
#define PPI_TIMERS_END		(IRQ_SGIS + 4)
#define PPI_PMU			(IRQ_SGIS + 9)

static void __iomem *base;

/*
 * A mailbox has one line for all of its bits: which SGIs may come, and those that came
 * before they might, is in struct cpu_local, for a core may have its MMU off alone. The
 * route of the PMU's interrupt is written only: its bit stands there, too.
 */
static u32 own_core(void)
{
	return (u32)(cpu_mpidr() & 0xff);
}

static int change_timer(u32 intid, bool on)
{
	void __iomem *ctrl = base + LOCAL_TIMER_CTRL(own_core());
	u32 bit = 1U << (intid - IRQ_SGIS), value = readl(ctrl);

	writel(on ? value | bit : value & ~bit, ctrl);
	return !(readl(ctrl) & bit) == !on ? 0 : -EIO;
}

static int change_pmu(bool on)
{
	u64 bit = 1ULL << PPI_PMU, *may_come = &cpu_local()->irq_may_come;

	writel(1U << own_core(), base + (on ? LOCAL_PMU_ROUTE_SET : LOCAL_PMU_ROUTE_CLEAR));
	*may_come = on ? *may_come | bit : *may_come & ~bit;
	return 0;
}

/* take_sgi() in the core's own interrupt changes the same words. */
static void let_sgi(u32 sgi, bool come)
{
	struct cpu_local *local = cpu_local();
	u64 bit = 1ULL << sgi, daif = irq_mask();

	if (come) {
		local->irq_may_come |= bit;
		writel((u32)(local->irq_held & bit), base + LOCAL_MAILBOX_SET(own_core()));
		local->irq_held &= ~bit;
	} else {
		local->irq_may_come &= ~bit;
	}
	irq_restore(daif);
}

static int bcm2836_enable(u32 intid)
{
	if (intid >= IRQ_PRIVATE)
		return bcm2835_armctrl_enable(intid);
	if (intid == PPI_PMU)
		return change_pmu(true);
	if (intid >= PPI_TIMERS_END)
		return -ERANGE;
	if (intid >= IRQ_SGIS)
		return change_timer(intid, true);
	let_sgi(intid, true);
	return 0;
}

static int bcm2836_disable(u32 intid)
{
	if (intid >= IRQ_PRIVATE)
		return bcm2835_armctrl_disable(intid);
	if (intid == PPI_PMU)
		return change_pmu(false);
	if (intid >= PPI_TIMERS_END)
		return -ERANGE;
	if (intid >= IRQ_SGIS)
		return change_timer(intid, false);
	let_sgi(intid, false);
	return 0;
}

static int bcm2836_is_enabled(u32 intid)
{
	if (intid >= IRQ_PRIVATE)
		return bcm2835_armctrl_is_enabled(intid);
	if (intid >= PPI_TIMERS_END && intid != PPI_PMU)
		return -ERANGE;
	if (intid >= IRQ_SGIS && intid != PPI_PMU)
		return readl(base + LOCAL_TIMER_CTRL(own_core())) >> (intid - IRQ_SGIS) & 1;
	return cpu_local()->irq_may_come >> intid & 1;
}

static u32 mailbox(u32 core)
{
	return readl(base + LOCAL_MAILBOX_CLEAR(core, 0));
}

static int bcm2836_is_pending(u32 intid)
{
	u32 core = own_core();

	if (intid >= IRQ_PRIVATE)
		return bcm2835_armctrl_is_pending(intid);
	if (intid >= PPI_TIMERS_END && intid != PPI_PMU)
		return -ERANGE;
	if (intid >= IRQ_SGIS)
		return readl(base + LOCAL_SOURCE(core)) >> (intid - IRQ_SGIS) & 1;
	return (mailbox(core) | cpu_local()->irq_held) >> intid & 1;
}

/* As irq_request() wants it: levels, and for the first core, are all that there are. */
static int bcm2836_reset(u32 intid)
{
	return bcm2836_disable(intid);
}

static int bcm2836_set_trigger(u32 intid, bool edge)
{
	int ret = bcm2836_is_enabled(intid);

	return ret < 0 ? ret : edge ? -EOPNOTSUPP : 0;
}

static const struct irq_ops bcm2836_ops = {
	.enable = bcm2836_enable,
	.disable = bcm2836_disable,
	.reset = bcm2836_reset,
	.is_enabled = bcm2836_is_enabled,
	.set_trigger = bcm2836_set_trigger,
	.is_pending = bcm2836_is_pending,
};

/* Those that may not come yet would keep the line up: they are taken out of the mailbox. */
static u32 take_sgi(u32 core)
{
	struct cpu_local *local = cpu_local();
	u32 sent = mailbox(core), wanted = sent & (u32)local->irq_may_come;
	u32 taken = sent & ~wanted, sgi = IRQ_NONE;

	/* Nothing is written for nothing. */
	if (taken)
		local->irq_held |= taken & (BIT(IRQ_SGIS) - 1);
	if (wanted) {
		sgi = (u32)__builtin_ctz(wanted);
		taken |= 1U << sgi;
	}
	writel(taken, base + LOCAL_MAILBOX_CLEAR(core, 0));
	return sgi;
}

static u32 bcm2836_ack(u32 *intid)
{
	u32 core = own_core(), source = readl(base + LOCAL_SOURCE(core));

	*intid = IRQ_NONE;
	if (source & (TIMERS_MASK | SOURCE_PMU))
		*intid = IRQ_SGIS + (u32)__builtin_ctz(source & (TIMERS_MASK | SOURCE_PMU));
	else if (source & SOURCE_MAILBOX)
		*intid = take_sgi(core);
	if (*intid == IRQ_NONE && source & SOURCE_SHARED)
		*intid = bcm2835_armctrl_ack();
	/* Memory that the interrupt tells of is looked at afterwards only. */
	dsb(sy);
	return *intid;
}

static void bcm2836_eoi(u32 token)
{
	(void)token;
}

static int bcm2836_split_eoi(bool split)
{
	return split ? -EOPNOTSUPP : 0;
}

static bool bcm2836_eoi_is_split(void)
{
	return false;
}

static int bcm2836_send_sgi(const u64 *mpidr, unsigned int count, u32 sgi)
{
	for (unsigned int i = 0; i < count; i++) {
		if ((mpidr[i] & 0xff) >= CORES)
			return -ENODEV;
		writel(1U << sgi, base + LOCAL_MAILBOX_SET((u32)(mpidr[i] & 0xff)));
	}
	return 0;
}

static int bcm2836_send_sgi_others(u32 sgi)
{
	for (u32 core = 0; core < CORES; core++)
		if (core != own_core())
			writel(1U << sgi, base + LOCAL_MAILBOX_SET(core));
	return 0;
}

static void bcm2836_set_priority_mask(u32 mask)
{
	(void)mask;
}

static u32 bcm2836_priority_mask(void)
{
	return IRQ_PRIORITY_MASK;
}

static void clear_mailboxes(u32 core)
{
	for (u32 n = 0; n < MAILBOXES; n++)
		writel(~0U, base + LOCAL_MAILBOX_CLEAR(core, n));
	cpu_local()->irq_held = 0;
}

static void bcm2836_save(struct irq_cpu_state *state)
{
	u32 core = own_core();

	state->enabled = (u32)cpu_local()->irq_may_come |
			 (readl(base + LOCAL_TIMER_CTRL(core)) & TIMERS_MASK) << IRQ_SGIS;
	state->pending = (mailbox(core) | (u32)cpu_local()->irq_held) & (BIT(IRQ_SGIS) - 1);
	state->control = readl(base + LOCAL_MAILBOX_CTRL(core));
}

static void bcm2836_restore(const struct irq_cpu_state *state)
{
	u32 core = own_core();

	clear_mailboxes(core);
	change_pmu(state->enabled & BIT(PPI_PMU));
	cpu_local()->irq_may_come = state->enabled & (BIT(PPI_PMU) | (BIT(IRQ_SGIS) - 1));
	writel(state->enabled >> IRQ_SGIS & TIMERS_MASK, base + LOCAL_TIMER_CTRL(core));
	writel(state->control, base + LOCAL_MAILBOX_CTRL(core));
}

/* Upper halves of the control registers route to FIQ instead. */
static int bcm2836_cpu_init(void)
{
	u32 core = own_core();

	if (core >= CORES)
		return -ENODEV;
	writel(0, base + LOCAL_TIMER_CTRL(core));
	clear_mailboxes(core);
	cpu_local()->irq_may_come = 0;
	writel(1, base + LOCAL_MAILBOX_CTRL(core));
	return readl(base + LOCAL_MAILBOX_CTRL(core)) == 1 ? 0 : -EIO;
}

static const struct irqchip bcm2836_chip = {
	.name = "BCM2836",
	.ops = &bcm2836_ops,
	.cpu_init = bcm2836_cpu_init,
	.ack = bcm2836_ack,
	.eoi = bcm2836_eoi,
	.deactivate = bcm2836_eoi,
	.split_eoi = bcm2836_split_eoi,
	.eoi_is_split = bcm2836_eoi_is_split,
	.send_sgi = bcm2836_send_sgi,
	.send_sgi_others = bcm2836_send_sgi_others,
	.set_priority_mask = bcm2836_set_priority_mask,
	.priority_mask = bcm2836_priority_mask,
	.save = bcm2836_save,
	.restore = bcm2836_restore,
};

/* A Raspberry Pi 4 has both: there everything goes to the GIC, whose outputs lead to the cores. */
static bool gic_is_described(void)
{
	const struct device *dev;

	device_for_each(dev) {
		if (dev->driver && !(dev->flags & DEVICE_DISABLED) &&
		    (device_compatible(dev, "arm,gic-400") || device_compatible(dev, "arm,gic-v3")))
			return true;
	}
	return false;
}

/* Left on by somebody, one of these would hold its core for ever. */
static void quiet_others(void)
{
	writel(~0U, base + LOCAL_PMU_ROUTE_CLEAR);
	writel(0, base + LOCAL_AXI_IRQ);
	writel(0, base + LOCAL_TIMER);
}

static int bcm2836_probe(struct device *dev, const struct device_match *match)
{
	const struct resource *res = device_mem(dev, 0);

	(void)match;
	if (gic_is_described())
		return -ENODEV;
	if (!res || res->size < LOCAL_SIZE)
		return -EINVAL;
	base = device_map(dev, 0);
	if (!base)
		return -EINVAL;
	quiet_others();
	/* What devices share comes to the first core, as IRQ. */
	writel(0, base + LOCAL_GPU_ROUTE);
	return irqchip_register(&bcm2836_chip);
}

static const struct device_match bcm2836_match[] = {
	{ .compatible = "brcm,bcm2836-l1-intc" },
	{}
};

DRIVER(bcm2836, .class = DRIVER_IRQCHIP, .match = bcm2836_match, .probe = bcm2836_probe);
