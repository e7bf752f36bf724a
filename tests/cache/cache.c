// SPDX-License-Identifier: BSD-2-Clause
/*
 * The caches as software sees them: what the registers say of them, and the
 * operations by address. An operating system takes its steps from CTR_EL0 and
 * sizes from CCSIDR_EL1, and a hypervisor may show others than the hardware has.
 *
 * That an operation reaches what it should cannot be seen by one program on one
 * coherent machine; that it destroys nothing can, and that changed code is run
 * behind just the maintenance that CTR_EL0 asks for.
 */
#include "cache.h"

#define SPEC_OPS	"DDI0487J.a D7.5.9"
#define SPEC_CODE	"DDI0487J.a B2.4.4"

static const struct test_case cache_cases[] = {
	TEST_CASE(ctr_is_sane, .spec = "DDI0487J.a D19.2.35"),
	TEST_CASE(clidr_levels_are_in_order, .spec = "DDI0487J.a D19.2.27"),
	TEST_CASE(every_level_has_a_size, .spec = "DDI0487J.a D19.2.24"),
	TEST_CASE(lines_are_not_below_the_smallest, .spec = "DDI0487J.a D19.2.35",
		  .hint = "CTR_EL0.DminLine or CCSIDR_EL1.LineSize is another cache's"),
	TEST_CASE(step_is_the_smallest_line_of_all_cpus, .spec = "DDI0487J.a D19.2.35"),
	TEST_CASE(levels_are_equal_on_cpus, .spec = "DDI0487J.a D19.2.27", .needs = NEED_SMP,
		  .hint = "LoC or LoUIS of one CPU is not another's: code for one maintains too little for the other"),
	TEST_CASE(clean_to_poc_keeps_data, .spec = SPEC_OPS),
	TEST_CASE(clean_to_pou_keeps_data, .spec = SPEC_OPS),
	TEST_CASE(clean_and_invalidate_keeps_data, .spec = SPEC_OPS),
	TEST_CASE(invalidate_keeps_what_was_cleaned, .spec = SPEC_OPS),
	TEST_CASE(clean_to_persistence_keeps_data, .spec = SPEC_OPS),
	TEST_CASE(zva_clears_its_block_only, .spec = "DDI0487J.a D19.2.40", .mmu = TEST_MMU_ON),
	TEST_CASE(changed_code_is_run, .spec = SPEC_CODE, .mmu = TEST_MMU_ON,
		  .hint = "CTR_EL0.IDC or DIC promises more than the caches do"),
	TEST_CASE(changed_code_is_run_on_other_cpus, .spec = SPEC_CODE, .mmu = TEST_MMU_ON,
		  .needs = NEED_SMP,
		  .hint = "IC IVAU is not broadcast, or IDC and DIC are of one CPU only"),
	TEST_CASE(el0_may_maintain_when_allowed, .spec = "DDI0487J.a D19.2.122",
		  .mmu = TEST_MMU_ON),
	TEST_CASE(el0_traps_when_not_allowed, .spec = "DDI0487J.a D19.2.122",
		  .mmu = TEST_MMU_ON),
	{}
};
TEST_SUITE(cache, .about = "caches: geometry and maintenance", .mmu = TEST_MMU_ANY,
	   .cases = cache_cases);
