/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What runs at EL0: a page that is mapped a second time for it, so position independent
 * and without a word of the image's. Each ends in the SVC that comes back.
 *
 *	x0	in: argument; out: result
 */
#include <asm/page.h>
#include "pmu.h"

.macro	el0_entry name
	.globl	\name
	.hidden	\name
	.type	\name, %function
\name:
.endm

	.section .text.pmu_el0, "ax", %progbits
	.balign	PAGE_SIZE

	.globl	pmu_el0_begin
	.hidden	pmu_el0_begin
pmu_el0_begin:
el0_entry pmu_el0_loop
1:	subs	x0, x0, #1
	b.ne	1b
	svc	#EL0_SVC
	.size	pmu_el0_loop, . - pmu_el0_loop

el0_entry pmu_el0_read_cycles
	mrs	x0, pmccntr_el0
	svc	#EL0_SVC
	.size	pmu_el0_read_cycles, . - pmu_el0_read_cycles

el0_entry pmu_el0_read_counter
	mrs	x0, pmevcntr0_el0
	svc	#EL0_SVC
	.size	pmu_el0_read_counter, . - pmu_el0_read_counter

el0_entry pmu_el0_increment
	msr	pmswinc_el0, x0
	svc	#EL0_SVC
	.size	pmu_el0_increment, . - pmu_el0_increment

el0_entry pmu_el0_read_control
	mrs	x0, pmcr_el0
	svc	#EL0_SVC
	.size	pmu_el0_read_control, . - pmu_el0_read_control

	.globl	pmu_el0_end
	.hidden	pmu_el0_end
pmu_el0_end:
	.balign	PAGE_SIZE
