/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Message-signalled interrupts: a device writes a word to an address, and an SPI
 * (GICv2m) or an LPI (ITS) is pending. Whoever turns messages into interrupts is a
 * parent; drivers of devices ask one for vectors, program address and data into
 * the device, and get their handler called.
 *
 *	struct msi_parent *parent = msi_parent_of(provider);
 *	struct msi msi[2];
 *
 *	ret = msi_alloc(parent, requester_id, 2, handler, priv, msi);
 *
 * Setting a parent up costs: it does so in the first msi_alloc(), not at PROBE.
 * Everything here is for the boot CPU; handlers run wherever the interrupt goes,
 * which is the CPU that called msi_alloc() until irq_set_target().
 */
#ifndef CORE_MSI_H
#define CORE_MSI_H

#include <base/list.h>
#include <base/types.h>
#include <core/irq.h>

/* More than one device of ours ever has. */
#define MSI_VECTORS_MAX		64U

struct device;
struct msi_parent;

/** struct msi - one vector: what goes into the device, and what comes of it */
struct msi {
	u64 address;	/* physical: where the device writes, 32 bits wide */
	u32 data;	/* what it writes */
	u32 intid;
};

struct msi_parent_ops {
	/*
	 * Fill @out with @count vectors of the device that the parent knows as
	 * @device_id: data and INTIDs one behind the other, the first datum a multiple
	 * of the next power of two at or above @count, interrupts disabled and not
	 * pending. Sets the parent up where that has not been done. 0 or -errno, with
	 * nothing taken: -ENOSPC when there are not as many left; -ERANGE for a
	 * @device_id that it cannot have; -ETIMEDOUT, -EIO when it does not answer.
	 */
	int (*alloc)(struct msi_parent *parent, u32 device_id, unsigned int count,
		     struct msi *out);
	/* Take them back, whatever state they are in: later messages with them are dropped. */
	void (*free)(struct msi_parent *parent, u32 device_id, unsigned int count,
		     const struct msi *msi);
};

/** struct msi_parent - who turns messages into interrupts; the driver's, lives on */
struct msi_parent {
	struct list_head node;		/* core/msi.c's */
	const char *name;		/* "GICv2m", "ITS": for people */
	const struct device *dev;	/* what msi-parent, msi-map or IORT point at */
	const struct msi_parent_ops *ops;
	bool takes_device_ids;		/* false: every device's message is the same to it */
};

/** msi_register() - a parent was found, in its driver's probe() */
void msi_register(struct msi_parent *parent);

/** msi_parent_of() - the parent that is this device, NULL when it is none or has no driver */
struct msi_parent *msi_parent_of(const struct device *dev);

/**
 * msi_parent_next() - all parents, in the order they were registered
 * @parent: NULL for the first
 *
 * For descriptions that do not say which device uses which: a GICv2m under ACPI
 * takes the messages of everybody.
 *
 * Return: NULL behind the last.
 */
struct msi_parent *msi_parent_next(const struct msi_parent *parent);

/**
 * msi_alloc() - vectors for a device, each with its handler, enabled
 * @parent: who takes its messages
 * @device_id: by which @parent tells devices apart: what msi-map or IORT make of a PCI
 *	requester ID; ignored by one that does not (takes_device_ids)
 * @count: of vectors, 1 to MSI_VECTORS_MAX
 * @handler: of all of them; its first argument says which
 * @arg: passed on
 * @out: @count of them, filled
 *
 * Data and INTIDs are consecutive and aligned as multiple-message MSI of PCI wants
 * it: the device may change the low bits of the datum. A vector is an edge. A
 * device has one allocation at a time.
 *
 * Return: 0; -EINVAL for a @count out of range; -ENOMEM; -EBUSY when an interrupt of
 * them has a handler; else as msi_parent_ops.alloc and irq_request() have it. Nothing is
 * taken then.
 */
int msi_alloc(struct msi_parent *parent, u32 device_id, unsigned int count,
	      irq_handler_t handler, void *arg, struct msi *out);

/**
 * msi_free() - give vectors back
 * @first: of those that one msi_alloc() filled
 *
 * The device must send none any more. Vectors given back before are left alone.
 */
void msi_free(const struct msi *first);

/** msi_free_left() - give back what a case that was ended has left; for a suite's exit() */
void msi_free_left(void);

#endif
