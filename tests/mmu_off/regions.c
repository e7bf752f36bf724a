// SPDX-License-Identifier: BSD-2-Clause
/* Each kind of memory over the switch. */
#include <base/errno.h>
#include <base/util.h>
#include <core/address_space.h>
#include <core/heap.h>
#include <core/page_alloc.h>
#include <asm/barrier.h>
#include <asm/cache.h>
#include <asm/mmu.h>
#include <asm/page.h>
#include "mmu_off.h"

/* More than one line of any cache. */
#define WORDS	512

static u64 in_data[WORDS] = { 1 };
static u64 in_bss[WORDS];

void data_is_the_same_on_both_sides(void)
{
	round_trip(in_data, WORDS);
}

void bss_is_the_same_on_both_sides(void)
{
	round_trip(in_bss, WORDS);
}

void stack_is_the_same_on_both_sides(void)
{
	u64 on_stack[WORDS];

	round_trip(on_stack, WORDS);
}

void heap_is_the_same_on_both_sides(void)
{
	u64 *piece = heap_alloc(WORDS * sizeof(u64));

	REQUIRE_NE(piece, NULL);
	round_trip(piece, WORDS);
	heap_free(piece);
}

void pages_are_the_same_on_both_sides(void)
{
	u64 *page = pages_alloc(PAGE_SIZE, 0);

	REQUIRE_NE(page, NULL);
	REQUIRE_EQ(mmu_off_share(page, PAGE_SIZE), 0);
	round_trip(page, PAGE_SIZE / sizeof(u64));
	CHECK_EQ(mmu_off_unshare(page, PAGE_SIZE), 0);
	CHECK_EQ(pages_free(page, PAGE_SIZE), 0);
}

/* As a driver does that is bound in a run with mmu=off. */
void pages_allocated_without_the_mmu_stay(void)
{
	const size_t count = PAGE_SIZE / sizeof(u64);
	u64 *page;

	go_off();
	page = pages_alloc(PAGE_SIZE, 0);
	REQUIRE_NE(page, NULL);
	REQUIRE_EQ(mmu_off_share(page, PAGE_SIZE), 0);
	pattern_write(page, count, 4);
	go_on();
	CHECK(pattern_holds(page, count, 4), "written with the MMU off, read with it on");
	pattern_write(page, count, 5);
	go_off();
	CHECK(pattern_holds(page, count, 5), "written with the MMU on, read with it off");
	pattern_write(page, count, 6);
	CHECK_EQ(mmu_off_unshare(page, PAGE_SIZE), 0);
	go_on();
	CHECK(pattern_holds(page, count, 6), "no longer shared when the MMU went on");
	CHECK_EQ(pages_free(page, PAGE_SIZE), 0);
}

/* mov x0, #value; ret */
static void write_code(u32 *code, u32 value)
{
	code[0] = 0xd2800000 | value << 5;
	code[1] = 0xd65f03c0;
	cache_sync_code(code, 8);
}

static u64 run(const void *code)
{
	u64 (*function)(void) = (u64 (*)(void))(uintptr_t)code;

	return function();
}

/* @code is where it is written, and run with the MMU off; @mapped runs with it on. */
static void run_both(u32 *code, const void *mapped)
{
	write_code(code, 111);
	CHECK_EQ(run(mapped), 111ULL, "MMU on");
	go_off();
	CHECK_EQ(run(code), 111ULL, "written with the MMU on, run with it off");
	write_code(code, 222);
	CHECK_EQ(run(code), 222ULL, "MMU off");
	go_on();
	CHECK_EQ(run(mapped), 222ULL, "written with the MMU off, run with it on");
}

void code_written_on_one_side_runs_on_the_other(void)
{
	void *page = pages_alloc(PAGE_SIZE, 0);
	void *mapped = address_space_alloc(PAGE_SIZE, 0);

	REQUIRE(page && mapped);
	REQUIRE_EQ(mmu_off_share(page, PAGE_SIZE), 0);
	REQUIRE_EQ(mmu_map_at((u64)mapped, (u64)page, PAGE_SIZE, MAP_RX), 0);
	run_both(page, mapped);
	CHECK_EQ(mmu_unmap((u64)mapped, PAGE_SIZE), 0);
	CHECK_EQ(address_space_free(mapped, PAGE_SIZE), 0);
	CHECK_EQ(mmu_off_unshare(page, PAGE_SIZE), 0);
	CHECK_EQ(pages_free(page, PAGE_SIZE), 0);
}

static void read_word(void *arg)
{
	READ_ONCE(*(u64 *)arg);
}

void map_can_be_changed_without_the_mmu(void)
{
	u64 *page = pages_alloc(PAGE_SIZE, 0);
	u64 *mapped = address_space_alloc(PAGE_SIZE, 0);

	REQUIRE(page && mapped);
	*page = 0x600d;
	go_off();
	CHECK_EQ(mmu_map_at((u64)mapped, (u64)page, PAGE_SIZE, MAP_RW), 0);
	go_on();
	if (CHECK_EQ(test_guarded_call(read_word, mapped, NULL, NULL), 0, "mapped with the MMU off"))
		CHECK_EQ(*mapped, 0x600dULL);
	go_off();
	CHECK_EQ(mmu_unmap((u64)mapped, PAGE_SIZE), 0);
	go_on();
	CHECK_EQ(test_guarded_call(read_word, mapped, NULL, NULL), -EFAULT, "unmapped with the MMU off");
	CHECK_EQ(address_space_free(mapped, PAGE_SIZE), 0);
	CHECK_EQ(pages_free(page, PAGE_SIZE), 0);
}
