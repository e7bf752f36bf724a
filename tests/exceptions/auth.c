// SPDX-License-Identifier: BSD-2-Clause
/* Branch targets and pointer authentication, where the CPU has them. */
#include <base/errno.h>
#include <base/util.h>
#include <core/address_space.h>
#include <asm/cpu.h>
#include <asm/mmu.h>
#include <asm/mmu_off.h>
#include <asm/page.h>
#include <asm/page_table.h>
#include "exceptions.h"

#define SCTLR_ENIA	BIT(31)
#define PTE_GP		BIT(50)
#define ISAR2		S3_0_C0_C6_2
#define APIAKEYLO	S3_0_C2_C1_0
#define APIAKEYHI	S3_0_C2_C1_1

static u64 window;

static void unmap_window(void)
{
	if (!window)
		return;
	mmu_unmap(window, PAGE_SIZE);
	address_space_free((void *)window, PAGE_SIZE);
	window = 0;
}

/* x16 and x17 are let through by BTI c: any other register is not. */
static void branch_by_x9(void *to)
{
	register u64 x9 __asm__("x9") = (u64)to;

	__asm__ volatile("stp x29, x30, [sp, #-16]!\n\tblr %0\n\tldp x29, x30, [sp], #16"
			 : : "r"(x9) : "x30", "memory");
}

/* The same code in a page that says it is guarded: a BRK is a target, a plain instruction is none. */
void branch_target(void)
{
	struct mmu_walk walk;
	struct taken taken;
	u64 page = ALIGN_DOWN((u64)undefined_at, PAGE_SIZE);
	u64 to;

	if (!(read_sysreg(ID_AA64PFR1_EL1) & 0xf))
		SKIP("ID_AA64PFR1_EL1.BT: no branch target identification");
	if (!mmu_is_on())
		SKIP("a page is guarded by its descriptor, and mmu=off turned the MMU off");
	window = (u64)address_space_alloc(PAGE_SIZE, PAGE_SIZE);
	REQUIRE_NE(window, 0ULL);
	REQUIRE_EQ(mmu_map_at(window, page, PAGE_SIZE, MAP_RX), 0);
	REQUIRE_EQ(mmu_walk(window, &walk), 0);
	mmu_entry_write(window, walk.entry, walk.descriptor | PTE_GP);
	to = window + ((u64)undefined_at - page);
	take(&taken, branch_by_x9, (void *)to);
	CHECK_VECTOR(&taken, VECTOR_SPX_SYNC);
	CHECK_CLASS(&taken, EC_BTI);
	CHECK_EQ(taken.info.elr, to, "ELR");
	CHECK_EQ(taken.info.spsr >> 10 & 3, 2ULL, "SPSR.BTYPE of BLR");
	unmap_window();
}

static bool el2_without_vhe(void)
{
	return cpu_current_el() == 2 && !cpu_runs_vhe();
}

static void set_key_enabled(bool on)
{
	u64 sctlr = el2_without_vhe() ? read_sysreg(sctlr_el2) : read_sysreg(sctlr_el1);

	sctlr = on ? sctlr | SCTLR_ENIA : sctlr & ~SCTLR_ENIA;
	if (el2_without_vhe())
		write_sysreg(sctlr, sctlr_el2);
	else
		write_sysreg(sctlr, sctlr_el1);
	isb();
}

void auth_restore(void)
{
	unmap_window();
	set_key_enabled(false);
}

/* PACIA and AUTIA by encoding, of x9 with x10. */
static u64 sign(u64 pointer, u64 with)
{
	register u64 x9 __asm__("x9") = pointer;
	register u64 x10 __asm__("x10") = with;

	__asm__ volatile(".inst 0xdac10149" : "+r"(x9) : "r"(x10));
	return x9;
}

static u64 authenticate(u64 pointer, u64 with)
{
	register u64 x9 __asm__("x9") = pointer;
	register u64 x10 __asm__("x10") = with;

	__asm__ volatile(".inst 0xdac11149" : "+r"(x9) : "r"(x10));
	return x9;
}

struct signed_pointer {
	u64 plain, good, bad;
};

/* The wrong modifier: with FPAC the AUTIA itself faults, else what it gives cannot be used. */
static void use_wrongly(void *arg)
{
	struct signed_pointer *p = arg;
	u64 value;

	p->bad = authenticate(p->good, 6);
	__asm__ volatile("ldr %0, [%1]" : "=r"(value) : "r"(p->bad));
}

void pointer_authentication(void)
{
	u64 key_low, key_high;
	struct signed_pointer p = { .plain = (u64)&p };
	struct taken taken = { 0 };
	int ret;

	if (!(read_sysreg(ID_AA64ISAR1_EL1) & GENMASK(11, 4)) && !(read_sysreg(ISAR2) >> 12 & 0xf))
		SKIP("ID_AA64ISAR1_EL1, ID_AA64ISAR2_EL1: no pointer authentication");
	key_low = read_sysreg(APIAKEYLO);
	key_high = read_sysreg(APIAKEYHI);
	write_sysreg(0x84be85ce9804e94bULL, APIAKEYLO);
	write_sysreg(0xec2802d4e0a488e9ULL, APIAKEYHI);
	set_key_enabled(true);
	p.good = sign(p.plain, 5);
	CHECK_NE(p.good, p.plain, "PACIA left the pointer as it was");
	CHECK_EQ(authenticate(p.good, 5), p.plain);
	ret = test_guarded_call(use_wrongly, &p, &taken.info, &taken.regs);
	set_key_enabled(false);
	write_sysreg(key_low, APIAKEYLO);
	write_sysreg(key_high, APIAKEYHI);
	REQUIRE_EQ(ret, -EFAULT, "a pointer with another modifier's code could be used");
	if (ESR_EC(taken.info.esr) != EC_FPAC)
		CHECK_CLASS(&taken, EC_DABT);
}
