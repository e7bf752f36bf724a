// SPDX-License-Identifier: BSD-2-Clause
/* IO Remapping Table: its nodes, and the mappings between them. */
#include "rules.h"

static struct acpi_walk iort_walk(const struct acpi_iort *iort)
{
	return acpi_walk(&iort->header, iort->offset_to_array_of_iort_nodes,
			 MIN(iort->number_of_iort_nodes, ACPI_MAX_TABLE_LENGTH),
			 ACPI_WALK_LENGTH16);
}

/* Without a MADT, whose absence is another case's, every id is taken. */
static bool is_its(u32 id)
{
	const struct acpi_madt *madt = acpi_table_as(struct acpi_madt, "APIC");
	struct acpi_walk walk;
	struct acpi_sub sub;

	if (!madt)
		return true;
	walk = acpi_madt_walk(madt);
	while (NEXT_ENTRY(&walk, &sub, ACPI_MADT_ITS, struct acpi_madt_its))
		if (((const struct acpi_madt_its *)sub.data)->gic_its_id == id)
			return true;
	return false;
}

static void check_its_group(const struct acpi_sub *sub)
{
	const struct acpi_iort_its_group *group = sub->data;

	if (!CHECK_GE(sub->length, (u32)sizeof(*group),
		      AT_SUB("IORT", sub, struct acpi_iort_node, length)) ||
	    !CHECK_LE(sizeof(*group) + (u64)group->number_of_itss * sizeof(u32), (u64)sub->length,
		      AT_SUB("IORT", sub, struct acpi_iort_its_group, number_of_itss)))
		return;
	for (u32 i = 0; i < group->number_of_itss; i++) {
		u32 at = sizeof(*group) + i * (u32)sizeof(u32);
		u32 id;

		memcpy(&id, (const u8 *)sub->data + at, sizeof(id));
		CHECK(is_its(id), "IORT, offset 0x%x (its id): the MADT has no GIC ITS %u",
		      sub->offset + at, id);
	}
}

void iort_nodes(void)
{
	const struct acpi_iort *iort = TABLE(struct acpi_iort, "IORT");
	struct acpi_walk walk = iort_walk(iort);
	struct acpi_sub sub;

	REQUIRE_GE(iort->offset_to_array_of_iort_nodes, (u32)sizeof(*iort),
		   AT_TABLE("IORT", struct acpi_iort, offset_to_array_of_iort_nodes));
	CHECK_EQ(iort->reserved, 0U, AT_TABLE("IORT", struct acpi_iort, reserved));
	while (acpi_walk_next(&walk, &sub)) {
		if (!CHECK_GE(sub.length, (u32)sizeof(struct acpi_iort_node),
			      AT_SUB("IORT", &sub, struct acpi_iort_node, length)))
			continue;
		if (sub.type > ACPI_IORT_RMR)
			test_diag("IORT, offset 0x%x (type): %u is newer than this test",
				  sub.offset, sub.type);
	}
	CHECK_EQ(walk.end, (enum acpi_walk_end)ACPI_WALK_WHOLE,
		 "IORT, offset 0x%x (length): node: %s", walk.offset + 1,
		 acpi_walk_end_name(walk.end));
}

/* MSIs of a device behind a group that is not there go nowhere. */
void iort_its_groups(void)
{
	const struct acpi_iort *iort = TABLE(struct acpi_iort, "IORT");
	struct acpi_walk walk = iort_walk(iort);
	unsigned int count = 0;
	struct acpi_sub sub;

	for (; rules_next(&walk, &sub, ACPI_IORT_ITS_GROUP, 0); count++)
		check_its_group(&sub);
	if (!count)
		SKIP("no ITS group described");
}

static bool is_node(const struct acpi_iort *iort, u32 offset)
{
	struct acpi_walk walk = iort_walk(iort);
	struct acpi_sub sub;

	while (acpi_walk_next(&walk, &sub))
		if (sub.offset == offset)
			return true;
	return false;
}

static void check_mapping(const struct acpi_iort *iort, const struct acpi_sub *sub, u32 at)
{
	const struct acpi_iort_id_mapping *map = (const void *)((const u8 *)sub->data + at);
	const struct acpi_sub place = { .offset = sub->offset + at };

	CHECK(is_node(iort, map->output_reference),
	      "IORT, offset 0x%x (output_reference): no node at 0x%x",
	      place.offset + (u32)offsetof(struct acpi_iort_id_mapping, output_reference),
	      map->output_reference);
	CHECK_NE(map->output_reference, sub->offset,
		 AT_SUB("IORT", &place, struct acpi_iort_id_mapping, output_reference));
	CHECK_EQ(map->flags & GENMASK(31, 1), 0ULL,
		 AT_SUB("IORT", &place, struct acpi_iort_id_mapping, flags));
	if (map->flags & ACPI_IORT_SINGLE_MAPPING)
		return;
	CHECK_LE((u64)map->input_base + map->number_of_ids, 0xffffffffULL,
		 AT_SUB("IORT", &place, struct acpi_iort_id_mapping, number_of_ids));
	CHECK_LE((u64)map->output_base + map->number_of_ids, 0xffffffffULL,
		 AT_SUB("IORT", &place, struct acpi_iort_id_mapping, output_base));
}

void iort_mappings(void)
{
	const struct acpi_iort *iort = TABLE(struct acpi_iort, "IORT");
	struct acpi_walk walk = iort_walk(iort);
	u32 size = sizeof(struct acpi_iort_id_mapping);
	struct acpi_sub sub;

	while (acpi_walk_next(&walk, &sub)) {
		const struct acpi_iort_node *node = sub.data;
		u64 end;

		if (sub.length < sizeof(*node) || !node->number_of_id_mappings)
			continue;
		end = node->reference_to_id_array + (u64)node->number_of_id_mappings * size;
		if (!CHECK_GE(node->reference_to_id_array, (u32)sizeof(*node),
			      AT_SUB("IORT", &sub, struct acpi_iort_node, reference_to_id_array)) ||
		    !CHECK_LE(end, (u64)sub.length,
			      AT_SUB("IORT", &sub, struct acpi_iort_node, number_of_id_mappings)))
			continue;
		for (u32 i = 0; i < node->number_of_id_mappings; i++)
			check_mapping(iort, &sub, node->reference_to_id_array + i * size);
	}
	CHECK_EQ(walk.end, (enum acpi_walk_end)ACPI_WALK_WHOLE, "IORT, offset 0x%x (length)",
		 walk.offset + 1);
}
