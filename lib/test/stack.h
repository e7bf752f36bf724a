/* SPDX-License-Identifier: BSD-2-Clause */
/* The stack that cases run on, filled with a pattern to see what they used. */
#ifndef LIB_TEST_STACK_H
#define LIB_TEST_STACK_H

#include <base/types.h>

/** case_stack_prepare() - restore the pattern where the last case has been */
void case_stack_prepare(void);

/** case_stack_used() - bytes used since case_stack_prepare(), as far as they were written */
size_t case_stack_used(void);

#endif
