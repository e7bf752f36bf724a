/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of drivers/base. */
#ifndef DRIVERS_BASE_DRIVER_H
#define DRIVERS_BASE_DRIVER_H

#include <drivers/device.h>

/**
 * driver_match() - find the driver of a device
 * @dev: gets .driver and .match; both NULL when there is none
 * @skip: how many of the drivers that fit to leave out, the best first
 *
 * Best is who names the earliest string of the compatible list, then who comes
 * first in the table.
 */
void driver_match(struct device *dev, unsigned int skip);

/**
 * driver_probe() - bind a device to the best driver that takes it
 * @dev: not yet probed
 *
 * Return: 0; -ENODEV when no driver takes it; else the errno of the one that
 * failed, which was reported.
 */
int driver_probe(struct device *dev);

/** driver_find() - by its name; NULL when there is none */
const struct driver *driver_find(const char *name);

/** driver_is_console() - whether an enabled device's driver is one of consoles */
bool driver_is_console(const struct device *dev);

/** earlycon_device() - what earlycon= made, or NULL */
struct device *earlycon_device(void);

/** console_plan_probe() - bind the planned console, or the next best that works, and consoles= */
void console_plan_probe(void);

#endif
