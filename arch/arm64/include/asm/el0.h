/* SPDX-License-Identifier: BSD-2-Clause */
/* Running code at EL0. */
#ifndef ASM_EL0_H
#define ASM_EL0_H

#include <asm/exception.h>

/**
 * arch_el0_translated() - whether EL0 sees the image's page tables
 *
 * At EL1, and at EL2 with VHE, as EL0's kinds of mmu_map_at() say. At EL2 without
 * VHE the host's EL0 (HCR_EL2.TGE) has stage 1 off: it sees physical addresses,
 * all of them, data as Device memory, so that only code without data is of use
 * there (DDI 0487J.a D8.2.9). The same holds on a CPU whose MMU is off.
 */
bool arch_el0_translated(void);

/**
 * arch_el0_call() - run at EL0 until an exception comes back
 * @regs: x0-x30, sp (SP_EL0) and pc to begin with; pstate: NZCV, DAIF
 *	and SS, the level is EL0 whatever it says. On return, what EL0 left
 * @info: filled with the exception: an SVC is how code there returns, its
 *	immediate is in ESR_ISS(info->esr)
 *
 * Handlers of the vectors for a lower level come first, those of interrupts too:
 * EL0 goes on behind them.
 *
 * Code that runs untranslated must be clean to the point of coherency.
 *
 * Return: 0; -EIO when the exception came from this level instead: nothing ran
 * at EL0, or a handler faulted.
 */
int arch_el0_call(struct pt_regs *regs, struct exception_info *info);

#endif
