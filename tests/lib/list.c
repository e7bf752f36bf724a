// SPDX-License-Identifier: BSD-2-Clause
#include <base/list.h>
#include <base/printf.h>
#include "lib.h"

struct item {
	char name;
	struct list_head node;
};

/* The names in both directions, which must be each other's reverse: "abc/cba". */
static const char *names(struct list_head *head)
{
	static char text[32];
	const struct list_head *back;
	struct item *item;
	size_t n = 0;

	list_for_each_entry(item, head, node) {
		if (n < 10)
			text[n++] = item->name;
	}
	text[n++] = '/';
	for (back = head->prev; back != head && n < 21; back = back->prev)
		text[n++] = list_entry(back, struct item, node)->name;
	text[n] = '\0';
	return text;
}

void list_links(void)
{
	struct item a = { .name = 'a' }, b = { .name = 'b' }, c = { .name = 'c' };
	LIST_HEAD(list);

	CHECK(list_empty(&list));
	CHECK_STREQ(names(&list), "/");
	list_add_tail(&b.node, &list);
	CHECK(!list_empty(&list));
	list_add_tail(&c.node, &list);
	list_add(&a.node, &list);
	CHECK_STREQ(names(&list), "abc/cba");
}

void list_unlinks(void)
{
	struct item items[] = {
		{ .name = 'a' }, { .name = 'b' }, { .name = 'c' }, { .name = 'd' }
	};
	struct item *item, *next;
	struct list_head list;

	list_init(&list);
	for (size_t i = 0; i < ARRAY_SIZE(items); i++)
		list_add_tail(&items[i].node, &list);
	list_del(&items[1].node);
	CHECK_STREQ(names(&list), "acd/dca");
	CHECK(list_empty(&items[1].node));
	list_add(&items[1].node, &list);
	CHECK_STREQ(names(&list), "bacd/dcab");
	list_for_each_entry_safe(item, next, &list, node) {
		if (item->name != 'c')
			list_del(&item->node);
	}
	CHECK_STREQ(names(&list), "c/c");
	list_del(&items[2].node);
	CHECK(list_empty(&list));
}
