/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef DRIVERS_CLOCKSOURCE_ARM_TIMERS_H
#define DRIVERS_CLOCKSOURCE_ARM_TIMERS_H

#include <drivers/device.h>
#include <drivers/timer.h>

/** arm_timers_init() - find the timers of this exception level; those with an interrupt may raise the alarm */
void arm_timers_init(const struct device *dev);

#endif
