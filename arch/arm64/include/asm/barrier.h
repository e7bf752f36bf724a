/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef ASM_BARRIER_H
#define ASM_BARRIER_H

#define isb()		__asm__ volatile("isb" ::: "memory")
#define dsb(scope)	__asm__ volatile("dsb " #scope ::: "memory")
#define dmb(scope)	__asm__ volatile("dmb " #scope ::: "memory")

/* Order of normal memory between CPUs. */
#define smp_mb()	dmb(ish)
#define smp_rmb()	dmb(ishld)
#define smp_wmb()	dmb(ishst)

#endif
