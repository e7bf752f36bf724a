// SPDX-License-Identifier: BSD-2-Clause
/* Who turns messages into interrupts, and which vectors are in use. */
#include <base/errno.h>
#include <base/list.h>
#include <base/string.h>
#include <core/heap.h>
#include <core/msi.h>

struct allocation {
	struct list_head node;
	struct msi_parent *parent;
	u32 device_id;
	unsigned int count;
	struct msi msi[];
};

static LIST_HEAD(parents);
static LIST_HEAD(allocations);

void msi_register(struct msi_parent *parent)
{
	list_add_tail(&parent->node, &parents);
}

struct msi_parent *msi_parent_of(const struct device *dev)
{
	struct msi_parent *parent;

	list_for_each_entry(parent, &parents, node)
		if (parent->dev == dev)
			return parent;
	return NULL;
}

struct msi_parent *msi_parent_next(const struct msi_parent *parent)
{
	const struct list_head *next = parent ? parent->node.next : parents.next;

	return next == &parents ? NULL : list_entry(next, struct msi_parent, node);
}

static void release_irqs(const struct msi *msi, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		irq_disable(msi[i].intid);
		irq_request(msi[i].intid, NULL, NULL);
	}
}

/* A message is there and gone: an edge. LPIs are nothing else (IHI 0069H 5.1). */
static int request_one(const struct msi *msi, irq_handler_t handler, void *arg)
{
	int ret = irq_request(msi->intid, handler, arg);

	if (ret)
		return ret;
	if (msi->intid < IRQ_LPI_FIRST)
		ret = irq_set_trigger(msi->intid, true);
	if (!ret)
		ret = irq_enable(msi->intid);
	if (ret)
		release_irqs(msi, 1);
	return ret;
}

static int request_irqs(const struct allocation *alloc, irq_handler_t handler, void *arg)
{
	for (unsigned int i = 0; i < alloc->count; i++) {
		int ret = request_one(&alloc->msi[i], handler, arg);

		if (ret) {
			release_irqs(alloc->msi, i);
			return ret;
		}
	}
	return 0;
}

int msi_alloc(struct msi_parent *parent, u32 device_id, unsigned int count,
	      irq_handler_t handler, void *arg, struct msi *out)
{
	struct allocation *alloc;
	int ret;

	if (!parent || !handler || !count || count > MSI_VECTORS_MAX)
		return -EINVAL;
	alloc = heap_alloc(sizeof(*alloc) + count * sizeof(alloc->msi[0]));
	if (!alloc)
		return -ENOMEM;
	alloc->parent = parent;
	alloc->device_id = device_id;
	alloc->count = count;
	ret = parent->ops->alloc(parent, device_id, count, alloc->msi);
	if (ret)
		goto no_vectors;
	ret = request_irqs(alloc, handler, arg);
	if (ret)
		goto no_irqs;
	list_add_tail(&alloc->node, &allocations);
	memcpy(out, alloc->msi, count * sizeof(alloc->msi[0]));
	return 0;
no_irqs:
	parent->ops->free(parent, device_id, count, alloc->msi);
no_vectors:
	heap_free(alloc);
	return ret;
}

static void free_allocation(struct allocation *alloc)
{
	release_irqs(alloc->msi, alloc->count);
	alloc->parent->ops->free(alloc->parent, alloc->device_id, alloc->count, alloc->msi);
	list_del(&alloc->node);
	heap_free(alloc);
}

void msi_free(const struct msi *first)
{
	struct allocation *alloc;

	list_for_each_entry(alloc, &allocations, node) {
		if (alloc->msi[0].intid == first->intid) {
			free_allocation(alloc);
			return;
		}
	}
}

void msi_free_left(void)
{
	while (!list_empty(&allocations))
		free_allocation(list_entry(allocations.next, struct allocation, node));
}
