// SPDX-License-Identifier: BSD-2-Clause
/* Processor Properties Topology Table: a tree of processors and caches, by offsets in the table. */
#include "rules.h"

#define NO_NODE		0xffU	/* no type of a node */
#define MAX_DEPTH	32U	/* threads, cores, clusters, packages ... of any machine */

static struct acpi_walk pptt_walk(const struct acpi_pptt *pptt)
{
	return acpi_walk(&pptt->header, sizeof(*pptt), ~0U, ACPI_WALK_LENGTH8);
}

/* Type of the node that begins at an offset. */
static unsigned int node_type(const struct acpi_pptt *pptt, u32 offset)
{
	struct acpi_walk walk = pptt_walk(pptt);
	struct acpi_sub sub;

	while (acpi_walk_next(&walk, &sub) && sub.offset <= offset)
		if (sub.offset == offset)
			return sub.type;
	return NO_NODE;
}

static void check_processor(const struct acpi_pptt *pptt, const struct acpi_sub *sub)
{
	const struct acpi_pptt_processor *cpu = sub->data;
	u64 resources;

	if (!CHECK_GE(sub->length, (u32)sizeof(*cpu),
		      AT_SUB("PPTT", sub, struct acpi_pptt_processor, length)))
		return;
	resources = cpu->number_of_private_resources;
	CHECK_EQ(cpu->reserved, 0U, AT_SUB("PPTT", sub, struct acpi_pptt_processor, reserved));
	CHECK_EQ(cpu->flags & GENMASK(31, 5), 0ULL,
		 AT_SUB("PPTT", sub, struct acpi_pptt_processor, flags));
	if (!CHECK_EQ((u64)sub->length, sizeof(*cpu) + resources * sizeof(u32),
		      AT_SUB("PPTT", sub, struct acpi_pptt_processor, length)))
		return;
	if (cpu->parent)
		CHECK_EQ(node_type(pptt, cpu->parent), (unsigned int)ACPI_PPTT_PROCESSOR,
			 AT_SUB("PPTT", sub, struct acpi_pptt_processor, parent));
	for (u32 i = 0; i < resources; i++) {
		u32 at = sizeof(*cpu) + i * (u32)sizeof(u32);
		u32 target;

		memcpy(&target, (const u8 *)sub->data + at, sizeof(target));
		CHECK_EQ(node_type(pptt, target) != NO_NODE &&
			 node_type(pptt, target) != ACPI_PPTT_PROCESSOR, true,
			 "PPTT, offset 0x%x (private resource %u): 0x%x is no cache's offset",
			 sub->offset + at, i, target);
	}
}

static void check_cache(const struct acpi_pptt *pptt, const struct acpi_sub *sub)
{
	const struct acpi_pptt_cache *cache = sub->data;
	u32 expected = sizeof(*cache);

	if (pptt->header.revision < 3)
		expected = offsetof(struct acpi_pptt_cache, cache_id);
	if (!CHECK_EQ(sub->length, expected, AT_SUB("PPTT", sub, struct acpi_pptt_cache, length)) &&
	    sub->length < offsetof(struct acpi_pptt_cache, cache_id))
		return;
	CHECK_EQ(cache->reserved, 0U, AT_SUB("PPTT", sub, struct acpi_pptt_cache, reserved));
	if (cache->next_level_of_cache)
		CHECK_EQ(node_type(pptt, cache->next_level_of_cache), (unsigned int)ACPI_PPTT_CACHE,
			 AT_SUB("PPTT", sub, struct acpi_pptt_cache, next_level_of_cache));
}

void pptt_nodes(void)
{
	const struct acpi_pptt *pptt = TABLE(struct acpi_pptt, "PPTT");
	struct acpi_walk walk = pptt_walk(pptt);
	unsigned int count = 0;
	struct acpi_sub sub;

	for (; acpi_walk_next(&walk, &sub); count++) {
		if (sub.type == ACPI_PPTT_PROCESSOR)
			check_processor(pptt, &sub);
		else if (sub.type == ACPI_PPTT_CACHE)
			check_cache(pptt, &sub);
		else
			CHECK_EQ(sub.type, (u8)ACPI_PPTT_ID,
				 AT_SUB("PPTT", &sub, struct acpi_pptt_cache, type));
	}
	CHECK_EQ(walk.end, (enum acpi_walk_end)ACPI_WALK_WHOLE,
		 "PPTT, offset 0x%x (length): node: %s", walk.offset + 1,
		 acpi_walk_end_name(walk.end));
	CHECK_GT(count, 0U, "PPTT without nodes");
}

/* Steps up to a node without a parent; MAX_DEPTH when there is none. */
static unsigned int depth(const struct acpi_pptt *pptt, const struct acpi_pptt_processor *cpu)
{
	unsigned int steps;

	for (steps = 0; cpu && cpu->parent && steps < MAX_DEPTH; steps++)
		cpu = acpi_range(&pptt->header, cpu->parent, sizeof(*cpu));
	return steps;
}

static bool is_leaf(const struct acpi_pptt *pptt, const struct acpi_pptt_processor *cpu)
{
	return (cpu->flags & ACPI_PPTT_UID_VALID) &&
	       (pptt->header.revision < 2 || (cpu->flags & ACPI_PPTT_LEAF));
}

static bool has_leaf(const struct acpi_pptt *pptt, u32 uid)
{
	struct acpi_walk walk = pptt_walk(pptt);
	struct acpi_sub sub;

	while (rules_next(&walk, &sub, ACPI_PPTT_PROCESSOR, sizeof(struct acpi_pptt_processor))) {
		const struct acpi_pptt_processor *cpu = sub.data;

		if (is_leaf(pptt, cpu) && cpu->acpi_processor_id == uid)
			return true;
	}
	return false;
}

/*
 * Every CPU is a leaf of the tree. The other way round is not so: parts with
 * cores fused off are sold with the tree of the whole part.
 */
static void check_cpus_are_leaves(const struct acpi_pptt *pptt)
{
	const struct acpi_madt *madt = TABLE(struct acpi_madt, "APIC");
	struct acpi_walk walk = acpi_madt_walk(madt);
	struct acpi_sub sub;

	while (rules_next_gicc(&walk, &sub)) {
		const struct acpi_madt_gicc *gicc = sub.data;

		if (rules_gicc_usable(gicc))
			CHECK(has_leaf(pptt, gicc->acpi_processor_uid),
			      "PPTT: no leaf for GICC UID %u (APIC, offset 0x%x)",
			      gicc->acpi_processor_uid, sub.offset);
	}
}

/* The tree ends at its root and has the MADT's CPUs. Leaves are called so since revision 2. */
void pptt_processors(void)
{
	const struct acpi_pptt *pptt = TABLE(struct acpi_pptt, "PPTT");
	struct acpi_walk walk = pptt_walk(pptt);
	unsigned int count = 0;
	struct acpi_sub sub;

	while (rules_next(&walk, &sub, ACPI_PPTT_PROCESSOR, sizeof(struct acpi_pptt_processor))) {
		const struct acpi_pptt_processor *cpu = sub.data;

		count++;
		CHECK_LT(depth(pptt, cpu), MAX_DEPTH,
			 AT_SUB("PPTT", &sub, struct acpi_pptt_processor, parent));
		if (pptt->header.revision >= 2 && (cpu->flags & ACPI_PPTT_LEAF))
			CHECK_NE(cpu->flags & ACPI_PPTT_UID_VALID, 0U,
				 AT_SUB("PPTT", &sub, struct acpi_pptt_processor, flags));
	}
	CHECK_GT(count, 0U, "PPTT without processors");
	check_cpus_are_leaves(pptt);
}
