// SPDX-License-Identifier: BSD-2-Clause
/* First fit among the free blocks; neighbours that are free become one at once. */
#include <base/compiler.h>
#include <base/printf.h>
#include <base/string.h>
#include <base/util.h>
#include <core/fault.h>
#include <core/lock.h>
#include <core/log.h>
#include <core/page_alloc.h>
#include <asm/mmu_off.h>
#include <asm/page.h>
#include "core.h"
#include "heap_block.h"

/* A free block holds its link where the piece would be. */
#define BLOCK_MIN	(sizeof(struct heap_block) + 2 * HEAP_REDZONE + HEAP_ALIGN)
_Static_assert(HEAP_ALIGN >= sizeof(struct list_head), "a link fits where the piece would be");
#define GROW_MIN	SZ_1M
/* Parts of an arena join what is written with the MMU off as they come into use. */
#define SHARE_STEP	0x4000ULL

struct heap_arena heap_arenas[HEAP_ARENAS];
unsigned int heap_nr_arenas;

static char first_arena[CONFIG_HEAP_KIB * 1024] __section(".noinit.parts") __aligned(MMUOFF_ALIGN);
static LIST_HEAD(free_blocks);
static bool may_grow;
static size_t used;
static struct spinlock lock = SPINLOCK_WHOLE("heap");

static struct list_head *link_of(struct heap_block *block)
{
	return (struct list_head *)heap_piece(block);
}

/* Before anything up to @end is written to. */
static void reach(struct heap_arena *arena, const void *end)
{
	u64 wanted = MIN(ALIGN_UP((u64)end - arena->base, SHARE_STEP), arena->size);

	if (wanted <= arena->reached)
		return;
	if (mmu_off_share((void *)(arena->base + arena->reached), wanted - arena->reached))
		pr_err("heap: too many ranges of memory for the MMU to be turned off");
	arena->reached = wanted;
}

/* What was in use before is tried before what never was: that comes last in the list. */
static void make_free(struct heap_block *block, struct list_head *after)
{
	block->magic = HEAP_FREE;
	list_add(link_of(block), after);
}

static void add_arena(void *base, u64 size)
{
	struct heap_arena *arena = &heap_arenas[heap_nr_arenas++];
	struct heap_block *block = base;

	*arena = (struct heap_arena){ .base = (u64)base, .size = size, .last = block };
	reach(arena, link_of(block) + 1);
	*block = (struct heap_block){ .size = size };
	make_free(block, free_blocks.prev);
}

static struct heap_arena *arena_of(const void *p)
{
	unsigned int i;

	for (i = 0; i < heap_nr_arenas; i++)
		if ((u64)p - heap_arenas[i].base < heap_arenas[i].size)
			return &heap_arenas[i];
	return NULL;
}

static size_t heap_size(void)
{
	size_t sum = 0;
	unsigned int i;

	for (i = 0; i < heap_nr_arenas; i++)
		sum += heap_arenas[i].size;
	return sum;
}

/* By half of what there is, so that few arenas do for any size. */
static bool grow(size_t need)
{
	u64 half = MAX((u64)GROW_MIN, (u64)heap_size() / 2);
	u64 size = MAX((u64)need, half);
	void *base;

	if (!may_grow || heap_nr_arenas == HEAP_ARENAS)
		return false;
	base = pages_alloc(size, 0);
	if (!base) {
		size = need;
		base = pages_alloc(size, 0);
	}
	if (base)
		add_arena(base, ALIGN_UP(size, PAGE_SIZE));
	return base;
}

static struct heap_block *find(size_t size)
{
	struct list_head *at;

	for (at = free_blocks.next; at != &free_blocks; at = at->next) {
		struct heap_block *block = (struct heap_block *)((char *)at - HEAP_REDZONE) - 1;

		if (block->size >= size)
			return block;
	}
	return NULL;
}

/* Make the block @size bytes long, and what is left of it a free one. */
static void split(struct heap_arena *arena, struct heap_block *block, size_t size)
{
	struct heap_block *behind = heap_next(arena, block);
	struct heap_block *rest = (struct heap_block *)((char *)block + size);

	if (block->size - size < BLOCK_MIN)
		return;
	reach(arena, link_of(rest) + 1);
	*rest = (struct heap_block){ .size = block->size - size, .before = size };
	block->size = size;
	if (behind)
		behind->before = rest->size;
	else
		arena->last = rest;
	make_free(rest, free_blocks.prev);
}

/* @block takes in the one behind it, which is in no list. */
static void join(struct heap_arena *arena, struct heap_block *block, struct heap_block *next)
{
	struct heap_block *behind = heap_next(arena, next);

	block->size += next->size;
	next->magic = 0;
	if (behind)
		behind->before = block->size;
	else
		arena->last = block;
}

/*
 * Nothing is in use there any more: the pages go back. Not those that stay shared,
 * whose lines would be dropped under whoever gets them next.
 */
static void remove_arena(struct heap_arena *arena)
{
	if (mmu_off_unshare((void *)arena->base, arena->reached))
		pr_err("heap: memory at 0x%llx stays among what the MMU off writes, and is not used again",
		       arena->base);
	else
		pages_free((void *)arena->base, arena->size);
	*arena = heap_arenas[--heap_nr_arenas];
}

static void give_back(struct heap_arena *arena, struct heap_block *block)
{
	struct heap_block *next, *before;

	if (arena->given_up)
		return;
	next = heap_next(arena, block);
	used -= block->size;
	if (next && next->magic == HEAP_FREE) {
		list_del(link_of(next));
		join(arena, block, next);
	}
	before = block->before ? (struct heap_block *)((char *)block - block->before) : NULL;
	if (before && before->magic == HEAP_FREE) {
		list_del(link_of(before));
		join(arena, before, block);
		block = before;
	}
	if (block->size == arena->size && arena != heap_arenas)
		remove_arena(arena);
	else
		make_free(block, block == arena->last ? free_blocks.prev : &free_blocks);
}

/* A free block of that size, by whatever it takes. */
static struct heap_block *obtain(size_t size)
{
	struct heap_block *block = find(size), *parked;

	while (!block && (parked = heap_unpark())) {
		give_back(arena_of(parked), parked);
		block = find(size);
	}
	return block || !grow(size) ? block : find(size);
}

static void *exhausted(size_t size)
{
	static bool said;

	if (!said)
		pr_err("out of memory: the heap, %zu of %zu bytes in use, cannot give %zu (ENOMEM; CONFIG_HEAP_KIB, free pages)",
		       used, heap_size(), size);
	said = true;
	return NULL;
}

static void *alloc_locked(size_t size, const void *place)
{
	size_t whole = MAX(ALIGN_UP(sizeof(struct heap_block) + 2 * HEAP_REDZONE + size,
				    HEAP_ALIGN), BLOCK_MIN);
	struct heap_arena *arena;
	struct heap_block *block;

	if (!heap_nr_arenas)
		add_arena(first_arena, sizeof(first_arena));
	block = whole > size ? obtain(whole) : NULL;
	if (!block)
		return exhausted(size);
	arena = arena_of(block);
	list_del(link_of(block));
	split(arena, block, whole);
	block->magic = HEAP_USED;
	block->place = place;
	block->slack = block->size - sizeof(*block) - HEAP_REDZONE - size;
	used += block->size;
	reach(arena, (char *)block + block->size);
	heap_redzones_fill(block);
	return memset(heap_piece(block), 0, size);
}

static void *alloc(size_t size, const void *place)
{
	void *p;

	if (fault_is_armed(FAULT_ALLOC) && !fault_alloc("heap"))
		return NULL;
	spin_lock(&lock);
	p = alloc_locked(size, place);
	spin_unlock(&lock);
	return p;
}

void *heap_alloc(size_t size)
{
	return alloc(size, __builtin_return_address(0));
}

char *heap_strdup(const char *s)
{
	size_t n = strlen(s) + 1;
	char *copy = alloc(n, __builtin_return_address(0));

	return copy ? memcpy(copy, s, n) : NULL;
}

char *heap_printf(const char *fmt, ...)
{
	va_list args;
	char *text;
	int n;

	va_start(args, fmt);
	n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	text = alloc(n + 1, __builtin_return_address(0));
	if (!text)
		return NULL;
	va_start(args, fmt);
	vsnprintf(text, n + 1, fmt, args);
	va_end(args);
	return text;
}

/* The block of a piece, NULL when there can be none. */
static struct heap_block *block_of(const struct heap_arena *arena, void *p)
{
	u64 offset = (u64)p - arena->base;

	if (!IS_ALIGNED((u64)p, HEAP_ALIGN) || offset < sizeof(struct heap_block) + HEAP_REDZONE)
		return NULL;
	return (struct heap_block *)((char *)p - HEAP_REDZONE) - 1;
}

static void free_locked(void *p, const void *caller)
{
	struct heap_arena *arena = arena_of(p);
	struct heap_block *block = arena ? block_of(arena, p) : NULL;

	if (arena && arena->given_up)
		return;
	if (!block || block->magic != HEAP_USED) {
		heap_report_free(p, block, caller);
		return;
	}
	heap_block_report(block, NULL);
	block = heap_park(block, caller);
	if (block)
		give_back(arena_of(block), block);
}

void heap_free(void *p)
{
	if (!p)
		return;
	spin_lock(&lock);
	free_locked(p, __builtin_return_address(0));
	spin_unlock(&lock);
}

unsigned int heap_check(struct heap_fault *fault)
{
	unsigned int i, faults = 0;

	if (fault)
		*fault = (struct heap_fault){ .what = NULL };
	spin_lock(&lock);
	for (i = 0; i < heap_nr_arenas; i++)
		faults += heap_check_arena(&heap_arenas[i], fault);
	spin_unlock(&lock);
	return faults;
}

static bool find_broken(void)
{
	bool found = false;

	for (unsigned int i = 0; i < heap_nr_arenas; i++) {
		struct heap_arena *arena = &heap_arenas[i];

		if (arena->given_up || heap_arena_is_sound(arena, NULL))
			continue;
		arena->given_up = true;
		found = true;
	}
	return found;
}

static void list_if_free(struct heap_block *block)
{
	if (block->magic == HEAP_FREE)
		list_add_tail(link_of(block), &free_blocks);
}

/* What linked the free blocks may lie in what was overwritten. */
static void list_again(void)
{
	list_init(&free_blocks);
	for (unsigned int i = 0; i < heap_nr_arenas; i++)
		if (!heap_arenas[i].given_up)
			heap_arena_is_sound(&heap_arenas[i], list_if_free);
}

bool heap_give_up_broken(void)
{
	bool found;

	spin_lock(&lock);
	found = find_broken();
	if (found)
		list_again();
	spin_unlock(&lock);
	return found;
}

void heap_may_grow(void)
{
	may_grow = true;
}

void heap_stats(struct heap_stats *stats)
{
	spin_lock(&lock);
	*stats = (struct heap_stats){
		.size = heap_size(), .used = used, .arenas = heap_nr_arenas,
	};
	spin_unlock(&lock);
}
