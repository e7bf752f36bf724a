/* SPDX-License-Identifier: BSD-2-Clause */
/* SBSA generic watchdog: what tests see beside core/watchdog.h. */
#ifndef DRIVERS_SBSA_WATCHDOG_H
#define DRIVERS_SBSA_WATCHDOG_H

#include <core/watchdog.h>

#define SBSA_WATCHDOG_REVISION(iidr)	((iidr) >> 16 & 0xf)

/**
 * sbsa_watchdog_ids() - W_IIDR of both frames (DEN0029B appendix A)
 * @wd: any watchdog
 *
 * Return: 0; -ENODEV when it is of another kind.
 */
int sbsa_watchdog_ids(const struct watchdog *wd, u32 *control, u32 *refresh_frame);

#endif
