// SPDX-License-Identifier: BSD-2-Clause
/*
 * Debian builds libfdt with -fstack-protector-strong. A broken canary there
 * means that the stack is no longer to be trusted, so nothing returns from here.
 */
#include <base/stack_protector.h>

/* Zero byte lowest: a string that runs over cannot rewrite it and go on. */
unsigned long __stack_chk_guard = 0x5b3f8ed10dff0a00UL;

static void (*report)(void);

void stack_chk_set_report(void (*fn)(void))
{
	report = fn;
}

void __stack_chk_fail(void)
{
	void (*fn)(void) = report;

	/* Should the report itself overflow, the trap is what is left. */
	report = NULL;
	if (fn)
		fn();
	__builtin_trap();
}
