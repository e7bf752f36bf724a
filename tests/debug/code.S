/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Instructions that are broken on, watched and stepped. Each function is given a
 * struct debug_arg, and unmasks debug exceptions around them only.
 *
 *	x0	address for the instruction (struct debug_arg)
 *	x9	DAIF of the caller
 *	x10	DAIF while the instructions run
 */
#include <asm/assembler.h>
#include "debug.h"

#define STXR_TURNS	64

.macro	label name
	.globl	\name
	.hidden	\name
\name:
.endm

.macro	unmasked name
function \name
	ldr	x10, [x0, #DEBUG_ARG_DAIF]
	ldr	x0, [x0, #DEBUG_ARG_X0]
	mrs	x9, daif
	msr	daif, x10
	isb
.endm

.macro	masked name
	msr	daif, x9
	ret
function_end \name
.endm

/* One instruction with its address in x0. */
.macro	one name, insn:vararg
	unmasked \name
	\insn
	masked	\name
.endm

	.text

	unmasked code_nops
label code_nops_at
	nop
	nop
	nop
	masked	code_nops

/* Turns of a loop in x0; comes back with x1 of them done, which the loop counts itself. */
	unmasked code_loop
	mov	x1, xzr
.Lturn:
label code_loop_at
	add	x1, x1, #1
	sub	x0, x0, #1
	cbnz	x0, .Lturn
	masked	code_loop

/* Stepping begins behind the first BRK: one taken branch, one not, none of the skipped ones. */
	unmasked code_steps
	brk	#BRK_STEP_ON
label code_steps_at
	mov	x1, #1
	add	x1, x1, #1
	b	.Lbranched
	nop
.Lbranched:
	cbz	x1, .Lnever
	nop
.Lnever:
	brk	#BRK_STEP_OFF
	masked	code_steps

/* x0: a word that may be accessed exclusively */
	unmasked code_step_exclusive
	brk	#BRK_STEP_ON
label code_step_exclusive_at
	ldxr	x1, [x0]
	clrex
	ldr	x1, [x0]
	brk	#BRK_STEP_OFF
	masked	code_step_exclusive

	one	code_ldrb, ldrb w1, [x0]
	one	code_ldrh, ldrh w1, [x0]
	one	code_ldrw, ldr w1, [x0]
	one	code_ldrx, ldr x1, [x0]
	one	code_strb, strb wzr, [x0]
	one	code_strh, strh wzr, [x0]
	one	code_strw, str wzr, [x0]
	one	code_strx, str xzr, [x0]
	one	code_ldp, ldp x1, x2, [x0]
	one	code_stp, stp xzr, xzr, [x0]
	one	code_ldar, ldar x1, [x0]
	one	code_stlr, stlr xzr, [x0]
	one	code_ldxr, ldxr x1, [x0]
	one	code_ldtr, ldtr x1, [x0]
	one	code_sttr, sttr xzr, [x0]
	one	code_prfm, prfm pldl1keep, [x0]

/* The audit's mark is a load: of the word beside the watched one, in the same line. */
	unmasked code_dc_cvac
	audit_site
	add	x1, x0, #8
	audit_dc cvac, x1
	dc	cvac, x0
	masked	code_dc_cvac

/*
 * The load goes by the watchpoint, which is for stores. A store that fails, as it may for
 * no reason, need not come to the watchpoint (DDI0487J.a D2.10): a few more turns then. One
 * that does leaves w2 as it was.
 */
	unmasked code_stxr
	mov	w3, #STXR_TURNS
.Lexclusive:
	mov	w2, wzr
	ldxr	x1, [x0]
	stxr	w2, xzr, [x0]
	cbz	w2, .Lstored
	subs	w3, w3, #1
	b.ne	.Lexclusive
.Lstored:
	clrex
	masked	code_stxr
