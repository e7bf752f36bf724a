/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * struct device: what a firmware table says is there. drivers/of and
 * drivers/acpi make them; drivers match and probe them, and never see where
 * they came from.
 */
#ifndef DRIVERS_DEVICE_H
#define DRIVERS_DEVICE_H

#include <base/compiler.h>
#include <base/errno.h>
#include <base/list.h>
#include <base/table.h>
#include <base/types.h>

/*
 * An ACPI id names a static table and, where one table describes several
 * kinds, a type within it: ACPI_ID('S', 'P', 'C', 'R', 3) is a PL011 in SPCR.
 */
#define ACPI_ID(a, b, c, d, type)						\
	((u64)(a) << 56 | (u64)(b) << 48 | (u64)(c) << 40 | (u64)(d) << 32 | (u32)(type))
#define ACPI_SPCR(type)		ACPI_ID('S', 'P', 'C', 'R', type)
#define ACPI_DBG2(type)		ACPI_ID('D', 'B', 'G', '2', type)
#define ACPI_MADT(type)		ACPI_ID('A', 'P', 'I', 'C', type)
#define ACPI_GTDT(type)		ACPI_ID('G', 'T', 'D', 'T', type)
#define ACPI_FADT_PSCI		ACPI_ID('F', 'A', 'C', 'P', 0)
#define ACPI_GTDT_TIMER		ACPI_GTDT(~0)	/* the per-CPU timers of the table's own fields */
#define ACPI_GTDT_SBSA_WATCHDOG	ACPI_GTDT(1)
#define ACPI_MADT_GICV2		ACPI_MADT(2)	/* one GIC out of GICD, GICC (and GICR) entries: */
#define ACPI_MADT_GICV3		ACPI_MADT(3)	/* the type is the GIC's architecture version */
#define ACPI_MADT_CPU		ACPI_MADT(11)	/* a GICC entry, as a CPU */
#define ACPI_MADT_PMU		ACPI_MADT(11 | 1 << 8)	/* their performance interrupts, as one PMU */

/* Serial types shared by SPCR and DBG2 (Microsoft DBG2 specification, serial subtypes) */
#define ACPI_DBG2_16550			0x0000
#define ACPI_DBG2_16450			0x0001
#define ACPI_DBG2_PL011			0x0003
#define ACPI_DBG2_NVIDIA		0x0005	/* a 16550 */
#define ACPI_DBG2_SBSA_32BIT		0x000d
#define ACPI_DBG2_SBSA			0x000e
#define ACPI_DBG2_BCM2835		0x0010
#define ACPI_DBG2_SDM845_1M8		0x0011	/* GENI, by the rate of its clock */
#define ACPI_DBG2_16550_GAS		0x0012
#define ACPI_DBG2_SDM845_7M3		0x0013

enum device_source {
	SOURCE_DT,
	SOURCE_ACPI,
	SOURCE_CMDLINE,		/* earlycon= */
	SOURCE_BOOT,		/* struct boot_info: the firmware's display */
};

enum resource_kind {
	RES_MEM,		/* base and size: physical addresses */
	RES_IRQ,		/* base: GIC INTID (SPI n of a DT is 32 + n), size 1 */
	RES_GPIO,		/* base: line of the controller "gpio-controller", size 1 */
	RES_CPU,		/* base: MPIDR of the CPU that the interrupt of the same number is for */
};

#define RES_IRQ_EDGE		0x1	/* else level */
#define RES_IRQ_LOW		0x2	/* active low or falling, else high or rising */
#define RES_IRQ_ALWAYS_ON	0x4	/* GTDT, or the DT's always-on */
#define RES_GPIO_LOW		0x1	/* active low */
#define RES_CPU_NONE		(~0ULL)	/* no CPU that there is */

struct resource {
	enum resource_kind kind;
	u32 flags;		/* RES_* */
	u64 base;
	u64 size;
	const char *name;	/* reg-names, interrupt-names, or the field's name; NULL without */
};

#define DEVICE_STDOUT		0x1	/* the firmware's console: stdout-path, SPCR, earlycon= */
#define DEVICE_DISABLED		0x2	/* described, but not to be used */

struct device;

/* How the source answers for properties; names are those of the DT bindings. */
struct device_source_ops {
	/* 0, -ENOENT when there is no such property, -EINVAL when it is no number */
	int (*get_u64)(const struct device *dev, const char *name, u64 *value);
	/* NULL when there is none or it is no string */
	const char *(*get_string)(const struct device *dev, const char *name);
	bool (*has)(const struct device *dev, const char *name);
	const struct pci_source_ops *pci;	/* drivers/pci_host.h; NULL: no PCI known to it */
};

struct driver;
struct device_match;

struct device {
	struct list_head node;
	const char *name;		/* "pl011@9000000", "SPCR", "cpu@0" */
	const char *origin;		/* DT path, or "MADT GICC 0 at 0x2c": for people */
	enum device_source source;
	u32 flags;			/* DEVICE_* */

	const char *compatible;		/* DT: string list, most specific first; else NULL */
	size_t compatible_len;
	u64 acpi_id;			/* ACPI_ID(), 0 without */

	const struct resource *resources;
	unsigned int nr_resources;

	const struct device_source_ops *ops;	/* NULL: no properties */
	const void *source_priv;		/* the source's */
	int source_node;			/* the source's: node offset, entry offset */

	const struct driver *driver;	/* bound, or matched and not yet probed */
	const struct device_match *match;	/* the entry of its table that did it */
	bool probed;			/* driver's probe() returned 0 */
	void *priv;			/* the driver's */
};

/**
 * device_add() - make a device known
 * @dev: from heap_alloc(), filled
 */
void device_add(struct device *dev);

/** device_list() - head of all devices, in the order they were added */
struct list_head *device_list(void);

#define device_for_each(dev) list_for_each_entry(dev, device_list(), node)

/**
 * device_mem() - the n-th memory resource
 *
 * Return: NULL when there is none.
 */
const struct resource *device_mem(const struct device *dev, unsigned int n);

/** device_irq() - the n-th interrupt, or NULL */
const struct resource *device_irq(const struct device *dev, unsigned int n);

/** device_irq_by_name() - the interrupt of that name ("virt", "phys", ...), or NULL */
const struct resource *device_irq_by_name(const struct device *dev, const char *name);

/** device_mem_usable() - whether device_map() has nothing to say against the n-th memory resource */
bool device_mem_usable(const struct device *dev, unsigned int n);

/**
 * device_map() - map the n-th memory resource as Device-nGnRE
 *
 * Return: its virtual address; NULL, with a message, when it does not exist,
 * lies at address 0, overlaps RAM or cannot be mapped.
 */
void __iomem *device_map(const struct device *dev, unsigned int n);

int device_get_u64(const struct device *dev, const char *name, u64 *value);
const char *device_get_string(const struct device *dev, const char *name);
bool device_has(const struct device *dev, const char *name);

/** device_compatible() - whether the DT's compatible list has @name */
bool device_compatible(const struct device *dev, const char *name);

struct device_match {
	const char *compatible;		/* DT, or NULL */
	u64 acpi;			/* ACPI_ID(), or 0 */
	u64 data;			/* the driver's: which variant */
};

/* Drivers probe class by class in this order; within one, in order of the devices. */
enum driver_class {
	DRIVER_CLOCK,			/* counters: every bounded wait needs one */
	DRIVER_CONSOLE,
	DRIVER_SCREEN,			/* consoles beside those: a display */
	DRIVER_FIRMWARE,
	DRIVER_IRQCHIP,
	DRIVER_OTHER,
	DRIVER_POWER,		/* what switches off or resets, beside firmware */
	DRIVER_CLASSES,
};

struct driver {
	const char *name;
	enum driver_class class;
	const struct device_match *match;	/* ends with an empty entry */
	/* Bind; 0 or -errno. -ENODEV: not this driver's after all, without a message. */
	int (*probe)(struct device *dev, const struct device_match *match);
};

TABLE_DECLARE(struct driver, driver);

/**
 * device_console() - the console that PROBE will bind, or has bound
 *
 * earlycon= first; else what the firmware names (stdout-path, SPCR), when a
 * console driver knows it; else the first device that a console driver knows.
 *
 * Return: NULL when nothing describes a console that has a driver here. Valid
 * once DISCOVER is over.
 */
struct device *device_console(void);

/**
 * console_wanted() - whether consoles= names a device
 * @name: of the device; one that ends in "@" stands for all that begin so
 */
bool console_wanted(const char *name);

/**
 * DRIVER() - declare a driver
 * @id: C identifier; also its name in earlycon= and in messages
 */
#define DRIVER(id, ...)								\
	static const struct driver driver_##id = { .name = #id, __VA_ARGS__ };	\
	TABLE_ENTRY(driver, #id, id, driver_##id)

#endif
