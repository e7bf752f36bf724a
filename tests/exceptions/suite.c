// SPDX-License-Identifier: BSD-2-Clause
/*
 * Exceptions: each vector that can be reached, what the syndrome registers say,
 * what survives, and what EL0 can do; debug exceptions are the suite debug's. An operating
 * system rests on these from its first page fault on; on a model or under a
 * hypervisor each is somebody's code.
 */
#include "exceptions.h"

static void restore(void)
{
	exception_reset_handlers();
	auth_restore();
	el0_exit();
}

#define SYNDROME	"DDI0487J.a D19.2.37 ESR_ELx"
#define VECTORS_OF	"DDI0487J.a D1.3.1 exception vectors"
/* Needs no map. */
#define ANY		.mmu = TEST_MMU_ANY
#define HINT_MODEL	"a model or hypervisor reports the exception wrongly"

static const struct test_case exceptions_cases[] = {
	TEST_CASE(undefined_instruction, ANY, .spec = SYNDROME " EC 0x00", .hint = HINT_MODEL),
	TEST_CASE(brk_syndrome, ANY, .spec = SYNDROME " EC 0x3c", .hint = HINT_MODEL),
	TEST_CASE(svc_syndrome, ANY, .spec = SYNDROME " EC 0x15", .hint = HINT_MODEL),
	TEST_CASE(hvc_syndrome, ANY, .spec = SYNDROME " EC 0x16", .hint = HINT_MODEL),
	TEST_CASE(smc_is_answered, ANY, .spec = "DEN0028F 5.2 unknown function identifier",
		  .hint = "EL3 has no handler, or the ID register shows an EL3 that is not there"),
	TEST_CASE(sync_from_sp0, ANY, .spec = VECTORS_OF, .hint = HINT_MODEL),
	TEST_CASE(sp_alignment, ANY, .spec = "DDI0487J.a D1.3.9.1",
		  .hint = "SCTLR_ELx.SA has no effect"),
	TEST_CASE(pc_alignment, ANY, .spec = "DDI0487J.a D1.3.8.1", .hint = HINT_MODEL),
	TEST_CASE(illegal_state, ANY, .spec = "DDI0487J.a D1.3.7", .hint = HINT_MODEL),
	TEST_CASE(undefined_behaviour_traps, ANY, .spec = "Kconfig: UBSAN",
		  .hint = "the compiler was not given -fsanitize"),
	TEST_CASE(data_abort_read, .spec = SYNDROME " EC 0x25", .hint = HINT_MODEL),
	TEST_CASE(data_abort_write, .spec = SYNDROME " EC 0x25", .hint = HINT_MODEL),
	TEST_CASE(permission_fault, .spec = SYNDROME " EC 0x25", .hint = HINT_MODEL),
	TEST_CASE(prefetch_abort, .spec = SYNDROME " EC 0x21", .hint = HINT_MODEL),
	TEST_CASE(execute_never, .spec = SYNDROME " EC 0x21",
		  .hint = "UXN, PXN or XN of a descriptor has no effect"),
	TEST_CASE(exclusive_alignment, ANY, .spec = "DDI0487J.a B2.8.3", .hint = HINT_MODEL),
	TEST_CASE(faults_are_values, .spec = SYNDROME, .hint = HINT_MODEL),
	TEST_CASE(stack_overflow_is_told, .spec = "docs/output.md",
		  .hint = "the page below the stack is mapped"),
	TEST_CASE(registers_are_kept, ANY, .spec = "DDI0487J.a D1.3.1", .hint = HINT_MODEL),
	TEST_CASE(flags_are_kept, ANY, .spec = "DDI0487J.a C5.2.18 SPSR_ELx", .hint = HINT_MODEL),
	TEST_CASE(handler_changes_pc, ANY, .spec = "DDI0487J.a D1.4 exception return",
		  .hint = HINT_MODEL),
	TEST_CASE(exceptions_nest, ANY, .spec = "DDI0487J.a D1.3.1", .hint = HINT_MODEL),
	TEST_CASE(fault_in_handler_ends_call, ANY, .spec = "DDI0487J.a D1.3.1", .hint = HINT_MODEL),
	TEST_CASE(irq_from_spx, ANY, .spec = VECTORS_OF, .hint = HINT_MODEL),
	TEST_CASE(irq_from_sp0, ANY, .spec = VECTORS_OF, .hint = HINT_MODEL),
	TEST_CASE(irq_from_el0, ANY, .spec = VECTORS_OF, .hint = HINT_MODEL),
	TEST_CASE(fiq_from_spx, ANY, .spec = VECTORS_OF, .hint = HINT_MODEL),
	TEST_CASE(fiq_from_sp0, ANY, .spec = VECTORS_OF, .hint = HINT_MODEL),
	TEST_CASE(fiq_from_el0, ANY, .spec = VECTORS_OF, .hint = HINT_MODEL),
	TEST_CASE(serror_from_spx, ANY, .spec = VECTORS_OF, .hint = HINT_MODEL),
	TEST_CASE(serror_from_sp0, ANY, .spec = VECTORS_OF, .hint = HINT_MODEL),
	TEST_CASE(serror_from_el0, ANY, .spec = VECTORS_OF, .hint = HINT_MODEL),
	TEST_CASE(masked_irq_waits, ANY, .spec = "DDI0487J.a D1.3.4 asynchronous exception masking",
		  .hint = HINT_MODEL),
	TEST_CASE(el0_svc, ANY, .spec = SYNDROME " EC 0x15", .hint = HINT_MODEL),
	TEST_CASE(el0_registers, ANY, .spec = "DDI0487J.a D1.3.1", .hint = HINT_MODEL),
	TEST_CASE(el0_undefined, ANY, .spec = SYNDROME " EC 0x00", .hint = HINT_MODEL),
	TEST_CASE(el0_privileged, ANY, .spec = "DDI0487J.a D19.2.118 SCTLR_EL1", .hint = HINT_MODEL),
	TEST_CASE(el0_data, .spec = "DDI0487J.a D8.4.1", .hint = "AP[1] has no effect"),
	TEST_CASE(el0_data_abort, .spec = SYNDROME " EC 0x24", .hint = "AP[1] has no effect"),
	TEST_CASE(el0_prefetch_abort, .spec = SYNDROME " EC 0x20", .hint = "UXN has no effect"),
	TEST_CASE(branch_target, ANY, .spec = SYNDROME " EC 0x0d", .hint = HINT_MODEL),
	TEST_CASE(pointer_authentication, ANY, .spec = "DDI0487J.a D8.10", .hint = HINT_MODEL),
	TEST_CASE(fp_state_is_kept, ANY, .spec = "DDI0487J.a B1.2.2 SIMD and floating-point registers",
		  .hint = HINT_MODEL),
	TEST_CASE(features_do_not_trap, ANY, .spec = "DDI0487J.a D19.2 ID registers",
		  .hint = "the firmware leaves a trap in place, or shows a feature that it keeps back"),
	{}
};

TEST_SUITE(exceptions, .about = "vectors, syndromes, EL0, traps from above",
	   .exit = restore, .cases = exceptions_cases);
