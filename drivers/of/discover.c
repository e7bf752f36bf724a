// SPDX-License-Identifier: BSD-2-Clause
/* STAGE_DISCOVER: nodes become devices. */
#include <base/string.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/log.h>
#include <core/stage.h>
#include <drivers/device.h>
#include <drivers/discovery.h>
#include "links.h"
#include "pci.h"
#include "tree.h"

/* Names for a timer node that has none: the order is the binding's. */
static const char *const timer_irqs[] = {
	"sec-phys", "phys", "virt", "hyp-phys", "hyp-virt",
};

static int cpus;		/* the node /cpus, or -ENOENT */

/* By name, not by device_type: some trees leave that out, and Linux takes them. */
static bool is_cpu(int node)
{
	return cpus >= 0 && of_parent(node) == cpus && of_name_is(node, "cpu");
}

static bool is_timer(int node)
{
	return of_compatible(node, "arm,armv8-timer") || of_compatible(node, "arm,armv7-timer");
}

static int get_u64(const struct device *dev, const char *name, u64 *value)
{
	int ret = of_u64(dev->source_node, name, value);
	u64 size;

	/* A CPU's reg has one entry a thread; a UART's clock stands in another node. */
	if (ret == -EINVAL && !strcmp(name, "reg"))
		return of_reg(dev->source_node, 0, value, &size) ? -EINVAL : 0;
	if (ret == -ENOENT && !strcmp(name, "clock-frequency"))
		return of_clock_rate(dev->source_node, 0, value) ? -ENOENT : 0;
	return ret;
}

static const char *get_string(const struct device *dev, const char *name)
{
	return of_string(dev->source_node, name, 0);
}

static bool has(const struct device *dev, const char *name)
{
	return of_has(dev->source_node, name);
}

static const struct device_source_ops of_ops = {
	.get_u64 = get_u64,
	.get_string = get_string,
	.has = has,
	.pci = &of_pci_ops,
};

/* A device's resources are collected here, then copied out in their number. */
static struct {
	struct resource resource[256];
	unsigned int count;
	bool full;
} found;

static void add_resource(struct resource res)
{
	if (found.count < ARRAY_SIZE(found.resource))
		found.resource[found.count++] = res;
	else
		found.full = true;
}

/* What the CPUs cannot address (children of I2C, SPI, PCI) is no resource. */
static void read_memory(int node)
{
	unsigned int n;
	u64 base, size;

	for (n = 0; !of_reg(node, n, &base, &size); n++) {
		if (of_translate(of_parent(node), &base, size, NULL))
			continue;
		add_resource((struct resource){ .kind = RES_MEM, .base = base, .size = size,
						.name = of_string(node, "reg-names", n) });
	}
}

static const char *irq_name(int node, unsigned int n)
{
	if (of_has(node, "interrupt-names"))
		return of_string(node, "interrupt-names", n);
	return is_timer(node) && n < ARRAY_SIZE(timer_irqs) ? timer_irqs[n] : NULL;
}

/* Behind an interrupt, so that the two have one number. */
static void read_affinity(int node, unsigned int n)
{
	u64 mpidr = RES_CPU_NONE;

	if (of_affinity(node, n, &mpidr) != -ENOENT)
		add_resource((struct resource){ .kind = RES_CPU, .base = mpidr, .size = 1 });
}

/* Only what ends at a GIC: other controllers' numbers are no INTIDs. */
static void read_irqs(int node, const char *compatible)
{
	bool has_affinity = of_has_affinity(compatible);
	u32 always_on = 0, intid, flags;
	struct of_irq irq;
	unsigned int n;

	for (n = 0; of_irq(node, n, &irq) == 0; n++) {
		if (n == 0 && of_has(node, "always-on"))
			always_on = RES_IRQ_ALWAYS_ON;
		if (of_irq_intid(&irq, &intid, &flags))
			continue;
		add_resource((struct resource){ .kind = RES_IRQ, .base = intid, .size = 1,
						.flags = flags | always_on,
						.name = irq_name(node, n) });
		if (has_affinity)
			read_affinity(node, n);
	}
}

static void read_links(int node, const char *compatible)
{
	struct resource linked[OF_MAX_LINKS];
	unsigned int count = of_links(node, compatible, linked);

	for (unsigned int i = 0; i < count; i++)
		add_resource(linked[i]);
}

static int fill_resources(struct device *dev, int node)
{
	struct resource *res;

	found.count = 0;
	found.full = false;
	if (!is_cpu(node))
		read_memory(node);
	read_irqs(node, dev->compatible);
	read_links(node, dev->compatible);
	if (found.full)
		pr_warn("device tree: %s has more than %zu ranges and interrupts",
			of_path(node), ARRAY_SIZE(found.resource));
	if (!found.count)
		return 0;
	res = heap_alloc(found.count * sizeof(*res));
	if (!res)
		return -ENOMEM;
	memcpy(res, found.resource, found.count * sizeof(*res));
	dev->resources = res;
	dev->nr_resources = found.count;
	return 0;
}

static bool ends_in_nul(const char *s, size_t len)
{
	return len && !s[len - 1];
}

static int add_device(int node, int stdout_node)
{
	struct device *dev = heap_alloc(sizeof(*dev));

	if (!dev)
		return -ENOMEM;
	dev->name = of_name(node);
	dev->origin = heap_strdup(of_path(node));
	dev->source = SOURCE_DT;
	dev->flags = (of_available(node) ? 0 : DEVICE_DISABLED) |
		     (node == stdout_node ? DEVICE_STDOUT : 0);
	/* NULL when it is no list of strings. */
	dev->compatible = of_prop(node, "compatible", &dev->compatible_len);
	if (dev->compatible && !ends_in_nul(dev->compatible, dev->compatible_len))
		dev->compatible = NULL;
	dev->ops = &of_ops;
	dev->source_node = node;
	if (!dev->origin || fill_resources(dev, node))
		return -ENOMEM;
	device_add(dev);
	return 0;
}

static int of_discover(struct boot_info *bi)
{
	int stdout_node = of_stdout(NULL);
	int node;

	(void)bi;
	if (!discovery_uses(SOURCE_DT))
		return 0;
	cpus = of_find_path("/cpus");
	if (stdout_node == -EINVAL)
		pr_warn("device tree: /chosen stdout-path names no node of the tree");
	of_for_each_node(node) {
		if (node == OF_ROOT || (!of_has(node, "compatible") && !is_cpu(node)))
			continue;
		if (add_device(node, stdout_node)) {
			pr_err("device tree: no room for %s and the rest: raise CONFIG_HEAP_KIB",
			       of_path(node));
			return -ENOMEM;
		}
	}
	return 0;
}
STAGE(of_discover, "30", .when = STAGE_DISCOVER, .run = of_discover);
