/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * FP, SIMD and SVE state, for handlers that use it (asm/fp.h). Without SVE: 32
 * registers of 16 bytes, FPSR and FPCR. With SVE: 32 of VL bytes, 16 predicates
 * of VL / 8 and FFR, then FPSR and FPCR on the next 16 bytes.
 *
 *	x0	the area, 16-byte aligned
 *	x1	scratch
 */
#include <asm/assembler.h>

	.arch	armv8-a+fp+simd+sve
	.text

.macro	simd_registers insn
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	\insn	q\n, [x0, #(\n * 16)]
	.endr
	.irp	n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	\insn	q\n, [x0, #(\n * 16)]
	.endr
	add	x0, x0, #512
.endm

.macro	sve_registers insn
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	\insn	z\n, [x0, #\n, mul vl]
	.endr
	.irp	n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	\insn	z\n, [x0, #\n, mul vl]
	.endr
	addvl	x0, x0, #16
	addvl	x0, x0, #16
.endm

.macro	sve_predicates insn
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	\insn	p\n, [x0, #\n, mul vl]
	.endr
.endm

.macro	save_status
	mrs	x1, fpsr
	str	x1, [x0]
	mrs	x1, fpcr
	str	x1, [x0, #8]
	ret
.endm

.macro	restore_status
	ldr	x1, [x0]
	msr	fpsr, x1
	ldr	x1, [x0, #8]
	msr	fpcr, x1
	ret
.endm

/* void fp_simd_save(void *area) */
function fp_simd_save
	simd_registers str
	save_status
function_end fp_simd_save

/* void fp_simd_restore(const void *area) */
function fp_simd_restore
	simd_registers ldr
	restore_status
function_end fp_simd_restore

/* void fp_sve_save(void *area, void *status): p0 is stored before FFR passes through it. */
function fp_sve_save
	mov	x2, x1
	sve_registers str
	sve_predicates str
	rdffr	p0.b
	str	p0, [x0, #16, mul vl]
	ldr	p0, [x0]
	mov	x0, x2
	save_status
function_end fp_sve_save

/* void fp_sve_restore(const void *area, const void *status) */
function fp_sve_restore
	mov	x2, x1
	sve_registers ldr
	ldr	p0, [x0, #16, mul vl]
	wrffr	p0.b
	sve_predicates ldr
	mov	x0, x2
	restore_status
function_end fp_sve_restore

/* u64 fp_sve_bytes(void): VL in bytes */
function fp_sve_bytes
	rdvl	x0, #1
	ret
function_end fp_sve_bytes
