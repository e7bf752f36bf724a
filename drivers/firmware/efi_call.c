// SPDX-License-Identifier: BSD-2-Clause
#include <asm/exception.h>
#include <asm/mmu_off.h>
#include <asm/stack.h>
#include <base/errno.h>
#include "efi_call.h"

#define STACK_NEEDED	0x20000		/* UEFI 2.10 2.3.6: 128 KiB or more */

struct efi_call {
	void (*fn)(void *arg);
	void *arg;
	int ret;
};

/* Firmware wants its memory cached (UEFI 2.10 2.3.6.1). */
static void call_guarded(void *arg)
{
	struct efi_call *call = arg;
	bool was_off = !mmu_is_on();

	if (was_off)
		mmu_enable();
	call->ret = arch_guarded_call(call->fn, call->arg, NULL, NULL);
	if (was_off)
		mmu_disable();
}

/* Bytes below the current frame on a stack; 0 when that is not the one in use. */
static u64 stack_room(const char *base, u64 size)
{
	u64 sp = (u64)__builtin_frame_address(0);

	return sp - (u64)base < size ? sp - (u64)base : 0;
}

int efi_call(void (*fn)(void *arg), void *arg)
{
	struct efi_call call = { .fn = fn, .arg = arg };

	/* The case stack is free unless a case runs, and then it is the one in use. */
	if (stack_room(main_stack, MAIN_STACK_SIZE) >= STACK_NEEDED ||
	    stack_room(case_stack, CASE_STACK_SIZE) >= STACK_NEEDED)
		call_guarded(&call);
	else if (stack_room(main_stack, MAIN_STACK_SIZE))
		arch_stack_call(call_guarded, &call, case_stack, CASE_STACK_SIZE);
	else
		return -ENOSPC;
	return call.ret;
}

int efi_call_on(void *stack, u64 size, void (*fn)(void *arg), void *arg)
{
	struct efi_call call = { .fn = fn, .arg = arg };

	if (size < STACK_NEEDED)
		return -ENOSPC;
	arch_stack_call(call_guarded, &call, stack, size);
	return call.ret;
}
