// SPDX-License-Identifier: BSD-2-Clause
/* Interrupts: which controller, which cells, and what they mean to a GIC. */
#include <base/util.h>
#include <drivers/device.h>
#include "tree.h"

static const char *const gic_compatible[] = {
	"arm,gic-v3", "arm,gic-400", "arm,cortex-a15-gic", "arm,cortex-a9-gic",
	"arm,cortex-a7-gic", "arm,cortex-a5-gic", "arm,gic-v2", "arm,pl390",
	"arm,eb11mp-gic", "arm,arm11mp-gic", "arm,arm1176jzf-devchip-gic", "arm,tc11mp-gic",
	"brcm,brahma-b15-gic", "nvidia,tegra210-agic", "qcom,msm-8660-qgic", "qcom,msm-qgic2",
	"qcom,msm8996-gic-v3",
};

static bool compatible_gic(int node)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(gic_compatible); i++) {
		if (of_compatible(node, gic_compatible[i]))
			return true;
	}
	return false;
}

bool of_is_gic(int node)
{
	if (node < 0)
		return false;
	if (node != of_tree.last_controller) {
		of_tree.last_is_gic = compatible_gic(node);
		of_tree.last_controller = node;
	}
	return of_tree.last_is_gic;
}

/* One step up the interrupt tree. */
static int irq_step(int node)
{
	u32 phandle;
	int ret;

	ret = of_u32(node, "interrupt-parent", 0, &phandle);
	if (ret == -ENOENT)
		return of_parent(node);
	if (ret)
		return ret;
	node = of_by_phandle(phandle);
	return node < 0 ? -EINVAL : node;
}

static int find_irq_parent(int node)
{
	unsigned int i;

	/* Phandles can form a circle; no sound tree has more steps than levels. */
	for (i = 0; i < OF_MAX_DEPTH; i++) {
		node = irq_step(node);
		if (node < 0 || node == of_tree.last_cells_node ||
		    of_has(node, "#interrupt-cells"))
			return node;
	}
	return -EINVAL;
}

int of_irq_parent(int node)
{
	if (node < 0 || node != of_tree.last_irq_node) {
		of_tree.last_irq_parent = find_irq_parent(node);
		of_tree.last_irq_node = node;
	}
	return of_tree.last_irq_parent;
}

static int irq_cells(int controller, unsigned int *cells)
{
	u32 value;

	if (controller != of_tree.last_cells_node) {
		if (of_u32(controller, "#interrupt-cells", 0, &value) || !value ||
		    value > OF_MAX_IRQ_CELLS)
			return -EINVAL;
		of_tree.last_cells_node = controller;
		of_tree.last_cells = value;
	}
	*cells = of_tree.last_cells;
	return 0;
}

static void copy_cells(const void *prop, unsigned int at, struct of_irq *irq)
{
	unsigned int i;

	irq->at = at;
	for (i = 0; i < irq->count; i++)
		irq->cell[i] = of_cell(prop, at + i);
}

static int irq_extended(const void *prop, size_t len, unsigned int n, struct of_irq *irq)
{
	size_t cells = len / 4, at;

	if (len % 4)
		return -EINVAL;
	/* Each turn takes two cells or more off the property. */
	for (at = 0; at < cells; at += 1 + irq->count) {
		irq->controller = of_by_phandle(of_cell(prop, at));
		if (irq->controller < 0 || irq_cells(irq->controller, &irq->count))
			return -EINVAL;
		if (irq->count > cells - at - 1)
			return -EINVAL;
		if (n-- == 0) {
			copy_cells(prop, at + 1, irq);
			return 0;
		}
	}
	return -ENOENT;
}

static int irq_plain(int node, const void *prop, size_t len, unsigned int n, struct of_irq *irq)
{
	irq->controller = of_irq_parent(node);
	if (irq->controller < 0 || irq_cells(irq->controller, &irq->count) ||
	    len % (irq->count * 4))
		return -EINVAL;
	if (n >= len / (irq->count * 4))
		return -ENOENT;
	copy_cells(prop, n * irq->count, irq);
	return 0;
}

int of_irq(int node, unsigned int n, struct of_irq *irq)
{
	size_t len;
	const void *prop;

	prop = of_prop(node, "interrupts-extended", &len);
	if (prop)
		return irq_extended(prop, len, n, irq);
	prop = of_prop(node, "interrupts", &len);
	return prop ? irq_plain(node, prop, len, n, irq) : -ENOENT;
}

/* First cell of a GIC's specifier: what kind of interrupt; INTIDs by IHI 0069H 2.2.1. */
static const struct {
	u32 first;
	u32 count;
} gic_types[] = {
	{ 32, 988 },	/* SPI */
	{ 16, 16 },	/* PPI */
	{ 4096, 1024 },	/* extended SPI */
	{ 1056, 64 },	/* extended PPI */
};

u32 of_gic_count(u32 type)
{
	return type < ARRAY_SIZE(gic_types) ? gic_types[type].count : 0;
}

/* The low bits of the cell that says so, alike in all of these bindings. */
static u32 trigger_flags(u32 cell)
{
	u32 trigger = cell & 0xf;

	return (trigger == 1 || trigger == 2 ? RES_IRQ_EDGE : 0) |
	       (trigger == 2 || trigger == 8 ? RES_IRQ_LOW : 0);
}

int of_irq_gic(const struct of_irq *irq, u32 *intid, u32 *flags)
{
	if (!of_is_gic(irq->controller))
		return -ENODEV;
	if (irq->count < 3 || irq->cell[0] >= ARRAY_SIZE(gic_types))
		return -EINVAL;
	if (irq->cell[1] >= gic_types[irq->cell[0]].count)
		return -ERANGE;
	*intid = gic_types[irq->cell[0]].first + irq->cell[1];
	*flags = trigger_flags(irq->cell[2]);
	return 0;
}

#define BCM_LOCAL_INPUTS	12U
#define BCM_BANKS		3U

static int bcm_local(const struct of_irq *irq, u32 *intid, u32 *flags)
{
	if (irq->count < 2)
		return -EINVAL;
	if (irq->cell[0] >= BCM_LOCAL_INPUTS)
		return -ERANGE;
	*intid = 16 + irq->cell[0];
	*flags = trigger_flags(irq->cell[1]);
	return 0;
}

/* Bank and bit; all are levels. */
static int bcm_shared(const struct of_irq *irq, u32 *intid, u32 *flags)
{
	if (irq->count < 2)
		return -EINVAL;
	if (irq->cell[0] >= BCM_BANKS || irq->cell[1] >= 32)
		return -ERANGE;
	*intid = 32 + 32 * irq->cell[0] + irq->cell[1];
	*flags = 0;
	return 0;
}

int of_irq_intid(const struct of_irq *irq, u32 *intid, u32 *flags)
{
	if (of_is_gic(irq->controller))
		return of_irq_gic(irq, intid, flags);
	if (of_compatible(irq->controller, "brcm,bcm2836-l1-intc"))
		return bcm_local(irq, intid, flags);
	if (of_compatible(irq->controller, "brcm,bcm2836-armctrl-ic"))
		return bcm_shared(irq, intid, flags);
	return -ENODEV;
}
