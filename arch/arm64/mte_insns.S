/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The instructions of FEAT_MTE2 (DDI 0487J.a C6.2), for C. Each takes its pointer
 * in x0, with a logical tag in bits 59:56, and gives what it gives in x0.
 */
#include <asm/assembler.h>

	.arch	armv8.5-a+memtag
	.text

function mte_irg
	irg	x0, x0, x1
	ret
function_end mte_irg

function mte_addg
	addg	x0, x0, #48, #3
	ret
function_end mte_addg

function mte_subg
	subg	x0, x0, #48, #3
	ret
function_end mte_subg

function mte_gmi
	gmi	x0, x0, x1
	ret
function_end mte_gmi

function mte_subp
	subp	x0, x0, x1
	ret
function_end mte_subp

function mte_stg
	stg	x0, [x0]
	ret
function_end mte_stg

function mte_st2g
	st2g	x0, [x0]
	ret
function_end mte_st2g

function mte_stzg
	stzg	x0, [x0]
	ret
function_end mte_stzg

function mte_stgp
	stgp	x1, x2, [x0]
	ret
function_end mte_stgp

/* Bits of the register that are no tag stay. */
function mte_ldg
	ldg	x0, [x0]
	ret
function_end mte_ldg

function mte_stgm
	stgm	x1, [x0]
	ret
function_end mte_stgm

function mte_ldgm
	ldgm	x0, [x0]
	ret
function_end mte_ldgm

function mte_dc_gva
	dc	gva, x0
	ret
function_end mte_dc_gva

/*
 * The stack is this memory for one instruction: no interrupt may store there.
 *
 *	x1	DAIF of the caller
 *	x2	its stack pointer
 */
function mte_load_by_sp
	mrs	x1, daif
	msr	daifset, #0xf
	mov	x2, sp
	mov	sp, x0
	ldr	x0, [sp]
	mov	sp, x2
	msr	daif, x1
	ret
function_end mte_load_by_sp
