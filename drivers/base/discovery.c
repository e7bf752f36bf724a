// SPDX-License-Identifier: BSD-2-Clause
/*
 * Device tree or ACPI. With both, the device tree is used unless there is
 * nothing in it, as in Linux; acpi= overrides.
 */
#include <base/kconfig.h>
#include <base/string.h>
#include <core/log.h>
#include <core/param.h>
#include <core/stage.h>
#include <drivers/discovery.h>

enum acpi_word {
	ACPI_WORD_NONE,
	ACPI_WORD_ON,		/* ACPI where there is, else the device tree */
	ACPI_WORD_OFF,		/* never ACPI */
	ACPI_WORD_FORCE,	/* never the device tree */
};

static enum acpi_word acpi_word;
static enum discovery_dt offered_dt;
static bool chosen;
static enum device_source source;
static const char *reason = "no stage has chosen yet";

void discovery_offer_dt(enum discovery_dt dt)
{
	offered_dt = dt;
}

bool discovery_uses(enum device_source which)
{
	return chosen && source == which;
}

const char *discovery_source_name(void)
{
	if (!chosen)
		return "none";
	return source == SOURCE_DT ? "device tree" : "ACPI";
}

const char *discovery_reason(void)
{
	return reason;
}

static int acpi_set(const char *value)
{
	static const char *const words[] = {
		[ACPI_WORD_ON] = "on", [ACPI_WORD_OFF] = "off", [ACPI_WORD_FORCE] = "force",
	};
	enum acpi_word i;

	for (i = ACPI_WORD_ON; value && i <= ACPI_WORD_FORCE; i++) {
		if (!strcmp(value, words[i])) {
			acpi_word = i;
			return 0;
		}
	}
	return -EINVAL;
}
PARAM(acpi, .help = "on: ACPI rather than a device tree; off: never; force: nothing else",
      .set = acpi_set);

static void choose(enum device_source which, const char *why)
{
	chosen = true;
	source = which;
	reason = why;
}

static const char *why_not_acpi(const struct boot_info *bi)
{
	if (!IS_ENABLED(CONFIG_ACPI))
		return "ACPI is not configured into this image";
	return bi->rsdp ? "acpi=off" : "the firmware gave no ACPI tables";
}

static const char *why_not_dt(const struct boot_info *bi)
{
	if (!IS_ENABLED(CONFIG_DT))
		return "device trees are not configured into this image";
	return bi->fdt ? "the device tree has only /chosen" : "the firmware gave no device tree";
}

static void choose_source(const struct boot_info *bi, bool dt, bool acpi)
{
	if (acpi_word == ACPI_WORD_FORCE && acpi) {
		choose(SOURCE_ACPI, "acpi=force");
	} else if (acpi_word == ACPI_WORD_ON && acpi) {
		choose(SOURCE_ACPI, "acpi=on");
	} else if (dt && !(acpi && offered_dt == DISCOVERY_DT_BARE)) {
		choose(SOURCE_DT, acpi ? "a device tree goes before ACPI" : why_not_acpi(bi));
	} else if (acpi) {
		choose(SOURCE_ACPI, why_not_dt(bi));
	} else {
		reason = bi->rsdp && acpi_word == ACPI_WORD_OFF ?
			 "acpi=off, and there is no device tree to use" :
			 "there is neither a device tree nor ACPI tables to use";
	}
}

static int discovery_choose(struct boot_info *bi)
{
	bool acpi = IS_ENABLED(CONFIG_ACPI) && bi->rsdp && acpi_word != ACPI_WORD_OFF;
	bool dt = IS_ENABLED(CONFIG_DT) && bi->fdt && offered_dt != DISCOVERY_DT_NONE;

	chosen = false;
	choose_source(bi, dt, acpi);
	/* Going on with the tree all the same is how people get to see this. */
	if (acpi_word == ACPI_WORD_FORCE && !acpi)
		pr_err("acpi=force: %s", why_not_acpi(bi));
	if (chosen)
		pr_debug("discovery: %s (%s)", discovery_source_name(), reason);
	else
		pr_err("discovery: no devices: %s", reason);
	return 0;
}
STAGE(discovery, "20", .when = STAGE_DISCOVER, .run = discovery_choose);
