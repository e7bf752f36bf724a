/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The index of the tree: where each node and each property lies. libfdt
 * searches from the start for every parent and phandle, which would make
 * start-up grow with the square of the tree.
 */
#ifndef DRIVERS_OF_TREE_H
#define DRIVERS_OF_TREE_H

#include <drivers/of.h>

struct of_entry {
	u32 name;		/* offset of its name in the structure block */
	u32 phandle;
	s32 parent;		/* -1: the root */
	s32 sibling;		/* next one, or -1 */
	u32 first_prop;
	u32 nr_props;
};

struct of_prop_entry {
	u32 offset;		/* of the FDT_PROP tag in the structure block */
	u32 name;		/* in the strings block */
};

struct of_range {
	u64 base;
	u64 size;
};

struct of_tree {
	const void *fdt;	/* NULL: no tree */
	const u8 *structure;
	const char *strings;
	struct of_header header;
	struct of_entry *nodes;
	struct of_prop_entry *props;
	struct of_range *reservations;
	u32 nr_nodes;
	u32 nr_props;
	u32 nr_reservations;
	s32 late_property;	/* see of_late_property() */

	/* Answers that the next question is likely to ask for again. */
	s32 last_bus;		/* of_bus_cells() */
	u32 last_bus_address;
	u32 last_bus_size;
	s32 last_controller;	/* of_is_gic() */
	bool last_is_gic;
	s32 last_phandle;	/* of_by_phandle(): the node */
	s32 last_irq_node;	/* of_irq_parent() */
	s32 last_irq_parent;
	s32 last_cells_node;	/* whose #interrupt-cells are good */
	u32 last_cells;
};

extern struct of_tree of_tree;

/** of_node_valid() - whether a number is a node of the tree */
static inline bool of_node_valid(int node)
{
	return node >= 0 && (u32)node < of_tree.nr_nodes;
}

#endif
