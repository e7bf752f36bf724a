// SPDX-License-Identifier: BSD-2-Clause
/* An ITS as a parent of message-signalled interrupts: event n of a device is datum n. */
#include <base/errno.h>
#include <base/util.h>
#include <drivers/lpi.h>
#include "its_private.h"

static struct its *to_its(const struct msi_parent *parent)
{
	return container_of(parent, struct its, parent);
}

static int map_all(struct its_events *events, u32 first, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		int ret = its_event_map(events, i, first + i);

		if (ret)
			return ret;
	}
	return 0;
}

/* Those that came to events go with them, the others behind the SYNC of those. */
static void give_back(struct its_events *events, u32 first, unsigned int count)
{
	unsigned int mapped = 0;

	while (mapped < count && events->event[mapped].intid)
		mapped++;
	its_events_destroy(events);
	lpi_free(first + mapped, count - mapped);
}

static int its_msi_alloc(struct msi_parent *parent, u32 device_id, unsigned int count,
			 struct msi *out)
{
	struct its *its = to_its(parent);
	struct its_events *events;
	int ret = its_start(its);
	u32 first;

	if (ret)
		return ret;
	ret = lpi_alloc(count, &first);
	if (ret)
		return ret;
	ret = its_events_create(its, device_id, count, &events);
	if (ret) {
		lpi_free(first, count);
		return ret;
	}
	ret = map_all(events, first, count);
	if (ret) {
		give_back(events, first, count);
		return ret;
	}
	for (unsigned int i = 0; i < count; i++)
		out[i] = (struct msi){ its_translater(its), i, first + i };
	return 0;
}

static void its_msi_free(struct msi_parent *parent, u32 device_id, unsigned int count,
			 const struct msi *msi)
{
	struct its *its = to_its(parent);
	struct its_events *events;

	(void)count;
	(void)msi;
	list_for_each_entry(events, &its->events, node) {
		if (events->device == device_id) {
			its_events_destroy(events);
			return;
		}
	}
}

static const struct msi_parent_ops ops = {
	.alloc = its_msi_alloc,
	.free = its_msi_free,
};

void its_msi_register(struct its *its)
{
	its->parent = (struct msi_parent){
		.name = "ITS", .dev = its->dev, .ops = &ops, .takes_device_ids = true,
	};
	msi_register(&its->parent);
}
