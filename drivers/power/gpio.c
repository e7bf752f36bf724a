// SPDX-License-Identifier: BSD-2-Clause
/*
 * A line of a PL061 (DDI0190B) that switches the power: the bindings gpio-poweroff
 * and gpio-restart. The line is left as it was until it is needed; then it goes
 * active, inactive and active again, so that level and both edges are seen.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/log.h>
#include <core/power.h>
#include <core/time.h>
#include <asm/io.h>
#include <drivers/device.h>

/* Bits 2 to 9 of the address choose the lines that an access to DATA is about (3.3.1). */
#define GPIODATA(line)		((1U << (line)) << 2)
#define GPIODIR			0x400
#define GPIOPERIPHID0		0xfe0
#define PL061_PART		0x061U
#define LINES			8U

#define GPIO_RATING		70

/* Milliseconds where the bindings' properties do not say. */
#define DEFAULT_DELAY_MS	100
#define DEFAULT_WAIT_MS		3000
#define MAX_MS			60000U

enum kind { KIND_OFF = 1, KIND_RESET };

struct power_line {
	void __iomem *gpio;
	unsigned int line;
	bool low;			/* active low */
	u64 active_ms, inactive_ms, wait_ms;
};

static struct power_line off_line, reset_line;

static void set(const struct power_line *power, bool active)
{
	writel(active != power->low ? 1U << power->line : 0, power->gpio + GPIODATA(power->line));
}

static int pulse(const struct power_line *power)
{
	/*
	 * The value first: the line must not show another one when it becomes an output.
	 * And again, as the data sheet has writes reach lines that are outputs alone.
	 */
	set(power, true);
	writel(readl(power->gpio + GPIODIR) | 1U << power->line, power->gpio + GPIODIR);
	set(power, true);
	time_delay_us(power->active_ms * 1000);
	set(power, false);
	time_delay_us(power->inactive_ms * 1000);
	set(power, true);
	time_delay_us(power->wait_ms * 1000);
	return -ETIMEDOUT;
}

static int off(int status)
{
	(void)status;
	return pulse(&off_line);
}

static int reset(int status)
{
	(void)status;
	return pulse(&reset_line);
}

/* The second of four bytes has the rest of the part number (3.3.13). */
static bool is_pl061(const void __iomem *gpio)
{
	u32 part = (readl(gpio + GPIOPERIPHID0) & 0xff) |
		   (readl(gpio + GPIOPERIPHID0 + 4) & 0xf) << 8;

	return part == PL061_PART;
}

/* An output that is active already would have switched the power. */
static int check_line(const struct power_line *power)
{
	bool output = readl(power->gpio + GPIODIR) >> power->line & 1;
	bool high = readl(power->gpio + GPIODATA(power->line));

	if (!is_pl061(power->gpio))
		return -ENODEV;
	return output && high != power->low ? -EBUSY : 0;
}

static int check_off(void)
{
	return check_line(&off_line);
}

static int check_reset(void)
{
	return check_line(&reset_line);
}

static struct power_ops gpio_off = {
	.name = "gpio-poweroff", .word = "gpio", .rating = GPIO_RATING,
	.off = off, .check = check_off,
};

static struct power_ops gpio_reset = {
	.name = "gpio-restart", .word = "gpio", .rating = GPIO_RATING,
	.reset = reset, .check = check_reset,
};

static u64 milliseconds(const struct device *dev, const char *name, u64 missing)
{
	u64 ms;

	if (device_get_u64(dev, name, &ms))
		return missing;
	return MIN(ms, (u64)MAX_MS);
}

static const struct resource *find_line(const struct device *dev)
{
	for (unsigned int n = 0; n < dev->nr_resources; n++)
		if (dev->resources[n].kind == RES_GPIO && dev->resources[n].base < LINES)
			return &dev->resources[n];
	return NULL;
}

static int find_gpio(const struct device *dev, struct power_line *power)
{
	const struct resource *line = find_line(dev);

	if (!line) {
		pr_err("%s: gpios names no line of a PL061, which is the only kind with a driver here",
		       dev->origin);
		return -EINVAL;
	}
	power->gpio = device_map(dev, 0);
	if (!power->gpio)
		return -EINVAL;
	if (!is_pl061(power->gpio)) {
		pr_err("%s: what gpios leads to does not say that it is a PL061", dev->origin);
		return -EINVAL;
	}
	power->line = (unsigned int)line->base;
	power->low = line->flags & RES_GPIO_LOW;
	return 0;
}

static int gpio_probe(struct device *dev, const struct device_match *match)
{
	bool is_off = match->data == KIND_OFF;
	struct power_line *line = is_off ? &off_line : &reset_line;
	struct power_line found;
	int ret;

	if (line->gpio) {
		pr_warn("%s: a second one of its kind is not used", dev->origin);
		return -EEXIST;
	}
	ret = find_gpio(dev, &found);
	if (ret)
		return ret;
	found.active_ms = milliseconds(dev, is_off ? "active-delay-ms" : "active-delay",
				       DEFAULT_DELAY_MS);
	found.inactive_ms = milliseconds(dev, is_off ? "inactive-delay-ms" : "inactive-delay",
					 DEFAULT_DELAY_MS);
	found.wait_ms = milliseconds(dev, is_off ? "timeout-ms" : "wait-delay", DEFAULT_WAIT_MS);
	*line = found;
	power_register(is_off ? &gpio_off : &gpio_reset);
	return 0;
}

static const struct device_match gpio_match[] = {
	{ .compatible = "gpio-poweroff", .data = KIND_OFF },
	{ .compatible = "gpio-restart", .data = KIND_RESET },
	{}
};

DRIVER(gpio_power, .class = DRIVER_POWER, .match = gpio_match, .probe = gpio_probe);
