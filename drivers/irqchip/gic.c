// SPDX-License-Identifier: BSD-2-Clause
/* Quieting a GIC whose state nobody vouches for, and looking at what is private. */
#include <base/errno.h>
#include <base/util.h>
#include <core/log.h>
#include <asm/io.h>
#include <drivers/device.h>
#include "gic.h"

bool gic_is_second(const struct device *dev)
{
	if (!irqchip_get())
		return false;
	pr_warn("%s: there is an interrupt controller already; this one is not used", dev->origin);
	return true;
}

void gic_quiet_shared(void __iomem *dist)
{
	unsigned int words = GICD_TYPER_LINES(readl(dist + GICD_TYPER)) + 1;

	for (unsigned int i = 1; i < words; i++) {
		writel(~0U, dist + GIC_ICENABLER + 4 * i);
		writel(~0U, dist + GIC_ICPENDR + 4 * i);
		writel(~0U, dist + GIC_ICACTIVER + 4 * i);
	}
}

int gic_quiet_private(void __iomem *frame)
{
	const u32 four = IRQ_PRIORITY * 0x01010101U;

	writel(~0U, frame + GIC_ICENABLER);
	writel(~0U, frame + GIC_ICPENDR);
	writel(~0U, frame + GIC_ICACTIVER);
	for (unsigned int i = 0; i < 32; i += 4)
		writel(four, frame + GIC_IPRIORITYR + i);
	/* PPIs as levels, where that is not fixed; SGIs are edges for good. */
	writel(0, frame + GIC_ICFGR + 4);
	/* Whether SGIs can be disabled is up to a GICv2 (IHI 0048B.b 4.3.5). */
	return readl(frame + GIC_ISENABLER) & ~GIC_SGIS_MASK ? -EIO : 0;
}

void gic_private_save(void __iomem *frame, unsigned int extended, struct irq_cpu_state *state)
{
	state->enabled = readl(frame + GIC_ISENABLER);
	for (unsigned int i = 0; i < extended && i < ARRAY_SIZE(state->extended); i++)
		state->extended[i] = readl(frame + GIC_ISENABLER + 4 * (i + 1));
	state->pending = readl(frame + GIC_ISPENDR) & GIC_SGIS_MASK;
	state->active = readl(frame + GIC_ISACTIVER);
	state->triggers = readl(frame + GIC_ICFGR + 4);
	state->priorities = 0;
	for (unsigned int i = 0; i < 32; i += 4)
		state->priorities += readl(frame + GIC_IPRIORITYR + i);
}

void gic_private_restore(void __iomem *frame, unsigned int extended,
			 const struct irq_cpu_state *state)
{
	/* Of interrupts that are disabled now (IHI 0069H 12.11.7). */
	writel(state->triggers, frame + GIC_ICFGR + 4);
	for (unsigned int i = 0; i < extended && i < ARRAY_SIZE(state->extended); i++)
		writel(state->extended[i], frame + GIC_ISENABLER + 4 * (i + 1));
	writel(state->enabled, frame + GIC_ISENABLER);
}
