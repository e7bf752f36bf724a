/* SPDX-License-Identifier: BSD-2-Clause */
#include <asm/assembler.h>
#include <asm/exception.h>

	.text

/*
 * void el0_enter(const struct pt_regs *regs): goes to EL0, and comes back only
 * by an exception. SP_EL0, ELR and SPSR are loaded by the caller.
 */
function el0_enter
	ldp	x2, x3, [x0, #PT_REGS_X + 16]
	ldp	x4, x5, [x0, #PT_REGS_X + 32]
	ldp	x6, x7, [x0, #PT_REGS_X + 48]
	ldp	x8, x9, [x0, #PT_REGS_X + 64]
	ldp	x10, x11, [x0, #PT_REGS_X + 80]
	ldp	x12, x13, [x0, #PT_REGS_X + 96]
	ldp	x14, x15, [x0, #PT_REGS_X + 112]
	ldp	x16, x17, [x0, #PT_REGS_X + 128]
	ldp	x18, x19, [x0, #PT_REGS_X + 144]
	ldp	x20, x21, [x0, #PT_REGS_X + 160]
	ldp	x22, x23, [x0, #PT_REGS_X + 176]
	ldp	x24, x25, [x0, #PT_REGS_X + 192]
	ldp	x26, x27, [x0, #PT_REGS_X + 208]
	ldp	x28, x29, [x0, #PT_REGS_X + 224]
	ldr	x30, [x0, #PT_REGS_X + 240]
	ldp	x0, x1, [x0, #PT_REGS_X]
	eret
function_end el0_enter
