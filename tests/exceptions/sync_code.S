/* SPDX-License-Identifier: BSD-2-Clause */
/* Instructions that take an exception, with a label at each. */
#include <asm/assembler.h>
#include "exceptions.h"

	.text

.macro	here label
	.globl	\label
	.hidden	\label
\label:
.endm

function run_undefined
here undefined_at
	.inst	0			// UDF #0
	ret
function_end run_undefined

function run_brk
here brk_at
	brk	#BRK_IMMEDIATE
	ret
function_end run_brk

function run_svc
here svc_at
	svc	#SVC_IMMEDIATE
	ret
function_end run_svc

/*
 * x0: where x0 goes behind it. Whoever answers is asked for no function that
 * anybody owns, and keeps x19 and sp.
 */
.macro	firmware_call name, at, insn:vararg
function \name
	stp	x29, x30, [sp, #-32]!
	str	x19, [sp, #16]
	mov	x29, sp
	mov	x19, x0
	ldr	w0, =UNKNOWN_FUNCTION
here \at
	\insn
	str	x0, [x19]
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	ret
function_end \name
.endm

	firmware_call run_hvc, hvc_at, hvc #HVC_IMMEDIATE
	firmware_call run_smc, smc_at, smc #0

/* x0: SP_EL0. Back on SP_ELx when somebody returned to behind the BRK. */
function run_brk_on_sp0
	msr	spsel, #0
	mov	sp, x0
here sp0_brk_at
	brk	#BRK_IMMEDIATE
	msr	spsel, #1
	ret
function_end run_brk_on_sp0

function run_misaligned_sp
	mov	x9, sp
	sub	x9, x9, #56
	mov	sp, x9
here misaligned_sp_at
	ldr	x10, [sp]
	add	x9, x9, #56
	mov	sp, x9
	ret
function_end run_misaligned_sp
