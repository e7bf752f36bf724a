// SPDX-License-Identifier: BSD-2-Clause
/* IORT: the way of a requester id from its host bridge to an ITS (DEN0049E 3). */
#include <base/errno.h>
#include <base/string.h>
#include "internal.h"

/* Host bridge, SMMU, ITS group: a longer way is a circle. */
#define MAX_STEPS	8

/* Where a walk stands: a node and the id it gets. */
struct step {
	const struct acpi_iort_node *node;	/* all its bytes lie in the table */
	u32 id;
};

static const struct acpi_iort_node *node_at(const struct acpi_iort *iort, u32 offset)
{
	const struct acpi_iort_node *node = acpi_range(&iort->header, offset, sizeof(*node));

	if (!node || node->length < sizeof(*node) ||
	    !acpi_range(&iort->header, offset, node->length))
		return NULL;
	return node;
}

/* The mapping of a node that has the id, or NULL. */
static const struct acpi_iort_id_mapping *find_mapping(const struct step *step)
{
	const struct acpi_iort_node *node = step->node;
	const struct acpi_iort_id_mapping *map;

	for (u32 i = 0; i < node->number_of_id_mappings; i++) {
		u64 at = node->reference_to_id_array + (u64)i * sizeof(*map);

		if (at + sizeof(*map) > node->length)
			return NULL;
		map = (const void *)((const u8 *)node + at);
		/* A single mapping is for the node's own interrupts. */
		if (!(map->flags & ACPI_IORT_SINGLE_MAPPING) && step->id >= map->input_base &&
		    step->id - map->input_base <= map->number_of_ids)
			return map;
	}
	return NULL;
}

/* One segment may have several root complex nodes, each for a part of the ids. */
static const struct acpi_iort_node *find_root_complex(const struct acpi_iort *iort, u32 segment,
						      u32 rid)
{
	u32 count = MIN(iort->number_of_iort_nodes, ACPI_MAX_TABLE_LENGTH);
	struct acpi_walk walk = acpi_walk(&iort->header, iort->offset_to_array_of_iort_nodes,
					  count, ACPI_WALK_LENGTH16);
	struct acpi_sub sub;

	while (acpi_walk_next(&walk, &sub)) {
		const struct acpi_iort_root_complex *rc = sub.data;

		if (sub.type == ACPI_IORT_ROOT_COMPLEX &&
		    ACPI_HAS(sub.length, struct acpi_iort_root_complex, pci_segment_number) &&
		    rc->pci_segment_number == segment &&
		    find_mapping(&(struct step){ .node = &rc->node, .id = rid }))
			return &rc->node;
	}
	return NULL;
}

static int first_its(const struct acpi_iort_node *node, u32 *its)
{
	const struct acpi_iort_its_group *group = (const void *)node;

	if (node->length < sizeof(*group) + sizeof(u32) || !group->number_of_itss)
		return -EINVAL;
	memcpy(its, (const u8 *)group + sizeof(*group), sizeof(*its));
	return 0;
}

int acpi_iort_msi(u32 segment, u32 rid, u32 *its, u32 *device_id)
{
	const struct acpi_iort *iort = acpi_table_as(struct acpi_iort, "IORT");
	const struct acpi_iort_id_mapping *map;
	struct step step = { .id = rid };

	if (!iort)
		return -ENOENT;
	step.node = find_root_complex(iort, segment, rid);
	for (unsigned int i = 0; step.node && i < MAX_STEPS; i++) {
		if (step.node->type == ACPI_IORT_ITS_GROUP) {
			*device_id = step.id;
			return first_its(step.node, its);
		}
		map = find_mapping(&step);
		if (!map)
			return -ENOENT;
		step.id = map->output_base + (step.id - map->input_base);
		step.node = node_at(iort, map->output_reference);
		if (!step.node)
			return -EINVAL;
	}
	return step.node ? -EINVAL : -ENOENT;
}
