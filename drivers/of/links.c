// SPDX-License-Identifier: BSD-2-Clause
/*
 * What a node has in other nodes: registers of a block it shares, a line of a GPIO
 * controller. To a driver they are resources like its own.
 */
#include <base/string.h>
#include <base/util.h>
#include <core/log.h>
#include <drivers/device.h>
#include "links.h"
#include "tree.h"

#define GPIO_LOW	1U	/* bit 0 of a specifier's second cell */

/* Without a regmap the block is the node above (syscon-poweroff, syscon-reboot). */
static int syscon_block(int node)
{
	u32 phandle;
	int ret = of_u32(node, "regmap", 0, &phandle);

	return ret == -ENOENT ? of_parent(node) : ret ? ret : of_by_phandle(phandle);
}

static int read_syscon(int node, struct resource *res)
{
	int block = syscon_block(node);

	if (block < 0 || of_address(block, 0, &res->base, &res->size))
		return -ENOENT;
	res->kind = RES_MEM;
	res->name = "regmap";
	return 1;
}

static int read_gpio(int node, struct resource *res)
{
	u32 phandle, line, flags, cells;
	int gpio;

	if (of_u32(node, "gpios", 0, &phandle) || of_u32(node, "gpios", 1, &line) ||
	    of_u32(node, "gpios", 2, &flags))
		return -ENOENT;
	gpio = of_by_phandle(phandle);
	if (gpio < 0 || !of_compatible(gpio, "arm,pl061") ||
	    of_u32(gpio, "#gpio-cells", 0, &cells) || cells != 2 ||
	    of_address(gpio, 0, &res[0].base, &res[0].size))
		return -ENOENT;
	res[0].kind = RES_MEM;
	res[0].name = "gpio-controller";
	res[1] = (struct resource){ .kind = RES_GPIO, .base = line, .size = 1, .name = "gpios",
				    .flags = flags & GPIO_LOW ? RES_GPIO_LOW : 0 };
	return 2;
}

/* Under the names that drivers/acpi gives those of the GTDT. */
static const char *const frame_names[][3] = {
#define FRAME(n) { "frame" #n, "frame" #n "-phys", "frame" #n "-virt" }
	FRAME(0), FRAME(1), FRAME(2), FRAME(3), FRAME(4), FRAME(5), FRAME(6), FRAME(7),
};

static int read_frame(int node, struct resource *res)
{
	int count = 1;
	struct of_irq irq;
	u32 number;

	if (of_u32(node, "frame-number", 0, &number) ||
	    of_address(node, 0, &res->base, &res->size))
		return 0;
	if (number >= ARRAY_SIZE(frame_names)) {
		pr_warn("%s: frame-number is %u, and a block has frames 0 to 7: it is left out",
			of_path(node), number);
		return 0;
	}
	res->kind = RES_MEM;
	res->name = frame_names[number][0];
	for (unsigned int n = 0; n < 2 && !of_irq(node, n, &irq); n++) {
		u32 intid, flags;

		if (of_irq_intid(&irq, &intid, &flags))
			continue;
		res[count++] = (struct resource){ .kind = RES_IRQ, .base = intid, .size = 1,
						  .flags = flags,
						  .name = frame_names[number][n + 1] };
	}
	return count;
}

/* The frames of a block of memory-mapped timers are nodes in its own. */
static int read_timer_frames(int node, struct resource *res)
{
	int child, count = 0;

	of_for_each_child(child, node)
		if (of_available(child) && count + 3 <= OF_MAX_LINKS)
			count += read_frame(child, res + count);
	return count;
}

static const struct {
	const char *compatible;
	int (*read)(int node, struct resource *res);
} links[] = {
	{ "syscon-poweroff", read_syscon },
	{ "syscon-reboot", read_syscon },
	{ "gpio-poweroff", read_gpio },
	{ "gpio-restart", read_gpio },
	{ "arm,armv7-timer-mem", read_timer_frames },
};

unsigned int of_links(int node, const char *compatible, struct resource res[OF_MAX_LINKS])
{
	for (unsigned int i = 0; compatible && i < ARRAY_SIZE(links); i++) {
		int count = 0;

		/* For each node of the tree: hardly one begins alike. */
		if (*compatible == *links[i].compatible &&
		    !strcmp(compatible, links[i].compatible))
			count = links[i].read(node, res);
		if (count > 0)
			return (unsigned int)count;
	}
	return 0;
}

bool of_has_affinity(const char *compatible)
{
	size_t len = compatible ? strlen(compatible) : 0;

	return (len >= 4 && !strcmp(compatible + len - 4, "-pmu")) ||
	       (len >= 6 && !strcmp(compatible + len - 6, "-pmuv3"));
}

int of_affinity(int node, unsigned int n, u64 *mpidr)
{
	u32 phandle;
	u64 size;
	int cpu, ret = of_u32(node, "interrupt-affinity", n, &phandle);

	if (ret)
		return -ENOENT;
	cpu = of_by_phandle(phandle);
	if (cpu < 0 || of_reg(cpu, 0, mpidr, &size)) {
		pr_warn("%s: interrupt-affinity, entry %u, is no CPU's phandle: the interrupt is not used",
			of_path(node), n);
		return -EINVAL;
	}
	return 0;
}
