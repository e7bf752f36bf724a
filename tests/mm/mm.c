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
	TEST_CASE(map_shows_memory, .spec = "DDI0487J.a D8.2",
		  .hint = "the CPU's walk does not find the entry that was written: no barrier "
			  "behind it, or tables in memory that the walk does not see"),
	TEST_CASE(unmap_takes_it_away, .spec = "DDI0487J.a D8.14.1",
		  .hint = "TLB maintenance that does not reach, or a table that was not written"),
	TEST_CASE(protect_changes_permissions, .spec = "DDI0487J.a D8.4",
		  .hint = "the old permissions are still in a TLB, or AP bits mean something "
			  "else in this regime"),
	TEST_CASE(remap_shows_other_memory, .spec = "DDI0487J.a D8.14.1",
		  .hint = "break-before-make was cut short: the old translation is still in a TLB"),
	TEST_CASE(map_refuses_what_is_mapped,
		  .spec = "arch/arm64/include/asm/mmu.h",
		  .hint = "the image's own map: a live entry was overwritten, so that later "
			  "cases may read other memory"),
	TEST_CASE(changes_refuse_what_is_not_mapped,
		  .spec = "arch/arm64/include/asm/mmu.h",
		  .hint = "the image's own map: a change over a hole went half way"),
	TEST_CASE(changes_refuse_partial_pages,
		  .spec = "arch/arm64/include/asm/mmu.h",
		  .hint = "the image's own map: an address was rounded instead of refused"),
	TEST_CASE(changes_refuse_what_they_need, .spec = "DDI0487J.a D8.14.1",
		  .hint = "the image let go of text, tables or stack in use: on hardware it "
			  "would hang here"),
	TEST_CASE(changes_refuse_the_stack_in_use, .spec = "DDI0487J.a D8.14.1",
		  .hint = "the image let go of the stack it runs on: on hardware it would hang "
			  "here"),
	TEST_CASE(tables_come_and_go,
		  .spec = "arch/arm64/include/asm/mmu.h",
		  .hint = "a table that became empty was not given back, or one is not mapped "
			  "itself"),
	TEST_CASE(tables_come_from_pages_at_last,
		  .spec = "arch/arm64/include/asm/mmu.h",
		  .hint = "tables beyond the image's pool are lost, or the page allocator is out "
			  "of memory"),
	TEST_CASE(highest_address_translates, .spec = "DDI0487J.a D8.2.7",
		  .hint = "TCR.T0SZ is not what was asked for, or a hypervisor changed it"),
	TEST_CASE(blocks_where_they_fit, .spec = "DDI0487J.a D8.3.1",
		  .hint = "a block entry translates to other memory: its address bits, or the "
			  "level that it stands at"),
	TEST_CASE(unmap_splits_a_block, .spec = "DDI0487J.a D8.14.1",
		  .hint = "splitting lost the neighbours of the page, or left the block in a TLB"),
	TEST_CASE(protect_splits_a_block, .spec = "DDI0487J.a D8.14.1",
		  .hint = "splitting lost the neighbours of the page, or left the block in a TLB"),
	TEST_CASE(stack_survives_a_split, .spec = "DDI0487J.a D8.14.1",
		  .hint = "the block of the stack in use was invalid while something was pushed: "
			  "the split is not in assembler, or takes an exception"),
	TEST_CASE(contiguous_entries_translate, .spec = "DDI0487J.a D8.6.1",
		  .hint = "the CPU takes the contiguous bit for more, or for other memory, than "
			  "the run of entries has"),
	TEST_CASE(data_is_not_executed, .spec = "DDI0487J.a D8.4.2",
		  .hint = "PXN or UXN does nothing here: SCTLR, or stage 2, or the bit's place "
			  "in this regime"),
	TEST_CASE(read_only_is_not_written, .spec = "DDI0487J.a D8.4.1",
		  .hint = "AP[2] does nothing: a stale TLB entry, or tables that the CPU does "
			  "not walk"),
	TEST_CASE(code_runs_and_is_not_written, .spec = "DDI0487J.a D8.4.2",
		  .hint = "code is writable (AP[2]), or SCTLR.WXN made it not executable"),
	TEST_CASE(el0_permissions, .spec = "DDI0487J.a D8.4.1",
		  .hint = "unprivileged loads and stores take EL0's permissions"),
	TEST_CASE(el0_code_is_not_run, .spec = "DDI0487J.a D8.4.2",
		  .hint = "memory that EL0 may write is executed at EL1: a way for an "
			  "application into the kernel"),
	TEST_CASE(el0_runs_its_code_only, .spec = "DDI0487J.a D8.4.2",
		  .hint = "UXN does nothing at EL0, or entering EL0 failed: see exceptions.* for "
			  "that"),
	TEST_CASE(pan_keeps_from_el0_memory, .spec = "DDI0487J.a D8.4.3",
		  .hint = "ID_AA64MMFR1_EL1.PAN promises what PSTATE.PAN does not do, or "
			  "SCTLR.SPAN was lost"),
	TEST_CASE(access_flag_faults, .spec = "DDI0487J.a D8.5.1",
		  .hint = "TCR.HA is set by somebody, or this CPU updates the access flag "
			  "whatever TCR says"),
	TEST_CASE(null_page_faults,
		  .spec = "DDI0487J.a D8.2; arch/arm64/include/asm/mmu.h",
		  .hint = "something is mapped at address 0: a null pointer would be read "
			  "without a word"),
	TEST_CASE(stack_guards_fault,
		  .spec = "DDI0487J.a D8.2; docs/mmu.md",
		  .hint = "a guard page is mapped: an overflow of the stack would write over "
			  "what lies below"),
	TEST_CASE(faults_report_their_level, .spec = FAULTS,
		  .hint = "ESR_ELx.DFSC has a wrong level: software that mends faults by it "
			  "would change the wrong table"),
	TEST_CASE(addresses_beyond_fault, .spec = "DDI0487J.a D8.2.7",
		  .hint = "TCR.TBI or EPD1 is other than meant: addresses beyond the range are "
			  "walked or cut"),
	TEST_CASE(output_beyond_faults, .spec = "DDI0487J.a D8.2.8",
		  .hint = "TCR.IPS is larger than the CPU's physical addresses, or the CPU drops "
			  "their high bits"),
	TEST_CASE(at_agrees_with_accesses, .spec = "DDI0487J.a C5.5",
		  .hint = "AT answers by other tables or another regime than accesses: trapped "
			  "and emulated by a hypervisor?"),
	TEST_CASE(at_el0_agrees_with_accesses, .spec = "DDI0487J.a C5.5",
		  .hint = "AT S1E0 answers by other permissions than LDTR and STTR get: "
			  "HCR_EL2.TGE, E2H, or emulation"),
	TEST_CASE(at_reports_faults, .spec = "DDI0487J.a D19.2.112",
		  .hint = "PAR_EL1.FST is another fault or level than an access gives"),
	TEST_CASE(at_reports_memory_types, .spec = "DDI0487J.a D19.2.112",
		  .hint = "PAR_EL1.ATTR is not MAIR's: stage 2 combines another type with ours "
			  "(HCR_EL2.CD, a hypervisor's map)"),
	TEST_CASE(output_has_all_bits, .spec = "DDI0487J.a D8.3.1",
		  .hint = "ID_AA64MMFR0_EL1.PARange promises more address bits than come out of "
			  "a walk"),
	TEST_CASE(tlbi_by_va, .spec = "DDI0487J.a D8.14.5",
		  .hint = "TLBI VAE1IS (or VAE2IS, or the range form) leaves the entry: trapped "
			  "and dropped, or a wrong operand"),
	TEST_CASE(tlbi_by_va_last_level, .spec = "DDI0487J.a D8.14.5",
		  .hint = "TLBI VALE1IS leaves the entry of the last level"),
	TEST_CASE(tlbi_by_va_all_asids, .spec = "DDI0487J.a D8.14.5",
		  .hint = "TLBI VAAE1IS leaves the entry of an ASID that is not in TTBR0 now"),
	TEST_CASE(tlbi_by_asid, .spec = "DDI0487J.a D8.14.5",
		  .hint = "TLBI ASIDE1IS leaves entries, or TCR.AS cut the ASID to 8 bits"),
	TEST_CASE(tlbi_all, .spec = "DDI0487J.a D8.14.5",
		  .hint = "TLBI VMALLE1IS or ALLE2IS leaves entries: wrong regime (E2H), or "
			  "trapped and dropped"),
	TEST_CASE(asids_are_apart, .spec = "DDI0487J.a D8.13.3",
		  .hint = "nG is ignored, or a change of ASID in TTBR0 does not take effect "
			  "behind an ISB"),
	TEST_CASE(every_cpu_sees_a_change, .spec = "DDI0487J.a D8.14.5", .needs = NEED_SMP,
		  .hint = "TLB maintenance that does not reach the other CPUs"),
	TEST_CASE(change_is_whole_for_others, .spec = "DDI0487J.a D8.14.1", .needs = NEED_SMP,
		  .hint = "a translation was changed without break-before-make, or its TLB "
			  "maintenance was not waited for"),
	TEST_CASE(only_what_is_described,
		  .spec = "arch/arm64/include/asm/mmu.h; UEFI 2.10 7.2.3",
		  .hint = "something is mapped that no table describes: an access there may hang "
			  "a board"),
	TEST_CASE(nothing_is_writable_and_executable,
		  .spec = "DDI0487J.a D8.4; arch/arm64/include/asm/mmu.h",
		  .hint = "a mapping of the image's is writable and executable: a stray write "
			  "could become code"),
	TEST_CASE(image_has_its_permissions,
		  .spec = "DDI0487J.a D8.4; docs/mmu.md",
		  .hint = "a section of the image is mapped as another kind: text writable, or "
			  "data executable"),
	TEST_CASE(devices_are_ngnre,
		  .spec = "DDI0487J.a B2.7.2",
		  .hint = "registers are mapped as memory, or memory as registers: see "
			  "docs/mmu.md"),
	{}
};
TEST_SUITE(mm, .about = "address translation", .init = mm_init, .exit = mm_exit,
	   .cases = mm_cases);
