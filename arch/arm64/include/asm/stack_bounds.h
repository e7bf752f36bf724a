/* SPDX-License-Identifier: BSD-2-Clause */
/* Bounds of the stack in use: vectors.S takes a stack pointer outside as an overflow. */
#ifndef ASM_STACK_BOUNDS_H
#define ASM_STACK_BOUNDS_H

/* Room that a report wants below the stack pointer: registers, and lines of 1 KiB on the way out. */
#define STACK_HANDLER_ROOM	4096

#ifndef __ASSEMBLER__
#include <base/types.h>
#include <asm/stack.h>

extern u64 stack_low, stack_high;

/** stack_bounds_set() - the stack pointer now moves within [base, base + size] */
static inline void stack_bounds_set(void *base, size_t size)
{
	stack_low = (u64)base + STACK_HANDLER_ROOM;
	stack_high = (u64)base + size;
}
#endif
#endif
