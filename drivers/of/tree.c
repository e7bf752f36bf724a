// SPDX-License-Identifier: BSD-2-Clause
/*
 * Checking a tree whole and indexing it. The walk is libfdt's, whose reads are
 * 32-bit ones at multiples of 4 in the structure block and 64-bit ones at
 * multiples of 8 in the reservation block: of_header_check() makes sure of both,
 * so nothing faults with alignment checking on (SCTLR_ELx.A) either.
 *
 * libfdt is called below of_load() and nowhere else, and of_load() while the MMU
 * is on: the library is not built for Device memory, which all memory is when the
 * MMU is off (DDI0487J.a D8.2.10). The build checks who uses both (check-layers).
 */
#include <base/printf.h>
#include <base/string.h>
#include <base/util.h>
#include <core/heap.h>
#include <asm/mmu_off.h>
#include <libfdt.h>
#include "tree.h"

struct of_tree of_tree;

struct walk {
	struct of_tree *tree;
	s32 node;			/* the one that is open, -1: none */
	s32 last_child[OF_MAX_DEPTH + 1];	/* by level, of the open nodes */
	u32 depth;			/* open nodes */
	bool ended;			/* the root was closed */
	bool closed;			/* a subnode of the open node was closed */
	char *why;
	size_t size;
};

static int walk_fail(struct walk *w, u32 offset, const char *text)
{
	snprintf(w->why, w->size, "structure block offset 0x%x (0x%x of the tree): %s", offset,
		 w->tree->header.off_dt_struct + offset, text);
	return -EBADMSG;
}

static int walk_begin(struct walk *w, u32 offset)
{
	struct of_tree *tree = w->tree;
	u32 index = tree->nr_nodes;

	if (w->ended)
		return walk_fail(w, offset, "a second root node");
	if (w->depth >= OF_MAX_DEPTH)
		return walk_fail(w, offset, "nodes nest deeper than 64 levels");
	if (w->depth == 0 && tree->structure[offset + 4])
		return walk_fail(w, offset, "the root node has a name");
	tree->nr_nodes++;
	w->closed = false;
	tree->nodes[index] = (struct of_entry){
		.name = offset + 4, .parent = w->node, .sibling = -1, .first_prop = tree->nr_props,
	};
	if (w->last_child[w->depth] >= 0)
		tree->nodes[w->last_child[w->depth]].sibling = index;
	w->last_child[w->depth] = index;
	w->depth++;
	w->last_child[w->depth] = -1;
	w->node = index;
	return 0;
}

static int walk_end(struct walk *w, u32 offset)
{
	if (w->depth == 0)
		return walk_fail(w, offset, "FDT_END_NODE without a node");
	w->depth--;
	w->closed = true;
	w->ended = w->depth == 0;
	/* The last of its level is the open one's number. */
	w->node = w->depth ? w->last_child[w->depth - 1] : -1;
	return 0;
}

static bool is_phandle(const char *name)
{
	return !strcmp(name, "phandle") || !strcmp(name, "linux,phandle");
}

/* Where the block ends with a terminator, each name in it has one. */
static const char *name_at(const struct of_tree *tree, u32 offset)
{
	u32 size = tree->header.size_dt_strings;

	if (offset < size && !tree->strings[size - 1])
		return tree->strings + offset;
	return fdt_string(tree->fdt, offset);
}

static int walk_property(struct walk *w, u32 offset)
{
	struct of_tree *tree = w->tree;
	const struct fdt_property *prop = (const void *)(tree->structure + offset);
	u32 nameoff = fdt32_to_cpu(prop->nameoff);
	const char *name = name_at(tree, nameoff);

	if (w->depth == 0)
		return walk_fail(w, offset, "a property outside of any node");
	if (!name)
		return walk_fail(w, offset, "the property's name lies outside the strings block");
	if (w->closed) {
		if (tree->late_property < 0)
			tree->late_property = w->node;
		return 0;
	}
	tree->props[tree->nr_props++] = (struct of_prop_entry){ offset, nameoff };
	tree->nodes[w->node].nr_props++;
	if (fdt32_to_cpu(prop->len) == 4 && is_phandle(name))
		tree->nodes[w->node].phandle = of_cell(prop->data, 0);
	return 0;
}

static int walk_tag(struct walk *w, u32 tag, u32 offset)
{
	switch (tag) {
	case FDT_BEGIN_NODE:
		return walk_begin(w, offset);
	case FDT_END_NODE:
		return walk_end(w, offset);
	case FDT_PROP:
		return walk_property(w, offset);
	case FDT_NOP:
		return 0;
	default:
		return walk_fail(w, offset, "unknown tag");
	}
}

static u32 word_at(const struct of_tree *tree, u32 offset)
{
	return fdt32_to_cpu(*(const fdt32_t *)(tree->structure + offset));
}

/*
 * fdt_next_tag() of libfdt 1.6.1 adds a property's length to a signed offset
 * before it looks whether that is inside the block: a length above 2 GiB would
 * send the walk backwards.
 */
static bool tag_is_safe(const struct of_tree *tree, u32 offset)
{
	u32 left = tree->header.size_dt_struct - offset;

	if (offset > tree->header.size_dt_struct || left < 12)
		return true;	/* the end: fdt_next_tag() sees it */
	return word_at(tree, offset) != FDT_PROP || word_at(tree, offset + 4) <= left - 12;
}

/*
 * Tags of nodes and properties by ourselves: fdt_next_tag() looks up anew where each
 * word lies, and each byte of a node's name. A property's length tag_is_safe() saw.
 */
static u32 next_tag(const struct of_tree *tree, u32 offset, int *next)
{
	u32 left = tree->header.size_dt_struct - offset, tag;
	const u8 *end = tree->structure + offset;

	if (offset > tree->header.size_dt_struct || left < 12)
		return fdt_next_tag(tree->fdt, offset, next);
	tag = word_at(tree, offset);
	if (tag == FDT_BEGIN_NODE)
		end = memchr(end + 4, '\0', left - 4);
	else if (tag == FDT_PROP)
		end += 11 + word_at(tree, offset + 4);
	else if (tag == FDT_END_NODE || tag == FDT_NOP)
		end += 3;
	else
		return fdt_next_tag(tree->fdt, offset, next);
	*next = end ? (int)ALIGN_UP(end + 1 - tree->structure, 4) : -FDT_ERR_TRUNCATED;
	if (*next > (int)tree->header.size_dt_struct)
		*next = -FDT_ERR_TRUNCATED;
	return tag;
}

static int walk(struct of_tree *tree, char *why, size_t size)
{
	struct walk w = { .tree = tree, .node = -1, .why = why, .size = size };
	int offset = 0, next;
	u32 tag;

	w.last_child[0] = -1;
	tree->late_property = -ENOENT;
	tree->last_bus = tree->last_controller = tree->last_phandle = -1;
	tree->last_irq_node = tree->last_cells_node = -1;
	/* Each turn moves on by 4 bytes or more, in at most 2 MiB. */
	for (;;) {
		if (!tag_is_safe(tree, offset))
			return walk_fail(&w, offset, "the property is longer than what is left");
		tag = next_tag(tree, offset, &next);
		if (next < 0)
			return walk_fail(&w, offset, fdt_strerror(next));
		if (tag == FDT_END)
			break;
		if (walk_tag(&w, tag, offset))
			return -EBADMSG;
		offset = next;
	}
	if (!w.ended)
		return walk_fail(&w, offset, "the tree ends before its root node does");
	return 0;
}

/*
 * Room for what walk() can find at most: each node and each property begins with
 * its tag. Words of property values that look like tags only cost some heap.
 */
static int allocate(struct of_tree *tree, char *why, size_t size)
{
	const fdt32_t *word = (const fdt32_t *)tree->structure;
	const fdt32_t *end = word + tree->header.size_dt_struct / 4;
	u32 nodes = 0, props = 0;

	for (; word < end; word++) {
		nodes += *word == cpu_to_fdt32(FDT_BEGIN_NODE);
		props += *word == cpu_to_fdt32(FDT_PROP);
	}
	/* One more, so that none is no special case. */
	tree->nodes = heap_alloc((nodes + 1) * sizeof(*tree->nodes));
	tree->props = heap_alloc((props + 1) * sizeof(*tree->props));
	if (tree->nodes && tree->props)
		return 0;
	snprintf(why, size, "up to %u nodes and %u properties: raise CONFIG_HEAP_KIB", nodes,
		 props);
	return -ENOMEM;
}

/* of_header_check() saw the end of the block. */
static int read_reservations(struct of_tree *tree, char *why, size_t size)
{
	int i, count = fdt_num_mem_rsv(tree->fdt);
	uint64_t base, bytes;

	if (count <= 0)
		return 0;
	tree->reservations = heap_alloc(count * sizeof(*tree->reservations));
	if (!tree->reservations) {
		snprintf(why, size, "%d memory reservations: raise CONFIG_HEAP_KIB", count);
		return -ENOMEM;
	}
	for (i = 0; i < count && !fdt_get_mem_rsv(tree->fdt, i, &base, &bytes); i++)
		tree->reservations[i] = (struct of_range){ .base = base, .size = bytes };
	tree->nr_reservations = i;
	return 0;
}

/* Properties and names stay where they are, and who wrote them had its caches on. */
static int share_with_mmu_off(const struct of_tree *tree, char *why, size_t size)
{
	if (!mmu_off_share_read(tree->fdt, sizeof(struct fdt_header)) &&
	    !mmu_off_share_read(tree->structure, tree->header.size_dt_struct) &&
	    !mmu_off_share_read(tree->strings, tree->header.size_dt_strings))
		return 0;
	snprintf(why, size, "too many ranges of memory for the MMU to be turned off");
	return -ENOSPC;
}

int of_load(const void *fdt, size_t limit, char *why, size_t size)
{
	struct of_tree tree = { .fdt = fdt };
	int ret;

	of_tree = (struct of_tree){ 0 };
	ret = of_header_check(fdt, limit, &tree.header, why, size);
	if (ret)
		return ret;
	tree.structure = (const u8 *)fdt + tree.header.off_dt_struct;
	tree.strings = (const char *)fdt + tree.header.off_dt_strings;
	ret = allocate(&tree, why, size);
	if (!ret)
		ret = walk(&tree, why, size);
	if (!ret)
		ret = read_reservations(&tree, why, size);
	if (!ret)
		ret = share_with_mmu_off(&tree, why, size);
	if (!ret)
		of_tree = tree;
	return ret;
}

bool of_present(void)
{
	return of_tree.fdt;
}

const void *of_fdt(void)
{
	return of_tree.fdt;
}

const struct of_header *of_header(void)
{
	return &of_tree.header;
}

int of_late_property(void)
{
	return of_tree.fdt ? of_tree.late_property : -ENOENT;
}

int of_reservation(unsigned int n, u64 *base, u64 *size)
{
	if (!of_tree.fdt || n >= of_tree.nr_reservations)
		return -ENOENT;
	*base = of_tree.reservations[n].base;
	*size = of_tree.reservations[n].size;
	return 0;
}
