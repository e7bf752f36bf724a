/* SPDX-License-Identifier: BSD-2-Clause */
#include <asm/assembler.h>

	.arch	armv8-a+fp+simd
	.text

.macro	simd_registers insn
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	\insn	q\n, [x0, #(\n * 16)]
	.endr
	.irp	n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	\insn	q\n, [x0, #(\n * 16)]
	.endr
.endm

/* void fp_load(const void *values): q0-q31 */
function fp_load
	simd_registers ldr
	ret
function_end fp_load

/* void fp_store(void *values) */
function fp_store
	simd_registers str
	ret
function_end fp_store
