/* SPDX-License-Identifier: BSD-2-Clause */
/* Exceptions: the saved state, what they say, and running a function that may take one. */
#ifndef ASM_EXCEPTION_H
#define ASM_EXCEPTION_H

/* Layout shared with vectors.S */
#define PT_REGS_X	0
#define PT_REGS_SP	248
#define PT_REGS_PC	256
#define PT_REGS_PSTATE	264
#define PT_REGS_SIZE	272

#ifndef __ASSEMBLER__
#include <base/compiler.h>
#include <base/types.h>

struct pt_regs {
	u64 x[31];
	u64 sp;
	u64 pc;
	u64 pstate;
};

_Static_assert(offsetof(struct pt_regs, sp) == PT_REGS_SP, "PT_REGS_SP");
_Static_assert(offsetof(struct pt_regs, pstate) == PT_REGS_PSTATE, "PT_REGS_PSTATE");
_Static_assert(sizeof(struct pt_regs) == PT_REGS_SIZE, "PT_REGS_SIZE");

/* Order of the vector table: group of four by origin, then kind. */
enum exception_vector {
	VECTOR_SP0_SYNC, VECTOR_SP0_IRQ, VECTOR_SP0_FIQ, VECTOR_SP0_SERROR,
	VECTOR_SPX_SYNC, VECTOR_SPX_IRQ, VECTOR_SPX_FIQ, VECTOR_SPX_SERROR,
	VECTOR_LOWER64_SYNC, VECTOR_LOWER64_IRQ, VECTOR_LOWER64_FIQ, VECTOR_LOWER64_SERROR,
	VECTOR_LOWER32_SYNC, VECTOR_LOWER32_IRQ, VECTOR_LOWER32_FIQ, VECTOR_LOWER32_SERROR,
	VECTORS,
};

struct exception_info {
	enum exception_vector vector;
	bool stack_overflow;	/* the stack pointer was outside the stack in use */
	u64 esr;
	u64 far;		/* valid when ESR's class and FnV say so */
	u64 elr;
	u64 spsr;
};

/** arch_vectors_install() - have exceptions of the current level come to our vectors */
void arch_vectors_install(void);

/**
 * arch_serror_unmask() - let SErrors come, from now on
 * @info: filled when one was pending already
 *
 * Return: 0, or -EFAULT when one was pending, which is taken by then.
 */
int arch_serror_unmask(struct exception_info *info);

/** exception_vector_name() - "synchronous, current EL with SP_ELx" and the like */
const char *exception_vector_name(enum exception_vector vector);

/**
 * exception_describe() - ESR_ELx in words
 * @buf: destination of @size bytes
 * @info: the exception
 *
 * "data abort, current EL: translation fault level 3, read of 4 bytes at 0x10".
 */
void exception_describe(char *buf, size_t size, const struct exception_info *info);

/**
 * arch_guarded_call() - run a function; an exception in it ends only the function
 * @fn: called with @arg on the stack in use
 * @arg: passed on
 * @info: filled when an exception ended @fn; may be NULL
 * @regs: filled likewise; may be NULL
 *
 * Calls nest. What @fn held when it took the exception stays as it is: the
 * caller restores it.
 *
 * Return: 0 when @fn returned, -EFAULT when an exception ended it.
 */
int arch_guarded_call(void (*fn)(void *arg), void *arg,
		      struct exception_info *info, struct pt_regs *regs);

/**
 * arch_stack_call() - run a function on another stack
 * @fn: called with @arg
 * @arg: passed on
 * @base: lowest address of the stack, 16-byte aligned; the page below faults where it is a guard
 * @size: bytes, a multiple of 16
 *
 * An exception inside is checked against the bounds of this stack.
 */
void arch_stack_call(void (*fn)(void *arg), void *arg, void *base, size_t size);

/**
 * arch_guarded_exit() - leave the innermost arch_guarded_call() at once
 * @ret: negative; what that call returns
 */
void arch_guarded_exit(int ret) __noreturn;

struct guard;

/** arch_guard_current() - the innermost arch_guarded_call() of this CPU, NULL outside of any */
struct guard *arch_guard_current(void);

/**
 * arch_guarded_exit_to() - leave an arch_guarded_call() and all those inside of it
 * @guard: an arch_guard_current() of this CPU that has not come to its end
 * @ret: negative; what that call returns
 *
 * From an interrupt's handler, too: DAIF is what it was when the call was made.
 */
void arch_guarded_exit_to(struct guard *guard, int ret) __noreturn;

/** struct backtrace - state of a walk; start it with arch_backtrace_start() */
struct backtrace {
	u64 pc;
	u64 fp;
	unsigned int depth;
};

struct backtrace arch_backtrace_start(const struct pt_regs *regs);

/** arch_backtrace_next() - one frame outwards; false at the end or where the chain leaves our stacks */
bool arch_backtrace_next(struct backtrace *bt);

#endif
#endif
