// SPDX-License-Identifier: BSD-2-Clause
/* Address translation instructions: the same answers as accesses and tables give. */
#include <asm/cpu_control.h>
#include "mm.h"

#define PAR_F		BIT(0)
#define PAR_FST(par)	((par) >> 1 & 0x3f)
#define PAR_PA		GENMASK(51, 12)
#define PAR_ATTR(par)	((par) >> 56)

static const enum map_kind kinds[] = {
	MAP_RW, MAP_RO, MAP_RX, MAP_RWX, MAP_EL0_RW, MAP_EL0_RO, MAP_EL0_RX,
};

/* Maps one page as @kind; false where the regime has no such kind. */
static bool map_kind(const struct mm *mm, enum map_kind kind)
{
	int ret = mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, kind);

	if (ret == -EOPNOTSUPP && mm_one_level())
		return false;
	REQUIRE_EQ(ret, 0, "kind %d", kind);
	return true;
}

static void compare(const struct mm *mm, enum mm_access access, enum map_kind kind)
{
	u64 par = mm_at(access, mm->va + 8);
	enum mm_fault real = mm_try(access, mm->va + 8);

	CHECK_EQ((par & PAR_F) != 0, real != MM_NONE, "access %d to kind %d: PAR_EL1 0x%llx, and %s",
		 access, kind, par, mm_fault_name(real));
	if (par & PAR_F) {
		CHECK(mm_fault_of(PAR_FST(par)) == real, "access %d to kind %d: PAR_EL1 0x%llx, and %s",
		      access, kind, par, mm_fault_name(real));
		CHECK_EQ(mm_level_of(PAR_FST(par)), 3, "PAR_EL1 0x%llx", par);
	} else {
		CHECK_EQ(par & PAR_PA, mm->page[0] & PAR_PA, "PAR_EL1 0x%llx", par);
	}
}

void at_agrees_with_accesses(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		const struct mm *mm = mm_begin();

		if (!map_kind(mm, kinds[i]))
			continue;
		compare(mm, MM_READ, kinds[i]);
		compare(mm, MM_WRITE, kinds[i]);
	}
}

void at_el0_agrees_with_accesses(void)
{
	unsigned int i;

	if (mm_one_level())
		SKIP("EL2 without VHE: there is no EL0");
	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		const struct mm *mm = mm_begin();

		map_kind(mm, kinds[i]);
		compare(mm, MM_EL0_READ, kinds[i]);
		compare(mm, MM_EL0_WRITE, kinds[i]);
	}
}

static void expect_status(u64 va, enum mm_fault want, int level, const char *what)
{
	u64 par = mm_at(MM_READ, va);

	REQUIRE(par & PAR_F, "%s: PAR_EL1 0x%llx says that it translates", what, par);
	CHECK(mm_fault_of(PAR_FST(par)) == want, "%s: PAR_EL1 0x%llx, expected a %s", what, par,
	      mm_fault_name(want));
	CHECK_EQ(mm_level_of(PAR_FST(par)), level, "%s: PAR_EL1 0x%llx", what, par);
}

void at_reports_faults(void)
{
	const struct mm *mm = mm_begin();
	struct mmu_walk walk;

	expect_status(1ULL << 54, MM_TRANSLATION, 0, "beyond the tables");
	REQUIRE_EQ(mmu_walk(mm->va, &walk), -ENOENT);
	expect_status(mm->va, MM_TRANSLATION, walk.level, "nothing mapped");
	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RW), 0);
	expect_status(mm->va + PAGE_SIZE, MM_TRANSLATION, 3, "the page behind");
	walk = mm_leaf(mm->va);
	mmu_entry_write(mm->va, walk.entry, walk.descriptor & ~PTE_AF);
	expect_status(mm->va, MM_ACCESS_FLAG, 3, "access flag clear");
}

void at_reports_memory_types(void)
{
	static const struct {
		enum map_kind kind;
		u64 attr;	/* of MAIR */
	} rows[] = { { MAP_RW, 0xff }, { MAP_NC, 0x44 }, { MAP_DEVICE, 0x04 } };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct mm *mm = mm_begin();
		u64 par;

		REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, rows[i].kind), 0);
		par = mm_at(MM_READ, mm->va);
		REQUIRE_EQ(par & PAR_F, 0ULL, "PAR_EL1 0x%llx", par);
		CHECK_EQ(PAR_ATTR(par), rows[i].attr, "PAR_EL1 0x%llx", par);
	}
}

/*
 * The highest bit of the CPU's physical addresses comes through. Nothing is
 * there, so that it is mapped as device memory, where nothing is speculated,
 * and never accessed.
 */
void output_has_all_bits(void)
{
	const struct mm *mm = mm_begin();
	u64 pa = (1ULL << mmu_pa_bits()) - PAGE_SIZE, par;

	REQUIRE_EQ(mmu_map_at(mm->va, pa, PAGE_SIZE, MAP_DEVICE), 0);
	CHECK_EQ(mm_leaf(mm->va + 0xff8).pa, pa + 0xff8);
	par = mm_at(MM_READ, mm->va);
	REQUIRE_EQ(par & PAR_F, 0ULL, "PAR_EL1 0x%llx", par);
	CHECK_EQ(par & PAR_PA, pa, "PAR_EL1 0x%llx of %u bits", par, mmu_pa_bits());
}
