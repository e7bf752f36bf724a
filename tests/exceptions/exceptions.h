/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef TESTS_EXCEPTIONS_H
#define TESTS_EXCEPTIONS_H

#ifndef __ASSEMBLER__
#include <asm/exception.h>
#include <test/test.h>

/* An exception as it ended a function or came to a handler. */
struct taken {
	struct exception_info info;
	struct pt_regs regs;
};

/* Run @fn, which must take an exception that nobody handles. */
void take(struct taken *taken, void (*fn)(void *arg), void *arg);

/* The same with @handler at @vector; false when @fn came back. */
bool take_handled(struct taken *taken, enum exception_vector vector,
		  const struct exception_handler *handler, void (*fn)(void *arg), void *arg);

#define CHECK_CLASS(taken, class)						\
	CHECK_EQ(ESR_EC((taken)->info.esr), class, "ESR 0x%llx", (taken)->info.esr)
#define CHECK_VECTOR(taken, which)						\
	CHECK_EQ((int)(taken)->info.vector, (int)(which), "%s",			\
		 exception_vector_name((taken)->info.vector))

/* sync_code.S: each instruction has a label at it. */
extern char undefined_at[], brk_at[], svc_at[], hvc_at[], smc_at[], sp0_brk_at[];
extern char misaligned_sp_at[];
void run_undefined(void *unused);
void run_brk(void *unused);
void run_svc(void *unused);
void run_hvc(void *result);
void run_smc(void *result);
void run_brk_on_sp0(void *sp);
void run_misaligned_sp(void *unused);
#endif

#define BRK_IMMEDIATE	0x1234
#define SVC_IMMEDIATE	0xabcd
#define HVC_IMMEDIATE	0x5678
#define EL0_IMMEDIATE	0x0e10
/* Owned by nobody: SMCCC's range of standard services, function 0xffff (DEN0028F 6.3). */
#define UNKNOWN_FUNCTION	0x8400ffff

#ifndef __ASSEMBLER__
/* sync.c */
void undefined_instruction(void);
void brk_syndrome(void);
void svc_syndrome(void);
void hvc_syndrome(void);
void smc_is_answered(void);
void sync_from_sp0(void);
void sp_alignment(void);
void pc_alignment(void);
void illegal_state(void);
void undefined_behaviour_traps(void);

/* abort.c */
void data_abort_read(void);
void data_abort_write(void);
void permission_fault(void);
void prefetch_abort(void);
void execute_never(void);
void exclusive_alignment(void);
void faults_are_values(void);
void stack_overflow_is_told(void);

/* state.c */
void registers_are_kept(void);
void flags_are_kept(void);
void handler_changes_pc(void);
void exceptions_nest(void);
void fault_in_handler_ends_call(void);

/* asynchronous.c */
void irq_from_spx(void);
void irq_from_sp0(void);
void irq_from_el0(void);
void fiq_from_spx(void);
void fiq_from_sp0(void);
void fiq_from_el0(void);
void serror_from_spx(void);
void serror_from_sp0(void);
void serror_from_el0(void);
void masked_irq_waits(void);

/* el0.c */
void el0_svc(void);
void el0_registers(void);
void el0_undefined(void);
void el0_privileged(void);
void el0_data_abort(void);
void el0_data(void);
void el0_prefetch_abort(void);

/* What EL0 may run; see el0_code.S. Returns as arch_el0_call(). */
extern char el0_return[], el0_return_at[], el0_unmasked[], el0_fault[], el0_fault_at[];
extern char el0_bad[], el0_bad_at[], el0_sysreg[], el0_sysreg_at[], el0_store[];
void el0_run(struct taken *taken, const char *code, u64 x0, u64 x1);
u64 el0_address(const char *code);
void el0_exit(void);

/* auth.c */
void branch_target(void);
void pointer_authentication(void);
void auth_restore(void);

/* fp.c */
void fp_state_is_kept(void);

/* features.c */
void features_do_not_trap(void);
#endif
#endif
