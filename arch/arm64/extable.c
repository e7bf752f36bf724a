// SPDX-License-Identifier: BSD-2-Clause
/* Instructions that may fault. The linker script bounds the number of entries. */
#include <base/errno.h>
#include <asm/extable.h>
#include <asm/percpu.h>
#include <asm/sections.h>
#include "extable.h"

/* Distances from the words themselves: they need no relocation. */
struct extable_entry {
	s32 insn;
	s32 behind;
};

extern const struct extable_entry _extable[], _extable_end[];

/* SVC and HVC are over when they are taken; everything else would be done again. */
static u64 cause_of(const struct exception_info *info)
{
	unsigned int ec = ESR_EC(info->esr);

	return ec == EC_SVC || ec == EC_HVC ? info->elr - 4 : info->elr;
}

/*
 * The first entry that may be for @insn, or one of up to three before it. Each
 * exception looks through the whole table: four a turn, and by the low words of the
 * distances alone, which are shorter by an entry's size from one to the next.
 */
static const struct extable_entry *first_near(u64 insn)
{
	const struct extable_entry *entry = _extable;
	u32 distance = (u32)(insn - (u64)entry);

	for (; _extable_end - entry >= 4; entry += 4) {
		if ((u32)entry[0].insn == distance || (u32)entry[1].insn == distance - 8 ||
		    (u32)entry[2].insn == distance - 16 || (u32)entry[3].insn == distance - 24)
			break;
		distance -= 4 * sizeof(*entry);
	}
	return entry;
}

bool extable_fixup(struct pt_regs *regs, const struct exception_info *info)
{
	u64 insn = cause_of(info);

	for (const struct extable_entry *entry = first_near(insn); entry < _extable_end; entry++) {
		if ((u64)&entry->insn + entry->insn != insn)
			continue;
		cpu_local()->try_esr = info->esr;
		cpu_local()->try_far = info->far;
		regs->pc = (u64)&entry->behind + entry->behind;
		return true;
	}
	return false;
}

u64 arch_try_esr(void)
{
	return cpu_local()->try_esr;
}

u64 arch_try_far(void)
{
	return cpu_local()->try_far;
}

#define DEFINE_TRY(bits, suffix, reg)							\
int arch_try_read##bits(u64 addr, u##bits *val)						\
{											\
	u64 found = 0;									\
	int ret = arch_try_value("ldr" suffix " %" reg "[val], [%[addr]]", found,	\
				 [addr] "r"(addr));					\
											\
	if (!ret)									\
		*val = found;								\
	return ret;									\
}											\
											\
int arch_try_write##bits(u64 addr, u##bits val)						\
{											\
	return arch_try_insn("str" suffix " %" reg "[val], [%[addr]]",			\
			     [addr] "r"(addr), [val] "r"((u64)val));			\
}

DEFINE_TRY(8, "b", "w")
DEFINE_TRY(16, "h", "w")
DEFINE_TRY(32, "", "w")
DEFINE_TRY(64, "", "x")
