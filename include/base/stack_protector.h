/* SPDX-License-Identifier: BSD-2-Clause */
/* What code built with -fstack-protector calls, and who hears of it. */
#ifndef BASE_STACK_PROTECTOR_H
#define BASE_STACK_PROTECTOR_H

#include <base/compiler.h>
#include <base/types.h>

/**
 * stack_chk_set_report() - have a function called once when a stack canary was overwritten
 * @fn: prints, and ends the case or the run; its caller's stack may be broken. NULL: none
 *
 * Should @fn be missing or return, a trap instruction follows, which takes the
 * synchronous exception vector.
 */
void stack_chk_set_report(void (*fn)(void));

extern unsigned long __stack_chk_guard;

/** __stack_chk_fail() - called by the compiler's code; never by hand */
void __stack_chk_fail(void) __noreturn;

#endif
