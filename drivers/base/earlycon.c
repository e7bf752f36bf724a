// SPDX-License-Identifier: BSD-2-Clause
/*
 * earlycon=DRIVER,ADDRESS[,RATE[,CLOCK]]: a console that no table describes, or
 * a rate for one that some table does. "mmio", "mmio32" before the address and
 * "n8" behind the rate are accepted, as Linux writes them.
 */
#include <base/parse.h>
#include <base/string.h>
#include <core/heap.h>
#include <core/log.h>
#include <core/param.h>
#include <core/stage.h>
#include "driver.h"

struct earlycon {
	struct device dev;
	struct resource mem;
	u64 rate;			/* baud, 0: leave the UART as it is */
	u64 clock;			/* Hz, 0: unknown */
	const struct device *shadowed;	/* a table's device at that address, or NULL */
};

static struct earlycon *earlycon;

struct device *earlycon_device(void)
{
	return earlycon ? &earlycon->dev : NULL;
}

static int earlycon_get_u64(const struct device *dev, const char *name, u64 *value)
{
	const struct earlycon *con = dev->source_priv;

	if (con->rate && !strcmp(name, "current-speed"))
		*value = con->rate;
	else if (con->clock && !strcmp(name, "clock-frequency"))
		*value = con->clock;
	else
		return con->shadowed ? device_get_u64(con->shadowed, name, value) : -ENOENT;
	return 0;
}

static const char *earlycon_get_string(const struct device *dev, const char *name)
{
	const struct earlycon *con = dev->source_priv;

	return con->shadowed ? device_get_string(con->shadowed, name) : NULL;
}

static bool earlycon_has(const struct device *dev, const char *name)
{
	const struct earlycon *con = dev->source_priv;

	if ((con->rate && !strcmp(name, "current-speed")) ||
	    (con->clock && !strcmp(name, "clock-frequency")))
		return true;
	return con->shadowed && device_has(con->shadowed, name);
}

static const struct device_source_ops earlycon_ops = {
	.get_u64 = earlycon_get_u64,
	.get_string = earlycon_get_string,
	.has = earlycon_has,
};

/* Cuts the next field off at its comma; an empty string when none is left. */
static const char *next_field(char **rest)
{
	char *field = *rest;
	char *comma = strchr(field, ',');

	if (comma) {
		*comma = '\0';
		*rest = comma + 1;
	} else {
		*rest = field + strlen(field);
	}
	return field;
}

/* "115200" or "115200n8": parity, bits and flow control stay as they are. */
static int parse_rate(const char *field, u64 *rate)
{
	char digits[16];
	size_t n = 0;

	while (field[n] >= '0' && field[n] <= '9')
		n++;
	if (!n || n >= sizeof(digits))
		return -EINVAL;
	if (field[n] && !strchr("noe", field[n]))
		return -EINVAL;
	memcpy(digits, field, n);
	digits[n] = '\0';
	return parse_u64(digits, rate);
}

static int parse_numbers(struct earlycon *con, char *rest)
{
	const char *field = next_field(&rest);

	if (!strcmp(field, "mmio") || !strcmp(field, "mmio32"))
		field = next_field(&rest);
	if (parse_u64(field, &con->mem.base) || !con->mem.base)
		return -EINVAL;
	if (*rest && parse_rate(next_field(&rest), &con->rate))
		return -EINVAL;
	if (*rest && parse_u64(next_field(&rest), &con->clock))
		return -EINVAL;
	return *rest ? -EINVAL : 0;
}

static void fill_device(struct earlycon *con, const struct driver *drv, const char *value)
{
	struct device *dev = &con->dev;

	con->mem.kind = RES_MEM;
	con->mem.size = 0x1000;
	dev->name = heap_printf("%s@%llx", drv->name, con->mem.base);
	dev->origin = heap_printf("earlycon=%s", value);
	dev->source = SOURCE_CMDLINE;
	dev->flags = DEVICE_STDOUT;
	dev->compatible = drv->match->compatible;
	dev->compatible_len = dev->compatible ? strlen(dev->compatible) + 1 : 0;
	dev->acpi_id = drv->match->acpi;
	dev->resources = &con->mem;
	dev->nr_resources = 1;
	dev->ops = &earlycon_ops;
	dev->source_priv = con;
}

static int earlycon_set(const char *value)
{
	const struct driver *drv;
	struct earlycon *con;
	char *rest;

	if (!value)
		return 0;	/* bare: what the tables describe, as always */
	rest = heap_strdup(value);
	con = heap_alloc(sizeof(*con));
	if (!rest || !con)
		return -ENOMEM;
	drv = driver_find(next_field(&rest));
	if (!drv || drv->class != DRIVER_CONSOLE) {
		pr_err("earlycon=%s: no console driver of that name in this image", value);
		return -ENODEV;
	}
	if (parse_numbers(con, rest)) {
		pr_err("earlycon=%s: expected DRIVER,ADDRESS[,RATE[,CLOCK]]", value);
		return -EINVAL;
	}
	fill_device(con, drv, value);
	if (!con->dev.name || !con->dev.origin)
		return -ENOMEM;
	earlycon = con;
	return 0;
}
PARAM(earlycon, .help = "DRIVER,ADDRESS[,RATE[,CLOCK]]: console that no table describes",
      .set = earlycon_set);

/* After the tables' devices are there, so that the one at this address is found. */
static int earlycon_add(struct boot_info *bi)
{
	struct device *dev;

	(void)bi;
	if (!earlycon)
		return 0;
	device_for_each(dev) {
		const struct resource *mem = device_mem(dev, 0);

		if (mem && mem->base == earlycon->mem.base) {
			earlycon->shadowed = dev;
			break;
		}
	}
	device_add(&earlycon->dev);
	return 0;
}
STAGE(earlycon, "80", .when = STAGE_DISCOVER, .run = earlycon_add);
