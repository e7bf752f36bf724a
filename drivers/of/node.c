// SPDX-License-Identifier: BSD-2-Clause
/* Moving about in the tree, and names. */
#include <base/printf.h>
#include <base/string.h>
#include <base/util.h>
#include "tree.h"

#define PATH_BUFFERS	4
#define PATH_BYTES	256

static const struct of_entry *entry_of(int node)
{
	return of_node_valid(node) ? &of_tree.nodes[node] : NULL;
}

int of_next(int node)
{
	return of_node_valid(node) && of_node_valid(node + 1) ? node + 1 : -ENOENT;
}

int of_parent(int node)
{
	const struct of_entry *entry = entry_of(node);

	return entry && entry->parent >= 0 ? entry->parent : -ENOENT;
}

int of_first_child(int node)
{
	const struct of_entry *next;

	/* In the order of the tree a node's first child stands right behind it. */
	next = of_node_valid(node) ? entry_of(node + 1) : NULL;
	return next && next->parent == node ? node + 1 : -ENOENT;
}

int of_next_sibling(int node)
{
	const struct of_entry *entry = entry_of(node);

	return entry && entry->sibling >= 0 ? entry->sibling : -ENOENT;
}

const char *of_name(int node)
{
	const struct of_entry *entry = entry_of(node);

	return entry ? (const char *)of_tree.structure + entry->name : "";
}

static bool name_matches(const char *full, const char *name, size_t len)
{
	if (strncmp(full, name, len))
		return false;
	return !full[len] || (full[len] == '@' && !memchr(name, '@', len));
}

bool of_name_is(int node, const char *name)
{
	return of_node_valid(node) && name_matches(of_name(node), name, strlen(name));
}

const char *of_path(int node)
{
	static char buffers[PATH_BUFFERS][PATH_BYTES];
	static unsigned int turn;
	char *buf = buffers[turn++ % PATH_BUFFERS];
	size_t at = PATH_BYTES - 1, len;

	if (!of_node_valid(node))
		return "(no node)";
	if (node == OF_ROOT)
		return "/";
	buf[at] = '\0';
	/* From the end to the front, at most OF_MAX_DEPTH names. */
	for (; node > OF_ROOT; node = of_parent(node)) {
		len = strlen(of_name(node));
		if (at < len + 1 + 3) {
			at -= 3;
			memcpy(buf + at, "...", 3);
			break;
		}
		at -= len;
		memcpy(buf + at, of_name(node), len);
		buf[--at] = '/';
	}
	return buf + at;
}

static int find_child(int node, const char *name, size_t len)
{
	int child;

	of_for_each_child(child, node) {
		if (name_matches(of_name(child), name, len))
			return child;
	}
	return -ENOENT;
}

/* Bytes up to the next slash or the end. */
static size_t component(const char *path)
{
	const char *slash = strchr(path, '/');

	return slash ? (size_t)(slash - path) : strlen(path);
}

static int find_below(int node, const char *path)
{
	size_t len;

	while (node >= 0) {
		while (*path == '/')
			path++;
		if (!*path)
			break;
		len = component(path);
		node = find_child(node, path, len);
		path += len;
	}
	return node;
}

/* The path behind an alias; it must be a full one, so that aliases cannot loop. */
static const char *alias_path(const char *alias, size_t len)
{
	int aliases = find_child(OF_ROOT, "aliases", strlen("aliases"));
	const char *name;
	const char *path;
	unsigned int i;
	size_t bytes;

	for (i = 0; (path = of_prop_at(aliases, i, &name, &bytes)); i++) {
		if (strlen(name) == len && !memcmp(name, alias, len))
			return bytes && !path[bytes - 1] && *path == '/' ? path : NULL;
	}
	return NULL;
}

int of_find_path(const char *path)
{
	const char *target;
	size_t len;
	int node;

	if (!of_present())
		return -ENOENT;
	if (*path == '/')
		return find_below(OF_ROOT, path);
	len = component(path);
	target = alias_path(path, len);
	if (!target)
		return -ENOENT;
	node = find_below(OF_ROOT, target);
	return find_below(node, path + len);
}

int of_find_compatible(int from, const char *compatible)
{
	int node;

	for (node = from + 1; of_node_valid(node); node++) {
		if (of_compatible(node, compatible))
			return node;
	}
	return -ENOENT;
}

int of_by_phandle(u32 phandle)
{
	u32 i;

	if (!phandle || phandle == ~0U || !of_present())
		return -ENOENT;
	/* Nearly every lookup is for the interrupt controller. */
	if (of_tree.last_phandle >= 0 && of_tree.nodes[of_tree.last_phandle].phandle == phandle)
		return of_tree.last_phandle;
	for (i = 0; i < of_tree.nr_nodes; i++) {
		if (of_tree.nodes[i].phandle == phandle) {
			of_tree.last_phandle = i;
			return i;
		}
	}
	return -ENOENT;
}

u32 of_phandle(int node)
{
	const struct of_entry *entry = entry_of(node);

	return entry ? entry->phandle : 0;
}
