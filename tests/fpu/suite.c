// SPDX-License-Identifier: BSD-2-Clause
/*
 * The registers of FP, SIMD and SVE: 32 vectors, predicates and FFR, FPSR, FPCR.
 * An operating system does not save them in each exception: that is right as long
 * as nobody touches them there, neither the CPU nor who runs above and is called
 * or takes interrupts of its own. And each CPU has its own: a hypervisor that
 * switches CPUs lazily, or a model, mixes them up.
 *
 * The image is built without them, so that what a case loads stays until it looks,
 * unless somebody else changes it. Values are compared bit by bit, each register
 * having another, and go through memory that nobody else writes.
 */
#include <base/string.h>
#include <core/heap.h>
#include "fpu.h"

struct fpu_areas fpu_areas_get(void)
{
	struct fpu_areas areas = { .memory = NULL };
	size_t size = fp_state_size();

	if (!size)
		SKIP("ID_AA64PFR0_EL1.FP: no floating point");
	areas.memory = heap_alloc(2 * size);
	REQUIRE(areas.memory);
	areas.want = areas.memory;
	areas.found = areas.memory + size;
	return areas;
}

void fpu_areas_put(struct fpu_areas *areas)
{
	heap_free(areas->memory);
	areas->memory = NULL;
}

/* Where in the area byte @at is, by its layout (asm/fp.h). */
static const char *register_at(size_t at, unsigned int *number)
{
	size_t vl = fp_vector_bytes();

	*number = at / vl;
	if (*number < 32)
		return fp_has_sve() ? "Z" : "Q";
	if (fp_state_size() - at <= 16) {
		*number = 0;
		return fp_state_size() - at > 8 ? "FPSR" : "FPCR";
	}
	*number = (at - 32 * vl) / (vl / 8);
	return *number < 16 ? "P" : "FFR";
}

void fpu_compare(const struct fpu_areas *areas, const char *behind)
{
	size_t at, size = fp_state_size();
	unsigned int number;
	const char *name;

	for (at = 0; at < size && areas->found[at] == areas->want[at]; at++)
		;
	if (at == size) {
		CHECK_MEMEQ(areas->found, areas->want, size);
		return;
	}
	name = register_at(at, &number);
	at = ALIGN_DOWN(at, sizeof(u64));
	CHECK_MEMEQ(areas->found + at, areas->want + at, sizeof(u64), "%s %u behind %s, byte %zu",
		    name, number, behind, at);
}

void fpu_need_sve(void)
{
	if (!fp_has_sve())
		SKIP("ID_AA64PFR0_EL1.SVE is 0: no scalable vectors");
}

static void load(void *area)
{
	fp_state_restore(area);
}

/* No rounding mode of ours is left. */
static void fpu_exit(void)
{
	size_t size = fp_state_size();
	void *zeroes = size ? heap_alloc(size) : NULL;

	if (!zeroes)
		return;
	cpu_call_all(load, zeroes, FPU_CALL_US);
	heap_free(zeroes);
}

#define CHANGED_HINT	"somebody who was called, or who took an exception, uses the registers " \
			"and does not save them"

static const struct test_case fpu_cases[] = {
	TEST_CASE(registers_hold_their_values,
		  .spec = "DDI0487J.a B1.2, C6.2 WRFFR, C5.2 FPCR, FPSR",
		  .hint = "a register that is not there, or two that are one"),
	TEST_CASE(kept_over_exceptions, .spec = "DDI0487J.a D1.3.1", .hint = CHANGED_HINT),
	TEST_CASE(kept_over_interrupts, .needs = NEED_IRQ, .spec = "DDI0487J.a D1.3.1",
		  .hint = CHANGED_HINT ": a hypervisor's own, as it takes each interrupt first"),
	TEST_CASE(kept_over_el0, .spec = "DDI0487J.a D1.3.1, D1.4", .hint = CHANGED_HINT),
	TEST_CASE(kept_over_firmware_calls, .needs = NEED_PSCI,
		  .spec = "DEN0028F 2.6: SIMD and FP registers are preserved",
		  .hint = CHANGED_HINT),
	TEST_CASE(kept_over_the_mmu, .mmu = TEST_MMU_ON, .spec = "DDI0487J.a D8.2.10",
		  .hint = "the code that turns the MMU off uses them"),
	TEST_CASE(private_to_each_cpu, .needs = NEED_SMP, .timeout_ms = 30000,
		  .spec = "DDI0487J.a B1.2",
		  .hint = "a hypervisor switches them lazily, and not in time"),
	TEST_CASE(vectors_have_the_length_asked_for, .spec = "DDI0487J.a D19.2 ZCR_EL1",
		  .hint = "ZCR_ELx.LEN of a higher level, or a hypervisor, allows less than it "
			  "shows"),
	TEST_CASE(lengths_are_each_cpus_own, .needs = NEED_SMP, .spec = "DDI0487J.a D19.2 ZCR_EL1",
		  .hint = "a hypervisor keeps one ZCR_EL1 for several CPUs"),
	TEST_CASE(disabled_registers_trap, .spec = "DDI0487J.a D19.2 CPACR_EL1, CPTR_EL2",
		  .hint = "CPACR_EL1.FPEN or ZEN is not looked at: who switches them lazily "
			  "never learns of their use"),
	{}
};

TEST_SUITE(fpu, .about = "FP, SIMD and SVE registers", .mmu = TEST_MMU_ANY, .exit = fpu_exit,
	   .cases = fpu_cases);
