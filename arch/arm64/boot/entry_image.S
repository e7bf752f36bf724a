/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entry by the Linux arm64 boot protocol: MMU off, x0 = device tree, the image
 * anywhere in RAM and clean to the point of coherency.
 *
 *	x19	base of the image
 *	x20	device tree as handed over
 *	x21	entry state
 *	x22	line size of the data cache
 *	x23	MMU was on, which the protocol forbids
 */
#include <asm/assembler.h>
#include <asm/cpu_control.h>
#include <asm/stack.h>
#include "capture.h"

	.section .text.entry, "ax", %progbits

	/* In one page: scripts/measure finds the image by its first instructions. */
	.balign	64
function entry_image
	audit_image AUDIT_BEGIN_DIRECT, x9
	mrs	x9, CurrentEL
	cmp	x9, #(3 << 2)
	b.eq	entry_park		// nobody to speak to at EL3, and nothing here is for it
	mrs	x9, id_aa64mmfr0_el1
	ubfx	x9, x9, #28, #4		// TGran4: no console can be reached without tables either
	cmp	x9, #0xf
	b.eq	entry_park

	/*
	 * Lines of what is written now with the MMU off may be dirty in a cache
	 * from before and be evicted onto it later: drop them first. x9-x13 only,
	 * so that the entry state is still what it was.
	 */
	address	x9, _mmuoff
	address	x10, _mmuoff_end
	dcache_line x11, x12
	audit_site
	dcache_range ivac, x9, x10, x11, x12
	dsb	sy

	address	x12, boot_entry_state
	capture_entry_state x12
	msr	daifset, #0xf
	address	x19, _image
	mov	x20, x0
	mov	x21, x12
	dcache_line x22, x9

	branch_if_el2_without_vhe .Lread_sctlr_el2, x9
	mrs	x9, sctlr_el1
	b	1f
.Lread_sctlr_el2:
	mrs	x9, sctlr_el2
1:	and	x23, x9, #1
	cbz	x23, .Lmmu_is_off
	audit_image AUDIT_BEGIN_EFI, x9		// what is assumed there holds here

	/* Against the protocol. The image must be in memory before the MMU goes off. */
	mov	x9, x19
	address	x10, _image_end
	audit_site
	dcache_range civac, x9, x10, x22, x11
	dsb	sy
	mrs	x9, CurrentEL
	cmp	x9, #(2 << 2)
	b.eq	2f
	ldr	x10, =SCTLR_EL1_MMU_OFF
	msr	sctlr_el1, x10
	b	3f
2:	ldr	x10, =SCTLR_EL2_MMU_OFF
	msr	sctlr_el2, x10
3:	isb
	audit_mark AUDIT_MMU_OFF

.Lmmu_is_off:
	address	x9, early_stack + EARLY_STACK_SIZE
	mov	sp, x9
	mov	x29, xzr
	mov	x0, x19
	address	x1, _image_end
	mov	x2, x20
	bl	early_map		// x0 = control registers for the early map

	/* Written with the MMU off, read by the walker and by us with it on. */
	mov	x13, x0
	dsb	sy
	address	x9, _mmuoff
	address	x10, _mmuoff_end
	audit_site
	dcache_range ivac, x9, x10, x22, x11
	dsb	sy
	mov	x0, x13
	mov	x2, xzr
	bl	mmu_switch

	address	x9, boot_cpu_local
	msr	tpidr_el1, x9
	address	x9, main_stack + MAIN_STACK_SIZE
	mov	sp, x9
	mov	x29, xzr
	bl	image_prepare
	mov	x0, x20
	mov	x1, x23
	mov	x30, xzr
	b	image_entry
function_end entry_image

function entry_park
1:	wfe
	b	1b
function_end entry_park

	.section .mmuoff, "aw", %nobits
	.balign	16
early_stack:
	.skip	EARLY_STACK_SIZE
