/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The FP, SIMD and SVE registers of this CPU. Exceptions do not touch them, and no
 * code of the image uses them but what tests them: a handler that does says so by
 * saving them first and restoring them last.
 */
#ifndef ASM_FP_H
#define ASM_FP_H

#include <base/types.h>

/** fp_has_simd() - whether there are FP and SIMD registers: ID_AA64PFR0_EL1.FP */
bool fp_has_simd(void);

/** fp_has_sve() - whether there are SVE's, too: ID_AA64PFR0_EL1.SVE */
bool fp_has_sve(void);

/** fp_vector_bytes() - of one vector register, by the length in use: 16 without SVE */
size_t fp_vector_bytes(void);

/**
 * fp_vector_limit() - let vectors of this CPU be no longer than this
 * @bytes: 16 to 256, a multiple of 16; what the CPU has not is rounded down
 *
 * What is in the registers is unknown behind it. Only where fp_has_sve().
 *
 * Return: the limit before.
 */
size_t fp_vector_limit(size_t bytes);

/**
 * fp_trap() - have FP, SIMD and SVE trap at the level run at, or no longer
 * @on: whether they do
 * @sve: SVE alone; only where fp_has_sve()
 */
void fp_trap(bool on, bool sve);

/**
 * fp_state_fill() - values that fp_state_restore() can load, another one for each register
 * @area: fp_state_size() bytes, a multiple of 16
 * @seed: other values for another one
 *
 * FPSR and FPCR among them: cumulative flags, and a rounding mode that is not the
 * image's. fp_state_save() stores the very same bytes again, if it finds zeroes
 * where nothing is stored.
 */
void fp_state_fill(void *area, u64 seed);

/** fp_state_size() - bytes that fp_state_save() writes, by the vector length in use; 0 without FP */
size_t fp_state_size(void);

/**
 * fp_state_save() - store all of it
 * @area: fp_state_size() bytes, a multiple of 16
 */
void fp_state_save(void *area);

/**
 * fp_state_restore() - load what fp_state_save() stored
 * @area: of this CPU, at the same vector length
 */
void fp_state_restore(const void *area);

#endif
