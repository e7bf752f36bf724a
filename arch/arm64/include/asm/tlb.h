/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * TLB maintenance of the current regime, for all CPUs of the inner shareable
 * domain. Each waits until it is done everywhere (DDI 0487J.a D8.13.5).
 */
#ifndef ASM_TLB_H
#define ASM_TLB_H

#include <base/types.h>
#include <base/util.h>
#include <asm/barrier.h>
#include <asm/cpu.h>

#define tlbi(op)		__asm__ volatile("tlbi " #op ::: "memory")
#define tlbi_arg(op, arg)	__asm__ volatile("tlbi " #op ", %0" : : "r"((u64)(arg)) : "memory")

/* VA[55:12], whatever the granule; ASID in 63:48; TTL 0: any level. */
#define TLBI_VA(va)		((va) >> 12 & GENMASK(43, 0))
#define TLBI_ASID(asid)		((u64)(asid) << 48)

/** tlb_one_level() - EL2 without VHE: one exception level, no ASIDs, operations of their own */
static inline bool tlb_one_level(void)
{
	return cpu_current_el() == 2 && !cpu_runs_vhe();
}

/** tlb_flush_va() - entries for @va, all ASIDs, cached table entries on the way there included */
static inline void tlb_flush_va(u64 va)
{
	dsb(ishst);
	if (tlb_one_level())
		tlbi_arg(vae2is, TLBI_VA(va));
	else
		tlbi_arg(vaae1is, TLBI_VA(va));
	dsb(ish);
	isb();
}

/** tlb_flush_all() - every entry of this regime */
static inline void tlb_flush_all(void)
{
	dsb(ishst);
	if (tlb_one_level())
		tlbi(alle2is);
	else
		tlbi(vmalle1is);
	dsb(ish);
	isb();
}

#endif
