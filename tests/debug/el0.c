// SPDX-License-Identifier: BSD-2-Clause
/*
 * A page of code and one of data for EL0: a second mapping, or the pages themselves
 * where EL0 sees physical addresses (EL2 without VHE, MMU off).
 */
#include <core/address_space.h>
#include <core/page_alloc.h>
#include <asm/cache.h>
#include <asm/el0.h>
#include <asm/mmu.h>
#include <asm/page.h>
#include "debug.h"

#define PAGES	2	/* code, data */

static u64 window, data_page;

static void map(void)
{
	window = (u64)address_space_alloc(PAGES * PAGE_SIZE, PAGE_SIZE);
	REQUIRE_NE(window, 0ULL);
	REQUIRE_EQ(mmu_map_at(window, (u64)debug_el0_begin, PAGE_SIZE, MAP_EL0_RX), 0);
	REQUIRE_EQ(mmu_map_at(window + PAGE_SIZE, data_page, PAGE_SIZE, MAP_EL0_RW), 0);
}

void debug_el0_prepare(void)
{
	if (data_page)
		return;
	data_page = (u64)pages_alloc(PAGE_SIZE, PAGE_SIZE);
	REQUIRE_NE(data_page, 0ULL);
	if (arch_el0_translated()) {
		map();
		return;
	}
	cache_clean_poc(debug_el0_begin, debug_el0_end - debug_el0_begin);
	/* Nothing of it is written back over what EL0 stores past the caches. */
	cache_clean_invalidate_poc((void *)data_page, PAGE_SIZE);
}

void debug_el0_exit(void)
{
	if (window) {
		CHECK_EQ(mmu_unmap(window, PAGES * PAGE_SIZE), 0);
		CHECK_EQ(address_space_free((void *)window, PAGES * PAGE_SIZE), 0);
	}
	if (data_page)
		CHECK_EQ(pages_free((void *)data_page, PAGE_SIZE), 0);
	window = data_page = 0;
}

u64 debug_el0_address(const char *code)
{
	return window ? window + (u64)(code - debug_el0_begin) : (u64)code;
}

u64 debug_el0_data(void)
{
	return window ? window + PAGE_SIZE : data_page;
}

u64 *debug_el0_data_here(void)
{
	return (u64 *)data_page;
}
