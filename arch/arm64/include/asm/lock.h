/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What locks are made of. With the MMU on: load-acquire exclusive and
 * store-exclusive, of Armv8.0 (DDI 0487J.a B2.9). With it off all data is
 * Device-nGnRnE, where exclusives need not work (B2.9.2): see core/lock.h.
 */
#ifndef ASM_LOCK_H
#define ASM_LOCK_H

#include <base/types.h>
#include <asm/barrier.h>

/* An SMT sibling, or a hypervisor with more CPUs than it has, may run another. */
#define cpu_relax()	__asm__ volatile("yield" ::: "memory")

/** irq_mask() - have IRQs wait; returns DAIF as it was, for irq_restore() */
static inline u64 irq_mask(void)
{
	u64 daif;

	__asm__ volatile("mrs %0, daif\n\tmsr daifset, #2" : "=r"(daif) : : "memory");
	return daif;
}

static inline void irq_restore(u64 daif)
{
	__asm__ volatile("msr daif, %0" : : "r"(daif) : "memory");
}

static inline u32 load_acquire(const u32 *p)
{
	u32 val;

	__asm__ volatile("ldar %w0, %1" : "=r"(val) : "Q"(*p) : "memory");
	return val;
}

static inline void store_release(u32 *p, u32 val)
{
	__asm__ volatile("stlr %w1, %0" : "=Q"(*p) : "r"(val) : "memory");
}

/**
 * exclusive_add() - atomically add to a word; acquires; MMU on
 *
 * Return: the value before.
 */
static inline u32 exclusive_add(u32 *p, u32 add)
{
	u32 before, after, failed;

	__asm__ volatile("1:	ldaxr	%w0, %3\n"
			 "	add	%w1, %w0, %w4\n"
			 "	stxr	%w2, %w1, %3\n"
			 "	cbnz	%w2, 1b"
			 : "=&r"(before), "=&r"(after), "=&r"(failed), "+Q"(*p)
			 : "r"(add) : "memory");
	return before;
}

/**
 * exclusive_add_if() - add 1 to a word if it has a value; acquires; MMU on
 *
 * Return: whether it did.
 */
static inline bool exclusive_add_if(u32 *p, u32 expected)
{
	u32 before, after, failed = 1;

	__asm__ volatile("1:	ldaxr	%w0, %3\n"
			 "	cmp	%w0, %w4\n"
			 "	b.ne	2f\n"
			 "	add	%w1, %w0, #1\n"
			 "	stxr	%w2, %w1, %3\n"
			 "	cbnz	%w2, 1b\n"
			 "	b	3f\n"
			 "2:	clrex\n"
			 "3:"
			 : "=&r"(before), "=&r"(after), "+&r"(failed), "+Q"(*p)
			 : "r"(expected) : "memory", "cc");
	return !failed;
}

#endif
