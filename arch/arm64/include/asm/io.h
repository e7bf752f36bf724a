/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * MMIO accessors: exactly one access of the width named, in program order
 * among themselves (Device-nGnRE), not ordered against normal memory: use
 * dsb() or dmb() where a device reads memory. Assembler, so that the compiler
 * never picks an addressing mode whose syndrome a hypervisor cannot decode.
 */
#ifndef ASM_IO_H
#define ASM_IO_H

#include <base/compiler.h>
#include <base/types.h>
#include <core/fault.h>

#define ASM_IO_ACCESSORS(suffix, type, reg, insn)				\
static inline type read##suffix(const volatile void __iomem *addr)		\
{										\
	type val;								\
	__asm__ volatile("ldr" insn " %" reg "0, [%1]"				\
			 : "=r"(val) : "r"(addr) : "memory");			\
	if (fault_is_armed(FAULT_MMIO))						\
		val = (type)fault_mmio_read((uintptr_t)addr, val);			\
	return val;								\
}										\
static inline void write##suffix(type val, volatile void __iomem *addr)		\
{										\
	u64 changed = val;							\
										\
	if (fault_is_armed(FAULT_MMIO)) {					\
		if (!fault_mmio_write((uintptr_t)addr, &changed))			\
			return;							\
		val = (type)changed;						\
	}									\
	__asm__ volatile("str" insn " %" reg "0, [%1]"				\
			 : : "rZ"(val), "r"(addr) : "memory");			\
}

ASM_IO_ACCESSORS(b, u8, "w", "b")
ASM_IO_ACCESSORS(w, u16, "w", "h")
ASM_IO_ACCESSORS(l, u32, "w", "")
ASM_IO_ACCESSORS(q, u64, "x", "")

#endif
