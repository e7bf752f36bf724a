// SPDX-License-Identifier: BSD-2-Clause
/* Interrupts: every specifier has a controller and the cells it asks for. */
#include <base/string.h>
#include <drivers/of.h>
#include <test/test.h>
#include "dt.h"

static bool has_interrupts(int node)
{
	return of_has(node, "interrupts") && !of_has(node, "interrupts-extended");
}

void dt_interrupt_parents_resolve(void)
{
	unsigned int found = 0;
	int node, parent;
	u32 phandle;

	of_for_each_node(node) {
		if (!has_interrupts(node))
			continue;
		found++;
		parent = of_irq_parent(node);
		if (CHECK_GE(parent, 0, "node %s: no interrupt controller on the way up",
			     of_path(node)))
			CHECK(of_u32(parent, "#interrupt-cells", 0, &phandle) == 0 &&
			      phandle >= 1 && phandle <= OF_MAX_IRQ_CELLS,
			      "node %s property #interrupt-cells", of_path(parent));
	}
	if (!found)
		SKIP("no node has interrupts");
}

static const char *irq_property(int node)
{
	return of_has(node, "interrupts-extended") ? "interrupts-extended" : "interrupts";
}

/* Walks a node's interrupts to the end; how many. */
static unsigned int check_node(int node)
{
	struct of_irq irq = { .controller = -ENOENT };
	unsigned int n;
	size_t len = 0;
	int ret;

	of_prop(node, irq_property(node), &len);
	for (n = 0; (ret = of_irq(node, n, &irq)) == 0; n++)
		;
	CHECK_EQ(ret, -ENOENT, "node %s property %s: %zu bytes, interrupt %u; controller %s",
		 of_path(node), irq_property(node), len, n, of_path(irq.controller));
	return n;
}

void dt_interrupts_fit_the_controller(void)
{
	unsigned int found = 0, names, n;
	int node;

	of_for_each_node(node) {
		if (!of_has(node, irq_property(node)))
			continue;
		found++;
		/* Without a parent there are no cells to count, and another case says so. */
		if (has_interrupts(node) && of_irq_parent(node) < 0)
			continue;
		n = check_node(node);
		for (names = 0; of_string(node, "interrupt-names", names); names++)
			;
		if (names > n)
			test_diag("node %s has %u interrupt-names, but %u interrupts",
				  of_path(node), names, n);
	}
	if (!found)
		SKIP("no node has interrupts");
}

static void check_gic_irq(int node, const struct of_irq *irq)
{
	const char *name = irq_property(node);

	if (!CHECK_GE(irq->count, 3U, "node %s property #interrupt-cells",
		      of_path(irq->controller)) ||
	    !CHECK_LE(irq->cell[0], 3U, "node %s property %s cell %u: type of interrupt",
		      of_path(node), name, irq->at))
		return;
	CHECK_LT(irq->cell[1], of_gic_count(irq->cell[0]),
		 "node %s property %s cell %u: number, of those that type %u has",
		 of_path(node), name, irq->at + 1, irq->cell[0]);
}

void dt_gic_interrupts_exist(void)
{
	unsigned int n, found = 0;
	struct of_irq irq;
	int node;

	of_for_each_node(node) {
		for (n = 0; !of_irq(node, n, &irq); n++) {
			if (!of_is_gic(irq.controller))
				continue;
			found++;
			check_gic_irq(node, &irq);
		}
	}
	if (!found)
		SKIP("no interrupt goes to a GIC");
}
