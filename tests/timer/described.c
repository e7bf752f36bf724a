// SPDX-License-Identifier: BSD-2-Clause
/* What the firmware says of the timers. */
#include <base/string.h>
#include <drivers/device.h>
#include <drivers/discovery.h>
#include <drivers/of.h>
#include <drivers/timer_mem.h>
#include "timer.h"

static const struct device *described(void)
{
	const struct device *dev = timer_device();

	if (!dev)
		SKIP("nothing describes the CPUs' timers");
	return dev;
}

void interrupts_are_private(void)
{
	const struct device *dev = described();
	const struct resource *irq;
	unsigned int n;

	for (n = 0; (irq = device_irq(dev, n)); n++)
		CHECK(timer_is_private(irq->base), "%s: interrupt \"%s\" is INTID %llu, no PPI",
		      dev->origin, irq->name ? irq->name : "?", irq->base);
	if (!n)
		SKIP("no interrupt of %s goes to a controller with a driver", dev->origin);
}

/* One is enough to wake by. */
static bool timer_always_runs(void)
{
	const struct timer *timer;
	unsigned int id;

	timer_for_each(timer, id)
		if (timer->intid && (timer->irq_flags & RES_IRQ_ALWAYS_ON))
			return true;
	return false;
}

/* A tree names the states in which they stop; ACPI does that in AML only. */
static bool sleep_stops_timers(void)
{
	int node;

	if (!IS_ENABLED(CONFIG_DT) || discovery_uses(SOURCE_ACPI))
		return true;
	of_for_each_node(node)
		if (of_has(node, "local-timer-stop"))
			return true;
	return false;
}

static bool frame_is_there(void)
{
	const struct timer_frame *frame;

	for (unsigned int n = 0; (frame = timer_frame_get(n)); n++)
		if (frame->features & TIMER_FRAME_IMPLEMENTED)
			return true;
	return false;
}

void something_runs_while_cpus_sleep(void)
{
	const struct device *dev = described();

	CHECK(timer_always_runs() || frame_is_there() || !sleep_stops_timers(),
	      "%s: no timer of the CPUs is always on, and there is no memory-mapped one", dev->origin);
}
