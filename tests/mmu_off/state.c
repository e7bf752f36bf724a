// SPDX-License-Identifier: BSD-2-Clause
/* The CPU without its MMU: registers, exceptions, time, devices; and what the way there costs. */
#include <base/errno.h>
#include <base/util.h>
#include <core/console.h>
#include <core/time.h>
#include <asm/cpu.h>
#include <asm/cpu_control.h>
#include <asm/exception.h>
#include <asm/page.h>
#include <asm/sections.h>
#include "mmu_off.h"

struct registers {
	u64 sctlr, tcr, ttbr0, mair, vbar, tpidr;
};

static struct registers read_registers(void)
{
	struct registers regs = { .tpidr = read_sysreg(tpidr_el1) };

	if (cpu_current_el() == 2 && !cpu_runs_vhe()) {
		regs.sctlr = read_sysreg(sctlr_el2);
		regs.tcr = read_sysreg(tcr_el2);
		regs.ttbr0 = read_sysreg(ttbr0_el2);
		regs.mair = read_sysreg(mair_el2);
		regs.vbar = read_sysreg(vbar_el2);
	} else {
		regs.sctlr = read_sysreg(sctlr_el1);
		regs.tcr = read_sysreg(tcr_el1);
		regs.ttbr0 = read_sysreg(ttbr0_el1);
		regs.mair = read_sysreg(mair_el1);
		regs.vbar = read_sysreg(vbar_el1);
	}
	return regs;
}

static void check_rest(const struct registers *now, const struct registers *then)
{
	CHECK_EQ(now->tcr, then->tcr);
	CHECK_EQ(now->ttbr0, then->ttbr0);
	CHECK_EQ(now->mair, then->mair);
	CHECK_EQ(now->vbar, then->vbar);
	CHECK_EQ(now->tpidr, then->tpidr);
}

/* In a run with mmu=off: on, and off again. */
void registers_are_as_meant(void)
{
	const bool was_on = mmu_is_on();
	struct registers on, off;
	struct cpu_control control;

	if (!was_on)
		go_on();
	cpu_control_fill(&control, cpu_current_el(), cpu_runs_vhe());
	on = read_registers();
	CHECK_EQ(on.sctlr, control.sctlr, "before");
	go_off();
	off = read_registers();
	CHECK_EQ(off.sctlr, SCTLR_WITHOUT_MMU(control.sctlr), "MMU off");
	check_rest(&off, &on);
	go_on();
	off = read_registers();
	CHECK_EQ(off.sctlr, control.sctlr, "MMU on again");
	check_rest(&off, &on);
	if (!was_on)
		go_off();
}

#define DAIF_FIQ	0x40ULL
#define DAIF_ALL	0x3c0ULL

/* FIQ is nobody's: unmasked for a moment it shows a mask that is not put back. */
void interrupt_masks_stay(void)
{
	u64 daif = read_sysreg(daif), found[4];
	unsigned int i;

	write_sysreg(daif & ~DAIF_FIQ, daif);
	go_off();
	found[0] = read_sysreg(daif);
	go_on();
	found[1] = read_sysreg(daif);
	write_sysreg(daif | DAIF_FIQ, daif);
	go_off();
	found[2] = read_sysreg(daif);
	go_on();
	found[3] = read_sysreg(daif);
	write_sysreg(daif, daif);
	for (i = 0; i < ARRAY_SIZE(found); i++)
		CHECK_EQ(found[i] & DAIF_ALL, (i < 2 ? daif & ~DAIF_FIQ : daif | DAIF_FIQ) & DAIF_ALL,
			 "read %u", i);
}

void second_call_changes_nothing(void)
{
	bool on = mmu_is_on();

	CHECK_EQ(on ? mmu_enable() : mmu_disable(), -EALREADY);
	CHECK_EQ(mmu_is_on(), on);
	CHECK_EQ(on ? mmu_disable() : mmu_enable(), 0);
	CHECK_EQ(on ? mmu_disable() : mmu_enable(), -EALREADY);
	CHECK_EQ(mmu_is_on(), !on);
	CHECK_EQ(on ? mmu_enable() : mmu_disable(), 0);
	CHECK_EQ(mmu_is_on(), on);
}

void wrong_ranges_are_refused(void)
{
	static char granules[2 * MMUOFF_ALIGN] __aligned(MMUOFF_ALIGN);

	CHECK_EQ(mmu_off_share(granules + 64, MMUOFF_ALIGN), -EINVAL, "begins in a granule");
	CHECK_EQ(mmu_off_share(granules, MMUOFF_ALIGN - 64), -EINVAL, "ends in a granule");
	CHECK_EQ(mmu_off_unshare(granules + 64, MMUOFF_ALIGN), -EINVAL);
	CHECK_EQ(mmu_off_share(granules, MMUOFF_ALIGN), 0);
	CHECK_EQ(mmu_off_share(granules + MMUOFF_ALIGN, MMUOFF_ALIGN), 0, "a neighbour");
	CHECK_EQ(mmu_off_unshare(granules, 2 * MMUOFF_ALIGN), 0);
}

/*
 * Of the image no more than lies between its data and its end, and little beside
 * that: never memory as such, of which the smallest machine has 128 MiB.
 */
void cost_is_that_of_what_is_in_use(void)
{
	const struct mmu_off_cost *cost = mmu_off_cost();
	u64 most = (u64)(_image_end - _data) + SZ_2M;

	go_off();
	go_on();
	test_diag("DC operations: %llu to go off, %llu to come back, %llu once for what is only read, %u bytes each",
		  cost->off, cost->on, cost->read_only, cost->line);
	CHECK_GT(cost->line, 0U);
	CHECK_GT(cost->off, 0ULL);
	CHECK_EQ(cost->on, cost->off);
	CHECK_LE(cost->off * cost->line, most);
	CHECK_LE((u64)(_bss_end - _data), cost->off * cost->line);
}

static void trap(void *arg)
{
	(void)arg;
	__asm__ volatile("brk #0x55");
}

void exceptions_come_without_the_mmu(void)
{
	struct exception_info info = { 0 };
	unsigned int i;

	for (i = 0; i < 3; i++) {
		REQUIRE_EQ(test_guarded_call(trap, NULL, &info, NULL), -EFAULT);
		CHECK_EQ(info.esr & 0xffff, 0x55ULL);
		CHECK_EQ(info.esr >> 26, 0x3cULL, "exception class: BRK");
		CHECK(!mmu_is_on());
	}
}

#define DFSC_ALIGNMENT	0x21ULL

static void read_unaligned(void *arg)
{
	u32 word;

	__asm__ volatile("ldr %w0, [%1]" : "=r"(word) : "r"((char *)arg + 1));
}

void unaligned_access_faults_without_the_mmu(void)
{
	static u64 words[2];
	struct exception_info info = { 0 };

	REQUIRE_EQ(test_guarded_call(read_unaligned, words, &info, NULL), -EFAULT);
	CHECK_EQ(info.esr & 0x3f, DFSC_ALIGNMENT);
	CHECK_EQ(info.far, (u64)words + 1);
}

void time_passes_without_the_mmu(void)
{
	u64 start = time_ticks();

	time_delay_us(100);
	CHECK_GE(time_ticks_to_us(time_ticks() - start), 100ULL);
	CHECK_EQ(wait_until(false, 100), -ETIMEDOUT);
	CHECK(!mmu_is_on());
}

/* A line that does not arrive leaves the runner on the host without the case's own. */
void console_prints_without_the_mmu(void)
{
	test_diag("printed with the MMU off");
	CHECK(console_present());
	CHECK(!mmu_is_on());
}
