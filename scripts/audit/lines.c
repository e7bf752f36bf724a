// SPDX-License-Identifier: BSD-2-Clause
/* Hashes of lines, page by page, and of lines of code; their memory has a bound. */
#include <stdlib.h>
#include "model.h"

#define PAGE_SHIFT	12
#define PAGE_LINES	(1u << (PAGE_SHIFT - LINE_SHIFT))
#define PAGE_SLOTS	(1u << 18)
#define MAX_PAGES	(PAGE_SLOTS / 4)	/* 256 MiB of memory written or maintained */
#define CODE_SLOTS	(1u << 18)
#define MAX_CODES	(CODE_SLOTS / 2)

struct page {
	uint64_t number;
	struct line line[PAGE_LINES];
};

static struct page *pages[PAGE_SLOTS];
static struct code *codes[CODE_SLOTS];
static unsigned int used_pages, used_codes;
static uint64_t (*initial)(uint64_t key);

void lines_init(uint64_t (*initial_dirty)(uint64_t key))
{
	initial = initial_dirty;
}

static unsigned int slot_of(uint64_t number, unsigned int slots)
{
	return (number * 0x9e3779b97f4a7c15ULL >> 40) & (slots - 1);
}

static struct page **page_slot(uint64_t number)
{
	unsigned int i = slot_of(number, PAGE_SLOTS);

	while (pages[i] && pages[i]->number != number)
		i = (i + 1) & (PAGE_SLOTS - 1);
	return &pages[i];
}

struct line *line_find(uint64_t key)
{
	struct page *page = *page_slot(key >> PAGE_SHIFT);

	return page ? &page->line[key >> LINE_SHIFT & (PAGE_LINES - 1)] : NULL;
}

static struct page *page_make(uint64_t number)
{
	struct page *page;
	unsigned int i;

	if (used_pages == MAX_PAGES)
		return NULL;
	page = calloc(1, sizeof(*page));
	if (!page)
		return NULL;
	used_pages++;
	page->number = number;
	for (i = 0; i < PAGE_LINES; i++)
		page->line[i].dirty = initial((number << PAGE_SHIFT) + i * LINE_SIZE);
	return page;
}

struct line *line_get(uint64_t key)
{
	struct page **slot = page_slot(key >> PAGE_SHIFT);

	if (!*slot)
		*slot = page_make(key >> PAGE_SHIFT);
	return *slot ? &(*slot)->line[key >> LINE_SHIFT & (PAGE_LINES - 1)] : NULL;
}

void lines_all_dirty(void)
{
	unsigned int i, k;

	for (i = 0; i < PAGE_SLOTS; i++) {
		for (k = 0; pages[i] && k < PAGE_LINES; k++) {
			struct line *line = &pages[i]->line[k];

			if (!line->written)
				continue;
			line->dirty = ~0ULL;
			line->stale = 0;
		}
	}
}

struct code *code_get(uint64_t key, bool make)
{
	uint64_t number = key >> LINE_SHIFT;
	unsigned int i = slot_of(number, CODE_SLOTS);

	while (codes[i] && codes[i]->number != number)
		i = (i + 1) & (CODE_SLOTS - 1);
	if (!codes[i] && make && used_codes < MAX_CODES) {
		codes[i] = calloc(1, sizeof(*codes[i]));
		if (codes[i]) {
			codes[i]->number = number;
			used_codes++;
		}
	}
	return codes[i];
}
