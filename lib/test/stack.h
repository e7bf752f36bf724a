/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of the stack that cases run on: a pattern shows an overflow where no guard page does. */
#ifndef LIB_TEST_STACK_H
#define LIB_TEST_STACK_H

#include <base/types.h>

/** case_stack_prepare() - restore the pattern where the last case has been */
void case_stack_prepare(void);

/** case_stack_overflowed() - whether something has written to the last of it since then */
bool case_stack_overflowed(void);

#endif
