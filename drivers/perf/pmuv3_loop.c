// SPDX-License-Identifier: BSD-2-Clause
/* A loop of known length, counted from its first instruction to its last. */
#include <base/compiler.h>
#include <drivers/pmu.h>

/* The load is of this function's stack, which is there with the MMU off as well. */
__noinline void pmu_loop(u64 control, u64 turns)
{
	u64 word = 0, stop = control & ~(PMCR_E | PMCR_P | PMCR_C);

	__asm__ volatile(
		"isb\n\t"
		"msr pmcr_el0, %[control]\n\t"
		"isb\n"
		"1: ldr xzr, [%[word]]\n\t"
		"subs %[turns], %[turns], #1\n\t"
		"b.ne 1b\n\t"
		"isb\n\t"
		"msr pmcr_el0, %[stop]\n\t"
		"isb"
		: [turns] "+r"(turns)
		: [control] "r"(control), [stop] "r"(stop), [word] "r"(&word)
		: "memory", "cc");
}
