/* SPDX-License-Identifier: BSD-2-Clause */
#include <asm/assembler.h>
#include "psci.h"

	.text

/*
 * Entry of a CPU_ON that succeeds: wait to be let go of, switch off. MMU off, no
 * stack, nothing written: the CPU leaves no trace. Should nobody let it go, it goes
 * by itself in the end; should it not be able to, it stays here.
 *
 *	x0	struct psci_visit, the context
 *	x5	turns left
 *	x6	conduit: 1 is SMC
 *	x7	scratch
 */
function psci_visit_entry
	audit_mark AUDIT_BEGIN_CPU
	msr	daifset, #0xf
	mov	x5, #0x2000000
1:	ldr	x7, [x0, #PSCI_VISIT_LET_GO]
	cbnz	x7, 2f
	yield
	subs	x5, x5, #1
	b.ne	1b
2:	ldr	x6, [x0, #PSCI_VISIT_USE_SMC]
	ldr	x0, [x0, #PSCI_VISIT_CPU_OFF]
	cbnz	x6, 3f
	hvc	#0
	b	4f
3:	smc	#0
4:	wfi
	b	4b
function_end psci_visit_entry

	.globl	psci_visit_end
	.hidden	psci_visit_end
psci_visit_end:
