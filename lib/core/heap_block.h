/* SPDX-License-Identifier: BSD-2-Clause */
/* How the heap lies in memory: between heap.c and heap_check.c. */
#ifndef LIB_CORE_HEAP_BLOCK_H
#define LIB_CORE_HEAP_BLOCK_H

#include <base/kconfig.h>
#include <base/list.h>
#include <base/types.h>
#include <core/heap.h>

#define HEAP_ALIGN	16
/* Bytes before the piece, and at least as many behind it. */
#define HEAP_REDZONE	(IS_ENABLED(CONFIG_HEAP_REDZONES) ? HEAP_ALIGN : 0)
#define HEAP_ARENAS	64

enum heap_magic {
	HEAP_USED = 0x48555345,
	HEAP_FREE = 0x48465245,
	HEAP_PARKED = 0x4850524b,	/* freed, and kept for a while to see who writes there */
};

/* In front of each piece. Blocks fill their arena without a gap. */
struct heap_block {
	u64 size;		/* all of it, with this header; a multiple of HEAP_ALIGN */
	u64 before;		/* size of the block in front, 0 for the arena's first */
	const void *place;	/* who allocated it */
	u32 slack;		/* bytes behind those asked for, up to the end */
	u32 magic;		/* enum heap_magic */
};

/* Contiguous memory of the heap. */
struct heap_arena {
	u64 base;
	u64 size;
	u64 reached;		/* bytes from @base on that came into use: mmu_off_share() */
	bool given_up;		/* its headers were overwritten: nothing comes of it, nothing goes back */
	struct heap_block *last;
};

extern struct heap_arena heap_arenas[HEAP_ARENAS];
extern unsigned int heap_nr_arenas;

static inline char *heap_piece(struct heap_block *block)
{
	return (char *)(block + 1) + HEAP_REDZONE;
}

/* Only of one that was handed out. */
static inline size_t heap_piece_size(const struct heap_block *block)
{
	return block->size - sizeof(*block) - HEAP_REDZONE - block->slack;
}

static inline struct heap_block *heap_next(const struct heap_arena *arena,
					   struct heap_block *block)
{
	return block == arena->last ? NULL : (struct heap_block *)((char *)block + block->size);
}

/* Fill what surrounds a piece that is handed out. */
void heap_redzones_fill(struct heap_block *block);

/* Say what is wrong with a block, or keep it in an empty @fault; false when nothing is. */
bool heap_block_report(struct heap_block *block, struct heap_fault *fault);

/*
 * Keep a block that was freed from being used again for a while. Returns the
 * one that has waited longest and is to be freed in its place, or NULL.
 */
struct heap_block *heap_park(struct heap_block *block, const void *freed_at);

/* The next block to be freed for good, since memory is short; NULL when there is none. */
struct heap_block *heap_unpark(void);

/* Whether every header of an arena is as it must be; @each is called for every block, NULL: nothing */
bool heap_arena_is_sound(const struct heap_arena *arena, void (*each)(struct heap_block *block));

/* Say what is wrong in an arena; the number of faults, and the first where none was yet. */
unsigned int heap_check_arena(const struct heap_arena *arena, struct heap_fault *fault);

/* A bad argument of heap_free(). */
void heap_report_free(const void *p, const struct heap_block *block, const void *caller);

#endif
