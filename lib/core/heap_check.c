// SPDX-License-Identifier: BSD-2-Clause
/* What was written beside a piece of the heap, or into one that was freed. */
#include <base/printf.h>
#include <base/string.h>
#include <base/util.h>
#include <core/log.h>
#include <core/symbols.h>
#include "heap_block.h"

#define BESIDE		0xbd	/* around a piece that is in use */
#define FREED		0xfd	/* in one that was freed */
#define PARKED		64

static struct parked {
	struct heap_block *block;
	const void *freed_at;
} parked[PARKED];
static unsigned int parked_first, parked_count;

static char *block_end(struct heap_block *block)
{
	return (char *)block + block->size;
}

static bool holds_only(const char *p, const char *end, u8 value)
{
	for (; p < end; p++)
		if (*(const u8 *)p != value)
			return false;
	return true;
}

void heap_redzones_fill(struct heap_block *block)
{
	if (!IS_ENABLED(CONFIG_HEAP_REDZONES))
		return;
	memset(block + 1, BESIDE, HEAP_REDZONE);
	memset(block_end(block) - block->slack, BESIDE, block->slack);
}

static const struct parked *parked_find(const struct heap_block *block)
{
	unsigned int i;

	for (i = 0; i < parked_count; i++)
		if (parked[(parked_first + i) % PARKED].block == block)
			return &parked[(parked_first + i) % PARKED];
	return NULL;
}

/* In words, or NULL. What is found is put right, so that it is said once. */
static const char *fault_of(struct heap_block *block)
{
	char *piece = heap_piece(block);

	if (!IS_ENABLED(CONFIG_HEAP_REDZONES))
		return NULL;
	if (block->magic == HEAP_PARKED) {
		if (holds_only(piece, block_end(block), FREED))
			return NULL;
		memset(piece, FREED, block_end(block) - piece);
		return "written to after it was freed";
	}
	if (!holds_only((char *)(block + 1), piece, BESIDE)) {
		heap_redzones_fill(block);
		return "written in front of its start";
	}
	if (!holds_only(block_end(block) - block->slack, block_end(block), BESIDE)) {
		heap_redzones_fill(block);
		return "written behind its end";
	}
	return NULL;
}

/* "name+0x10", or the address where no name is known. */
static const char *place_name(char *text, size_t size, const void *place)
{
	u64 offset;
	const char *name = symbol_find((u64)place, &offset);

	if (name)
		snprintf(text, size, "%s+0x%llx", name, offset);
	else
		snprintf(text, size, "%p", place);
	return text;
}

static void say(const struct heap_fault *fault)
{
	char by[80], freed[80];

	place_name(by, sizeof(by), fault->place);
	if (fault->freed_at)
		pr_err("heap: the %zu bytes at %p, allocated at %s and freed at %s, were %s",
		       fault->size, fault->p, by,
		       place_name(freed, sizeof(freed), fault->freed_at), fault->what);
	else
		pr_err("heap: the %zu bytes at %p, allocated at %s, were %s",
		       fault->size, fault->p, by, fault->what);
}

bool heap_block_report(struct heap_block *block, struct heap_fault *fault)
{
	const struct parked *freed = parked_find(block);
	struct heap_fault found = {
		.what = fault_of(block),
		.p = heap_piece(block),
		.size = heap_piece_size(block),
		.place = block->place,
		.freed_at = freed ? freed->freed_at : NULL,
	};

	if (!found.what)
		return false;
	if (fault && !fault->what)
		*fault = found;
	else
		say(&found);
	return true;
}

struct heap_block *heap_unpark(void)
{
	struct heap_block *block;

	if (!parked_count)
		return NULL;
	block = parked[parked_first].block;
	heap_block_report(block, NULL);
	parked_first = (parked_first + 1) % PARKED;
	parked_count--;
	return block;
}

struct heap_block *heap_park(struct heap_block *block, const void *freed_at)
{
	struct heap_block *oldest;
	char *piece = heap_piece(block);

	if (!IS_ENABLED(CONFIG_HEAP_REDZONES))
		return block;
	oldest = parked_count == PARKED ? heap_unpark() : NULL;
	block->magic = HEAP_PARKED;
	memset(piece, FREED, block_end(block) - piece);
	parked[(parked_first + parked_count++) % PARKED] =
		(struct parked){ .block = block, .freed_at = freed_at };
	return oldest;
}

void heap_report_free(const void *p, const struct heap_block *block, const void *caller)
{
	char by[80], from[80];

	place_name(by, sizeof(by), caller);
	if (block && (block->magic == HEAP_PARKED || block->magic == HEAP_FREE))
		pr_err("heap: %p, allocated at %s, is freed a second time at %s", p,
		       place_name(from, sizeof(from), block->place), by);
	else
		pr_err("heap: %p is freed at %s and is no piece of the heap", p, by);
}

static inline bool is_block(const struct heap_block *block)
{
	return block->magic == HEAP_USED || block->magic == HEAP_FREE ||
	       block->magic == HEAP_PARKED;
}

/* Whether the arena can be walked on from this block. */
static bool header_is_sound(const struct heap_arena *arena, const struct heap_block *block,
			    u64 before)
{
	u64 offset = (u64)block - arena->base;

	return is_block(block) && block->before == before && IS_ALIGNED(block->size, HEAP_ALIGN) &&
	       block->size > sizeof(*block) + HEAP_REDZONE && block->size <= arena->size - offset &&
	       block->slack <= block->size - sizeof(*block) - HEAP_REDZONE;
}

static void report_broken(const struct heap_block *at, struct heap_block *last,
			  struct heap_fault *fault)
{
	char by[80];

	if (fault && !fault->what)
		*fault = (struct heap_fault){
			.what = "in front of a header that was overwritten",
			.p = last ? heap_piece(last) : NULL,
			.size = last ? heap_piece_size(last) : 0,
			.place = last ? last->place : NULL,
		};
	else
		pr_err("heap: the header at %p was overwritten; the piece in front of it was allocated at %s",
		       at, place_name(by, sizeof(by), last ? last->place : NULL));
}

/* Behind every case: no more than what it takes to come to the arena's end. */
bool heap_arena_is_sound(const struct heap_arena *arena, void (*each)(struct heap_block *block))
{
	u64 end = arena->base + arena->size, before = 0, size;

	for (u64 at = arena->base; at < end; at += size) {
		struct heap_block *block = (struct heap_block *)at;

		size = block->size;
		if (!is_block(block) || block->before != before || size % HEAP_ALIGN ||
		    size < sizeof(*block) || size > end - at)
			return false;
		if (each)
			each(block);
		before = size;
	}
	return true;
}

unsigned int heap_check_arena(const struct heap_arena *arena, struct heap_fault *fault)
{
	struct heap_block *block = (struct heap_block *)arena->base, *last = NULL;
	unsigned int faults = 0;

	if (arena->given_up)
		return 0;
	for (; block; last = block, block = heap_next(arena, block)) {
		if (!header_is_sound(arena, block, last ? last->size : 0)) {
			report_broken(block, last, fault);
			return faults + 1;
		}
		if (block->magic != HEAP_FREE && heap_block_report(block, fault))
			faults++;
	}
	return faults;
}
