/* SPDX-License-Identifier: BSD-2-Clause */
/* System registers by name. */
#ifndef ASM_SYSREG_H
#define ASM_SYSREG_H

#ifndef __ASSEMBLER__
#include <base/types.h>
#include <core/fault.h>

#define __SYSREG_NAME(reg)	#reg
/* Expanded first, so that a register that the assembler does not know has a name, too. */
#define SYSREG_NAME(reg)	__SYSREG_NAME(reg)

/** read_sysreg() - read a system register, by name or S3_0_C0_C0_0 */
#define read_sysreg(reg) ({							\
	u64 _val;								\
	__asm__ volatile("mrs %0, " SYSREG_NAME(reg) : "=r"(_val));		\
	fault_is_armed(FAULT_SYSREG) ? fault_sysreg_read(#reg, _val) : _val;									\
})

/** write_sysreg() - write one; isb() is up to the caller */
#define write_sysreg(val, reg) do {						\
	u64 _wval = (u64)(val);							\
	if (!fault_is_armed(FAULT_SYSREG) || fault_sysreg_write(#reg, &_wval))	\
		__asm__ volatile("msr " SYSREG_NAME(reg) ", %x0"		\
				 : : "rZ"(_wval) : "memory");			\
} while (0)
#endif

#endif
