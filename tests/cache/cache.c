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
	TEST_CASE(ctr_is_sane, .spec = "DDI0487J.a D19.2.35",
		  .hint = "a hypervisor or emulator made up CTR_EL0: every cache operation by "
			  "address steps by it"),
	TEST_CASE(clidr_levels_are_in_order, .spec = "DDI0487J.a D19.2.27",
		  .hint = "CLIDR_EL1 is made up, or differs from the cores' manual: set/way code "
			  "and PPTT go by it"),
	TEST_CASE(every_level_has_a_size, .spec = "DDI0487J.a D19.2.24",
		  .hint = "CCSIDR_EL1 does not follow CSSELR_EL1 (trapped by HCR_EL2.TID2 or "
			  "TID4?), or has the fields of FEAT_CCIDX in the other format"),
	TEST_CASE(lines_are_not_below_the_smallest, .spec = "DDI0487J.a D19.2.35",
		  .hint = "CTR_EL0.DminLine or CCSIDR_EL1.LineSize is another cache's"),
	TEST_CASE(step_is_the_smallest_line_of_all_cpus, .spec = "DDI0487J.a D19.2.35",
		  .hint = "one kind of core has smaller lines than the boot CPU says: "
			  "maintenance would leave out every other line"),
	TEST_CASE(levels_are_equal_on_cpus, .spec = "DDI0487J.a D19.2.27", .needs = NEED_SMP,
		  .hint = "LoC or LoUIS of one CPU is not another's: code for one maintains too little for the other"),
	TEST_CASE(clean_to_poc_keeps_data, .spec = SPEC_OPS,
		  .hint = "DC CVAC lost data: trapped and emulated as an invalidation?"),
	TEST_CASE(clean_to_pou_keeps_data, .spec = SPEC_OPS,
		  .hint = "DC CVAU lost data: trapped and emulated as an invalidation?"),
	TEST_CASE(clean_and_invalidate_keeps_data, .spec = SPEC_OPS,
		  .hint = "DC CIVAC dropped a line that it had not written back"),
	TEST_CASE(invalidate_keeps_what_was_cleaned, .spec = SPEC_OPS,
		  .hint = "what DC CVAC wrote back did not get to memory: a cache beyond the PoC "
			  "that is not transparent"),
	TEST_CASE(clean_to_persistence_keeps_data, .spec = SPEC_OPS,
		  .hint = "DC CVAP or CVADP lost data, or ID_AA64ISAR1_EL1.DPB says otherwise "
			  "than the CPU does"),
	TEST_CASE(zva_clears_its_block_only, .spec = "DDI0487J.a D19.2.40", .mmu = TEST_MMU_ON,
		  .hint = "DCZID_EL0.BS is not what DC ZVA clears: cores of two kinds, or a "
			  "hypervisor's value"),
	TEST_CASE(changed_code_is_run, .spec = SPEC_CODE, .mmu = TEST_MMU_ON,
		  .hint = "CTR_EL0.IDC or DIC promises more than the caches do"),
	TEST_CASE(changed_code_is_run_on_other_cpus, .spec = SPEC_CODE, .mmu = TEST_MMU_ON,
		  .needs = NEED_SMP,
		  .hint = "IC IVAU is not broadcast, or IDC and DIC are of one CPU only"),
	TEST_CASE(code_of_other_cpus_is_run, .spec = SPEC_CODE, .mmu = TEST_MMU_ON,
		  .needs = NEED_SMP,
		  .hint = "DC CVAU or IC IVAU of that CPU reaches its own caches only"),
	TEST_CASE(el0_may_maintain_when_allowed, .spec = "DDI0487J.a D19.2.122",
		  .mmu = TEST_MMU_ON,
		  .hint = "SCTLR.UCI, UCT or DZE is set and EL0 traps all the same: "
			  "HCR_EL2.TPCP, TPU or TDZ from above"),
	TEST_CASE(el0_traps_when_not_allowed, .spec = "DDI0487J.a D19.2.122",
		  .mmu = TEST_MMU_ON,
		  .hint = "EL0 does what SCTLR.UCI, UCT and DZE deny it"),
	{}
};
TEST_SUITE(cache, .about = "caches: geometry and maintenance", .mmu = TEST_MMU_ANY,
	   .cases = cache_cases);
