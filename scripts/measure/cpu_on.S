/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The least that brings CPUs up, to compare the image with: CPU_ON for each of
 * CPUS in a loop, each counts itself, and when all did the counter's ticks are
 * printed in hex; then SYSTEM_OFF (DEN0022F 5.1.4, 5.1.10). For QEMU's virt
 * machine with a GICv3, whose clusters have 16 CPUs; no MMU.
 *
 *	x19	CPU that is started
 *	x20	the count's address
 *	x21	CNTVCT_EL0 before the first CPU_ON
 */
	.arch	armv8-a
	.text
	adr	x20, count
	mov	x19, #1
	isb
	mrs	x21, cntvct_el0
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
	isb
	mrs	x0, cntvct_el0
	sub	x0, x0, x21
	mov	x1, #0x09000000			// UARTDR of the PL011, whose queue takes 16
	mov	w2, #8
3:	ubfx	w3, w0, #28, #4
	lsl	w0, w0, #4
	cmp	w3, #10
	add	w4, w3, #'0'
	add	w3, w3, #'a' - 10
	csel	w3, w4, w3, lo
	str	w3, [x1]
	subs	w2, w2, #1
	b.ne	3b
	movz	w0, #0x0008
	movk	w0, #0x8400, lsl #16		// SYSTEM_OFF
	hvc	#0
4:	wfi
	b	4b

secondary:
	adr	x20, count
5:	ldaxr	x0, [x20]
	add	x0, x0, #1
	stlxr	w1, x0, [x20]
	cbnz	w1, 5b
6:	wfi
	b	6b

	.balign	64
count:	.quad	0
