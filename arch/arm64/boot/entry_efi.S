/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entry as a UEFI application: AAPCS64 call, x0 = image handle, x1 = system
 * table, MMU on, firmware's stack. Ours is used from the first C function on;
 * what the caller wants back is kept in efi_caller.
 */
#include <asm/assembler.h>
#include <asm/stack.h>
#include "capture.h"

#define EFI_LOAD_ERROR	1		// with bit 63: an error code
#define EFI_CALLER_SIZE	128

/* Keeps what AAPCS64 preserves at \at; uses x9 and x10. */
.macro	save_caller at
	stp	x19, x20, [\at, #0]
	stp	x21, x22, [\at, #16]
	stp	x23, x24, [\at, #32]
	stp	x25, x26, [\at, #48]
	stp	x27, x28, [\at, #64]
	mov	x9, sp
	stp	x29, x30, [\at, #80]
	mrs	x10, daif
	stp	x9, x10, [\at, #96]
	mrs	x9, tpidr_el1
	str	x9, [\at, #112]
.endm

	.section .text.entry, "ax", %progbits

/*
 *	x19	image handle
 *	x20	system table
 *	x21	base of the image as loaded
 */
	/* In one page: scripts/measure finds the image by its first instructions. */
	.balign	64
function entry_efi
	audit_image AUDIT_BEGIN_EFI, x12
	address	x12, boot_entry_state
	capture_entry_state x12
	address	x12, efi_caller
	save_caller x12

	address	x9, main_stack + MAIN_STACK_SIZE
	mov	sp, x9
	mov	x19, x0
	mov	x20, x1
	address	x21, _image
	mov	x0, x20
	mov	x1, x21
	ldr	w2, =_header_image_size
	mov	x29, xzr
	bl	efi_place_image
	cbz	x0, .Lno_place
	cmp	x0, x21
	b.eq	.Lplaced

	/* Go on in the copy, with the state captured here. */
	address	x1, boot_entry_state
	address	x2, efi_caller
	address	x3, .Lin_copy
	sub	x3, x3, x21
	add	x3, x3, x0
	br	x3
.Lin_copy:
	audit_image AUDIT_BASE, x9
	address	x9, boot_entry_state
	mov	x10, #ENTRY_STATE_SIZE
	bl	copy_words
	mov	x1, x2
	address	x9, efi_caller
	mov	x10, #EFI_CALLER_SIZE
	bl	copy_words
	address	x9, main_stack + MAIN_STACK_SIZE
	mov	sp, x9
.Lplaced:
	address	x9, boot_cpu_local
	msr	tpidr_el1, x9
	bl	image_prepare
	mov	x0, x19
	mov	x1, x20
	mov	x29, xzr
	mov	x30, xzr
	b	image_entry_efi

.Lno_place:
	mov	x0, #EFI_LOAD_ERROR
	orr	x0, x0, #(1 << 63)
	b	efi_return
function_end entry_efi

/* x10 bytes, a multiple of 8, from x1 to x9; uses x11. */
function copy_words
1:	ldr	x11, [x1], #8
	str	x11, [x9], #8
	subs	x10, x10, #8
	b.ne	1b
	ret
function_end copy_words

/* void efi_return(u64 status): back to whoever started the image. */
function efi_return
	address	x12, efi_caller
	ldp	x19, x20, [x12, #0]
	ldp	x21, x22, [x12, #16]
	ldp	x23, x24, [x12, #32]
	ldp	x25, x26, [x12, #48]
	ldp	x27, x28, [x12, #64]
	ldp	x29, x30, [x12, #80]
	ldp	x9, x10, [x12, #96]
	ldr	x11, [x12, #112]
	msr	tpidr_el1, x11
	mov	sp, x9
	msr	daif, x10
	ret
function_end efi_return

	.section .noinit, "aw", %nobits
	.balign	16
efi_caller:
	.skip	EFI_CALLER_SIZE
