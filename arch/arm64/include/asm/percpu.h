/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What each CPU has for itself below any C library: TPIDR_EL1 points to it at
 * EL1 and at EL2, with and without VHE (the name is not redirected by E2H), and
 * whatever state the MMU is in. Only aligned loads and stores reach it. Shared
 * with assembler.
 *
 * The vectors store through it before anything else: with another value in it any
 * exception faults for ever, and nothing is printed. Code that changes TPIDR_EL1
 * masks all of DAIF, makes no access that may fault and no check of test/test.h,
 * and puts it back before it returns. The runner does where a case has not.
 */
#ifndef ASM_PERCPU_H
#define ASM_PERCPU_H

#define CPU_LOCAL_STACK_LOW	0
#define CPU_LOCAL_STACK_HIGH	8
#define CPU_LOCAL_OVERFLOW_LOW	16
#define CPU_LOCAL_OVERFLOW_HIGH	24
#define CPU_LOCAL_OVERFLOWS	32
#define CPU_LOCAL_SCRATCH	40
#define CPU_LOCAL_SMCCC		64	/* pairs of words: a multiple of 16 */
#define CPU_LOCAL_GUARD		96

/* Room that a report wants below the stack pointer: registers, and lines of 1 KiB on the way out. */
#define STACK_HANDLER_ROOM	4096

#ifndef __ASSEMBLER__
#include <base/types.h>

struct guard;
struct exception_handler;
struct spinlock;

#define CPU_LOCAL_VECTORS	16
#define CPU_LOCAL_LOCKS		4

/**
 * struct cpu_local - state of one CPU, written by that CPU alone
 * @stack_low: vectors.S takes a stack pointer below this as an overflow
 * @stack_high: or above this
 * @overflow_low: the same bounds for the overflow stack
 * @overflow_high: its end
 * @overflow_count: reports that overflowed in their turn
 * @scratch: x1-x3 of the interrupted code, until there is a stack for them
 * @smccc: what smccc.S keeps over a call of firmware
 * @guard: innermost arch_guarded_call(), NULL outside of any
 * @handler: who handles the exceptions of each vector, NULL: nobody; exception_set_handler()
 * @try_esr: syndrome of the last instruction of asm/extable.h that faulted
 * @try_far: its address
 * @stack: base of the CPU's own stack
 * @stack_size: bytes of it
 * @overflow_stack: base of the one that takes the exception of a stack that overflowed
 * @overflow_size: bytes of it
 * @index: 0 for the boot CPU, else as core/cpu.h counts
 * @mpidr: as cpu_mpidr() says
 * @mmu_off: the MMU of this CPU was switched off by mmu_disable()
 * @spurious: for core/irq.h: IRQs in a row with nothing to acknowledge
 * @irq_may_come: for a controller whose hardware does not keep it: SGIs that are enabled
 * @irq_held: likewise, those that came before they might
 * @daif_left: for core/cpu.h: a call came back with DAIF other than it was
 * @held: for core/lock.h: locks that the CPU holds, NULL in between
 * @watch_at: for core/watch.h: when it is woken to look, in ticks; 0: it is not
 * @watch_period: likewise, ticks from one look to the next
 * @watch_intid: likewise, of the timer's interrupt
 * @watch_wake: likewise, what sets the timer
 * @cpu: for core/cpu.h: its struct cpu
 */
struct cpu_local {
	u64 stack_low;
	u64 stack_high;
	u64 overflow_low;
	u64 overflow_high;
	u64 overflow_count;
	u64 scratch[3];
	u64 smccc[4];
	struct guard *guard;
	const struct exception_handler *handler[CPU_LOCAL_VECTORS];
	u64 try_esr;
	u64 try_far;
	u64 stack;
	u64 stack_size;
	u64 overflow_stack;
	u64 overflow_size;
	u64 index;
	u64 mpidr;
	u64 mmu_off;
	u64 spurious;
	u64 irq_may_come;
	u64 irq_held;
	u64 daif_left;
	struct spinlock *held[CPU_LOCAL_LOCKS];
	u64 watch_at;
	u64 watch_period;
	u64 watch_intid;
	void (*watch_wake)(u64 at);
	void *cpu;
} __attribute__((aligned(64)));

_Static_assert(offsetof(struct cpu_local, stack_high) == CPU_LOCAL_STACK_HIGH, "STACK_HIGH");
_Static_assert(offsetof(struct cpu_local, overflow_low) == CPU_LOCAL_OVERFLOW_LOW, "OVERFLOW_LOW");
_Static_assert(offsetof(struct cpu_local, overflow_high) == CPU_LOCAL_OVERFLOW_HIGH,
	       "OVERFLOW_HIGH");
_Static_assert(offsetof(struct cpu_local, overflow_count) == CPU_LOCAL_OVERFLOWS, "OVERFLOWS");
_Static_assert(offsetof(struct cpu_local, scratch) == CPU_LOCAL_SCRATCH, "SCRATCH");
_Static_assert(offsetof(struct cpu_local, smccc) == CPU_LOCAL_SMCCC, "SMCCC");
_Static_assert(offsetof(struct cpu_local, guard) == CPU_LOCAL_GUARD, "GUARD");

/* The boot CPU's: every entry puts it into TPIDR_EL1 before anything is called. */
extern struct cpu_local boot_cpu_local;

/** cpu_local() - of the CPU that runs */
static inline struct cpu_local *cpu_local(void)
{
	struct cpu_local *local;

	__asm__("mrs %0, tpidr_el1" : "=r"(local));
	return local;
}

/**
 * cpu_local_init() - make the state of a CPU
 * @local: filled; the CPU's entry puts its address into TPIDR_EL1 before VBAR is ours
 * @index: what core/cpu.h calls the CPU, 0 for the boot CPU
 * @mpidr: its affinity fields
 * @handler: who handles the exceptions of each vector, NULL: nobody; exception_set_handler()
 * @try_esr: syndrome of the last instruction of asm/extable.h that faulted
 * @try_far: its address
 * @stack: base of its stack, 16-byte aligned; the page below faults where it is a guard
 * @stack_size: bytes, more than STACK_HANDLER_ROOM, a multiple of 16
 * @overflow_stack: base of a second stack, on which exceptions that left the first are told
 * @overflow_size: bytes, OVERFLOW_STACK_SIZE for a report's needs
 *
 * The stack that is in use is then @stack. Whoever fills it for another CPU
 * makes it visible there: a CPU starts with its MMU off.
 */
void cpu_local_init(struct cpu_local *local, u64 index, u64 mpidr, void *stack, u64 stack_size,
		    void *overflow_stack, u64 overflow_size);

/** stack_bounds_set() - this CPU's stack pointer now moves within [base, base + size] */
static inline void stack_bounds_set(void *base, size_t size)
{
	struct cpu_local *local = cpu_local();

	local->stack_low = (u64)base + STACK_HANDLER_ROOM;
	local->stack_high = (u64)base + size;
}
#endif
#endif
