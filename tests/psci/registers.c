// SPDX-License-Identifier: BSD-2-Clause
/*
 * What a call leaves alone. Every register holds a value of its own before the
 * call, so that a swap of two is seen as well.
 */
#include "psci.h"

static u64 pattern(unsigned int n)
{
	return 0xa55a000000000000ULL | (u64)n << 32 | (0x1234abcd ^ n);
}

static void call_with_patterns(u32 fn, u64 arg, struct smccc_regs *regs)
{
	unsigned int i;

	for (i = 0; i < 31; i++)
		regs->x[i] = pattern(i);
	regs->x[0] = fn;
	regs->x[1] = arg;
	REQUIRE_EQ(smccc_call(regs), 0);
}

static void check_range(u32 fn, unsigned int first, unsigned int last)
{
	struct smccc_regs regs;
	unsigned int i;

	call_with_patterns(fn, PSCI_FN_VERSION, &regs);
	for (i = first; i <= last; i++)
		CHECK_EQ(regs.x[i], pattern(i), "x%u after function 0x%x", i, fn);
	CHECK_EQ(regs.sp_after, regs.sp_before, "sp after function 0x%x", fn);
}

static void need_0_2(void)
{
	if (psci_version() < PSCI_VERSION(0, 2))
		SKIP("PSCI 0.1 has no function that can be called without an effect");
}

void call_preserves_x18_to_x30_and_sp(void)
{
	need_0_2();
	check_range(PSCI_FN_VERSION, 18, 30);
	check_range(PSCI_FN_RESERVED, 18, 30);
}

void call_preserves_x4_to_x17(void)
{
	need_0_2();
	if (smccc_version() < SMCCC_VERSION_1_1)
		SKIP("SMCCC 1.0, or no SMCCC_VERSION to ask: x4-x17 are the callee's to change");
	check_range(PSCI_FN_VERSION, 4, 17);
	check_range(PSCI_FN_RESERVED, 4, 17);
}
