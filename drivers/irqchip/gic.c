// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/util.h>
#include <asm/io.h>
#include "gic.h"

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
	const u32 four = GIC_PRIORITY * 0x01010101U;

	writel(~0U, frame + GIC_ICENABLER);
	writel(~0U, frame + GIC_ICPENDR);
	writel(~0U, frame + GIC_ICACTIVER);
	for (unsigned int i = 0; i < 32; i += 4)
		writel(four, frame + GIC_IPRIORITYR + i);
	/* Whether SGIs can be disabled is up to a GICv2 (IHI 0048B.b 4.3.5). */
	return readl(frame + GIC_ISENABLER) & ~GIC_SGIS_MASK ? -EIO : 0;
}

int gic_enable_private(void __iomem *frame, u32 intid)
{
	u32 bit = 1U << intid;

	writel(bit, frame + GIC_ISENABLER);
	return readl(frame + GIC_ISENABLER) & bit ? 0 : -EIO;
}
