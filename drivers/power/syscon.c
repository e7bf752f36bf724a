// SPDX-License-Identifier: BSD-2-Clause
/*
 * A write to a register of some other block: the bindings syscon-poweroff and
 * syscon-reboot. Either value or mask may be missing; a mask alone is what is
 * written, as older trees mean it.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/log.h>
#include <core/power.h>
#include <core/time.h>
#include <asm/io.h>
#include <drivers/device.h>

#define SYSCON_RATING		60
#define WAIT_US			1000000

enum kind { KIND_OFF = 1, KIND_RESET };

struct syscon_register {
	void __iomem *address;
	u32 value, mask;
};

static struct syscon_register off_register, reset_register;

static int write_and_wait(const struct syscon_register *reg)
{
	u32 kept = reg->mask == ~0U ? 0 : readl(reg->address) & ~reg->mask;

	writel(kept | (reg->value & reg->mask), reg->address);
	time_delay_us(WAIT_US);
	return -ETIMEDOUT;
}

static int off(int status)
{
	(void)status;
	return write_and_wait(&off_register);
}

static int reset(int status)
{
	(void)status;
	return write_and_wait(&reset_register);
}

/* A block that is not there takes an exception; all ones is a bus without one. */
static int check_register(const struct syscon_register *reg)
{
	return readl(reg->address) == ~0U ? -ENODEV : 0;
}

static int check_off(void)
{
	return check_register(&off_register);
}

static int check_reset(void)
{
	return check_register(&reset_register);
}

static struct power_ops syscon_off = {
	.name = "syscon-poweroff", .word = "syscon", .rating = SYSCON_RATING,
	.off = off, .check = check_off,
};

static struct power_ops syscon_reset = {
	.name = "syscon-reboot", .word = "syscon", .rating = SYSCON_RATING,
	.reset = reset, .check = check_reset,
};

static int read_words(const struct device *dev, struct syscon_register *reg)
{
	u64 value = 0, mask = ~0U;
	bool has_value = !device_get_u64(dev, "value", &value);
	bool has_mask = !device_get_u64(dev, "mask", &mask);

	if (!has_value && !has_mask) {
		pr_err("%s: neither value nor mask: nobody knows what to write", dev->origin);
		return -EINVAL;
	}
	reg->value = has_value ? value : mask;
	reg->mask = has_value ? mask : ~0U;
	return 0;
}

static int read_register(const struct device *dev, struct syscon_register *reg)
{
	const struct resource *block = device_mem(dev, 0);
	u64 offset = 0;
	void __iomem *base;

	/* Without a regmap drivers/of gives the block that the node is in. */
	if (!block) {
		pr_err("%s: regmap, or the node above, names no block of registers", dev->origin);
		return -EINVAL;
	}
	if (device_get_u64(dev, "offset", &offset))
		device_get_u64(dev, "reg", &offset);
	if (offset % 4 || offset >= block->size || block->size - offset < 4) {
		pr_err("%s: offset 0x%llx is no register of the block of 0x%llx bytes at 0x%llx",
		       dev->origin, offset, block->size, block->base);
		return -EINVAL;
	}
	base = device_map(dev, 0);
	if (!base)
		return -EINVAL;
	reg->address = base + offset;
	return read_words(dev, reg);
}

static int syscon_probe(struct device *dev, const struct device_match *match)
{
	bool is_off = match->data == KIND_OFF;
	struct syscon_register *reg = is_off ? &off_register : &reset_register;
	struct syscon_register found;
	int ret;

	if (reg->address) {
		pr_warn("%s: a second one of its kind is not used", dev->origin);
		return -EEXIST;
	}
	ret = read_register(dev, &found);
	if (ret)
		return ret;
	*reg = found;
	power_register(is_off ? &syscon_off : &syscon_reset);
	return 0;
}

static const struct device_match syscon_match[] = {
	{ .compatible = "syscon-poweroff", .data = KIND_OFF },
	{ .compatible = "syscon-reboot", .data = KIND_RESET },
	{}
};

DRIVER(syscon_power, .class = DRIVER_POWER, .match = syscon_match, .probe = syscon_probe);
