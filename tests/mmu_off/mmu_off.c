// SPDX-License-Identifier: BSD-2-Clause
/*
 * The MMU off and on again, in the middle of a run.
 *
 * What is written on one side of the switch must be read on the other, for each
 * kind of memory: with the MMU off the caches are passed by, so that a line that
 * was not written back, or not dropped, shows as an old value. On a model, which
 * has no caches, the cases test the switch itself, the registers, and that the
 * image lives without translation; the cache audit tests the maintenance.
 */
#include "mmu_off.h"

#define SPEC_OFF	"DDI0487J.a D8.2.10"
#define SPEC_DC		"DDI0487J.a D7.5.9"
#define HINT_STALE	"a line was not cleaned before the MMU went off, or not invalidated behind it"

#define REGION(fn, ...) TEST_CASE(fn, .spec = SPEC_DC, .hint = HINT_STALE, __VA_ARGS__)

void go_off(void)
{
	REQUIRE_EQ(mmu_disable(), 0);
	REQUIRE(!mmu_is_on());
}

void go_on(void)
{
	REQUIRE_EQ(mmu_enable(), 0);
	REQUIRE(mmu_is_on());
}

static u64 pattern(size_t at, u64 seed)
{
	return (at + 1) * 0x9e3779b97f4a7c15ULL ^ seed;
}

void pattern_write(u64 *words, size_t count, u64 seed)
{
	size_t i;

	for (i = 0; i < count; i++)
		words[i] = pattern(i, seed);
}

bool pattern_holds(const u64 *words, size_t count, u64 seed)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (words[i] != pattern(i, seed))
			return false;
	return true;
}

void round_trip(u64 *words, size_t count)
{
	pattern_write(words, count, 1);
	go_off();
	CHECK(pattern_holds(words, count, 1), "written with the MMU on, read with it off");
	pattern_write(words, count, 2);
	go_on();
	CHECK(pattern_holds(words, count, 2), "written with the MMU off, read with it on");
	pattern_write(words, count, 3);
	go_off();
	CHECK(pattern_holds(words, count, 3), "written with the MMU on again");
	go_on();
	CHECK(pattern_holds(words, count, 3), "written with the MMU on, not touched with it off");
}

static const struct test_case mmu_off_cases[] = {
	REGION(data_is_the_same_on_both_sides),
	REGION(bss_is_the_same_on_both_sides),
	REGION(stack_is_the_same_on_both_sides),
	REGION(heap_is_the_same_on_both_sides),
	REGION(pages_are_the_same_on_both_sides),
	REGION(pages_allocated_without_the_mmu_stay),
	REGION(code_written_on_one_side_runs_on_the_other),
	REGION(map_can_be_changed_without_the_mmu),
	TEST_CASE(registers_are_as_meant, .spec = "DDI0487J.a D19.2.123", .mmu = TEST_MMU_ANY,
		  .hint = "SCTLR has a bit that nobody set, or the way to MMU off changed TCR, "
			  "TTBR, MAIR or VBAR"),
	TEST_CASE(interrupt_masks_stay, .spec = "DDI0487J.a C5.2.2",
		  .hint = "the switch masks interrupts for its own time and puts back the wrong "
			  "mask"),
	TEST_CASE(second_call_changes_nothing, .mmu = TEST_MMU_ANY,
		  .spec = "arch/arm64/include/asm/mmu.h",
		  .hint = "turning the MMU off twice is taken for a switch: the maintenance "
			  "would drop live lines"),
	TEST_CASE(wrong_ranges_are_refused, .mmu = TEST_MMU_ANY,
		  .spec = "arch/arm64/include/asm/mmu_off.h",
		  .hint = "memory is shared across the switch in parts of a granule: an "
			  "invalidation would drop a neighbour's data"),
	TEST_CASE(cost_is_that_of_what_is_in_use,
		  .spec = "arch/arm64/include/asm/mmu_off.h",
		  .hint = "the switch maintains more than what is in use, or less than the "
			  "image's data"),
	TEST_CASE(exceptions_come_without_the_mmu, .spec = "DDI0487J.a D1.3", .mmu = TEST_MMU_OFF,
		  .hint = "VBAR, the vectors or the stack are not where the CPU finds them "
			  "untranslated"),
	TEST_CASE(unaligned_access_faults_without_the_mmu, .spec = SPEC_OFF, .mmu = TEST_MMU_OFF,
		  .hint = "the CPU or emulator does not treat memory as Device with the MMU off "
			  "(QEMU 7.2 needs SCTLR.A)"),
	TEST_CASE(time_passes_without_the_mmu, .spec = "DDI0487J.a D12.1.2", .mmu = TEST_MMU_OFF,
		  .hint = "the counter cannot be read with the MMU off, or a wait needs what was "
			  "left in the caches"),
	TEST_CASE(console_prints_without_the_mmu, .spec = SPEC_OFF, .mmu = TEST_MMU_OFF,
		  .hint = "the UART's registers are reached through the map only, or the "
			  "driver's data was left in a cache"),
	REGION(each_cpu_goes_off_and_on, .needs = NEED_SMP),
	REGION(cpu_alone_reads_what_was_just_written, .needs = NEED_SMP),
	REGION(cpus_without_the_mmu_take_calls, .needs = NEED_SMP),
	REGION(all_cpus_go_off_and_on, .needs = NEED_SMP),
	TEST_CASE(lock_holds_without_the_mmu, .spec = "DDI0487J.a B2.9.2", .needs = NEED_SMP,
		  .hint = "mutual exclusion with the MMU off uses exclusives, which need not "
			  "work there, or lacks a barrier"),
	TEST_CASE(cpu_starts_without_the_mmu, .spec = "DEN0022F 6.4", .needs = NEED_SMP,
		  .hint = "what a starting CPU reads first was not cleaned to PoC, or CPU_ON "
			  "takes another entry"),
	{}
};
TEST_SUITE(mmu_off, .about = "turning the MMU off and on again", .cases = mmu_off_cases);
