/* SPDX-License-Identifier: BSD-2-Clause */
/* The cases of the suite "memory", by file, and what they share. */
#ifndef TESTS_MEMORY_MEMORY_H
#define TESTS_MEMORY_MEMORY_H

#include <core/memory.h>
#include <core/page_alloc.h>
#include <test/test.h>
#include <asm/page.h>

/* map.c */
void map_is_in_order(void);
void image_and_hand_off_are_kept(void);
void reserved_memory_is_never_free(void);
void tree_reservations_are_never_free(void);
void free_memory_is_mapped(void);
void forbidden_memory_is_not_mapped(void);
void reserved_memory_is_unchanged(void);
int reserved_remember(void);

/* pages.c */
void pages_are_aligned_in_every_order(void);
void pages_are_whole_and_apart(void);
void pages_below_a_limit(void);
void pages_run_out_with_an_error(void);
void pages_page_0_is_never_given(void);
void pages_bad_frees_are_refused(void);

/* heap.c */
void heap_pieces_are_zeroed_and_apart(void);
void heap_grows_from_pages(void);
void heap_uses_freed_memory_again(void);

/* address_space.c */
void addresses_are_unused(void);
void addresses_are_given_back(void);

/* ram.c */
void ram_answers_everywhere(void);
void ram_has_its_address_lines(void);
void ram_is_there_once(void);
void ram_keeps_its_data(void);
void ram_is_left_alone(void);

/*
 * hold.c: all memory that is free, as a few contiguous pieces. Whatever a case
 * took is given back by hold_release(), which the suite's exit() calls as well.
 */
struct piece {
	u64 base;
	u64 size;
};

/* Take all that is free; the number of pieces. */
unsigned int hold_all(void);
/* Take one more piece; its address, or 0. */
u64 hold_pages(u64 bytes, u64 align, u64 limit);
const struct piece *hold_piece(unsigned int n);
unsigned int hold_count(void);
void hold_release(void);

#endif
