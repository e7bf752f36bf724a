// SPDX-License-Identifier: BSD-2-Clause
/*
 * Address translation. Each case maps memory of its own at virtual addresses of
 * its own, does something to the map, and looks what accesses do: the CPU's
 * walk, its faults and its AT instructions have to say the same as the walk in
 * software.
 */
#include "mm.h"

#define FAULTS "DDI0487J.a D8.2, D8.3"

static const struct test_case mm_cases[] = {
	TEST_CASE(map_shows_memory, .spec = "DDI0487J.a D8.2"),
	TEST_CASE(unmap_takes_it_away, .spec = "DDI0487J.a D8.14.1",
		  .hint = "TLB maintenance that does not reach, or a table that was not written"),
	TEST_CASE(protect_changes_permissions, .spec = "DDI0487J.a D8.4"),
	TEST_CASE(remap_shows_other_memory, .spec = "DDI0487J.a D8.14.1"),
	TEST_CASE(map_refuses_what_is_mapped),
	TEST_CASE(changes_refuse_what_is_not_mapped),
	TEST_CASE(changes_refuse_partial_pages),
	TEST_CASE(changes_refuse_what_they_need, .spec = "DDI0487J.a D8.14.1"),
	TEST_CASE(changes_refuse_the_stack_in_use, .spec = "DDI0487J.a D8.14.1"),
	TEST_CASE(tables_come_and_go),
	TEST_CASE(tables_come_from_pages_at_last),
	TEST_CASE(highest_address_translates, .spec = "DDI0487J.a D8.2.7"),
	TEST_CASE(blocks_where_they_fit, .spec = "DDI0487J.a D8.3.1"),
	TEST_CASE(unmap_splits_a_block, .spec = "DDI0487J.a D8.14.1"),
	TEST_CASE(protect_splits_a_block, .spec = "DDI0487J.a D8.14.1"),
	TEST_CASE(stack_survives_a_split, .spec = "DDI0487J.a D8.14.1"),
	TEST_CASE(contiguous_entries_translate, .spec = "DDI0487J.a D8.6.1"),
	TEST_CASE(data_is_not_executed, .spec = "DDI0487J.a D8.4.2"),
	TEST_CASE(read_only_is_not_written, .spec = "DDI0487J.a D8.4.1"),
	TEST_CASE(code_runs_and_is_not_written, .spec = "DDI0487J.a D8.4.2"),
	TEST_CASE(el0_permissions, .spec = "DDI0487J.a D8.4.1",
		  .hint = "unprivileged loads and stores take EL0's permissions"),
	TEST_CASE(el0_code_is_not_run, .spec = "DDI0487J.a D8.4.2"),
	TEST_CASE(el0_runs_its_code_only, .spec = "DDI0487J.a D8.4.2"),
	TEST_CASE(pan_keeps_from_el0_memory, .spec = "DDI0487J.a D8.4.3"),
	TEST_CASE(access_flag_faults, .spec = "DDI0487J.a D8.5.1"),
	TEST_CASE(null_page_faults),
	TEST_CASE(stack_guards_fault),
	TEST_CASE(faults_report_their_level, .spec = FAULTS),
	TEST_CASE(addresses_beyond_fault, .spec = "DDI0487J.a D8.2.7"),
	TEST_CASE(output_beyond_faults, .spec = "DDI0487J.a D8.2.8"),
	TEST_CASE(at_agrees_with_accesses, .spec = "DDI0487J.a C5.5"),
	TEST_CASE(at_el0_agrees_with_accesses, .spec = "DDI0487J.a C5.5"),
	TEST_CASE(at_reports_faults, .spec = "DDI0487J.a D19.2.112"),
	TEST_CASE(at_reports_memory_types, .spec = "DDI0487J.a D19.2.112"),
	TEST_CASE(output_has_all_bits, .spec = "DDI0487J.a D8.3.1"),
	TEST_CASE(tlbi_by_va, .spec = "DDI0487J.a D8.14.5"),
	TEST_CASE(tlbi_by_va_last_level, .spec = "DDI0487J.a D8.14.5"),
	TEST_CASE(tlbi_by_va_all_asids, .spec = "DDI0487J.a D8.14.5"),
	TEST_CASE(tlbi_by_asid, .spec = "DDI0487J.a D8.14.5"),
	TEST_CASE(tlbi_all, .spec = "DDI0487J.a D8.14.5"),
	TEST_CASE(asids_are_apart, .spec = "DDI0487J.a D8.13.3"),
	TEST_CASE(every_cpu_sees_a_change, .spec = "DDI0487J.a D8.14.5", .needs = NEED_SMP,
		  .hint = "TLB maintenance that does not reach the other CPUs"),
	TEST_CASE(only_what_is_described),
	TEST_CASE(nothing_is_writable_and_executable),
	TEST_CASE(image_has_its_permissions),
	TEST_CASE(devices_are_ngnre),
	{}
};
TEST_SUITE(mm, .about = "address translation", .init = mm_init, .exit = mm_exit,
	   .cases = mm_cases);
