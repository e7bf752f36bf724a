// SPDX-License-Identifier: BSD-2-Clause
/* The memory of each CPU but the first, and its first steps in C. */
#include <base/compiler.h>
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <core/hooks.h>
#include <asm/cache.h>
#include <asm/cpu.h>
#include <asm/mmu.h>
#include <asm/mmu_off.h>
#include <asm/sections.h>
#include <asm/secondary.h>
#include <asm/take_over.h>
#include "mmu_private.h"

void secondary_entry(void);
void secondary_entry_by_mpidr(void);
void secondary_main(struct secondary_args *args) __noreturn;

static char *areas;
static unsigned int area_count;
static bool text_is_clean;

/* One more than CPUs, for the end. Written by the boot CPU only, and cleaned. */
struct secondary_place secondary_places[CONFIG_NR_CPUS + 1]
	__section(".noinit") __aligned(MMUOFF_ALIGN) __used;
static unsigned int place_count;

/* Offsets in an area. */
#define STACK_AT	((size_t)PAGE_SIZE)
#define STACK_BYTES	ALIGN_UP((size_t)SECONDARY_STACK_SIZE, PAGE_SIZE)
#define UPPER_AT	(STACK_AT + STACK_BYTES + PAGE_SIZE)
#define UPPER_BYTES	ALIGN_UP(SECONDARY_OVERFLOW_SIZE + sizeof(struct cpu_area), PAGE_SIZE)

size_t arch_cpu_area_size(void)
{
	return UPPER_AT + UPPER_BYTES;
}

void arch_cpu_areas_set(void *base, unsigned int count)
{
	areas = base;
	area_count = count;
}

void arch_cpu_areas_range(u64 *base, u64 *size)
{
	*base = (u64)areas;
	*size = area_count * arch_cpu_area_size();
}

static char *area_base(unsigned int n)
{
	return areas + n * arch_cpu_area_size();
}

/* At the end, so that the overflow stack has its guard page below. */
struct cpu_area *arch_cpu_area(unsigned int n)
{
	return (struct cpu_area *)(area_base(n + 1) - sizeof(struct cpu_area));
}

int arch_cpu_map_areas(void)
{
	unsigned int n;
	int ret = 0;

	for (n = 0; !ret && n < area_count; n++) {
		ret = mmu_map((u64)area_base(n) + STACK_AT, STACK_BYTES, MAP_RW);
		if (!ret)
			ret = mmu_map((u64)area_base(n) + UPPER_AT, UPPER_BYTES, MAP_RW);
	}
	return ret;
}

/* What a UEFI loader wrote may be in the caches only, and relocation wrote behind it. */
static void clean_text(void)
{
	if (!text_is_clean)
		cache_clean_poc(_image, _relro_end - _image);
	text_is_clean = true;
}

void arch_cpu_prepare(struct cpu_area *area, unsigned int index, u64 mpidr)
{
	char *upper = (char *)area + sizeof(*area) - UPPER_BYTES;
	char *stack = upper - PAGE_SIZE - STACK_BYTES;

	clean_text();
	memset(&area->captured, 0, sizeof(area->captured));
	cpu_local_init(&area->local, index, mpidr, stack, STACK_BYTES, upper,
		       (char *)area - upper);
	area->args = (struct secondary_args){
		.control = *arch_control_in_use(),
		.local = &area->local,
		.stack = (u64)stack + STACK_BYTES,
		.early_stack = (u64)area->early_stack + sizeof(area->early_stack),
		.captured = &area->captured,
	};
	if (!cpu_mmu_is_on())
		area->args.control.sctlr = SCTLR_WITHOUT_MMU(area->args.control.sctlr);
	/* It writes its area with the MMU off: nothing of it may be dirty here. */
	cache_clean_invalidate_poc(area, sizeof(*area));
	if (!cpu_mmu_is_on())
		cache_clean_invalidate_poc(stack, (char *)area - stack);
}

u64 arch_cpu_entry(bool by_mpidr)
{
	return (u64)(by_mpidr ? secondary_entry_by_mpidr : secondary_entry);
}

u64 arch_cpu_context(const struct cpu_area *area)
{
	return (u64)&area->args;
}

int arch_cpu_publish(const struct cpu_area *area, u64 mpidr)
{
	struct secondary_place *place;
	unsigned int i;

	for (i = 0; i < place_count; i++)
		if (secondary_places[i].mpidr == mpidr)
			return 0;
	if (place_count == CONFIG_NR_CPUS)
		return -ENOSPC;
	/* A CPU may search already: the new end comes before the entry counts. */
	place = &secondary_places[place_count++];
	place[1] = (struct secondary_place){ 0 };
	place[0] = (struct secondary_place){ .mpidr = mpidr, .args = &area->args };
	cache_clean_poc(place, 2 * sizeof(*place));
	return 0;
}

void secondary_main(struct secondary_args *args)
{
	/* The early stack is used with the MMU off alone: nothing of it is maintained here. */
	arch_settle();
	cpu_secondary(args->local->index);
}

void arch_cpu_write_word(u64 *word, u64 value)
{
	/* A line that firmware left dirty must not come down on it later. */
	cache_clean_invalidate_poc(word, sizeof(*word));
	WRITE_ONCE(*word, value);
	cache_clean_invalidate_poc(word, sizeof(*word));
}

void arch_cpu_own_ranges(struct cpu_own_range ranges[CPU_OWN_RANGES])
{
	const struct cpu_local *local = cpu_local();
	const struct cpu_area *area = container_of(local, struct cpu_area, local);

	ranges[0] = (struct cpu_own_range){ local->stack, local->stack + local->stack_size };
	ranges[1] = (struct cpu_own_range){ local->overflow_stack, (u64)area->request };
	ranges[2] = (struct cpu_own_range){ (u64)area->response, (u64)(area + 1) };
}
