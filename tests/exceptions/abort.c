// SPDX-License-Identifier: BSD-2-Clause
/* Aborts: what ESR and FAR say of an access that memory or its map refuses. */
#include <base/errno.h>
#include <base/util.h>
#include <core/address_space.h>
#include <core/page_alloc.h>
#include <asm/extable.h>
#include <asm/mmu.h>
#include <asm/page.h>
#include <asm/sections.h>
#include "exceptions.h"

/* In page 0, which no map of ours holds. */
#define NOWHERE		0x18ULL
#define ESR_WNR		BIT(6)

#define STACK_SIZE	SZ_64K

#define FSC_TRANSLATION	0x04U	/* to 0x07: level 0 to 3; level -1 is 0x2b */
#define FSC_PERMISSION	0x0cU
#define FSC_ALIGNMENT	0x21U

static unsigned int fault_type(u64 esr)
{
	unsigned int fsc = ESR_FSC(esr);

	return fsc == 0x2b ? FSC_TRANSLATION : fsc < 0x10 ? fsc & ~3U : fsc;
}

static void check_abort(const struct taken *taken, unsigned int class, unsigned int type, u64 far)
{
	CHECK_VECTOR(taken, VECTOR_SPX_SYNC);
	CHECK_CLASS(taken, class);
	CHECK_EQ(fault_type(taken->info.esr), type, "ESR 0x%llx", taken->info.esr);
	CHECK_EQ(taken->info.far, far, "FAR");
}

static void load(void *from)
{
	u64 value;

	__asm__ volatile("ldr %0, [%1]" : "=r"(value) : "r"(from));
}

static void store(void *to)
{
	__asm__ volatile("str xzr, [%0]" : : "r"(to) : "memory");
}

static void load_exclusive(void *from)
{
	u64 value;

	__asm__ volatile("ldxr %0, [%1]\n\tclrex" : "=&r"(value) : "r"(from));
}

static void branch(void *to)
{
	((void (*)(void))to)();
}

void data_abort_read(void)
{
	struct taken taken;

	take(&taken, load, (void *)NOWHERE);
	check_abort(&taken, EC_DABT, FSC_TRANSLATION, NOWHERE);
	CHECK_EQ(taken.info.esr & ESR_WNR, 0ULL, "WnR");
}

void data_abort_write(void)
{
	struct taken taken;

	take(&taken, store, (void *)NOWHERE);
	check_abort(&taken, EC_DABT, FSC_TRANSLATION, NOWHERE);
	CHECK_EQ(taken.info.esr & ESR_WNR, ESR_WNR, "WnR");
}

void permission_fault(void)
{
	struct taken taken;

	take(&taken, store, _text);
	check_abort(&taken, EC_DABT, FSC_PERMISSION, (u64)_text);
	CHECK_EQ(taken.info.esr & ESR_WNR, ESR_WNR, "WnR");
}

void prefetch_abort(void)
{
	struct taken taken;

	take(&taken, branch, (void *)0x20);
	check_abort(&taken, EC_IABT, FSC_TRANSLATION, 0x20);
	CHECK_EQ(taken.info.elr, 0x20ULL, "ELR");
}

void execute_never(void)
{
	static u32 data[1];
	struct taken taken;

	take(&taken, branch, data);
	check_abort(&taken, EC_IABT, FSC_PERMISSION, (u64)data);
	CHECK_EQ(taken.info.elr, (u64)data, "ELR");
}

/* Whatever SCTLR_ELx.A says (DDI0487J.a B2.8.3). */
void exclusive_alignment(void)
{
	static u64 data[2] __aligned(16);
	struct taken taken;

	take(&taken, load_exclusive, (char *)data + 1);
	check_abort(&taken, EC_DABT, FSC_ALIGNMENT, (u64)data + 1);
}

void faults_are_values(void)
{
	u64 there = 0x1122334455667788ULL;
	u64 value = 0, kept = 7;
	u32 word = 0;
	u8 byte = 0;

	CHECK_EQ(arch_try_read64((u64)&there, &value), 0);
	CHECK_EQ(value, 0x1122334455667788ULL);
	CHECK_EQ(arch_try_read8((u64)&there, &byte), 0);
	CHECK_EQ((unsigned int)byte, 0x88U);
	CHECK_EQ(arch_try_write32((u64)&there, 0x99aabbccU), 0);
	CHECK_EQ(arch_try_read32((u64)&there, &word), 0);
	CHECK_EQ(word, 0x99aabbccU);
	CHECK_EQ(arch_try_read64(NOWHERE, &kept), -EFAULT);
	CHECK_EQ(kept, 7ULL, "a failed read changed its destination");
	CHECK_EQ(arch_try_far(), NOWHERE);
	CHECK_EQ(arch_try_write16(NOWHERE, 1), -EFAULT);
	CHECK_EQ(ESR_EC(arch_try_esr()), EC_DABT);
	CHECK_EQ(arch_try_esr() & ESR_WNR, ESR_WNR);
	CHECK_EQ(arch_try_insn(".inst 0"), -EFAULT);
	CHECK_EQ(ESR_EC(arch_try_esr()), EC_UNKNOWN);
	CHECK_EQ(arch_try_insn("svc #1"), -EFAULT);
	CHECK_EQ(ESR_EC(arch_try_esr()), EC_SVC);
}

#pragma GCC diagnostic ignored "-Winfinite-recursion"
static __noinline u64 deeper(volatile u64 *above)
{
	volatile u64 here[64];

	here[0] = *above + 1;
	return deeper(here) + here[0];
}

static void overflow(void *unused __unused)
{
	volatile u64 start = 0;

	deeper(&start);
}

static void overflow_on(void *stack)
{
	arch_stack_call(overflow, NULL, stack, STACK_SIZE);
}

/* On a stack of its own with nothing mapped below: the case's is looked at when it ends. */
void stack_overflow_is_told(void)
{
	u64 va = (u64)address_space_alloc(STACK_SIZE + PAGE_SIZE, PAGE_SIZE);
	u64 pages = (u64)pages_alloc(STACK_SIZE, PAGE_SIZE);
	struct taken taken = { 0 };
	int ret;

	REQUIRE_NE(va, 0ULL);
	REQUIRE_NE(pages, 0ULL);
	REQUIRE_EQ(mmu_map_at(va + PAGE_SIZE, pages, STACK_SIZE, MAP_RW), 0);
	ret = test_guarded_call(overflow_on, (void *)(va + PAGE_SIZE), &taken.info, &taken.regs);
	CHECK_EQ(mmu_unmap(va + PAGE_SIZE, STACK_SIZE), 0);
	CHECK_EQ(pages_free((void *)pages, STACK_SIZE), 0);
	CHECK_EQ(address_space_free((void *)va, STACK_SIZE + PAGE_SIZE), 0);
	REQUIRE_EQ(ret, -EFAULT, "no exception came");
	CHECK(taken.info.stack_overflow, "ESR 0x%llx, FAR 0x%llx, sp 0x%llx", taken.info.esr,
	      taken.info.far, taken.regs.sp);
	CHECK_CLASS(&taken, EC_DABT);
	CHECK_LT(taken.info.far, va + PAGE_SIZE, "FAR");
}
