// SPDX-License-Identifier: BSD-2-Clause
/* A handler that uses FP and SIMD registers, and the code it interrupts. */
#include <core/heap.h>
#include <asm/fp.h>
#include <asm/sysreg.h>
#include "exceptions.h"

#define VALUES	64	/* 32 registers of two words */

void fp_load(const u64 *values);
void fp_store(u64 *values);

static u64 before[VALUES] __aligned(16), during[VALUES] __aligned(16), after[VALUES] __aligned(16);
static char *area;

static bool use_fp(struct pt_regs *regs, struct exception_info *info)
{
	if (ESR_EC(info->esr) != EC_BRK)
		return false;
	fp_state_save(area);
	fp_load(during);
	fp_state_restore(area);
	regs->pc += 4;
	return true;
}

static void interrupted(void *unused)
{
	fp_load(before);
	run_brk(unused);
	fp_store(after);
}

void fp_state_is_kept(void)
{
	static const struct exception_handler handler = { use_fp };
	struct taken taken = { 0 };
	unsigned int i;
	char *memory;
	bool came;

	if (!fp_state_size())
		SKIP("ID_AA64PFR0_EL1.FP: no floating point");
	memory = heap_alloc(fp_state_size() + 16);
	REQUIRE_NE((u64)memory, 0ULL);
	area = memory + (-(u64)memory & 15);
	for (i = 0; i < VALUES; i++) {
		before[i] = 0x0123456789abcdefULL * (i + 1);
		during[i] = ~before[i];
	}
	came = take_handled(&taken, VECTOR_SPX_SYNC, &handler, interrupted, NULL);
	heap_free(memory);
	REQUIRE(!came, "ESR 0x%llx", taken.info.esr);
	for (i = 0; i < VALUES; i++)
		CHECK_EQ(after[i], before[i], "q%u, word %u", i / 2, i % 2);
}
