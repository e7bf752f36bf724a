/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef DRIVERS_CLOCKSOURCE_ARM_ALARM_H
#define DRIVERS_CLOCKSOURCE_ARM_ALARM_H

#include <drivers/device.h>

/** arm_alarm_choose() - register the timer of this exception level that has an interrupt */
void arm_alarm_choose(const struct device *dev);

#endif
