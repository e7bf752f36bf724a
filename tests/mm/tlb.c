// SPDX-License-Identifier: BSD-2-Clause
/*
 * TLB maintenance. An entry is used, then made invalid in its table without
 * maintenance: the old translation may still be there. Behind the operation
 * under test it must be gone.
 */
#include <asm/tlb.h>
#include <core/cpu.h>
#include "mm.h"

#define ASID		0x5aULL
#define OTHER_ASID	0x5bULL
#define TTBR_ASID_SHIFT	48

/* Named by what they do, so that each can be taken away. */
static __noinline void flush_va(u64 va)
{
	if (mm_one_level())
		tlbi_arg(vae2is, TLBI_VA(va));
	else
		tlbi_arg(vae1is, TLBI_VA(va) | TLBI_ASID(ASID));
	dsb(ish);
	isb();
}

static bool cpu_has_range_tlbi(void)
{
	return (read_sysreg(ID_AA64ISAR0_EL1) >> 56 & 0xf) >= 2;
}

/*
 * FEAT_TLBIRANGE: two pages of the granule (SCALE 0, NUM 0) from @va on, of this ASID. By
 * encoding: assemblers of Armv8.0 do not know RVAE1IS and RVAE2IS.
 */
static __noinline void flush_range_of_va(u64 va)
{
	u64 granule = mmu_page_shift() == 12 ? 1 : mmu_page_shift() == 14 ? 2 : 3;
	/* With TCR.DS the base counts units of 64 KiB. */
	unsigned int shift = mmu_va_bits() == 52 && granule != 3 ? 16 : mmu_page_shift();
	u64 arg = (va >> shift & GENMASK(36, 0)) | granule << 46;

	if (mm_one_level())
		__asm__ volatile("sys #4, c8, c2, #1, %0" : : "r"(arg) : "memory");
	else
		__asm__ volatile("sys #0, c8, c2, #1, %0" : : "r"(arg | TLBI_ASID(ASID)) : "memory");
	dsb(ish);
	isb();
}

static __noinline void flush_va_last_level(u64 va)
{
	if (mm_one_level())
		tlbi_arg(vale2is, TLBI_VA(va));
	else
		tlbi_arg(vale1is, TLBI_VA(va) | TLBI_ASID(ASID));
	dsb(ish);
	isb();
}

static __noinline void flush_va_all_asids(u64 va)
{
	tlbi_arg(vaae1is, TLBI_VA(va));
	dsb(ish);
	isb();
}

static __noinline void flush_asid(u64 va __unused)
{
	tlbi_arg(aside1is, TLBI_ASID(ASID));
	dsb(ish);
	isb();
}

static __noinline void flush_all(u64 va __unused)
{
	if (mm_one_level())
		tlbi(alle2is);
	else
		tlbi(vmalle1is);
	dsb(ish);
	isb();
}

/* TTBR0's ASID; the tables stay. */
static __noinline void set_asid(u64 asid)
{
	u64 ttbr = read_sysreg(ttbr0_el1) & GENMASK(47, 0);

	write_sysreg(ttbr | asid << TTBR_ASID_SHIFT, ttbr0_el1);
	isb();
}

static void entry_set(const struct mmu_walk *walk, u64 value)
{
	WRITE_ONCE(*walk->entry, value);
	dsb(ishst);
	isb();
}

/*
 * With @bits in the entry: use it, make it invalid, look for what is stale,
 * flush. Returns what an access gets then; ASID as before.
 */
static enum mm_fault stale_after(void (*flush)(u64 va), u64 bits)
{
	const struct mm *mm = mm_begin();
	enum mm_fault used, stale, after;
	struct mmu_walk walk;

	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RW), 0);
	walk = mm_leaf(mm->va);
	mmu_entry_write(mm->va, walk.entry, walk.descriptor | bits);
	if (!mm_one_level())
		set_asid(ASID);
	used = mm_try(MM_READ, mm->va);
	entry_set(&walk, 0);
	stale = mm_try(MM_READ, mm->va);
	flush(mm->va);
	after = mm_try(MM_READ, mm->va);
	if (!mm_one_level())
		set_asid(0);
	/* In the table again: the next case takes it away as it does all. */
	entry_set(&walk, walk.descriptor);
	mmu_unmap(mm->va, PAGE_SIZE);
	REQUIRE(used == MM_NONE, "before: %s", mm_fault_name(used));
	test_diag("between: %s", stale == MM_NONE ? "a stale entry" : mm_fault_name(stale));
	return after;
}

static void expect_gone(void (*flush)(u64 va), u64 bits)
{
	enum mm_fault after = stale_after(flush, bits);

	CHECK(after == MM_TRANSLATION, "read behind it: %s, expected a translation fault",
	      mm_fault_name(after));
}

static u64 own_asid_only(void)
{
	return mm_one_level() ? 0 : PTE_NG;
}

static void require_asids(void)
{
	if (mm_one_level())
		SKIP("EL2 without VHE: there are no ASIDs");
}

void tlbi_by_va(void)
{
	expect_gone(flush_va, own_asid_only());
	expect_gone(flush_va, 0);
	if (cpu_has_range_tlbi())
		expect_gone(flush_range_of_va, own_asid_only());
}

void tlbi_by_va_last_level(void)
{
	expect_gone(flush_va_last_level, own_asid_only());
	expect_gone(flush_va_last_level, 0);
}

void tlbi_by_va_all_asids(void)
{
	require_asids();
	expect_gone(flush_va_all_asids, PTE_NG);
	expect_gone(flush_va_all_asids, 0);
}

void tlbi_by_asid(void)
{
	require_asids();
	expect_gone(flush_asid, PTE_NG);
}

void tlbi_all(void)
{
	expect_gone(flush_all, own_asid_only());
	expect_gone(flush_all, 0);
}

/* What one ASID has used is not another's: no maintenance between them. */
void asids_are_apart(void)
{
	const struct mm *mm = mm_begin();
	u64 first, second;
	struct mmu_walk walk;

	require_asids();
	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RO), 0);
	walk = mm_leaf(mm->va);
	mmu_entry_write(mm->va, walk.entry, walk.descriptor | PTE_NG);
	set_asid(ASID);
	first = *(volatile u64 *)mm->va;
	/* Through invalid: this ASID's translation may stay, the other has none. */
	entry_set(&walk, 0);
	set_asid(OTHER_ASID);
	entry_set(&walk, (walk.descriptor | PTE_NG) ^ mm->page[0] ^ mm->page[1]);
	second = *(volatile u64 *)mm->va;
	set_asid(0);
	tlb_flush_all();
	mmu_unmap(mm->va, PAGE_SIZE);
	CHECK_EQ(first, 0x1000ULL);
	CHECK_EQ(second, 0x1001ULL, "read with another ASID");
}

#define CALL_US		1000000ULL

static u64 shared_va;

static void read_shared(void *unused __unused)
{
	(void)*(const volatile u64 *)shared_va;
}

/* On one after the other: each reads, so that its TLB has the page; and again once it is gone. */
void every_cpu_sees_a_change(void)
{
	const struct mm *mm = mm_begin();
	struct cpu_result result;
	unsigned int i;

	shared_va = mm->va;
	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RO), 0);
	cpu_for_each_online(i)
		CHECK_EQ(cpu_call(i, read_shared, NULL, CALL_US), 0, "CPU %u, mapped", i);
	REQUIRE_EQ(mmu_unmap(mm->va, PAGE_SIZE), 0);
	cpu_for_each_online(i) {
		CHECK_EQ(cpu_call(i, read_shared, NULL, CALL_US), -EFAULT, "CPU %u, unmapped", i);
		cpu_call_result(i, &result);
		if (result.ret == -EFAULT)
			CHECK_EQ(result.exception.far, mm->va, "CPU %u: FAR", i);
	}
}
