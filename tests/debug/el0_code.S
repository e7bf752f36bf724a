/* SPDX-License-Identifier: BSD-2-Clause */
/* What runs at EL0: a page that is mapped there a second time, so position independent. */
#include <asm/assembler.h>
#include <asm/page.h>

.macro	el0_label name
	.globl	\name
	.hidden	\name
\name:
.endm

.macro	el0_function name
	.globl	\name
	.hidden	\name
	.type	\name, %function
\name:
.endm

	.section .text.debug_el0, "ax", %progbits
	.balign	PAGE_SIZE
el0_label debug_el0_begin

el0_function el0_nops
el0_label el0_nops_at
	nop
	nop
	nop
	svc	#0
	.size	el0_nops, . - el0_nops

/* x0: address */
el0_function el0_load
el0_label el0_load_at
	ldr	x1, [x0]
	svc	#0
	.size	el0_load, . - el0_load

/* The first goes past a watchpoint on the second word of the two. */
el0_function el0_stores
	str	xzr, [x0]
el0_label el0_stores_at
	str	xzr, [x0, #8]
	svc	#0
	.size	el0_stores, . - el0_stores

/* Entered at the first SVC, and again behind it. */
el0_function el0_svcs
el0_label el0_svcs_at
	svc	#1
	nop
	svc	#0
	.size	el0_svcs, . - el0_svcs

el0_function el0_udf
el0_label el0_udf_at
	.inst	0
	nop
	svc	#0
	.size	el0_udf, . - el0_udf

el0_label debug_el0_end
	.balign	PAGE_SIZE
