/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading the device tree. Nodes are numbers: 0 is the root, the others follow
 * in the order of the tree; a negative number is an error. All values come out
 * in host byte order. Clauses are those of the Devicetree Specification v0.4.
 *
 * Valid from DESCRIBE on, whether devices come from the tree or from ACPI, and
 * with the MMU on or off: only of_load() calls libfdt.
 */
#ifndef DRIVERS_OF_H
#define DRIVERS_OF_H

#include <base/errno.h>
#include <base/types.h>

#define OF_ROOT			0
#define OF_MAX_DEPTH		64	/* levels of nodes; a deeper tree is refused */
#define OF_MAX_CELLS		4	/* #address-cells and #size-cells */
#define OF_MAX_IRQ_CELLS	8	/* #interrupt-cells */

/** struct of_header - the tree's header (5.2), byte order already turned */
struct of_header {
	u32 magic;
	u32 totalsize;
	u32 off_dt_struct;
	u32 off_dt_strings;
	u32 off_mem_rsvmap;
	u32 version;
	u32 last_comp_version;
	u32 boot_cpuid_phys;
	u32 size_dt_strings;
	u32 size_dt_struct;	/* of version 16: up to the tree's end */
};

/**
 * of_header_check() - whether a header can be trusted, without libfdt
 * @fdt: where the tree should be; any address
 * @limit: bytes that may be read there
 * @header: filled as far as it could be read
 * @why: on error a message naming field, offset and value
 * @size: bytes at @why
 *
 * Return: 0; -EBADMSG when it is no device tree or a broken one; -EINVAL when
 * it lies at an address that is not a multiple of 8.
 */
int of_header_check(const void *fdt, size_t limit, struct of_header *header,
		    char *why, size_t size);

/**
 * of_load() - check a tree whole and make it the one that is read
 * @fdt: the tree, which stays where it is
 * @limit: bytes that may be read there
 * @why: on error a message naming place and cause
 * @size: bytes at @why
 *
 * Return: 0; -EBADMSG or -EINVAL as of_header_check(); -ENOMEM when the heap is
 * too small for the index. On an error there is no tree any more.
 */
int of_load(const void *fdt, size_t limit, char *why, size_t size);

/** of_present() - whether there is a tree to read */
bool of_present(void);

/** of_fdt() - the tree itself, or NULL */
const void *of_fdt(void);

/** of_header() - its header; all 0 without a tree */
const struct of_header *of_header(void);

/**
 * of_reservation() - the n-th entry of the memory reservation block (5.3)
 *
 * Return: 0, or -ENOENT when there are fewer.
 */
int of_reservation(unsigned int n, u64 *base, u64 *size);

/**
 * of_late_property() - a node whose properties do not all precede its subnodes (5.4.2)
 *
 * Such properties are not seen by the functions below.
 *
 * Return: the first such node, or -ENOENT.
 */
int of_late_property(void);

/** of_next() - the node after this one, whatever its level; -ENOENT at the end */
int of_next(int node);
int of_parent(int node);
int of_first_child(int node);
int of_next_sibling(int node);

#define of_for_each_node(n) \
	for ((n) = of_present() ? OF_ROOT : -ENOENT; (n) >= 0; (n) = of_next(n))
#define of_for_each_child(c, node) \
	for ((c) = of_first_child(node); (c) >= 0; (c) = of_next_sibling(c))

/** of_name() - its name with the unit address; "" for the root */
const char *of_name(int node);

/** of_name_is() - whether the name without the unit address is this one */
bool of_name_is(int node, const char *name);

/**
 * of_path() - its full path
 *
 * Return: one of a few buffers used in turn, good for one message; "..." stands
 * for the beginning of a path that is too long.
 */
const char *of_path(int node);

/**
 * of_find_path() - the node of a path, or of an alias and the rest of a path
 * @path: "/soc/serial@9000000", "serial0"; a unit address may be left out
 *
 * Return: node, or -ENOENT.
 */
int of_find_path(const char *path);

/**
 * of_find_compatible() - the next node that has a string in its compatible list
 * @from: the search begins behind this node; -1 for the whole tree
 *
 * Return: node, or -ENOENT.
 */
int of_find_compatible(int from, const char *compatible);

/** of_by_phandle() - -ENOENT when no node has it; of several the first */
int of_by_phandle(u32 phandle);

/** of_phandle() - its phandle, or 0 */
u32 of_phandle(int node);

/**
 * of_prop() - value of a property
 * @len: its length in bytes, or NULL
 *
 * Return: the value, 4-byte aligned; NULL when there is no such property.
 */
const void *of_prop(int node, const char *name, size_t *len);

/**
 * of_prop_at() - the n-th property of a node
 *
 * Return: its value with *@name and *@len set; NULL when there are fewer.
 */
const void *of_prop_at(int node, unsigned int n, const char **name, size_t *len);

/** of_has() - whether it has that property */
bool of_has(int node, const char *name);

/** of_cell() - 32-bit cell @n of a value of_prop() returned */
u32 of_cell(const void *value, size_t n);

/**
 * of_u32() - cell @n of a property
 *
 * Return: 0; -ENOENT when there is no such property; -EINVAL when it is too
 * short or its length no multiple of 4.
 */
int of_u32(int node, const char *name, unsigned int n, u32 *value);

/** of_u64() - a property of exactly one or two cells as a number; errors as of_u32() */
int of_u64(int node, const char *name, u64 *value);

/**
 * of_string() - the n-th string of a property
 *
 * Return: NULL when there is none, or the property does not end in a NUL.
 */
const char *of_string(int node, const char *name, unsigned int n);

/** of_string_index() - which string of the property is @value; -ENOENT when none */
int of_string_index(int node, const char *name, const char *value);

/** of_compatible() - whether its compatible list has it */
bool of_compatible(int node, const char *compatible);

/** of_enabled() - status of the node itself is absent, "okay" or "ok" (2.3.4) */
bool of_enabled(int node);

/** of_available() - the node and all above it are enabled */
bool of_available(int node);

/**
 * of_bus_cells() - sizes of the addresses in the reg properties of a node's children (2.3.5)
 * @bus: the parent
 * @address: #address-cells, 2 without
 * @size: #size-cells, 1 without
 *
 * Return: 0; -EINVAL when one is malformed or above OF_MAX_CELLS.
 */
int of_bus_cells(int bus, unsigned int *address, unsigned int *size);

/**
 * of_number() - a number of several cells
 *
 * Return: 0; -EOPNOTSUPP when it does not fit 64 bits.
 */
int of_number(const void *value, size_t cell, unsigned int cells, u64 *number);

/**
 * of_reg() - the n-th range of reg, as its bus sees it (2.3.6)
 *
 * Return: 0; -ENOENT when there are fewer; -EINVAL when reg's length is no
 * multiple of one entry or the bus's cells are malformed; -EOPNOTSUPP when the
 * numbers do not fit 64 bits (PCI).
 */
int of_reg(int node, unsigned int n, u64 *base, u64 *size);

/**
 * of_translate() - an address of a bus as the CPUs see it
 * @bus: whose children's addresses are meant
 * @base: in: on that bus; out: at the root
 * @size: all of it must lie in one range; 0 counts as 1
 * @stop: where it failed, for messages; may be NULL
 *
 * Return: 0; -ENOENT when a bus on the way has no ranges, so that the CPUs do not
 * see it; -ERANGE when its ranges do not hold the address; -EINVAL when ranges
 * has the wrong length; -EOPNOTSUPP for a bus with addresses above 64 bits.
 */
int of_translate(int bus, u64 *base, u64 size, int *stop);

/** of_address() - of_reg() and of_translate() */
int of_address(int node, unsigned int n, u64 *base, u64 *size);

struct of_irq {
	int controller;			/* node */
	unsigned int count;		/* its #interrupt-cells */
	unsigned int at;		/* the first cell's place in the property */
	u32 cell[OF_MAX_IRQ_CELLS];
};

/**
 * of_irq_parent() - where a node's interrupts go (2.4.1)
 *
 * Return: node with #interrupt-cells; -ENOENT when there is none; -EINVAL when
 * an interrupt-parent on the way leads nowhere.
 */
int of_irq_parent(int node);

/**
 * of_irq() - the n-th interrupt, from interrupts-extended or interrupts
 *
 * Return: 0; -ENOENT when there are fewer; -EINVAL when the property's length
 * does not fit the controller's #interrupt-cells, or a phandle leads nowhere.
 */
int of_irq(int node, unsigned int n, struct of_irq *irq);

/** of_is_gic() - whether the node is an Arm GIC of version 2 to 4 */
bool of_is_gic(int node);

/**
 * of_gic_count() - how many interrupts of a type there can be
 * @type: first cell: 0 SPI, 1 PPI, 2 extended SPI, 3 extended PPI
 *
 * Return: 0 for a type that does not exist.
 */
u32 of_gic_count(u32 type);

/**
 * of_irq_gic() - a GIC's specifier as INTID (bindings arm,gic and arm,gic-v3)
 * @irq: from of_irq()
 * @intid: INTID
 * @flags: RES_IRQ_EDGE and RES_IRQ_LOW
 *
 * Return: 0; -ENODEV when its controller is no GIC; -EINVAL for a type that
 * does not exist or too few cells; -ERANGE for a number its type does not have.
 */
int of_irq_gic(const struct of_irq *irq, u32 *intid, u32 *flags);

/**
 * of_irq_intid() - a specifier of any controller that may be the image's, as INTID
 * @irq: from of_irq()
 * @intid: filled
 * @flags: filled: RES_IRQ_*
 *
 * Of a GIC as of_irq_gic(). The inputs of the local controllers of BCM2836 are 16
 * and on, those behind it 32 and on, a bank of 32 behind the other (bindings
 * brcm,bcm2836-l1-intc, brcm,bcm2835-armctrl-ic).
 *
 * Return: 0; -ENODEV when it goes to another controller; -EINVAL, -ERANGE.
 */
int of_irq_intid(const struct of_irq *irq, u32 *intid, u32 *flags);

/**
 * of_stdout() - the console the firmware names in /chosen (3.6)
 * @options: what stands behind the colon ("115200n8"), or NULL
 *
 * Return: node; -ENOENT when no stdout-path is there; -EINVAL when it leads nowhere.
 */
int of_stdout(const char **options);

/**
 * of_clock_rate() - Hz of the n-th clock, where that is a fixed one
 *
 * Return: 0; -ENOENT without clocks; -EINVAL when the list is malformed;
 * -ENODEV when it is no fixed clock.
 */
int of_clock_rate(int node, unsigned int n, u64 *hz);

#endif
