// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/util.h>
#include <core/hooks.h>
#include <asm/cache.h>
#include <asm/cpu.h>
#include <asm/cpu_control.h>
#include <asm/exception.h>
#include <asm/extable.h>
#include <asm/mmu.h>
#include <asm/page.h>
#include <asm/sections.h>
#include <asm/secondary.h>
#include <asm/stack.h>
#include <asm/take_over.h>
#include "mmu_off_ranges.h"
#include "el2.h"
#include "mmu_private.h"

extern char vectors[], mmu_switch_end[];

static const struct mem_region *failed_at;
static struct cpu_control in_use;

const struct mem_region *arch_take_over_failed_at(void)
{
	return failed_at;
}

static int map_between(const char *start, const char *end, enum map_kind kind)
{
	return mmu_map((u64)start, end - start, kind);
}

static int map_image(void)
{
	static const struct {
		char *base;
		size_t size;
	} stacks[] = {
		{ main_stack, MAIN_STACK_SIZE },
		{ case_stack, CASE_STACK_SIZE },
		{ overflow_stack, OVERFLOW_STACK_SIZE },
	};
	unsigned int i;
	int ret;

	ret = map_between(_image, _text, MAP_RO);		/* the headers */
	if (!ret)
		ret = map_between(_text, _text_end, MAP_RX);
	if (!ret)
		ret = map_between(_rodata, _relro_end, MAP_RO);
	if (!ret)
		ret = map_between(_data, _stacks, MAP_RW);
	for (i = 0; !ret && i < ARRAY_SIZE(stacks); i++)	/* and no guard page */
		ret = mmu_map((u64)stacks[i].base, stacks[i].size, MAP_RW);
	return ret;
}

static enum map_kind runtime_kind(const struct mem_region *region)
{
	if (region->flags & MEM_REGION_RO)
		return region->flags & MEM_REGION_XP ? MAP_RO : MAP_RX;
	if (region->flags & MEM_REGION_XP)
		return MAP_RW;
	return region->type == MEM_RUNTIME_CODE ? MAP_RWX : MAP_RW;
}

/* Data, but for the image's own range, which has its own permissions. */
static int map_around_image(u64 base, u64 end)
{
	u64 image = (u64)_image, image_end = (u64)_image_end;
	int ret = 0;

	if (base < image)
		ret = mmu_map(base, MIN(end, image) - base, MAP_RW);
	if (!ret && end > image_end)
		ret = mmu_map(MAX(base, image_end), end - MAX(base, image_end), MAP_RW);
	return ret;
}

/* Those have guard pages. */
static int map_around_areas(u64 base, u64 end)
{
	u64 areas, size;
	int ret = 0;

	arch_cpu_areas_range(&areas, &size);
	if (!size || end <= areas || base >= areas + size)
		return map_around_image(base, end);
	if (base < areas)
		ret = map_around_image(base, areas);
	if (!ret && end > areas + size)
		ret = map_around_image(areas + size, end);
	return ret ? ret : arch_cpu_map_areas();
}

static int map_region(const struct mem_region *region)
{
	u64 end = region->base + region->size;

	/* Memory that may not be write-back is none that we would use. */
	if (region->flags & MEM_REGION_NOT_WB && region->type != MEM_MMIO)
		return 0;
	switch (region->type) {
	case MEM_NOMAP:
		return 0;
	case MEM_MMIO:
		if (region->flags & MEM_REGION_RUNTIME)
			return mmu_map(region->base, region->size, MAP_DEVICE);
		return 0;
	case MEM_RUNTIME_CODE:
	case MEM_RUNTIME_DATA:
		return mmu_map(region->base, region->size, runtime_kind(region));
	default:
		break;
	}
	return map_around_areas(region->base, end);
}

/* What cannot be mapped is left out: with the rest there is a console to say so. */
static int map_memory(const struct mem_map *map)
{
	unsigned int i;
	int ret, first = 0;

	for (i = 0; i < map->count; i++) {
		ret = map_region(&map->region[i]);
		if (ret && !first) {
			failed_at = &map->region[i];
			first = ret;
		}
	}
	return first;
}

static void stop_physical_timer(void *unused __unused)
{
	write_sysreg(0, cntp_ctl_el0);
}

static void stop_virtual_timer(void *unused __unused)
{
	write_sysreg(0, cntv_ctl_el0);
}

static void reset_fp_control(void *unused __unused)
{
	if ((read_sysreg(ID_AA64PFR0_EL1) >> 16 & 0xf) == 0xf)
		return;
	write_sysreg(0, S3_3_C4_C4_0);	/* FPCR */
	write_sysreg(0, S3_3_C4_C4_1);	/* FPSR */
}

#define ZCR_EL1		S3_0_C1_C2_0
#define SMCR_EL1	S3_0_C1_C2_6

/* The longest vectors; with VHE the names are EL2's. */
static void set_vector_lengths(void)
{
	if (read_sysreg(ID_AA64PFR0_EL1) >> 32 & 0xf)
		arch_try_write_sysreg(0xf, ZCR_EL1);
	if (read_sysreg(ID_AA64PFR1_EL1) >> 24 & 0xf)
		arch_try_write_sysreg(0xf | BIT(30) | BIT(31), SMCR_EL1);
}

/*
 * What the firmware may have left running or set. Somebody above may trap these
 * for us: then they stay, and a case tells of it.
 */
void arch_settle(void)
{
	arch_guarded_call(stop_physical_timer, NULL, NULL, NULL);
	arch_guarded_call(stop_virtual_timer, NULL, NULL, NULL);
	arch_guarded_call(reset_fp_control, NULL, NULL, NULL);
	set_vector_lengths();
	write_sysreg(0, sp_el0);
	if (cpu_current_el() == 2)
		write_sysreg(0, cnthp_ctl_el2);
	isb();
}

const struct cpu_control *arch_control_in_use(void)
{
	return &in_use;
}

int arch_take_over(const struct mem_map *map, unsigned int el, bool vhe, bool mmu_on)
{
	const struct mmu_off_range *ranges = NULL;
	u64 count = 0;
	struct cpu_control control;
	int ret;

	if (el < 1 || el > cpu_current_el())
		return -EINVAL;
	vhe = el == 2 && (cpu_e2h_is_fixed() || (vhe && cpu_has_vhe()));

	mmu_tables_create(el == 2 && !vhe);
	if (mmu_granule_missing())
		pr_err("MMU: this CPU has no pages of %d KiB (ID_AA64MMFR0_EL1 0x%llx), which the image is built for: going on with 4 KiB",
		       PAGE_SIZE / 1024, read_sysreg(ID_AA64MMFR0_EL1));
	ret = map_image();
	if (ret)
		return ret;
	ret = map_memory(map);

	cpu_control_fill(&in_use, el, vhe);
	mmu_control_fill(&in_use);
	in_use.vbar = (u64)vectors;
	control = in_use;
	if (cpu_current_el() == 2)
		arch_el2_prepare();
	el2_service_prepare(cpu_current_el() == 2 && el == 1);
	if (!mmu_on) {
		control.sctlr = SCTLR_WITHOUT_MMU(control.sctlr);
		ranges = mmu_off_prepare(&count);
	}
	/* A UEFI loader cleans code to the point of unification only. */
	cache_clean_poc((const void *)mmu_switch, mmu_switch_end - (char *)mmu_switch);
	mmu_switch(&control, ranges, count);
	mmu_tables_activated();
	arch_settle();
	return ret;
}
