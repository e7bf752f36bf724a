/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls to firmware, with every general register loaded before and stored after:
 * what the callee leaves is for tests to judge.
 *
 * No general register is trusted over the call, not even sp: TPIDR_EL0 takes x0
 * out of the way, and the rest is found by TPIDR_EL1, which is the caller's alone.
 */
#include <asm/assembler.h>
#include <asm/percpu.h>
#include <asm/smccc.h>

#define SAVED_REGS	CPU_LOCAL_SMCCC		// struct smccc_regs *
#define SAVED_SP	(CPU_LOCAL_SMCCC + 8)
#define SAVED_TPIDR	(CPU_LOCAL_SMCCC + 16)

/*
 * In the macro:	x0	struct smccc_regs *, until it is loaded
 *			x30	the same, until it is loaded itself
 * Afterwards:		x0	struct smccc_regs *, x1 scratch
 */
.macro	firmware_call insn
	stp	x29, x30, [sp, #-96]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	mrs	x9, tpidr_el1
	mov	x10, sp
	mrs	x11, tpidr_el0
	stp	x0, x10, [x9, #SAVED_REGS]
	str	x11, [x9, #SAVED_TPIDR]
	str	x10, [x0, #SMCCC_REGS_SP_BEFORE]

	mov	x30, x0
	ldp	x0, x1, [x30, #0]
	ldp	x2, x3, [x30, #16]
	ldp	x4, x5, [x30, #32]
	ldp	x6, x7, [x30, #48]
	ldp	x8, x9, [x30, #64]
	ldp	x10, x11, [x30, #80]
	ldp	x12, x13, [x30, #96]
	ldp	x14, x15, [x30, #112]
	ldp	x16, x17, [x30, #128]
	ldp	x18, x19, [x30, #144]
	ldp	x20, x21, [x30, #160]
	ldp	x22, x23, [x30, #176]
	ldp	x24, x25, [x30, #192]
	ldp	x26, x27, [x30, #208]
	ldp	x28, x29, [x30, #224]
	ldr	x30, [x30, #240]

	\insn	#0

	msr	tpidr_el0, x0
	mrs	x0, tpidr_el1
	ldr	x0, [x0, #SAVED_REGS]
	str	x1, [x0, #8]
	stp	x2, x3, [x0, #16]
	stp	x4, x5, [x0, #32]
	stp	x6, x7, [x0, #48]
	stp	x8, x9, [x0, #64]
	stp	x10, x11, [x0, #80]
	stp	x12, x13, [x0, #96]
	stp	x14, x15, [x0, #112]
	stp	x16, x17, [x0, #128]
	stp	x18, x19, [x0, #144]
	stp	x20, x21, [x0, #160]
	stp	x22, x23, [x0, #176]
	stp	x24, x25, [x0, #192]
	stp	x26, x27, [x0, #208]
	stp	x28, x29, [x0, #224]
	str	x30, [x0, #240]
	mov	x1, sp
	str	x1, [x0, #SMCCC_REGS_SP_AFTER]
	mrs	x1, tpidr_el0
	str	x1, [x0, #0]

	mrs	x9, tpidr_el1
	ldp	x10, x11, [x9, #SAVED_SP]
	mov	sp, x10
	msr	tpidr_el0, x11
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	x29, x30, [sp], #96
	ret
.endm

	.text

/* void arch_smc(struct smccc_regs *regs) */
function arch_smc
	firmware_call smc
function_end arch_smc

/* void arch_hvc(struct smccc_regs *regs) */
function arch_hvc
	firmware_call hvc
function_end arch_hvc
