// SPDX-License-Identifier: BSD-2-Clause
/*
 * Running at EL0: the page of el0_code.S, mapped a second time; where EL0 has stage 1 off
 * (asm/el0.h) it is that page itself. None of it needs data or a stack.
 */
#include <core/address_space.h>
#include <asm/cache.h>
#include <asm/el0.h>
#include <asm/mmu.h>
#include <asm/page.h>
#include "pmu.h"

extern const char pmu_el0_begin[], pmu_el0_end[];
extern const char pmu_el0_loop[], pmu_el0_read_cycles[], pmu_el0_read_counter[];
extern const char pmu_el0_increment[], pmu_el0_read_control[];

static u64 window;

static void map(void)
{
	u64 va = (u64)address_space_alloc(PAGE_SIZE, PAGE_SIZE);

	REQUIRE_NE(va, 0ULL);
	if (!CHECK_EQ(mmu_map_at(va, (u64)pmu_el0_begin, PAGE_SIZE, MAP_EL0_RX), 0)) {
		address_space_free((void *)va, PAGE_SIZE);
		test_end_case();
	}
	window = va;
}

void pmu_el0_unmap(void)
{
	if (!window)
		return;
	CHECK_EQ(mmu_unmap(window, PAGE_SIZE), 0);
	CHECK_EQ(address_space_free((void *)window, PAGE_SIZE), 0);
	window = 0;
}

static const char *entry(enum el0_code code)
{
	switch (code) {
	case EL0_LOOP:
		return pmu_el0_loop;
	case EL0_READ_CYCLES:
		return pmu_el0_read_cycles;
	case EL0_READ_COUNTER:
		return pmu_el0_read_counter;
	case EL0_INCREMENT:
		return pmu_el0_increment;
	default:
		return pmu_el0_read_control;
	}
}

static u64 address(const char *code)
{
	if (arch_el0_translated()) {
		if (!window)
			map();
		return window + (u64)(code - pmu_el0_begin);
	}
	cache_clean_poc(pmu_el0_begin, (size_t)(pmu_el0_end - pmu_el0_begin));
	return (u64)code;
}

unsigned int pmu_el0_run(enum el0_code code, u64 x0, u64 *result)
{
	struct pt_regs regs = { .pc = address(entry(code)), .x[0] = x0 };
	struct exception_info info;

	REQUIRE_EQ(arch_el0_call(&regs, &info), 0, "%s, ESR 0x%llx",
		   exception_vector_name(info.vector), info.esr);
	*result = regs.x[0];
	return ESR_EC(info.esr);
}
