// SPDX-License-Identifier: BSD-2-Clause
/* What is maintained when the MMU goes off and on. */
#include <base/errno.h>
#include <base/util.h>
#include <core/hooks.h>
#include <asm/cache.h>
#include <asm/cpu.h>
#include <asm/cpu_control.h>
#include <asm/mmu_off.h>
#include <asm/page.h>
#include <asm/percpu.h>
#include <asm/secondary.h>
#include <asm/sections.h>
#include <asm/stack.h>
#include "mmu_off_ranges.h"

/* Neighbours become one range, so that heap and tables take a few. */
#define MAX_SHARED	192
#define MAX_READ	128
#define MAX_FIXED	5

struct range_set {
	struct mmu_off_range *range;
	unsigned int count;
	unsigned int max;
};

static struct mmu_off_range shared_ranges[MAX_SHARED], read_ranges[MAX_READ];
static struct range_set shared = { .range = shared_ranges, .max = MAX_SHARED };
static struct range_set to_clean = { .range = read_ranges, .max = MAX_READ };
/*
 * Heap, page allocator and tables change the sets, each under a lock of its own or
 * none, on any CPU. Nor may a deadline end a case between a removal and its addition.
 */
static struct spinlock lock = SPINLOCK_WHOLE("mmu_off");
/* What the assembler walks along; in the set itself. */
static struct mmu_off_range own[MAX_FIXED + MAX_SHARED];
static bool image_is_clean;
static struct mmu_off_cost cost;

bool mmu_is_on(void)
{
	return cpu_mmu_is_on();
}

const struct mmu_off_cost *mmu_off_cost(void)
{
	return &cost;
}

static u64 lines(u64 start, u64 end)
{
	u64 line = cache_line();

	return (ALIGN_UP(end, line) - ALIGN_DOWN(start, line)) / line;
}

static u64 lines_of(const struct mmu_off_range *range, u64 count)
{
	u64 sum = 0;

	while (count--)
		sum += lines(range[count].start, range[count].end);
	return sum;
}

static void set_remove(struct range_set *set, unsigned int at)
{
	set->range[at] = set->range[--set->count];
}

static int set_add(struct range_set *set, u64 start, u64 end)
{
	unsigned int i = 0;

	while (i < set->count) {
		struct mmu_off_range other = set->range[i];

		if (other.start > end || other.end < start) {
			i++;
			continue;
		}
		start = MIN(start, other.start);
		end = MAX(end, other.end);
		set_remove(set, i);
	}
	if (set->count == set->max)
		return -ENOSPC;
	set->range[set->count++] = (struct mmu_off_range){ .start = start, .end = end };
	return 0;
}

/* Of one range that is cut in the middle, two are left. */
static int set_cut(struct range_set *set, u64 start, u64 end)
{
	unsigned int i = 0;

	while (i < set->count) {
		struct mmu_off_range other = set->range[i];

		if (other.start >= end || other.end <= start) {
			i++;
			continue;
		}
		if (other.start < start && other.end > end && set->count == set->max)
			return -ENOSPC;
		set_remove(set, i);
		if (other.start < start)
			set->range[set->count++] = (struct mmu_off_range){ other.start, start };
		if (other.end > end)
			set->range[set->count++] = (struct mmu_off_range){ end, other.end };
	}
	return 0;
}

static int locked(int (*change)(struct range_set *set, u64 start, u64 end),
		  struct range_set *set, const void *p, size_t bytes)
{
	int ret;

	spin_lock(&lock);
	ret = change(set, (u64)p, (u64)p + bytes);
	spin_unlock(&lock);
	return ret;
}

static bool whole_granules(const void *p, size_t bytes)
{
	return IS_ALIGNED((u64)p, MMUOFF_ALIGN) && IS_ALIGNED(bytes, MMUOFF_ALIGN);
}

int mmu_off_share(const void *p, size_t bytes)
{
	if (!whole_granules(p, bytes))
		return -EINVAL;
	if (!mmu_is_on())
		cache_clean_invalidate_poc(p, bytes);
	return locked(set_add, &shared, p, bytes);
}

int mmu_off_unshare(const void *p, size_t bytes)
{
	if (!whole_granules(p, bytes))
		return -EINVAL;
	/* What was written with the MMU off is read with it on by whoever gets this next. */
	if (!mmu_is_on())
		cache_invalidate_poc(p, bytes);
	return locked(set_cut, &shared, p, bytes);
}

int mmu_off_share_read(const void *p, size_t bytes)
{
	if (!mmu_is_on()) {
		cache_clean_poc(p, bytes);
		cost.read_only += lines((u64)p, (u64)p + bytes);
		return 0;
	}
	return locked(set_add, &to_clean, p, bytes);
}

/* A macro, so that each use is a site of the audit. */
#define clean(range)	cache_clean_poc((const void *)(range)->start, (range)->end - (range)->start)

static void clean_read_only(void)
{
	unsigned int i;

	/*
	 * A UEFI loader cleans code to the point of unification only, and
	 * constants not at all; relocation wrote behind them.
	 */
	if (!image_is_clean)
		set_add(&to_clean, (u64)_image, (u64)_relro_end);
	image_is_clean = true;
	for (i = 0; i < to_clean.count; i++)
		clean(&to_clean.range[i]);
	cost.read_only += lines_of(to_clean.range, to_clean.count);
	to_clean.count = 0;
}

/* Guard pages are left out: they are not mapped, and DC would fault there. */
static unsigned int collect_fixed(struct mmu_off_range *to)
{
	const struct mmu_off_range fixed[MAX_FIXED] = {
		{ (u64)_data, ALIGN_UP((u64)_bss_end, MMUOFF_ALIGN) },
		{ (u64)_noinit, (u64)_noinit_end },
		{ (u64)main_stack, (u64)main_stack + MAIN_STACK_SIZE },
		{ (u64)case_stack, (u64)case_stack + CASE_STACK_SIZE },
		{ (u64)overflow_stack, (u64)overflow_stack + OVERFLOW_STACK_SIZE },
	};
	unsigned int i;

	for (i = 0; i < MAX_FIXED; i++)
		to[i] = fixed[i];
	return MAX_FIXED;
}

static u64 collect_own(void)
{
	u64 count = collect_fixed(own);
	unsigned int i;

	for (i = 0; i < shared.count; i++)
		own[count++] = shared.range[i];
	cost.line = cache_line();
	return count;
}

const struct mmu_off_range *mmu_off_prepare(u64 *count)
{
	clean_read_only();
	*count = collect_own();
	cost.off = lines_of(own, *count);
	return own;
}

static u64 sctlr_on(void)
{
	struct cpu_control control;

	cpu_control_fill(&control, cpu_current_el(), cpu_runs_vhe());
	return control.sctlr;
}

/* What another CPU writes, all of it its own; it says so in its own memory. */
static u64 collect_secondary(struct mmu_off_range to[CPU_OWN_RANGES])
{
	struct cpu_own_range ranges[CPU_OWN_RANGES];
	unsigned int i;

	arch_cpu_own_ranges(ranges);
	for (i = 0; i < CPU_OWN_RANGES; i++)
		to[i] = (struct mmu_off_range){ ranges[i].start, ranges[i].end };
	return CPU_OWN_RANGES;
}

/*
 * The boot CPU's data is only read here, and the boot CPU may be writing it:
 * cleaned, never dropped. Constants were cleaned before this CPU was started.
 *
 * The set is read without its lock: that would be written here behind the loop that
 * cleans it. Who sends a CPU off (the runner, cases by cpu_call()) waits for it on
 * the boot CPU, and the others that run meanwhile do the same: nobody allocates.
 */
static void secondary_disable(u64 sctlr)
{
	struct mmu_off_range ranges[MAX_FIXED];
	unsigned int i, count = collect_fixed(ranges);

	for (i = 0; i < count; i++)
		clean(&ranges[i]);
	for (i = 0; i < shared.count; i++)
		clean(&shared.range[i]);
	count = collect_secondary(ranges);
	mmu_leave(sctlr, ranges, count);
}

static void boot_disable(u64 sctlr)
{
	const struct mmu_off_range *ranges;
	u64 count;

	ranges = mmu_off_prepare(&count);
	mmu_leave(sctlr, ranges, count);
}

int mmu_disable(void)
{
	u64 sctlr = SCTLR_WITHOUT_MMU(sctlr_on());

	if (!mmu_is_on())
		return -EALREADY;
	if (cpu_local()->index)
		secondary_disable(sctlr);
	else
		boot_disable(sctlr);
	return 0;
}

static void secondary_enable(void)
{
	struct mmu_off_range ranges[CPU_OWN_RANGES];
	u64 count = collect_secondary(ranges);

	mmu_enter(sctlr_on(), ranges, count);
}

static void boot_enable(void)
{
	u64 count = collect_own();

	cost.on = lines_of(own, count);
	mmu_enter(sctlr_on(), own, count);
}

int mmu_enable(void)
{
	if (mmu_is_on())
		return -EALREADY;
	if (cpu_local()->index)
		secondary_enable();
	else
		boot_enable();
	return 0;
}
