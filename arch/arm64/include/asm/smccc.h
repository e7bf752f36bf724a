/* SPDX-License-Identifier: BSD-2-Clause */
/* SMC Calling Convention: the two instructions that make a call. */
#ifndef ASM_SMCCC_H
#define ASM_SMCCC_H

#define SMCCC_REGS_SP_BEFORE	248
#define SMCCC_REGS_SP_AFTER	256

#ifndef __ASSEMBLER__
#include <base/types.h>

/** struct smccc_regs - every general register around a call */
struct smccc_regs {
	u64 x[31];		/* in: as the callee finds them; out: as it leaves them */
	u64 sp_before;		/* out: stack pointer around the call */
	u64 sp_after;
};

_Static_assert(offsetof(struct smccc_regs, sp_before) == SMCCC_REGS_SP_BEFORE, "SP_BEFORE");
_Static_assert(offsetof(struct smccc_regs, sp_after) == SMCCC_REGS_SP_AFTER, "SP_AFTER");

/**
 * arch_smc() - SMC #0
 * @regs: registers
 *
 * The caller is safe from whatever the callee does to registers. TPIDR_EL0
 * holds a value of its own meanwhile.
 */
void arch_smc(struct smccc_regs *regs);

/** arch_hvc() - HVC #0 likewise */
void arch_hvc(struct smccc_regs *regs);
#endif

#endif
