/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI: functions, their configuration space, BARs and interrupts.
 *
 * Nothing of it is touched until somebody calls pci_enumerate(): that costs
 * thousands of accesses. Of the boot CPU alone, with the MMU on or off.
 *
 * Where a device tree gives windows, bus numbers and BARs that the firmware
 * left unset, or set wrong, are assigned, for all of the segment; where it
 * set them right they stay, for something may be using them. Under ACPI both
 * are the firmware's, since the windows are in AML.
 *
 * Clauses are those of the PCI Express Base Specification 5.0 (PCIe) and of the
 * PCI Local Bus Specification 3.0 (PCI).
 */
#ifndef DRIVERS_PCI_H
#define DRIVERS_PCI_H

#include <base/list.h>
#include <base/table.h>
#include <core/irq.h>
#include <drivers/pci_host.h>

#define PCI_BARS		6
#define PCI_CONFIG_SIZE		256U
#define PCI_EXPRESS_CONFIG_SIZE	4096U
#define PCI_ABSENT		0xffffU		/* vendor of a function that is not there */

/* Configuration space, header types 0 and 1 (PCIe 7.5.1) */
#define PCI_VENDOR_ID		0x00
#define PCI_DEVICE_ID		0x02
#define PCI_COMMAND		0x04
#define PCI_COMMAND_IO		0x0001
#define PCI_COMMAND_MEMORY	0x0002
#define PCI_COMMAND_MASTER	0x0004
#define PCI_COMMAND_INTX_OFF	0x0400
#define PCI_STATUS		0x06
#define PCI_STATUS_INTERRUPT	0x0008
#define PCI_STATUS_CAPABILITIES	0x0010
#define PCI_REVISION		0x08		/* class in the three bytes above it */
#define PCI_HEADER_TYPE		0x0e
#define PCI_HEADER_TYPE_MASK	0x7f
#define PCI_HEADER_BRIDGE	0x01
#define PCI_HEADER_MULTI	0x80
#define PCI_BAR(n)		(0x10 + 4 * (n))
#define PCI_CAPABILITIES	0x34
#define PCI_INTERRUPT_LINE	0x3c
#define PCI_INTERRUPT_PIN	0x3d
/* Type 1 */
#define PCI_PRIMARY_BUS		0x18
#define PCI_SECONDARY_BUS	0x19
#define PCI_SUBORDINATE_BUS	0x1a
#define PCI_IO_BASE		0x1c
#define PCI_MEMORY_BASE		0x20
#define PCI_PREFETCH_BASE	0x24
#define PCI_PREFETCH_BASE_HIGH	0x28
#define PCI_PREFETCH_LIMIT_HIGH	0x2c
#define PCI_IO_BASE_HIGH	0x30
#define PCI_BRIDGE_CONTROL	0x3e

/* Capabilities */
#define PCI_CAP_MSI		0x05
#define PCI_CAP_VENDOR		0x09
#define PCI_CAP_EXPRESS		0x10
#define PCI_CAP_MSIX		0x11

struct pci_host;

/** struct pci_bar - a range that a function decodes; size 0: none, or the upper half of one */
struct pci_bar {
	u64 size;
	u64 pci;		/* address on the bus; valid only with @set */
	u64 cpu;		/* the same for the CPUs; valid only with @reachable */
	bool io;
	bool wide;		/* 64-bit: the next BAR is its upper half */
	bool prefetchable;
	bool set;		/* somebody assigned it */
	bool no_room;		/* the image could not: the windows of its kind are full */
	bool reachable;		/* it lies in a window, or under ACPI: is where the CPUs see it */
};

struct pci_driver;

/** struct pci_function - a function that answered */
struct pci_function {
	struct list_head node;
	struct pci_host *host;
	struct pci_function *bridge;	/* NULL: on the root bus */
	u8 bus;
	u8 devfn;			/* device << 3 | function */
	u8 header;			/* without PCI_HEADER_MULTI */
	u8 revision;
	u16 vendor;
	u16 device;
	u32 class;			/* base class << 16 | subclass << 8 | interface */
	u8 secondary;			/* of a bridge: the bus behind it, 0 when it has none */
	u8 subordinate;
	struct pci_bar bar[PCI_BARS];
	const struct pci_driver *driver;	/* that took it, or NULL */
	void *priv;			/* the driver's */
};

/** struct pci_match - a function by its ids, by its class, or both; ends with zeroes */
struct pci_match {
	u16 vendor;			/* 0: any */
	u16 device;			/* 0: any, with any vendor */
	u32 class;
	u32 class_mask;			/* bits of the class that count; 0: none */
};

/* A driver of functions; probed in pci_enumerate(), behind the assignment. */
struct pci_driver {
	const char *name;
	const struct pci_match *match;
	/* 0; -ENODEV, without a message, when it is not this driver's; else -errno. */
	int (*probe)(struct pci_function *fn);
};

TABLE_DECLARE(struct pci_driver, pci_driver);

/** PCI_DRIVER() - declare one; @id: C identifier and its name in messages */
#define PCI_DRIVER(id, ...)							\
	static const struct pci_driver pci_driver_##id = { .name = #id, __VA_ARGS__ }; \
	TABLE_ENTRY(pci_driver, #id, id, pci_driver_##id)

/**
 * pci_enumerate() - find all functions, size and assign their BARs, probe their drivers
 *
 * The first call does the work; later ones return what that did. What is wrong
 * with a host bridge or a function is said, and costs only that one.
 *
 * Return: 0; -ENODEV when no host bridge is described that has a driver here and
 * can be used; -ENOMEM; -EBUSY when the first call never came to its end.
 */
int pci_enumerate(void);

/** pci_functions() - head of all functions: by host bridge, a bridge before what is behind it */
struct list_head *pci_functions(void);

#define pci_for_each(fn) list_for_each_entry(fn, pci_functions(), node)

/** pci_find() - the first function of a vendor and device, NULL without */
struct pci_function *pci_find(u16 vendor, u16 device);

/** struct pci_host - a host bridge: a segment's buses in its configuration space */
struct pci_host {
	struct list_head node;
	const struct device *dev;
	const struct pci_source_ops *source;	/* NULL: nothing is described but ECAM */
	void __iomem *ecam;			/* of @first_bus */
	u16 segment;
	u8 first_bus;
	u8 last_bus;
	unsigned int nr_windows;
	struct pci_window *windows;
	bool aml;		/* windows and INTx are known to AML alone */
	bool assigned;		/* bus numbers and BARs were assigned by the image */
	u32 mapped[8];		/* bit: bus whose configuration space is mapped */
	bool faults;		/* reads of absent functions take exceptions */
};

/** pci_hosts() - head of all host bridges, in the order of their description */
struct list_head *pci_hosts(void);

#define pci_for_each_host(host) list_for_each_entry(host, pci_hosts(), node)

/**
 * pci_name() - "0000:00:01.0": segment, bus, device, function
 *
 * Return: one of a few buffers used in turn, good for one message.
 */
const char *pci_name(const struct pci_function *fn);

/**
 * pci_config_address() - where a register of a function would be, whether or not there is one
 * @host: from pci_hosts()
 * @bus: first_bus to last_bus
 * @devfn: device << 3 | function
 * @offset: below PCI_EXPRESS_CONFIG_SIZE
 *
 * Maps the bus where that has not been done (PCIe 7.2.2: 1 MiB a bus).
 *
 * Return: NULL when @bus is not this host's, or it cannot be mapped.
 */
void __iomem *pci_config_address(struct pci_host *host, u8 bus, u8 devfn, u32 offset);

/**
 * pci_probe_id() - read the first word of a function that may not be there
 * @host: as above
 * @bus: as above
 * @devfn: as above
 * @id: vendor in the lower half; all ones when there is none
 *
 * Return: 0; -EFAULT when the read took an exception, which a host bridge may
 * not do (SBSA: reads of absent functions return all ones); -ERANGE for a bus
 * that is not this host's.
 */
int pci_probe_id(struct pci_host *host, u8 bus, u8 devfn, u32 *id);

/** pci_read8() and the like - read a register; @offset is a multiple of the width */
u8 pci_read8(const struct pci_function *fn, u32 offset);
u16 pci_read16(const struct pci_function *fn, u32 offset);
u32 pci_read32(const struct pci_function *fn, u32 offset);

/** pci_write8() and the like - write one, and wait for it: the next access finds it done */
void pci_write8(const struct pci_function *fn, u32 offset, u8 value);
void pci_write16(const struct pci_function *fn, u32 offset, u16 value);
void pci_write32(const struct pci_function *fn, u32 offset, u32 value);

/**
 * pci_command() - change bits of the command register
 * @fn: function
 * @clear: PCI_COMMAND_*
 * @set: PCI_COMMAND_*
 *
 * Return: what it was, to be put back with pci_write16().
 */
u16 pci_command(const struct pci_function *fn, u16 clear, u16 set);

/** pci_enable() - set bits of the command register, also of the bridges on the way to it */
void pci_enable(struct pci_function *fn, u16 set);

/**
 * pci_next_capability() - one step on the list of capabilities
 * @fn: function
 * @from: 0 for the first, else where the last one was
 * @id: filled
 *
 * Return: its offset; -ENOENT at the end; -EBADMSG when the list leads into the
 * header. It may be a circle: who walks it counts.
 */
int pci_next_capability(const struct pci_function *fn, u32 from, u8 *id);

/**
 * pci_capability() - the next capability of an id
 * @fn: function
 * @id: PCI_CAP_*
 * @from: 0 for the first, else where the last one was
 *
 * Return: its offset; -ENOENT; -EBADMSG when the list leads into the header or
 * has no end.
 */
int pci_capability(const struct pci_function *fn, u8 id, u32 from);

/** pci_express_type() - its device or port type (7.5.3.2); as pci_capability() without one */
int pci_express_type(const struct pci_function *fn);
#define PCI_EXPRESS_ROOT_PORT	4
#define PCI_EXPRESS_DOWNSTREAM	6
#define PCI_EXPRESS_TO_PCI	7

/**
 * pci_map_bar() - map what a BAR decodes as Device-nGnRE, and let it decode
 * @fn: function
 * @n: BAR, 0 to 5
 *
 * Return: its virtual address, which is the CPU's; NULL, with a message, when there
 * is no such BAR, nobody assigned it, or the CPUs do not reach it.
 */
void __iomem *pci_map_bar(struct pci_function *fn, unsigned int n);

/**
 * pci_intx() - the interrupt that the function's pin raises
 * @fn: function; its pin is swizzled through the bridges above it (PCI-to-PCI Bridge
 *	Architecture 1.2 9.1)
 * @irq: filled: INTID and trigger
 *
 * Return: 0; -ENODEV when it has no pin; else as pci_source_ops.intx.
 */
int pci_intx(const struct pci_function *fn, struct resource *irq);

/** pci_requester_id() - what a host bridge knows the function's writes by: bus << 8 | devfn */
u16 pci_requester_id(const struct pci_function *fn);

/** pci_msi_route() - where its MSIs go; as pci_source_ops.msi, -ENOENT without a source */
int pci_msi_route(const struct pci_function *fn, struct pci_msi_route *route);

#endif
