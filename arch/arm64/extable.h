/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef ARM64_EXTABLE_H
#define ARM64_EXTABLE_H

#include <asm/exception.h>

/* If @info is the fault of an instruction that may fault: let @regs go on behind it. */
bool extable_fixup(struct pt_regs *regs, const struct exception_info *info);

#endif
