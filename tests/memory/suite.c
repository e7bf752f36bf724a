// SPDX-License-Identifier: BSD-2-Clause
/*
 * Memory: what is described, what is handed out of it, and whether it is there.
 * The cases that write to all of free memory come last, and the one that looks
 * whether anything else changed is the very last.
 */
#include "memory.h"

static const struct test_case memory_cases[] = {
	TEST_CASE(map_is_in_order, .spec = "UEFI 2.10 7.2.3; Devicetree Specification v0.4 3.4",
		  .mmu = TEST_MMU_ANY),
	TEST_CASE(image_and_hand_off_are_kept, .mmu = TEST_MMU_ANY),
	TEST_CASE(reserved_memory_is_never_free, .spec = "UEFI 2.10 7.2.1",
		  .mmu = TEST_MMU_ANY),
	TEST_CASE(tree_reservations_are_never_free,
		  .spec = "Devicetree Specification v0.4 3.5, 5.3", .mmu = TEST_MMU_ANY),
	TEST_CASE(free_memory_is_mapped),
	TEST_CASE(forbidden_memory_is_not_mapped,
		  .spec = "Devicetree Specification v0.4 3.5.2 (no-map); UEFI 2.10 2.3.6"),
	TEST_CASE(pages_are_aligned_in_every_order, .mmu = TEST_MMU_ANY),
	TEST_CASE(pages_are_whole_and_apart, .mmu = TEST_MMU_ANY),
	TEST_CASE(pages_below_a_limit, .mmu = TEST_MMU_ANY),
	TEST_CASE(pages_run_out_with_an_error, .mmu = TEST_MMU_ANY),
	TEST_CASE(pages_page_0_is_never_given, .mmu = TEST_MMU_ANY),
	TEST_CASE(pages_bad_frees_are_refused, .mmu = TEST_MMU_ANY),
	TEST_CASE(heap_pieces_are_zeroed_and_apart, .mmu = TEST_MMU_ANY),
	TEST_CASE(heap_uses_freed_memory_again, .mmu = TEST_MMU_ANY),
	TEST_CASE(heap_grows_from_pages, .mmu = TEST_MMU_ANY),
	TEST_CASE(addresses_are_unused),
	TEST_CASE(addresses_are_given_back, .mmu = TEST_MMU_ANY),
	TEST_CASE(ram_answers_everywhere, .spec = "BSA B_MEM_01",
		  .hint = "memory is described that is not there, or a firewall keeps us out"),
	TEST_CASE(ram_has_its_address_lines,
		  .hint = "an address line is stuck or swapped; or the size in the controller's set-up"),
	TEST_CASE(ram_is_there_once,
		  .hint = "the same memory answers at two addresses: interleaving, or the size of a rank"),
	TEST_CASE(ram_keeps_its_data, .hint = "refresh, or the timing of the memory controller"),
	TEST_CASE(ram_is_left_alone, .spec = "UEFI 2.10 7.4.6",
		  .hint = "a device that the firmware started still writes to memory: its driver did not stop it at ExitBootServices"),
	TEST_CASE(reserved_memory_is_unchanged, .mmu = TEST_MMU_ANY,
		  .hint = "memory shows up at two addresses, or somebody else writes to the tables"),
	{}
};
TEST_SUITE(memory, .about = "the memory map, the allocators, RAM itself",
	   .init = reserved_remember, .exit = hold_release, .cases = memory_cases);
