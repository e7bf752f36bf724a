// SPDX-License-Identifier: BSD-2-Clause
/*
 * Allocation tags (FEAT_MTE2): each 16 bytes of memory of the Tagged type have a
 * tag of four bits, each pointer has one in its bits 59:56, and a load or store
 * whose pointer has another tag than the memory is a failed check. What comes of
 * it is the level's own to choose, for itself and for EL0: nothing, a data abort,
 * a flag, or the first for loads and the second for stores.
 *
 * An allocator that finds overflows this way rests on all of it: that tags are
 * stored and kept, whatever exceptions, CPUs and maintenance do; that every access
 * which is checked is, and no other; and that a failure shows where it is told to.
 *
 * The cases have one page, mapped with tags and without. Nothing else is of the
 * Tagged type, so no access of the image itself is ever checked.
 */
#include <asm/cache.h>
#include <asm/el0.h>
#include <asm/mmu.h>
#include <asm/mmu_off.h>
#include <base/string.h>
#include <core/address_space.h>
#include <core/page_alloc.h>
#include "mte.h"

#define VIEWS		3	/* pages of virtual addresses */
#define INSN_LOAD	0xf9400001	/* ldr x1, [x0] */
#define INSN_STORE	0xf9000001	/* str x1, [x0] */
#define INSN_SVC	0xd4000001

static struct mte_memory memory;
static u64 window;
static u32 *code;

static void map_for_el0(void)
{
	code = pages_alloc(PAGE_SIZE, PAGE_SIZE);
	REQUIRE(code);
	code[0] = INSN_LOAD;
	code[1] = INSN_SVC;
	code[2] = INSN_STORE;
	code[3] = INSN_SVC;
	cache_sync_code(code, 4 * sizeof(*code));
	REQUIRE_EQ(mmu_map_at(window + PAGE_SIZE, memory.page, PAGE_SIZE, MAP_EL0_TAGGED), 0);
	REQUIRE_EQ(mmu_map_at(window + 2 * PAGE_SIZE, (u64)code, PAGE_SIZE, MAP_EL0_RX), 0);
	memory.el0 = window + PAGE_SIZE;
	memory.el0_code = window + 2 * PAGE_SIZE;
}

static int mte_init(void)
{
	if (!cpu_has_tags())
		SKIP("ID_AA64PFR1_EL1.MTE is %llu: memory has no allocation tags",
		     read_sysreg(ID_AA64PFR1_EL1) >> 8 & 0xf);
	memory.page = (u64)pages_alloc(PAGE_SIZE, PAGE_SIZE);
	window = (u64)address_space_alloc(VIEWS * PAGE_SIZE, PAGE_SIZE);
	REQUIRE(memory.page && window);
	REQUIRE_EQ(mmu_map_at(window, memory.page, PAGE_SIZE, MAP_TAGGED), 0);
	memory.tagged = window;
	if (arch_el0_translated())
		map_for_el0();
	return 0;
}

/* Whoever has the page next may map it with tags, too, and expects none. */
static void clear(void)
{
	struct mte_state state;
	u64 at;

	mte_control_set(&(struct mte_control){ .own = MTE_IGNORE }, &state);
	for (at = 0; at < PAGE_SIZE; at += MTE_GRANULE)
		mte_stzg(memory.tagged + at);
	mte_control_restore(&state);
}

const struct mte_memory *mte_begin(void)
{
	clear();
	return &memory;
}

void mte_async_needed(void)
{
	if (!mte_has_async())
		SKIP("ID_AA64PFR1_EL1.MTE is 2 and MTE_frac 0xf: no asynchronous mode");
}

static void mte_exit(void)
{
	if (memory.tagged) {
		/* With mmu=off there is nothing at its address, and no tag was stored. */
		if (mmu_is_on())
			clear();
		CHECK_EQ(mmu_unmap(window, PAGE_SIZE), 0);
	}
	if (memory.el0)
		CHECK_EQ(mmu_unmap(memory.el0, PAGE_SIZE), 0);
	if (memory.el0_code)
		CHECK_EQ(mmu_unmap(memory.el0_code, PAGE_SIZE), 0);
	if (window)
		CHECK_EQ(address_space_free((void *)window, VIEWS * PAGE_SIZE), 0);
	if (code)
		CHECK_EQ(pages_free(code, PAGE_SIZE), 0);
	if (memory.page)
		CHECK_EQ(pages_free((void *)memory.page, PAGE_SIZE), 0);
	memory = (struct mte_memory){ .page = 0 };
	window = 0;
	code = NULL;
}

#define STORE_HINT	"memory without room for tags, or a controller that drops them: the " \
			"firmware shows FEAT_MTE2 (SCR_EL3.ATA) and has not set tag storage up"
#define CHECK_HINT	"a CPU or model that does not compare: SCR_EL3.ATA or HCR_EL2.ATA is " \
			"clear, or the type of memory at stage 2 is not Tagged"

static const struct test_case mte_cases[] = {
	TEST_CASE(tags_are_stored_and_loaded, .spec = "DDI0487J.a D10.2, C6.2 LDG, STG",
		  .hint = STORE_HINT),
	TEST_CASE(granules_have_tags_of_their_own, .spec = "DDI0487J.a D10.2",
		  .hint = "an address line of the tag storage is stuck, or the model leaves out "
			  "the offset within the page"),
	TEST_CASE(stores_of_tags_reach_their_granules_only,
		  .spec = "DDI0487J.a C6.2 STG, ST2G, STZG, STGP", .hint = STORE_HINT),
	TEST_CASE(blocks_of_tags_are_stored, .spec = "DDI0487J.a C6.2 STGM, LDGM, C5.3 DC GVA",
		  .hint = "GMID_EL1.BS or DCZID_EL0.BS is not the size that the CPU works on"),
	TEST_CASE(blocks_of_tags_end_where_told, .spec = "DDI0487J.a C6.2 STGM, C5.3 DC GVA",
		  .hint = "GMID_EL1.BS or DCZID_EL0.BS is not the size that the CPU works on"),
	TEST_CASE(tag_arithmetic_leaves_out_tags, .spec = "DDI0487J.a C6.2 ADDG, SUBG, GMI, SUBP",
		  .hint = "a model that adds to a tag without looking at GCR_EL1.Exclude"),
	TEST_CASE(random_tags_follow_the_seed, .spec = "DDI0487J.a C6.2 IRG, D19.2 RGSR_EL1",
		  .hint = "runs cannot be repeated: GCR_EL1.RRND clear promises this sequence"),
	TEST_CASE(random_tags_are_none_of_those_excluded,
		  .spec = "DDI0487J.a C6.2 IRG, D19.2 GCR_EL1",
		  .hint = "an allocator's tag for freed memory would be handed out"),
	TEST_CASE(memory_is_of_the_tagged_type, .spec = "DDI0487J.a D19.2 MAIR_EL1, PAR_EL1",
		  .hint = "attribute 0xf0 is not known, or stage 2 takes it away"),
	TEST_CASE(other_memory_has_no_tags, .spec = "DDI0487J.a D10.2",
		  .hint = "tags are stored by address alone, whatever the type of memory"),
	TEST_CASE(matching_tags_pass, .spec = "DDI0487J.a D10.3", .hint = CHECK_HINT),
	TEST_CASE(sync_checks_fault, .spec = "DDI0487J.a D10.7, D19.2.37 ESR_EL1",
		  .hint = CHECK_HINT),
	TEST_CASE(sync_checks_see_both_granules, .spec = "DDI0487J.a D10.3",
		  .hint = "only the first of the granules that an access touches is compared"),
	TEST_CASE(async_checks_set_a_flag, .spec = "DDI0487J.a D10.7, D19.2 TFSR_EL1",
		  .hint = CHECK_HINT),
	TEST_CASE(asymmetric_checks_fault_on_loads, .spec = "DDI0487J.a D10.7 (FEAT_MTE3)",
		  .hint = "FEAT_MTE3 is shown, and SCTLR_ELx.TCF 3 is taken for another mode"),
	TEST_CASE(ignored_checks_leave_nothing, .spec = "DDI0487J.a D10.7",
		  .hint = "SCTLR_ELx.TCF 0 is not looked at"),
	TEST_CASE(tag_0_matches_where_told, .spec = "DDI0487J.a D19.2 TCR_EL1.TCMA0",
		  .hint = "TCR_ELx.TCMA is not looked at, or checked the other way round"),
	TEST_CASE(no_access_to_tags_no_checks, .spec = "DDI0487J.a D10.6 SCTLR_EL1.ATA",
		  .hint = "SCTLR_ELx.ATA is not looked at"),
	TEST_CASE(other_memory_is_not_checked, .spec = "DDI0487J.a D10.3",
		  .hint = "accesses to memory that is not Tagged are compared with tag 0"),
	TEST_CASE(stack_pointer_is_not_checked, .spec = "DDI0487J.a D10.8",
		  .hint = "compilers rely on it that [sp, #n] needs no tag"),
	TEST_CASE(mmu_off_is_not_checked, .mmu = TEST_MMU_OFF, .spec = "DDI0487J.a D8.2.10, D10.3",
		  .hint = "Device memory is taken for Tagged with the MMU off"),
	TEST_CASE(override_stops_checks, .spec = "DDI0487J.a D10.3 PSTATE.TCO",
		  .hint = "PSTATE.TCO is not looked at"),
	TEST_CASE(exceptions_stop_checks, .spec = "DDI0487J.a D1.3.1 PSTATE.TCO on exception entry",
		  .hint = "a handler faults on its way in, or the return does not bring TCO back"),
	TEST_CASE(exceptions_wait_for_flags, .spec = "DDI0487J.a D19.2 SCTLR_EL1.ITFSB",
		  .hint = "SCTLR_ELx.ITFSB is not looked at: a kernel blames the wrong process"),
	TEST_CASE(tags_are_kept_over_exceptions, .spec = "DDI0487J.a D10.2",
		  .hint = "firmware or a hypervisor changes tags or GCR_EL1 while it is called"),
	TEST_CASE(el0_sync_checks_fault, .spec = "DDI0487J.a D10.7 SCTLR_EL1.TCF0",
		  .hint = CHECK_HINT),
	TEST_CASE(el0_async_checks_set_a_flag, .spec = "DDI0487J.a D10.7, D19.2 TFSRE0_EL1",
		  .hint = "failures of EL0 come to the flags of EL1"),
	TEST_CASE(el0_asymmetric_checks_fault_on_loads, .spec = "DDI0487J.a D10.7 (FEAT_MTE3)",
		  .hint = "FEAT_MTE3 is shown, and SCTLR_ELx.TCF0 3 is taken for another mode"),
	TEST_CASE(unprivileged_accesses_are_checked_as_el0s, .spec = "DDI0487J.a D10.7",
		  .hint = "LDTR and STTR are checked as TCF says, and not as TCF0"),
	TEST_CASE(every_cpu_checks, .spec = "DDI0487J.a D10.6",
		  .hint = "firmware lets the boot CPU use tags (SCR_EL3.ATA), and no other"),
	TEST_CASE(tags_are_seen_by_every_cpu, .needs = NEED_SMP, .spec = "DDI0487J.a D10.2",
		  .hint = "tags are not kept coherent between CPUs"),
	TEST_CASE(flags_are_each_cpus_own, .needs = NEED_SMP, .spec = "DDI0487J.a D19.2 TFSR_EL1",
		  .hint = "CPUs of a model share TFSR_EL1"),
	{}
};

TEST_SUITE(mte, .about = "allocation tags and their checks", .init = mte_init, .exit = mte_exit,
	   .cases = mte_cases);
