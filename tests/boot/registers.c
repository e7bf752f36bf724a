// SPDX-License-Identifier: BSD-2-Clause
/*
 * The control registers as the cases find them. They are the same for every
 * way to boot one machine: scripts compare the lines printed here, and the
 * checks hold them against what the image meant to set.
 */
#include <asm/cpu.h>
#include <asm/cpu_control.h>
#include <asm/mmu.h>
#include <asm/mmu_off.h>
#include <asm/sections.h>
#include <base/string.h>
#include <core/alarm.h>
#include "boot.h"

#define TIMER_CONTROL	3ULL	/* ENABLE and IMASK; ISTATUS depends on the time */
#define TTBR_BADDR	GENMASK(47, 1)

extern char vectors[];

static void show(const char *name, u64 value)
{
	test_diag("reg %s 0x%llx", name, value);
}

static void check(const char *name, u64 value, u64 want)
{
	show(name, value);
	CHECK_EQ(value, want, "%s", name);
}

/* None runs, but the one that has the case's deadline. */
static void check_timer(const char *name, u64 control, const char *timer)
{
	const struct alarm_timer *alarm = alarm_get();

	check(name, alarm && !strcmp(alarm->name, timer) ? 0 : control & TIMER_CONTROL, 0);
}

#define SHOW(reg)	show(#reg, read_sysreg(reg))
#define EXPECT(reg, want) check(#reg, read_sysreg(reg), want)

/* Addresses: where the image lies differs, the place in it does not. */
static void show_offset(const char *name, u64 value)
{
	show(name, value - (u64)_image);
}

static void dump_el2_layout(const struct cpu_control *want)
{
	EXPECT(sctlr_el2, want->sctlr);
	EXPECT(tcr_el2, want->tcr);
	EXPECT(mair_el2, want->mair);
	show_offset("ttbr0_el2", read_sysreg(ttbr0_el2) & TTBR_BADDR);
	check("vbar_el2", read_sysreg(vbar_el2) - (u64)_image, (u64)(vectors - _image));
	EXPECT(cntkctl_el1, 3);
}

static void dump_el1_layout(const struct cpu_control *want, unsigned int el)
{
	EXPECT(sctlr_el1, want->sctlr);
	EXPECT(tcr_el1, want->tcr);
	EXPECT(mair_el1, want->mair);
	EXPECT(cpacr_el1, want->cpacr);
	EXPECT(ttbr1_el1, 0);
	EXPECT(contextidr_el1, 0);
	show_offset("ttbr0_el1", read_sysreg(ttbr0_el1) & TTBR_BADDR);
	check("vbar_el1", read_sysreg(vbar_el1) - (u64)_image, (u64)(vectors - _image));
	if (el == 1)
		EXPECT(cntkctl_el1, 3);
}

static void dump_el2(const struct cpu_control *want)
{
	EXPECT(hcr_el2, want->hcr);
	EXPECT(cptr_el2, want->cptr);
	EXPECT(cnthctl_el2, want->cnthctl);
	EXPECT(cntvoff_el2, 0);
	EXPECT(hstr_el2, 0);
	EXPECT(vttbr_el2, 0);
	EXPECT(vpidr_el2, read_sysreg(midr_el1));
	EXPECT(vmpidr_el2, read_sysreg(mpidr_el1));
	SHOW(mdcr_el2);
	check_timer("cnthp_ctl_el2", read_sysreg(cnthp_ctl_el2), "hypervisor physical timer");
}

/* The physical timer is EL2's own with VHE; elsewhere firmware may keep it to itself. */
static void dump_common(unsigned int el)
{
	u64 sp;

	__asm__ volatile("mov %0, sp" : "=r"(sp));
	check("CurrentEL", read_sysreg(CurrentEL), el << 2);
	EXPECT(SPSel, 1);
	SHOW(daif);
	show_offset("sp", sp);
	EXPECT(mdscr_el1, 0);
	EXPECT(tpidr_el0, 0);
	EXPECT(tpidrro_el0, 0);
	check_timer("cntv_ctl_el0", read_sysreg(cntv_ctl_el0), "virtual timer");
	check_timer("cntp_ctl_el0", read_sysreg(cntp_ctl_el0),
		    cpu_runs_vhe() ? "hypervisor physical timer" : "physical timer");
	check("fpcr", read_sysreg(S3_3_C4_C4_0), 0);
	SHOW(cntfrq_el0);
}

void register_dump(void)
{
	unsigned int el = cpu_current_el();
	bool vhe = cpu_runs_vhe();
	struct cpu_control want;

	cpu_control_fill(&want, el, vhe);
	mmu_control_fill(&want);
	if (!mmu_is_on())
		want.sctlr = SCTLR_WITHOUT_MMU(want.sctlr);
	dump_common(el);
	if (el == 2 && !vhe)
		dump_el2_layout(&want);
	else
		dump_el1_layout(&want, el);
	if (el == 2)
		dump_el2(&want);
}
