/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The least that brings CPUs up, to compare the image with: CPU_ON for each of
 * CPUS in a loop, each counts itself, then SYSTEM_OFF (DEN0022F 5.1.4, 5.1.10).
 * For QEMU's virt machine with a GICv3, whose clusters have 16 CPUs; no MMU.
 *
 *	x19	CPU that is started
 *	x20	the count's address
 */
	.arch	armv8-a
	.text
_start:
	adr	x20, count
	mov	x19, #1
1:	cmp	x19, #CPUS
	b.hs	2f
	movz	w0, #0x0003
	movk	w0, #0xc400, lsl #16		// CPU_ON, 64-bit
	and	x1, x19, #0xf
	lsr	x2, x19, #4
	orr	x1, x1, x2, lsl #8
	adr	x2, secondary
	mov	x3, #0
	hvc	#0
	add	x19, x19, #1
	b	1b
2:	ldr	x0, [x20]
	cmp	x0, #CPUS - 1
	b.lo	2b
	movz	w0, #0x0008
	movk	w0, #0x8400, lsl #16		// SYSTEM_OFF
	hvc	#0
3:	wfi
	b	3b

secondary:
	adr	x20, count
4:	ldaxr	x0, [x20]
	add	x0, x0, #1
	stlxr	w1, x0, [x20]
	cbnz	w1, 4b
5:	wfi
	b	5b

	.balign	64
count:	.quad	0
