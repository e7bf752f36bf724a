/* SPDX-License-Identifier: BSD-2-Clause */
/* Barriers on the build machine, where nothing but the compiler could reorder. */
#ifndef HOST_ASM_BARRIER_H
#define HOST_ASM_BARRIER_H

#define isb()		__asm__ volatile("" ::: "memory")
#define dsb(scope)	isb()
#define dmb(scope)	isb()
#define smp_mb()	isb()
#define smp_rmb()	isb()
#define smp_wmb()	isb()

#endif
