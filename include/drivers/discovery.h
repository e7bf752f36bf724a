/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which of the firmware's descriptions becomes struct devices. drivers/of and
 * drivers/acpi ask discovery_uses() in a stage of time DISCOVER, order 30 or
 * later; the choice is made at order 20.
 */
#ifndef DRIVERS_DISCOVERY_H
#define DRIVERS_DISCOVERY_H

#include <base/types.h>
#include <drivers/device.h>

/* What drivers/of found. */
enum discovery_dt {
	DISCOVERY_DT_NONE,	/* no device tree, or a broken one */
	DISCOVERY_DT_BARE,	/* one with nothing but /chosen and /aliases in it */
	DISCOVERY_DT_WHOLE,
};

/**
 * discovery_offer_dt() - by drivers/of, before the choice (DISCOVER, order 10)
 * @dt: what there is
 */
void discovery_offer_dt(enum discovery_dt dt);

/**
 * discovery_uses() - whether a source was chosen
 * @source: SOURCE_DT or SOURCE_ACPI
 */
bool discovery_uses(enum device_source source);

/** discovery_source_name() - "device tree", "ACPI" or "none", for the summary */
const char *discovery_source_name(void);

/** discovery_reason() - why that one, for people: "acpi=force", "no ACPI tables", ... */
const char *discovery_reason(void);

#endif
