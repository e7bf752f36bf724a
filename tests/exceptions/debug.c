// SPDX-License-Identifier: BSD-2-Clause
/* Debug exceptions of this level: software step, breakpoint, watchpoint (DDI0487J.a D2). */
#include <base/errno.h>
#include <base/util.h>
#include <asm/cpu.h>
#include "exceptions.h"

#define MDSCR_SS	BIT(0)
#define MDSCR_KDE	BIT(13)
#define MDSCR_MDE	BIT(15)
#define MDCR_TDE	BIT(8)
#define SPSR_SS		BIT(21)
#define PSTATE_D	BIT(9)

/* E, and EL1 and EL2 whatever the security state: HMC, SSC, PMC or PAC. */
#define CONTROL_E	BIT(0)
#define CONTROL_EL1	(1ULL << 1)
#define CONTROL_EL2	(3ULL << 1 | BIT(13) | 1ULL << 14)
#define BREAK_BAS	(0xfULL << 5)
#define WATCH_BAS(n)	((n) << 5)
#define WATCH_STORES	(2ULL << 3)

static u64 own_level(void)
{
	return cpu_current_el() == 2 ? CONTROL_EL2 : CONTROL_EL1;
}

/* At EL2 they come only when EL2 is where debug exceptions go. */
static void arm(u64 mdscr)
{
	write_sysreg(0, oslar_el1);
	if (cpu_current_el() == 2)
		write_sysreg(read_sysreg(mdcr_el2) | MDCR_TDE, mdcr_el2);
	write_sysreg(mdscr | MDSCR_KDE, mdscr_el1);
	isb();
}

void debug_restore(void)
{
	write_sysreg(0, mdscr_el1);
	write_sysreg(0, dbgbcr0_el1);
	write_sysreg(0, dbgwcr0_el1);
	if (cpu_current_el() == 2)
		write_sysreg(read_sysreg(mdcr_el2) & ~MDCR_TDE, mdcr_el2);
	isb();
}

static bool start_stepping(struct pt_regs *regs, struct exception_info *info)
{
	if (ESR_EC(info->esr) != EC_BRK)
		return false;
	regs->pc += 4;
	regs->pstate = (regs->pstate | SPSR_SS) & ~PSTATE_D;
	return true;
}

static void brk_and_nops(void *unused __unused)
{
	__asm__ volatile("brk #1\n\tnop\n\tnop\n\tnop");
}

/* One instruction behind the ERET, then the exception, before the second. */
void software_step(void)
{
	static const struct exception_handler handler = { start_stepping };
	struct taken taken = { 0 };
	bool came;

	arm(MDSCR_SS);
	came = take_handled(&taken, VECTOR_SPX_SYNC, &handler, brk_and_nops, NULL);
	debug_restore();
	REQUIRE(came, "no exception came");
	CHECK_VECTOR(&taken, VECTOR_SPX_SYNC);
	CHECK_CLASS(&taken, EC_STEP);
	CHECK_EQ(*(u32 *)(taken.info.elr - 8), 0xd4200020U, "ELR is two instructions behind the BRK");
}

static void unmasked_undefined(void *unused __unused)
{
	__asm__ volatile("msr daifclr, #8\n\tisb" ::: "memory");
	run_undefined(NULL);
}

void hardware_breakpoint(void)
{
	struct taken taken = { 0 };
	int ret;

	write_sysreg((u64)undefined_at, dbgbvr0_el1);
	write_sysreg(CONTROL_E | BREAK_BAS | own_level(), dbgbcr0_el1);
	arm(MDSCR_MDE);
	ret = test_guarded_call(unmasked_undefined, NULL, &taken.info, &taken.regs);
	debug_restore();
	REQUIRE_EQ(ret, -EFAULT, "no exception came");
	/* It comes before the instruction is looked at. */
	CHECK_CLASS(&taken, EC_BREAKPOINT);
	CHECK_EQ(taken.info.elr, (u64)undefined_at, "ELR");
}

static void unmasked_accesses(void *to)
{
	u64 value;

	__asm__ volatile("msr daifclr, #8\n\tisb\n\tldr %0, [%1]\n\tstr xzr, [%1, #8]\n\tstr xzr, [%1]"
			 : "=&r"(value) : "r"(to) : "memory");
}

/* A store to the word next to it and a load from it pass; the store to it does not. */
void hardware_watchpoint(void)
{
	static u64 watched[2] __aligned(16) = { 1, 1 };
	struct taken taken = { 0 };
	int ret;

	write_sysreg((u64)watched, dbgwvr0_el1);
	write_sysreg(CONTROL_E | WATCH_BAS(0xffULL) | WATCH_STORES | own_level(), dbgwcr0_el1);
	arm(MDSCR_MDE);
	ret = test_guarded_call(unmasked_accesses, watched, &taken.info, &taken.regs);
	debug_restore();
	REQUIRE_EQ(ret, -EFAULT, "no exception came");
	CHECK_CLASS(&taken, EC_WATCHPOINT);
	CHECK_EQ(taken.info.far, (u64)watched, "FAR");
	CHECK_EQ(taken.info.esr & BIT(6), BIT(6), "WnR");
	CHECK_EQ(watched[1], 0ULL, "the store before it");
	CHECK_EQ(watched[0], 1ULL, "the watched word, which the store must not have reached");
}
