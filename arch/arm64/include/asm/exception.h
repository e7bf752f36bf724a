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
/* Behind them: the stack pointer of this level that the exception returns with. */
#define EXCEPTION_FRAME_SP	272
#define EXCEPTION_FRAME_SIZE	288

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

/* Frames that an exception is told with, the interrupted function's included. */
#define EXCEPTION_TRACE	16

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
	unsigned int cpu;	/* cpu_local()->index of the CPU that took it */
	u64 trace[EXCEPTION_TRACE];	/* callers, innermost first; 0 ends it */
};

/* ESR_ELx.EC (DDI 0487J.a D19.2.37) */
#define ESR_EC(esr)		((unsigned int)((esr) >> 26 & 0x3f))
#define ESR_ISS(esr)		((esr) & 0x1ffffff)
#define ESR_FSC(esr)		((unsigned int)((esr) & 0x3f))
#define EC_UNKNOWN		0x00U
#define EC_WFX			0x01U
#define EC_FP_TRAP		0x07U
#define EC_BTI			0x0dU
#define EC_ILLEGAL		0x0eU
#define EC_SVC			0x15U
#define EC_HVC			0x16U
#define EC_SMC			0x17U
#define EC_SYSREG		0x18U
#define EC_FPAC			0x1cU
#define EC_IABT_LOWER		0x20U
#define EC_IABT			0x21U
#define EC_PC_ALIGNMENT		0x22U
#define EC_DABT_LOWER		0x24U
#define EC_DABT			0x25U
#define EC_SP_ALIGNMENT		0x26U
#define EC_SERROR		0x2fU
#define EC_BREAKPOINT_LOWER	0x30U
#define EC_BREAKPOINT		0x31U
#define EC_STEP_LOWER		0x32U
#define EC_STEP			0x33U
#define EC_WATCHPOINT_LOWER	0x34U
#define EC_WATCHPOINT		0x35U
#define EC_BRK			0x3cU

/**
 * struct exception_handler - one that returns to the interrupted code
 * @fn: called on the interrupted stack with everything masked; may change @regs,
 *	pc, sp and pstate among them, and may unmask: exceptions nest. It returns
 *	false for one that is none of its own, which then goes on as if there were
 *	no handler. It may leave by arch_guarded_exit() instead.
 *
 * FP and SIMD registers are those of the interrupted code: only a handler that
 * keeps them (asm/fp.h) may use them.
 */
struct exception_handler {
	bool (*fn)(struct pt_regs *regs, struct exception_info *info);
};

/**
 * exception_set_handler() - handle the exceptions of a vector, on this CPU
 * @vector: which
 * @handler: stays the caller's until another one is set; NULL: nobody
 *
 * It comes before the interrupt controller's. An instruction of asm/extable.h
 * never comes here. After each case the runner puts all of them back.
 *
 * Return: the one before, for restoring it; NULL when there was none.
 */
const struct exception_handler *exception_set_handler(enum exception_vector vector,
						      const struct exception_handler *handler);

/** exception_reset_handlers() - nobody handles exceptions of any vector, on this CPU */
void exception_reset_handlers(void);

/**
 * exception_set_irq() - where IRQs of every CPU go, from the same or a lower level
 * @fn: called with everything masked; returns false when nothing was pending that
 *	it knows: the IRQ is unexpected then, which ends the case. NULL: all are
 */
void exception_set_irq(bool (*fn)(struct pt_regs *regs));

/** exception_set_fiq() - the same for FIQs */
void exception_set_fiq(bool (*fn)(struct pt_regs *regs));

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

/** arch_backtrace_next() - one frame outwards; false at the end or where the chain leaves this CPU's stacks */
bool arch_backtrace_next(struct backtrace *bt);

/** arch_backtrace_fill() - walk now: the stack may be another's when @info is printed */
void arch_backtrace_fill(struct exception_info *info, const struct pt_regs *regs);

#endif
#endif
