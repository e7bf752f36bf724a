// SPDX-License-Identifier: BSD-2-Clause
/* Collections, devices and their events; and LPIs as the rest of the image knows them. */
#include <base/errno.h>
#include <base/util.h>
#include <core/cpu.h>
#include <core/heap.h>
#include <core/lock.h>
#include <asm/cpu.h>
#include <drivers/lpi.h>
#include "gic_memory.h"
#include "its_private.h"

#define ITT_ALIGN	256U

/*
 * An LPI is enabled or moved by any CPU, while the boot CPU gives events to other
 * devices: the lists are looked through under one lock, and collections, with the
 * tables that they bring along, are made under another.
 */
static struct spinlock list_lock = SPINLOCK_WHOLE("ITS devices");
static struct spinlock collection_lock = SPINLOCK_WHOLE("ITS collections");

static u64 mpidr_of(unsigned int cpu)
{
	return cpu == cpu_this() ? cpu_mpidr() : cpu_get(cpu)->mpidr;
}

static int map_collection(struct its *its, unsigned int cpu)
{
	u64 mpidr = mpidr_of(cpu), rdbase;
	int ret = its_cover(its, ITS_BASER_COLLECTIONS, cpu);

	/* Without a table in memory there is nothing to cover: the ITS keeps them in itself. */
	if (!ret || ret == -ERANGE)
		ret = lpi_cpu_start(mpidr);
	if (!ret)
		ret = its_target(its, mpidr, &rdbase);
	if (!ret)
		ret = its_post(its, its_mapc(cpu, rdbase));
	/* Firmware's table was changed behind its back where it had LPIs enabled. */
	if (!ret && lpi_left()->stuck)
		ret = its_post(its, its_invall(cpu));
	return ret ? ret : its_send(its, its_sync(rdbase));
}

int its_collection(struct its *its, unsigned int cpu, u16 *collection)
{
	int ret;

	if (cpu >= cpu_count() || cpu >= its_collections(its))
		return -ERANGE;
	*collection = cpu;
	spin_lock(&collection_lock);
	ret = its->mapped[cpu] ? 0 : map_collection(its, cpu);
	its->mapped[cpu] = !ret;
	spin_unlock(&collection_lock);
	return ret;
}

static unsigned int bits_for(unsigned int count)
{
	unsigned int bits = 1;

	while (bits < 31 && 1U << bits < count)
		bits++;
	return bits;
}

static struct its_events *find_device(struct its *its, u32 device)
{
	struct its_events *events;

	list_for_each_entry(events, &its->events, node)
		if (events->device == device)
			return events;
	return NULL;
}

static int map_device(struct its_events *events, unsigned int bits)
{
	struct its *its = events->its;
	int ret = its_cover(its, ITS_BASER_DEVICES, events->device);

	/* -ERANGE without a table is no error: the ITS keeps devices in itself. */
	if (ret == -ERANGE && events->device < its_devices(its))
		ret = 0;
	if (ret)
		return ret;
	events->itt_bytes = (u64)events->count * ITS_TYPER_ITT_ENTRY(its->typer);
	events->itt = gic_memory_alloc(events->itt_bytes, ITT_ALIGN);
	if (!events->itt)
		return -ENOMEM;
	ret = its_post(its, its_mapd(events->device, (u64)events->itt, bits));
	return ret ? ret : its_sync_cpu(its, cpu_mpidr());
}

int its_events_create(struct its *its, u32 device, unsigned int count, struct its_events **out)
{
	unsigned int bits = bits_for(count);
	struct its_events *events;
	int ret;

	if (bits > ITS_TYPER_EVENT_BITS(its->typer) || device >= its_devices(its))
		return -ERANGE;
	if (find_device(its, device))
		return -EBUSY;
	events = heap_alloc(sizeof(*events) + sizeof(events->event[0]) * BIT(bits));
	if (!events)
		return -ENOMEM;
	events->its = its;
	events->device = device;
	events->count = 1U << bits;
	ret = map_device(events, bits);
	if (ret) {
		/* A table that the ITS may have been told of is left to it. */
		heap_free(events);
		return ret;
	}
	spin_lock(&list_lock);
	list_add_tail(&events->node, &its->events);
	spin_unlock(&list_lock);
	*out = events;
	return 0;
}

static void discard(const struct its_events *events, u32 event)
{
	unsigned int cpu = events->event[event].collection;
	u64 rdbase;

	its_post(events->its, its_discard(events->device, event));
	/* Its redistributor is to have heard of it, too. */
	if (cpu != cpu_this() && !its_target(events->its, mpidr_of(cpu), &rdbase))
		its_post(events->its, its_sync(rdbase));
}

/* Whether the ITS has said that it is done with all of it, or is stopped. */
static bool unmap_all(const struct its_events *events)
{
	struct its *its = events->its;

	for (u32 i = 0; i < events->count; i++)
		if (events->event[i].intid)
			discard(events, i);
	its_post(its, its_unmapd(events->device));
	return !its_sync_cpu(its, cpu_mpidr()) || !its->running;
}

static void free_all(struct its_events *events)
{
	for (u32 i = 0; i < events->count; i++)
		if (events->event[i].intid)
			lpi_free(events->event[i].intid, 1);
	gic_memory_free(events->itt, events->itt_bytes);
}

void its_events_destroy(struct its_events *events)
{
	bool unmapped;

	if (!events)
		return;
	unmapped = unmap_all(events);
	spin_lock(&list_lock);
	list_del(&events->node);
	spin_unlock(&list_lock);
	/* Else it may still write to that table, and send those LPIs: nobody else gets them. */
	if (unmapped)
		free_all(events);
	heap_free(events);
}

void its_events_drop_all(struct its *its)
{
	while (!list_empty(&its->events))
		its_events_destroy(list_entry(its->events.next, struct its_events, node));
}

int its_event_map(struct its_events *events, u32 event, u32 intid)
{
	struct its *its = events->its;
	u16 collection;
	int ret;

	if (event >= events->count)
		return -ERANGE;
	ret = its_collection(its, cpu_this(), &collection);
	if (!ret)
		ret = its_post(its, its_mapti(events->device, event, intid, collection));
	if (ret)
		return ret;
	events->event[event].intid = intid;
	events->event[event].collection = collection;
	/* Its last owner, or firmware, may have left it pending, and its configuration cached. */
	ret = its_post(its, its_clear(events->device, event));
	if (!ret)
		ret = its_post(its, its_inv(events->device, event));
	return ret ? ret : its_sync_cpu(its, cpu_mpidr());
}

int its_event_move(struct its_events *events, u32 event, unsigned int cpu)
{
	struct its *its = events->its;
	unsigned int from;
	u16 collection;
	int ret;

	if (event >= events->count || !events->event[event].intid)
		return -ERANGE;
	ret = its_collection(its, cpu, &collection);
	if (!ret && collection == events->event[event].collection)
		return 0;
	if (!ret)
		ret = its_post(its, its_movi(events->device, event, collection));
	if (ret)
		return ret;
	from = events->event[event].collection;
	events->event[event].collection = collection;
	/* IHI 0069H 5.3 MOVI: a SYNC of the CPU that it came from. */
	return its_sync_cpu(its, mpidr_of(from));
}

static struct its_events *find_in(struct its *its, u32 intid, u32 *event)
{
	struct its_events *events;

	list_for_each_entry(events, &its->events, node)
		for (*event = 0; *event < events->count; (*event)++)
			if (events->event[*event].intid == intid)
				return events;
	return NULL;
}

/* What is found stays: nobody gives back an LPI that is being changed. */
static struct its_events *find_event(u32 intid, u32 *event)
{
	struct its_events *events = NULL;
	struct its *its;

	spin_lock(&list_lock);
	for (unsigned int i = 0; !events && (its = its_get(i)); i++)
		events = find_in(its, intid, event);
	spin_unlock(&list_lock);
	return events;
}

/* About an LPI that comes from nowhere nobody needs to be told. */
static int tell(u32 intid, struct its_command (*command)(u32 device, u32 event), int without)
{
	struct its_events *events;
	u32 event;
	int ret;

	events = find_event(intid, &event);
	if (!events)
		return without;
	ret = its_post(events->its, command(events->device, event));
	return ret ? ret : its_sync_cpu(events->its, mpidr_of(events->event[event].collection));
}

static int invalidate(u32 intid)
{
	return tell(intid, its_inv, 0);
}

static int set_pending(u32 intid, bool pending)
{
	return tell(intid, pending ? its_int : its_clear, -ENODEV);
}

static int set_target(u32 intid, u64 mpidr)
{
	struct its_events *events;
	u32 event;

	events = find_event(intid, &event);
	for (unsigned int i = 0; events && i < cpu_count(); i++)
		if (mpidr_of(i) == mpidr)
			return its_event_move(events, event, i);
	return -ENODEV;
}

static const struct lpi_source source = {
	.invalidate = invalidate,
	.set_pending = set_pending,
	.set_target = set_target,
};

void its_events_init(void)
{
	lpi_set_source(&source);
}
