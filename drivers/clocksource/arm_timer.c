// SPDX-License-Identifier: BSD-2-Clause
/*
 * Frequency of the system counter. CNTFRQ_EL0 is a plain register that firmware
 * has to fill in; a device tree may give the number where it does not. The same
 * description has the interrupts of the CPU's timers.
 */
#include <base/errno.h>
#include <asm/sysreg.h>
#include <core/log.h>
#include <core/time.h>
#include <drivers/device.h>
#include "arm_timers.h"

static int arm_timer_probe(struct device *dev, const struct device_match *match)
{
	u64 cntfrq = read_sysreg(cntfrq_el0);
	u64 described = 0;

	(void)match;
	/* The binding: clock-frequency is there only to override a wrong CNTFRQ. */
	if (device_get_u64(dev, "clock-frequency", &described) || !described)
		described = 0;
	if (described && cntfrq && described != cntfrq)
		pr_warn("%s: clock-frequency %llu Hz, but CNTFRQ_EL0 %llu Hz; the first is used",
			dev->origin, described, cntfrq);
	if (!described && !cntfrq) {
		pr_err("%s: nobody knows the counter's frequency: CNTFRQ_EL0 is 0 (firmware at EL3 "
		       "has to set it on every CPU) and there is no clock-frequency. Times are "
		       "not known, waits are bounded by iterations only", dev->origin);
		return -EINVAL;
	}
	time_set_frequency(described ? described : cntfrq);
	arm_timers_init(dev);
	return 0;
}

static const struct device_match arm_timer_match[] = {
	{ .compatible = "arm,armv8-timer", .acpi = ACPI_GTDT_TIMER },
	{ .compatible = "arm,armv7-timer" },
	{}
};

DRIVER(arm_timer, .class = DRIVER_CLOCK, .match = arm_timer_match, .probe = arm_timer_probe);
