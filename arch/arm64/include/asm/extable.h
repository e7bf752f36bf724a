/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A faulting instruction as a value: whether one took an exception, without a
 * guarded call around it. The linker collects where such instructions are
 * (section .extable); any synchronous exception of one, at the level that runs,
 * goes on behind it. Works with the MMU on and off, on every CPU.
 *
 *	if (arch_try_read32(addr, &val))
 *		pr_err("0x%llx: ESR 0x%llx", addr, arch_try_esr());
 *	ret = arch_try_read_sysreg(S3_0_C0_C4_4, &zfr0);
 *	ret = arch_try_insn("msr daifset, %[what]", [what] "i"(1));
 */
#ifndef ASM_EXTABLE_H
#define ASM_EXTABLE_H

#include <base/errno.h>
#include <base/types.h>
#include <asm/sysreg.h>

#define __EXTABLE_ENTRY								\
	".pushsection .extable, \"a\", %%progbits\n"				\
	".balign 8\n"								\
	".long 1b - .\n"							\
	".long 2b - .\n"							\
	".popsection\n"

/* -EFAULT stands already when @insn begins, and is replaced when it is over. */
#define __TRY(insn)								\
	"mov %w[ret], %w[efault]\n"						\
	"1: " insn "\n"								\
	"mov %w[ret], #0\n"							\
	"2:\n"									\
	__EXTABLE_ENTRY

/**
 * arch_try_insn() - run one instruction that may take a synchronous exception
 * @insn: assembler, one instruction; inputs by name: %[name]
 * @...: input operands with those names
 *
 * Return: 0, or -EFAULT: arch_try_esr() and arch_try_far() say why.
 */
#define arch_try_insn(insn, ...) ({						\
	int _ret;								\
	__asm__ volatile(__TRY(insn)						\
		: [ret] "=&r"(_ret)						\
		: [efault] "r"(-EFAULT), ##__VA_ARGS__				\
		: "memory", "cc");						\
	_ret;									\
})

/**
 * arch_try_value() - the same for one that gives a value
 * @insn: as there; its result is %[val]
 * @value: variable of 64 bits, keeps what it has after a fault
 * @...: input operands
 */
#define arch_try_value(insn, value, ...) ({					\
	int _ret;								\
	__asm__ volatile(__TRY(insn)						\
		: [ret] "=&r"(_ret), [val] "+&r"(value)				\
		: [efault] "r"(-EFAULT), ##__VA_ARGS__				\
		: "memory", "cc");						\
	_ret;									\
})

/** arch_try_read_sysreg() - read_sysreg() into a u64, or -EFAULT where it traps */
#define arch_try_read_sysreg(reg, value) ({					\
	u64 *_to = (value);							\
	int _read = arch_try_value("mrs %x[val], " SYSREG_NAME(reg), *_to);	\
	if (!_read && fault_is_armed(FAULT_SYSREG))				\
		*_to = fault_sysreg_read(#reg, *_to);				\
	_read;									\
})

/** arch_try_write_sysreg() - write_sysreg(), or -EFAULT where it traps */
#define arch_try_write_sysreg(value, reg) \
	arch_try_insn("msr " SYSREG_NAME(reg) ", %x[from]", [from] "r"((u64)(value)))

/** arch_try_esr() - ESR_ELx of this CPU's last instruction of this header that faulted */
u64 arch_try_esr(void);

/** arch_try_far() - FAR_ELx of it */
u64 arch_try_far(void);

/**
 * arch_try_read8() and the like - one aligned load
 * @addr: as the image sees it; a multiple of the size
 * @val: keeps what it has after a fault
 *
 * Return: 0 or -EFAULT.
 */
int arch_try_read8(u64 addr, u8 *val);
int arch_try_read16(u64 addr, u16 *val);
int arch_try_read32(u64 addr, u32 *val);
int arch_try_read64(u64 addr, u64 *val);

/** arch_try_write8() and the like - one aligned store, likewise */
int arch_try_write8(u64 addr, u8 val);
int arch_try_write16(u64 addr, u16 val);
int arch_try_write32(u64 addr, u32 val);
int arch_try_write64(u64 addr, u64 val);

#endif
