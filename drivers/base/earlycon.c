// SPDX-License-Identifier: BSD-2-Clause
/*
 * earlycon=DRIVER,ADDRESS[,RATE[,CLOCK]]: a console that no table describes, or
 * a rate for one that some table does. "mmio", "mmio16" or "mmio32" before the
 * address says how far apart the registers are, and how wide; "n8" behind the
 * rate and the driver's name "uart8250" are accepted, as Linux writes them.
 */
#include <base/parse.h>
#include <base/string.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/log.h>
#include <core/param.h>
#include <core/stage.h>
#include "driver.h"

struct earlycon {
	struct device dev;
	struct resource res[2];		/* registers; the interrupt that a table describes */
	u64 rate;			/* baud, 0: leave the UART as it is */
	u64 clock;			/* Hz, 0: unknown */
	u64 width;			/* bytes an access and a register, 0: not said */
	const struct device *shadowed;	/* a table's device at that address, or NULL */
};

static struct earlycon *earlycon;

struct device *earlycon_device(void)
{
	return earlycon ? &earlycon->dev : NULL;
}

/* What the word itself says of a property of the bindings; 0: nothing. */
static u64 stated(const struct earlycon *con, const char *name)
{
	if (!strcmp(name, "current-speed"))
		return con->rate;
	if (!strcmp(name, "clock-frequency"))
		return con->clock;
	if (!strcmp(name, "reg-io-width"))
		return con->width;
	return 0;
}

static int earlycon_get_u64(const struct device *dev, const char *name, u64 *value)
{
	const struct earlycon *con = dev->source_priv;

	if (stated(con, name))
		*value = stated(con, name);
	else if (con->width && !strcmp(name, "reg-shift"))
		*value = con->width / 2;
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

	return stated(con, name) || (con->width && !strcmp(name, "reg-shift")) ||
	       (con->shadowed && device_has(con->shadowed, name));
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

/* Behind "mmio". */
static int parse_width(const char *bits, u64 *bytes)
{
	*bytes = !*bits ? 1 : !strcmp(bits, "16") ? 2 : !strcmp(bits, "32") ? 4 : 0;
	return *bytes ? 0 : -EINVAL;
}

static int parse_numbers(struct earlycon *con, char *rest)
{
	const char *field = next_field(&rest);

	if (!strncmp(field, "mmio", 4)) {
		if (parse_width(field + 4, &con->width))
			return -EINVAL;
		field = next_field(&rest);
	}
	if (parse_u64(field, &con->res[0].base) || !con->res[0].base)
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

	con->res[0].kind = RES_MEM;
	/* Not into the next page: that is somebody else's. */
	con->res[0].size = SZ_4K - con->res[0].base % SZ_4K;
	dev->name = heap_printf("%s@%llx", drv->name, con->res[0].base);
	dev->origin = heap_printf("earlycon=%s", value);
	dev->source = SOURCE_CMDLINE;
	dev->flags = DEVICE_STDOUT;
	dev->compatible = drv->match->compatible;
	dev->compatible_len = dev->compatible ? strlen(dev->compatible) + 1 : 0;
	dev->acpi_id = drv->match->acpi;
	dev->resources = con->res;
	dev->nr_resources = 1;
	dev->ops = &earlycon_ops;
	dev->source_priv = con;
}

static int earlycon_set(const char *value)
{
	const struct driver *drv;
	struct earlycon *con;
	const char *name;
	char *rest;

	if (!value)
		return 0;	/* bare: what the tables describe, as always */
	rest = heap_strdup(value);
	con = heap_alloc(sizeof(*con));
	if (!rest || !con)
		return -ENOMEM;
	name = next_field(&rest);
	drv = driver_find(!strcmp(name, "uart8250") ? "ns16550" : name);
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

/* What a table knows of the device at that address holds where the word says nothing. */
static void earlycon_shadow(struct earlycon *con, const struct device *dev)
{
	const struct resource *irq = device_irq(dev, 0);

	con->shadowed = dev;
	con->res[0].size = device_mem(dev, 0)->size;
	if (!irq)
		return;
	con->res[1] = *irq;
	con->dev.nr_resources = 2;
}

/* After the tables' devices are there, so that the one at this address is found. */
static int earlycon_add(struct boot_info *bi)
{
	struct device *dev;

	(void)bi;
	if (!earlycon)
		return 0;
	device_for_each(dev) {
		const struct resource *mem = device_mem(dev, 0);

		if (mem && mem->base == earlycon->res[0].base) {
			earlycon_shadow(earlycon, dev);
			break;
		}
	}
	device_add(&earlycon->dev);
	return 0;
}
STAGE(earlycon, "80", .when = STAGE_DISCOVER, .run = earlycon_add);
