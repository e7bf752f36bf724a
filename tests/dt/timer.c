// SPDX-License-Identifier: BSD-2-Clause
/* The node of the architected timer. */
#include <base/string.h>
#include <base/util.h>
#include <drivers/device.h>
#include <drivers/of.h>
#include <test/test.h>
#include "dt.h"

/* In the binding's order, with the INTIDs that BSA (DEN0094C 3.6.2) recommends. */
static const struct {
	const char *name;
	u32 intid;
} timers[] = {
	{ "sec-phys", 29 }, { "phys", 30 }, { "virt", 27 }, { "hyp-phys", 26 }, { "hyp-virt", 28 },
};

static int timer_node(void)
{
	int node = of_find_compatible(-1, "arm,armv8-timer");

	return node >= 0 ? node : of_find_compatible(-1, "arm,armv7-timer");
}

static unsigned int count_irqs(int node)
{
	struct of_irq irq;
	unsigned int n;

	for (n = 0; !of_irq(node, n, &irq); n++)
		;
	return n;
}

/* Which timer the n-th interrupt is; ARRAY_SIZE(timers) for a name nobody knows. */
static unsigned int which_timer(int node, unsigned int n)
{
	const char *name = of_string(node, "interrupt-names", n);
	unsigned int i;

	if (!of_has(node, "interrupt-names"))
		return n;
	for (i = 0; i < ARRAY_SIZE(timers); i++) {
		if (name && !strcmp(timers[i].name, name))
			return i;
	}
	return ARRAY_SIZE(timers);
}

void dt_timer_node_is_complete(void)
{
	int node = timer_node();
	unsigned int n, irqs;
	u32 hz;

	if (node < 0)
		node = of_find_path("/timer");
	if (node < 0)
		SKIP("no node is compatible with arm,armv8-timer");
	CHECK(of_compatible(node, "arm,armv8-timer") || of_compatible(node, "arm,armv7-timer"),
	      "node %s property compatible: \"%s\"", of_path(node),
	      of_string(node, "compatible", 0) ?: "");
	irqs = count_irqs(node);
	if (of_has(node, "interrupt-names")) {
		for (n = 0; n < irqs; n++)
			CHECK_LT(which_timer(node, n), (unsigned int)ARRAY_SIZE(timers),
				 "node %s property interrupt-names, string %u", of_path(node), n);
	} else {
		CHECK(irqs == 4 || irqs == 5, "node %s property interrupts: %u, 4 or 5 expected",
		      of_path(node), irqs);
	}
	if (!of_u32(node, "clock-frequency", 0, &hz))
		test_diag("node %s has clock-frequency %u: firmware should set CNTFRQ_EL0 instead",
			  of_path(node), hz);
}

static void check_distinct(int node, unsigned int n, u32 intid)
{
	struct of_irq irq;
	u32 other, flags;
	unsigned int m;

	for (m = 0; m < n; m++) {
		if (of_irq(node, m, &irq) || of_irq_gic(&irq, &other, &flags))
			continue;
		CHECK_NE(intid, other, "node %s property interrupts, interrupts %u and %u",
			 of_path(node), m, n);
	}
}

static void check_ppi(int node, unsigned int n, const struct of_irq *irq)
{
	unsigned int timer = which_timer(node, n);
	u32 intid, flags;

	if (!CHECK(irq->cell[0] == 1 || irq->cell[0] == 3,
		   "node %s property interrupts cell %u: type %u, no PPI (1) or extended PPI (3)",
		   of_path(node), irq->at, irq->cell[0]))
		return;
	if (!CHECK_LT(irq->cell[1], of_gic_count(irq->cell[0]),
		      "node %s property interrupts cell %u: number of the PPI", of_path(node),
		      irq->at + 1) || of_irq_gic(irq, &intid, &flags))
		return;
	check_distinct(node, n, intid);
	if (flags & RES_IRQ_EDGE)
		test_diag("node %s property interrupts cell %u: edge, timers are level-sensitive",
			  of_path(node), irq->at + 2);
	if (timer < ARRAY_SIZE(timers) && intid != timers[timer].intid)
		test_diag("node %s property interrupts cell %u: %s is INTID %u, BSA recommends %u",
			  of_path(node), irq->at + 1, timers[timer].name, intid,
			  timers[timer].intid);
}

void dt_timer_interrupts_are_ppis(void)
{
	int node = timer_node();
	struct of_irq irq;
	unsigned int n;

	if (node < 0)
		SKIP("no node is compatible with arm,armv8-timer");
	for (n = 0; !of_irq(node, n, &irq); n++) {
		if (!of_is_gic(irq.controller))
			SKIP("the timer's interrupts go to %s, which is no GIC",
			     of_path(irq.controller));
		check_ppi(node, n, &irq);
	}
	CHECK_GT(n, 0U, "node %s property interrupts: good specifiers", of_path(node));
}
