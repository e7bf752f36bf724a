// SPDX-License-Identifier: BSD-2-Clause
/* Code at EL0: entered by ERET, left by any exception, through a guarded call. */
#include <base/errno.h>
#include <asm/cpu.h>
#include <asm/cpu_control.h>
#include <asm/el0.h>
#include <asm/mmu_off.h>
#include <asm/take_over.h>

#define PSTATE_NZCV	(0xfULL << 28)
#define PSTATE_DAIF	(0xfULL << 6)
#define PSTATE_SS	(1ULL << 21)

void el0_enter(const struct pt_regs *regs);

static bool el2_without_vhe(void)
{
	return cpu_current_el() == 2 && !cpu_runs_vhe();
}

bool arch_el0_translated(void)
{
	return !el2_without_vhe() && mmu_is_on();
}

/* Everything masked: an exception between would change ELR and SPSR. */
static void enter(void *arg)
{
	const struct pt_regs *regs = arg;
	u64 spsr = regs->pstate & (PSTATE_NZCV | PSTATE_DAIF | PSTATE_SS);

	__asm__ volatile("msr daifset, #0xf" ::: "memory");
	write_sysreg(regs->sp, sp_el0);
	if (el2_without_vhe()) {
		write_sysreg(regs->pc, elr_el2);
		write_sysreg(spsr, spsr_el2);
	} else {
		write_sysreg(regs->pc, elr_el1);
		write_sysreg(spsr, spsr_el1);
	}
	isb();
	el0_enter(regs);
}

/*
 * EL0's exceptions come to EL2, and EL1's translation is off (D1.3.2, HCR_EL2.TGE). What EL0
 * may use is EL1's register to say still (CPACR_EL1, with E2H clear): where firmware left ZEN
 * clear in it vectors would have 16 bytes there, and come back with the rest gone.
 */
static void become_host(void)
{
	write_sysreg(SCTLR_EL1_MMU_OFF, sctlr_el1);
	write_sysreg(arch_control_in_use()->cpacr, cpacr_el1);
	write_sysreg(read_sysreg(hcr_el2) | HCR_TGE, hcr_el2);
	isb();
}

int arch_el0_call(struct pt_regs *regs, struct exception_info *info)
{
	bool host = el2_without_vhe();
	u64 hcr = host ? read_sysreg(hcr_el2) : 0;
	int ret;

	if (host)
		become_host();
	ret = arch_guarded_call(enter, regs, info, regs);
	if (host) {
		write_sysreg(hcr, hcr_el2);
		isb();
	}
	return ret == -EFAULT && info->vector >= VECTOR_LOWER64_SYNC ? 0 : -EIO;
}
