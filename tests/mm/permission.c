// SPDX-License-Identifier: BSD-2-Clause
/* What may be read, written and executed, and by whom. */
#include <asm/cpu.h>
#include <asm/el0.h>
#include <asm/tlb.h>
#include "mm.h"

static u64 map_code(enum map_kind kind)
{
	const struct mm *mm = mm_begin();

	mm_put_code(mm->page[0]);
	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, kind), 0);
	return mm->va;
}

static void require_el0(void)
{
	if (mm_one_level())
		SKIP("EL2 without VHE: there is no EL0");
}

void data_is_not_executed(void)
{
	static const enum map_kind kinds[] = { MAP_RW, MAP_RO };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		u64 va = map_code(kinds[i]);

		mm_expect(MM_EXECUTE, va, MM_PERMISSION, 3);
		mm_expect(MM_READ, va, MM_NONE, 0);
	}
}

void read_only_is_not_written(void)
{
	const struct mm *mm = mm_begin();

	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RO), 0);
	mm_expect(MM_READ, mm->va, MM_NONE, 0);
	mm_expect(MM_WRITE, mm->va, MM_PERMISSION, 3);
	mm_expect(MM_WRITE, mm->va + PAGE_SIZE - 8, MM_PERMISSION, 3);
	CHECK_EQ(*(volatile u64 *)mm->page[0], 0x1000ULL);
}

void code_runs_and_is_not_written(void)
{
	u64 va = map_code(MAP_RX);

	mm_expect(MM_EXECUTE, va, MM_NONE, 0);
	mm_expect(MM_READ, va, MM_NONE, 0);
	mm_expect(MM_WRITE, va, MM_PERMISSION, 3);
	mm_expect(MM_EXECUTE, va, MM_NONE, 0);
}

void el0_permissions(void)
{
	static const struct {
		enum map_kind kind;
		enum mm_fault read, write;	/* of EL0 */
	} rows[] = {
		{ MAP_RW, MM_PERMISSION, MM_PERMISSION },
		{ MAP_RO, MM_PERMISSION, MM_PERMISSION },
		{ MAP_RX, MM_PERMISSION, MM_PERMISSION },
		{ MAP_EL0_RW, MM_NONE, MM_NONE },
		{ MAP_EL0_RO, MM_NONE, MM_PERMISSION },
		{ MAP_EL0_RX, MM_NONE, MM_PERMISSION },
	};
	unsigned int i;

	require_el0();
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		u64 va = map_code(rows[i].kind);

		mm_expect(MM_EL0_READ, va, rows[i].read, 3);
		mm_expect(MM_EL0_WRITE, va, rows[i].write, 3);
		mm_expect(MM_READ, va, MM_NONE, 0);
	}
}

/* What EL0 may write, EL1 never executes, whatever PXN says; what is mapped for EL0 has PXN. */
void el0_code_is_not_run(void)
{
	struct mmu_walk walk;
	u64 va;

	require_el0();
	va = map_code(MAP_EL0_RX);
	mm_expect(MM_EXECUTE, va, MM_PERMISSION, 3);
	va = map_code(MAP_EL0_RW);
	mm_expect(MM_EXECUTE, va, MM_PERMISSION, 3);
	walk = mm_leaf(va);
	mmu_entry_write(va, walk.entry, walk.descriptor & ~(PTE_PXN | PTE_UXN));
	mm_expect(MM_EXECUTE, va, MM_PERMISSION, 3);
}

static bool cpu_has_pan(void)
{
	return read_sysreg(ID_AA64MMFR1_EL1) >> 20 & 0xf;
}

/* By encoding: assemblers of Armv8.0 do not know the name. */
static __noinline void pan_set(void)
{
	__asm__ volatile(".inst 0xd500419f" : : : "memory");	/* msr pan, #1 */
}

static __noinline void pan_clear(void)
{
	__asm__ volatile(".inst 0xd500409f" : : : "memory");	/* msr pan, #0 */
}

/* Where there is no PAN, a privileged access to EL0's memory just works. */
void pan_keeps_from_el0_memory(void)
{
	const struct mm *mm = mm_begin();
	enum mm_fault with_pan, own, el0;

	require_el0();
	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_EL0_RW), 0);
	REQUIRE_EQ(mmu_map_at(mm->va + PAGE_SIZE, mm->page[1], PAGE_SIZE, MAP_RW), 0);
	mm_expect(MM_WRITE, mm->va, MM_NONE, 0);
	if (!cpu_has_pan())
		return;
	pan_set();
	with_pan = mm_try(MM_WRITE, mm->va);
	pan_set();
	own = mm_try(MM_WRITE, mm->va + PAGE_SIZE);
	el0 = mm_try(MM_EL0_WRITE, mm->va);
	pan_clear();
	CHECK(with_pan == MM_PERMISSION, "write to EL0's memory with PSTATE.PAN: %s",
	      mm_fault_name(with_pan));
	CHECK(own == MM_NONE, "write to other memory with PSTATE.PAN: %s", mm_fault_name(own));
	CHECK(el0 == MM_NONE, "unprivileged write with PSTATE.PAN: %s", mm_fault_name(el0));
	mm_expect(MM_WRITE, mm->va, MM_NONE, 0);
}

void access_flag_faults(void)
{
	const struct mm *mm = mm_begin();
	struct mmu_walk walk;

	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RW), 0);
	walk = mm_leaf(mm->va);
	mmu_entry_write(mm->va, walk.entry, walk.descriptor & ~PTE_AF);
	mm_expect(MM_READ, mm->va, MM_ACCESS_FLAG, 3);
	mm_expect(MM_WRITE, mm->va, MM_ACCESS_FLAG, 3);
	CHECK_EQ(*walk.entry & PTE_AF, 0ULL, "nobody sets the flag: TCR.HA is clear");
	/* What faults is not held in a TLB: no maintenance is needed (DDI0487J.a D8.13.1). */
	*walk.entry = walk.descriptor;
	dsb(ishst);
	isb();
	mm_expect(MM_READ, mm->va, MM_NONE, 0);
}

/* At EL0 itself: one instruction, which an SVC or the fault ends. */
static void expect_at_el0(enum map_kind kind, unsigned int class)
{
	struct pt_regs regs = { .pc = map_code(kind) };
	struct exception_info info;

	mm_put_el0_code(mm_leaf(regs.pc).pa);
	REQUIRE_EQ(arch_el0_call(&regs, &info), 0);
	CHECK_EQ((unsigned int)(info.esr >> 26), class, "kind %d at EL0: ESR 0x%llx", kind, info.esr);
	if (class == EC_IABT_LOWER) {
		CHECK(mm_fault_of(info.esr & 0x3f) == MM_PERMISSION, "kind %d: ESR 0x%llx", kind,
		      info.esr);
		CHECK_EQ(info.far, mm_begin()->va, "kind %d: FAR", kind);
	}
}

void el0_runs_its_code_only(void)
{
	require_el0();
	expect_at_el0(MAP_EL0_RX, EC_SVC);
	expect_at_el0(MAP_EL0_RW, EC_IABT_LOWER);
	expect_at_el0(MAP_EL0_RO, EC_IABT_LOWER);
	expect_at_el0(MAP_RX, EC_IABT_LOWER);
}
