/* SPDX-License-Identifier: BSD-2-Clause */
/* In place of asm/io.h and a part of asm/cpu.h: registers are memory. */
#ifndef HOST_IRQCHIP_REGISTERS_H
#define HOST_IRQCHIP_REGISTERS_H

#define ASM_IO_H

#include <base/types.h>

#define HOST_ACCESSORS(suffix, type)						\
static inline type read##suffix(const volatile void *addr)			\
{										\
	return *(const volatile type *)addr;					\
}										\
static inline void write##suffix(type val, volatile void *addr)			\
{										\
	*(volatile type *)addr = val;						\
}

HOST_ACCESSORS(b, u8)
HOST_ACCESSORS(w, u16)
HOST_ACCESSORS(l, u32)
HOST_ACCESSORS(q, u64)

#define HOST_MPIDR	0x8100000203ULL

static inline u64 cpu_mpidr(void)
{
	return HOST_MPIDR;
}

#endif
