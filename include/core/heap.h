/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory in small pieces, from the first line of start() on: the beginning lies
 * in the image (CONFIG_HEAP_KIB), more comes from free pages once these are
 * mapped. With CONFIG_HEAP_REDZONES what is written beside a piece, or into one
 * that was freed, is found and named with the place that allocated it.
 */
#ifndef CORE_HEAP_H
#define CORE_HEAP_H

#include <base/compiler.h>
#include <base/types.h>

/**
 * heap_alloc() - zeroed memory, aligned to 16 bytes, until heap_free()
 * @size: bytes; 0 gives a pointer of its own as well
 *
 * Return: NULL is -ENOMEM: neither the heap nor the free pages hold that much.
 * It is said once on the console.
 */
void *heap_alloc(size_t size) __must_check;

/** heap_strdup() - copy of a string; NULL as heap_alloc() */
char *heap_strdup(const char *s) __must_check;

/** heap_printf() - formatted string of its own, NULL as heap_alloc() */
char *heap_printf(const char *fmt, ...) __printf(1, 2) __must_check;

/**
 * heap_free() - give back what heap_alloc() and the like gave
 * @p: as it was given; NULL is nothing to free
 *
 * What is no piece of the heap, or was freed before, is said on the console as
 * an error, and left alone.
 */
void heap_free(void *p);

/* What heap_check() found, in words and with the place that allocated it. */
struct heap_fault {
	const char *what;	/* "written behind its end", ...; NULL: nothing found */
	const void *p;		/* the piece, as heap_alloc() gave it */
	size_t size;		/* as it was asked for */
	const void *place;	/* where heap_alloc() was called; NULL when not known */
	const void *freed_at;	/* where heap_free() was called; NULL when it was not */
};

/**
 * heap_check() - look through the whole heap for what was overwritten
 * @fault: filled with the first fault; NULL to have that one said, too
 *
 * Each fault is found once, and said on the console as an error. Without
 * CONFIG_HEAP_REDZONES only what the heap itself stands on is checked.
 *
 * Return: the number of new faults.
 */
unsigned int heap_check(struct heap_fault *fault);

/**
 * heap_give_up_broken() - look at what the heap itself stands on, and go on without what is no good
 *
 * Says nothing. Pieces in memory that is given up stay where they are, whatever they hold
 * by now; freeing one does nothing.
 *
 * Return: whether any header was found overwritten that was not before.
 */
bool heap_give_up_broken(void);

struct heap_stats {
	size_t size;		/* bytes in the image and of pages taken */
	size_t used;		/* bytes in use, with what the heap adds to each piece */
	unsigned int arenas;	/* separate pieces of memory that it consists of */
};

/** heap_stats() - how much there is */
void heap_stats(struct heap_stats *stats);

#endif
