/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entry of every CPU but the first: MMU off, at EL2 or EL1.
 *
 *	x19	struct secondary_args
 *
 * Before that: x0-x8 and x30 as at entry, x9-x12 scratch, x13 the arguments.
 * Nothing but the CPU's own area is written, and that in granules which nobody
 * else writes; nothing but this text, clean to the point of coherency, its
 * arguments and the list of places is read.
 */
#include <asm/assembler.h>
#include <asm/cpu_control.h>
#include <asm/secondary.h>
#include "boot/capture.h"

	.section .text.mmu_switch, "ax", %progbits

/* From the spin-table, which hands over nothing: the place is found by MPIDR_EL1. */
function secondary_entry_by_mpidr
	audit_mark AUDIT_BEGIN_CPU
	mrs	x9, mpidr_el1
	ldr	x10, .Laffinity
	and	x9, x9, x10
	address	x10, secondary_places
1:	ldp	x11, x13, [x10], #SECONDARY_PLACE_SIZE
	cbz	x13, .Lpark			// nobody described this one
	cmp	x11, x9
	b.ne	1b
	b	.Lfound
function_end secondary_entry_by_mpidr

/* From PSCI: x0 is the context that CPU_ON was given. */
function secondary_entry
	audit_mark AUDIT_BEGIN_CPU
	mov	x13, x0
.Lfound:
	ldr	x12, [x13, #SECONDARY_ARGS_CAPTURED]
	capture_entry_state x12
	msr	daifset, #0xf
	msr	spsel, #1
	mov	x19, x13
	mov	x14, #SECONDARY_ENTERED

	/* Nobody can go up: the control registers that follow would be the wrong ones. */
	mrs	x9, CurrentEL
	ubfx	x9, x9, #2, #2
	ldr	x10, [x19, #SECONDARY_ARGS_EL]
	cmp	x9, x10
	b.hs	2f
	orr	x14, x14, #SECONDARY_LOW_EL
2:	str	x14, [x12, #SECONDARY_CAPTURED_ENTERED]

	/* Lines that others hold of it since it was prepared are older. */
	add	x10, x12, #SECONDARY_CAPTURED_SIZE
	mov	x11, #CACHE_LINE_SMALLEST	// what the others have written may not be in memory
	dsb	sy
	audit_site
	dcache_range civac, x12, x10, x11, x9
	dsb	sy
	tbnz	x14, #1, .Lpark

	ldr	x9, [x19, #SECONDARY_ARGS_EARLY_STACK]
	mov	sp, x9
	mov	x29, xzr
	mrs	x9, CurrentEL
	cmp	x9, #(2 << 2)
	b.ne	3f
	bl	arch_el2_prepare
3:	mov	x0, x19
	mov	x1, xzr			// nothing to maintain: its memory was left clean
	mov	x2, xzr
	bl	mmu_switch

	ldr	x9, [x19, #SECONDARY_ARGS_LOCAL]
	msr	tpidr_el1, x9
	ldr	x9, [x19, #SECONDARY_ARGS_STACK]
	mov	sp, x9
	mov	x29, xzr
	mov	x30, xzr
	mov	x0, x19
	b	secondary_main

.Lpark:
	wfe
	b	.Lpark

	.balign	8
.Laffinity:
	.quad	0xff00ffffff
function_end secondary_entry

	.globl	secondary_end
	.hidden	secondary_end
secondary_end:
