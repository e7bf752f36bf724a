// SPDX-License-Identifier: BSD-2-Clause
/*
 * EL0: entered, left by each kind of synchronous exception. Its code is a second
 * mapping of a page of the image; at EL2 without VHE, where EL0 has stage 1 off, it
 * is that page itself.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/address_space.h>
#include <core/page_alloc.h>
#include <asm/cache.h>
#include <asm/el0.h>
#include <asm/mmu.h>
#include <asm/page.h>
#include "exceptions.h"

#define EL0_PAGES	2	/* code, data with the stack at its end */

extern char el0_code_end[];

static u64 window, data_page;

static void map(void)
{
	u64 va = (u64)address_space_alloc(EL0_PAGES * PAGE_SIZE, PAGE_SIZE);
	u64 data = (u64)pages_alloc(PAGE_SIZE, PAGE_SIZE);

	REQUIRE_NE(va, 0ULL);
	REQUIRE_NE(data, 0ULL);
	REQUIRE_EQ(mmu_map_at(va, (u64)el0_return, PAGE_SIZE, MAP_EL0_RX), 0);
	REQUIRE_EQ(mmu_map_at(va + PAGE_SIZE, data, PAGE_SIZE, MAP_EL0_RW), 0);
	window = va;
	data_page = data;
}

void el0_exit(void)
{
	if (!window)
		return;
	CHECK_EQ(mmu_unmap(window, EL0_PAGES * PAGE_SIZE), 0);
	CHECK_EQ(address_space_free((void *)window, EL0_PAGES * PAGE_SIZE), 0);
	CHECK_EQ(pages_free((void *)data_page, PAGE_SIZE), 0);
	window = 0;
}

u64 el0_address(const char *code)
{
	if (!arch_el0_translated())
		return (u64)code;
	return window + (u64)(code - el0_return);
}

static void prepare(void)
{
	if (arch_el0_translated() && !window)
		map();
	if (!arch_el0_translated())
		cache_clean_poc(el0_return, el0_code_end - el0_return);
}

static u64 pattern(unsigned int n)
{
	return 0x3ca5000000000000ULL | (u64)n << 32 | (0x2468aceU ^ n);
}

void el0_run(struct taken *taken, const char *code, u64 x0, u64 x1)
{
	unsigned int i;

	prepare();
	taken->regs = (struct pt_regs){ .pc = el0_address(code) };
	for (i = 2; i < 31; i++)
		taken->regs.x[i] = pattern(i);
	taken->regs.x[0] = x0;
	taken->regs.x[1] = x1;
	if (arch_el0_translated())
		taken->regs.sp = window + EL0_PAGES * PAGE_SIZE;
	REQUIRE_EQ(arch_el0_call(&taken->regs, &taken->info), 0, "%s, ESR 0x%llx",
		   exception_vector_name(taken->info.vector), taken->info.esr);
}

static void need_translation(void)
{
	if (!arch_el0_translated())
		SKIP("EL2 without VHE: EL0 below it has no translation, so no memory of its own");
}

static void check_el0(const struct taken *taken, unsigned int class, const char *elr)
{
	CHECK_VECTOR(taken, VECTOR_LOWER64_SYNC);
	CHECK_CLASS(taken, class);
	CHECK_EQ(taken->info.elr, el0_address(elr), "ELR");
	CHECK_EQ(taken->info.spsr & 0x1f, 0ULL, "SPSR 0x%llx: EL0t", taken->info.spsr);
}

void el0_svc(void)
{
	struct taken taken;

	el0_run(&taken, el0_return, 40, 2);
	check_el0(&taken, EC_SVC, el0_return_at + 4);
	CHECK_EQ(ESR_ISS(taken.info.esr), (u64)EL0_IMMEDIATE);
	CHECK_EQ(taken.regs.x[0], 42ULL);
}

/* x2 to x30 go down and come back, each one more. */
void el0_registers(void)
{
	struct taken taken;
	unsigned int i;

	el0_run(&taken, el0_return, 0, 0);
	for (i = 2; i < 31; i++)
		CHECK_EQ(taken.regs.x[i], pattern(i) + 1, "x%u", i);
	CHECK_EQ(taken.regs.sp, arch_el0_translated() ? window + EL0_PAGES * PAGE_SIZE : 0ULL, "SP_EL0");
}

void el0_undefined(void)
{
	struct taken taken;

	el0_run(&taken, el0_bad, 0, 0);
	check_el0(&taken, EC_UNKNOWN, el0_bad_at);
}

void el0_privileged(void)
{
	struct taken taken;

	el0_run(&taken, el0_sysreg, 0, 0);
	/* Undefined at EL0; with HCR_EL2.TGE EL2 may be told of the access instead. */
	if (ESR_EC(taken.info.esr) != EC_SYSREG)
		check_el0(&taken, EC_UNKNOWN, el0_sysreg_at);
	CHECK_EQ(taken.info.elr, el0_address(el0_sysreg_at), "ELR");
}

void el0_data(void)
{
	struct taken taken;

	need_translation();
	prepare();
	el0_run(&taken, el0_store, window + PAGE_SIZE, 0x1234567890abcdefULL);
	CHECK_CLASS(&taken, EC_SVC);
	CHECK_EQ(taken.regs.x[2], 0x1234567890abcdefULL);
	CHECK_EQ(taken.regs.x[3], 0x1234567890abcdefULL, "by its own stack");
	CHECK_EQ(*(volatile u64 *)data_page, 0x1234567890abcdefULL, "as the image sees the page");
}

/* The image's own data is none of EL0's. */
void el0_data_abort(void)
{
	static u64 secret = 1;
	struct taken taken;

	need_translation();
	el0_run(&taken, el0_fault, (u64)&secret, 7);
	check_el0(&taken, EC_DABT_LOWER, el0_fault_at);
	CHECK_EQ(ESR_FSC(taken.info.esr) & ~3U, 0xcU, "a permission fault; ESR 0x%llx",
		 taken.info.esr);
	CHECK_EQ(taken.info.far, (u64)&secret, "FAR");
	CHECK_EQ(taken.regs.x[1], 7ULL, "x1 was loaded");
}

/* Nor is its code: UXN. */
void el0_prefetch_abort(void)
{
	struct taken taken;

	need_translation();
	prepare();
	taken.regs = (struct pt_regs){ .pc = (u64)el0_return };
	REQUIRE_EQ(arch_el0_call(&taken.regs, &taken.info), 0);
	CHECK_VECTOR(&taken, VECTOR_LOWER64_SYNC);
	CHECK_CLASS(&taken, EC_IABT_LOWER);
	CHECK_EQ(taken.info.far, (u64)el0_return, "FAR");
}
