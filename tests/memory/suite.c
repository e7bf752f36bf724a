// SPDX-License-Identifier: BSD-2-Clause
/*
 * Memory: what is described, what is handed out of it, and whether it is there.
 * The cases that write to all of free memory come last, and the one that looks
 * whether anything else changed is the very last.
 */
#include "memory.h"

static const struct test_case memory_cases[] = {
	TEST_CASE(map_is_in_order, .spec = "UEFI 2.10 7.2.3; Devicetree Specification v0.4 3.4",
		  .mmu = TEST_MMU_ANY,
		  .hint = "the memory map that was handed over overlaps, or goes round the end: "
			  "look at the firmware's, printed at boot"),
	TEST_CASE(image_and_hand_off_are_kept, .mmu = TEST_MMU_ANY,
		  .spec = "include/core/memory.h",
		  .hint = "the image, tree or initrd lies in memory that is given out: the "
			  "loader's sizes, or the map"),
	TEST_CASE(reserved_memory_is_never_free, .spec = "UEFI 2.10 7.2.1",
		  .mmu = TEST_MMU_ANY,
		  .hint = "a reservation got lost when the maps were put together: its page "
			  "would be handed out"),
	TEST_CASE(tree_reservations_are_never_free,
		  .spec = "Devicetree Specification v0.4 3.5, 5.3", .mmu = TEST_MMU_ANY,
		  .hint = "a /reserved-memory node or /memreserve/ entry was not heeded: its "
			  "cells, or its bus"),
	TEST_CASE(free_memory_is_mapped,
		  .spec = "include/core/memory.h",
		  .hint = "memory is given out that the tables do not map, or map elsewhere"),
	TEST_CASE(forbidden_memory_is_not_mapped,
		  .spec = "Devicetree Specification v0.4 3.5.2 (no-map); UEFI 2.10 2.3.6",
		  .hint = "no-map memory, or what lies behind the end of RAM, is mapped: a "
			  "speculative read may abort"),
	TEST_CASE(pages_are_aligned_in_every_order, .mmu = TEST_MMU_ANY,
		  .spec = "include/core/page_alloc.h",
		  .hint = "the page allocator gives out what is not aligned, or not free"),
	TEST_CASE(pages_are_whole_and_apart, .mmu = TEST_MMU_ANY,
		  .spec = "include/core/page_alloc.h",
		  .hint = "the page allocator gives the same memory to two, or loses some"),
	TEST_CASE(pages_below_a_limit, .mmu = TEST_MMU_ANY,
		  .spec = "include/core/page_alloc.h",
		  .hint = "memory above the limit is given out: a device with few address bits "
			  "would write elsewhere"),
	TEST_CASE(pages_run_out_with_an_error, .mmu = TEST_MMU_ANY,
		  .spec = "include/core/page_alloc.h",
		  .hint = "an allocation of more than there is came back with something"),
	TEST_CASE(pages_page_0_is_never_given, .mmu = TEST_MMU_ANY,
		  .spec = "include/core/page_alloc.h",
		  .hint = "RAM at address 0 is handed out, and a valid pointer to it looks like "
			  "none"),
	TEST_CASE(pages_bad_frees_are_refused, .mmu = TEST_MMU_ANY,
		  .spec = "include/core/page_alloc.h",
		  .hint = "memory can be freed twice, or in part: two owners of one page later"),
	TEST_CASE(heap_pieces_are_zeroed_and_apart, .mmu = TEST_MMU_ANY,
		  .spec = "include/core/heap.h",
		  .hint = "the heap gives out memory in use, or not zeroed; or somebody writes "
			  "to it: try HEAP_REDZONES"),
	TEST_CASE(heap_uses_freed_memory_again, .mmu = TEST_MMU_ANY,
		  .spec = "include/core/heap.h",
		  .hint = "freed memory is not found again: a long run would end without any"),
	TEST_CASE(heap_grows_from_pages, .mmu = TEST_MMU_ANY,
		  .spec = "include/core/heap.h",
		  .hint = "the heap cannot grow: no free pages, or a part that came from them is "
			  "not whole"),
	TEST_CASE(addresses_are_unused,
		  .spec = "include/core/address_space.h",
		  .hint = "virtual addresses are given out that memory or a device has"),
	TEST_CASE(addresses_are_given_back, .mmu = TEST_MMU_ANY,
		  .spec = "include/core/address_space.h",
		  .hint = "virtual addresses get lost, or are freed twice"),
	TEST_CASE(ram_answers_everywhere, .spec = "BSA B_MEM_01",
		  .hint = "memory is described that is not there, or a firewall keeps us out"),
	TEST_CASE(ram_has_its_address_lines,
		  .hint = "an address line is stuck or swapped; or the size in the controller's "
			  "set-up",
		  .spec = "UEFI 2.10 7.2.3; Devicetree Specification v0.4 3.4"),
	TEST_CASE(ram_is_there_once,
		  .hint = "the same memory answers at two addresses: interleaving, or the size of a "
			  "rank",
		  .spec = "UEFI 2.10 7.2.3; Devicetree Specification v0.4 3.4"),
	TEST_CASE(ram_keeps_its_data, .hint = "refresh, or the timing of the memory controller",
		  .spec = "UEFI 2.10 7.2.3; Devicetree Specification v0.4 3.4"),
	TEST_CASE(ram_is_left_alone, .spec = "UEFI 2.10 7.4.6",
		  .hint = "a device that the firmware started still writes to memory: its driver "
			  "did not stop it at ExitBootServices"),
	TEST_CASE(reserved_memory_is_unchanged, .mmu = TEST_MMU_ANY,
		  .hint = "memory shows up at two addresses, or somebody else writes to the tables",
		  .spec = "UEFI 2.10 7.2.3; Devicetree Specification v0.4 3.4"),
	{}
};
TEST_SUITE(memory, .about = "the memory map, the allocators, RAM itself",
	   .init = reserved_remember, .exit = hold_release, .cases = memory_cases);
