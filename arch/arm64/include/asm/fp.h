/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The FP, SIMD and SVE registers of this CPU. Exceptions do not touch them, and no
 * code of the image uses them but what tests them: a handler that does says so by
 * saving them first and restoring them last.
 */
#ifndef ASM_FP_H
#define ASM_FP_H

#include <base/types.h>

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
