// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <asm/mmu_off.h>
#include <test/test.h>

static u64 in_data = 1, in_bss;

static void data_is_seen_on_both_sides(void)
{
	u64 on_stack = 3;

	in_data = 11;
	in_bss = 12;
	REQUIRE_EQ(mmu_disable(), 0);
	CHECK(!mmu_is_on());
	CHECK_EQ(in_data, 11ULL);
	CHECK_EQ(in_bss, 12ULL);
	CHECK_EQ(on_stack, 3ULL);
	in_data = 21;
	in_bss = 22;
	on_stack = 23;
	REQUIRE_EQ(mmu_enable(), 0);
	CHECK(mmu_is_on());
	CHECK_EQ(in_data, 21ULL);
	CHECK_EQ(in_bss, 22ULL);
	CHECK_EQ(on_stack, 23ULL);
	test_diag("DC operations: %llu once, %llu off, %llu on, %u bytes each", mmu_off_cost()->read_only,
		  mmu_off_cost()->off, mmu_off_cost()->on, mmu_off_cost()->line);
}

static const struct test_case mmu_off_cases[] = {
	TEST_CASE(data_is_seen_on_both_sides, .spec = "DDI0487J.a D7.5.9"),
	{}
};
TEST_SUITE(mmu_off, .about = "turning the MMU off and on again", .cases = mmu_off_cases);
