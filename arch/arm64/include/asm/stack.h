/* SPDX-License-Identifier: BSD-2-Clause */
/* Stacks of the image; each has an unmapped page below it. */
#ifndef ASM_STACK_H
#define ASM_STACK_H

#include <asm/page.h>

#define STACK_GUARD_SIZE	PAGE_SIZE

/* Firmware may be called on both: UEFI 2.10 2.3.6 wants 128 KiB free. */
#define MAIN_STACK_SIZE		0x28000
#define CASE_STACK_SIZE		0x28000
/* Takes the exception of a stack that overflowed. */
#define OVERFLOW_STACK_SIZE	0x8000
/* Only for the early identity map, MMU off. */
#define EARLY_STACK_SIZE	0x1000

#ifndef __ASSEMBLER__
extern char main_stack[MAIN_STACK_SIZE];
extern char case_stack[CASE_STACK_SIZE];
extern char overflow_stack[OVERFLOW_STACK_SIZE];
#endif
#endif
