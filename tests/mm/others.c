// SPDX-License-Identifier: BSD-2-Clause
/*
 * A map that changes while another CPU uses it. A translation is broken, its old one
 * thrown out of every TLB, then the new one is made (DDI0487J.a D8.14.1): in between the other
 * CPU may get a translation fault. Behind each change it gets what the map says and nothing older.
 */
#include <core/cpu.h>
#include <core/time.h>
#include <asm/extable.h>
#include <asm/lock.h>
#include "mm.h"

#define ROUNDS		30U
#define STEPS		4U
#define CALL_US		5000000ULL
#define LOOK_US		1000000ULL
#define VALUE(page)	(0x5a5a0000ULL + (page))
#define FSC(esr)	((unsigned int)(esr) & 0x3f)

/* What a round goes through: one page, none, another page, none. */
static const int shows[STEPS] = { 0, -1, 1, -1 };

/* The boot CPU's; @step is odd while the map changes, else twice the number of the step. */
static struct { u64 va; u32 step, stop; } map;
/* The other CPU's. */
static struct { u32 looks, wrong, step; int ret; u64 value, esr; } seen;

static bool is_translation_fault(int ret, u64 esr)
{
	return ret && mm_fault_of(FSC(esr)) == MM_TRANSLATION;
}

/* Whether what was got is what the map has said from before the access until behind it. */
static bool is_right(u32 before, u32 behind, int ret, u64 value, u64 esr)
{
	int page = shows[before / 2 % STEPS];

	if (before != behind || before % 2)
		return is_translation_fault(ret, esr) ||
		       (!ret && (value == VALUE(0) || value == VALUE(1)));
	return page < 0 ? is_translation_fault(ret, esr) : !ret && value == VALUE((u64)page);
}

static void look(void)
{
	u32 before = load_acquire(&map.step), behind;
	u64 value = 0, esr = 0;
	int ret = arch_try_read64(map.va, &value);

	dmb(sy);
	behind = load_acquire(&map.step);
	if (ret)
		esr = arch_try_esr();
	if (!is_right(before, behind, ret, value, esr) && !seen.wrong++) {
		seen.step = before;
		seen.ret = ret;
		seen.value = value;
		seen.esr = esr;
	}
	store_release(&seen.looks, seen.looks + 1);
}

static void watch(void *unused __unused)
{
	struct time_bound bound = time_bound_start(CALL_US / 2);

	while (!load_acquire(&map.stop) && !time_bound_passed(&bound))
		look();
}

/* The step begins once the change is complete, and lasts until the other CPU has looked twice. */
static bool step(const struct mm *mm, u32 number)
{
	int was = shows[(number - 1) % STEPS], is = shows[number % STEPS];
	u32 looks;

	store_release(&map.step, 2 * number - 1);
	if (was >= 0)
		REQUIRE_EQ(mmu_unmap(mm->va, PAGE_SIZE), 0);
	if (is >= 0)
		REQUIRE_EQ(mmu_map_at(mm->va, mm->page[is], PAGE_SIZE, MAP_RO), 0);
	store_release(&map.step, 2 * number);
	looks = load_acquire(&seen.looks);
	return CHECK_EQ(wait_until(load_acquire(&seen.looks) - looks >= 2, LOOK_US), 0,
			"the other CPU does not look, step %u", number);
}

static unsigned int other(void)
{
	unsigned int i;

	cpu_for_each_online(i)
		if (i != cpu_this())
			return i;
	return 0;
}

void change_is_whole_for_others(void)
{
	const struct mm *mm = mm_begin();
	unsigned int cpu = other();

	map = (typeof(map)){ .va = mm->va };
	seen = (typeof(seen)){ 0 };
	for (u64 i = 0; i < 2; i++)
		*(volatile u64 *)mm->page[i] = VALUE(i);
	REQUIRE_EQ(mmu_map_at(mm->va, mm->page[0], PAGE_SIZE, MAP_RO), 0);
	REQUIRE_EQ(cpu_call_start(cpu, watch, NULL), 0, "CPU %u", cpu);
	for (u32 number = 1; number <= ROUNDS * STEPS && step(mm, number); number++)
		;
	store_release(&map.stop, 1);
	CHECK_EQ(cpu_call_wait(cpu, CALL_US), 0, "CPU %u", cpu);
	CHECK_EQ(seen.wrong, 0U, "of %u reads by CPU %u; the first: step %u, returned %d, value 0x%llx, ESR 0x%llx",
		 seen.looks, cpu, seen.step, seen.ret, seen.value, seen.esr);
	mmu_unmap(mm->va, PAGE_SIZE);
}
