// SPDX-License-Identifier: BSD-2-Clause
/* The image's whole map: each leaf of it is held against what is described. */
#include <asm/cpu.h>
#include <asm/cpu_control.h>
#include <asm/sections.h>
#include <core/memory.h>
#include <drivers/device.h>
#include "mm.h"

#define MAX_SAID	8	/* lines a case prints at most */

static unsigned int said;

/* Every leaf in order of addresses; unmapped space is passed over in one step an entry. */
static unsigned int for_each_leaf(void (*fn)(u64 va, const struct mmu_walk *walk))
{
	u64 va = 0, end = 1ULL << mmu_va_bits();
	unsigned int leaves = 0;
	struct mmu_walk walk;

	said = 0;
	for (; va < end; va += walk.size) {
		if (mmu_walk(va, &walk))
			continue;
		fn(va, &walk);
		leaves++;
	}
	return leaves;
}

static bool is_writable(u64 descriptor)
{
	return !(descriptor & PTE_READ_ONLY);
}

/* By the level we run at. */
static bool is_executable(u64 descriptor)
{
	return !(descriptor & (mm_one_level() ? PTE_UXN : PTE_PXN));
}

static bool is_device(u64 descriptor)
{
	return (descriptor & PTE_ATTR_MASK) == PTE_ATTR(MAIR_DEVICE_NGNRE);
}

/* Whole pages are mapped, which are larger than the leaf on a CPU without the granule. */
static bool overlap(u64 base, u64 bytes, u64 va, u64 size)
{
	return ALIGN_DOWN(base, (u64)PAGE_SIZE) < va + size &&
	       va < ALIGN_UP(base + bytes, (u64)PAGE_SIZE);
}

static bool in_device(u64 va, u64 size)
{
	const struct device *dev;
	unsigned int i;

	device_for_each(dev) {
		for (i = 0; i < dev->nr_resources; i++) {
			const struct resource *res = &dev->resources[i];

			if (res->kind == RES_MEM && overlap(res->base, res->size, va, size))
				return true;
		}
	}
	return false;
}

static bool in_memory(u64 va, u64 size)
{
	const struct mem_map *map = memory_map_get();
	unsigned int i;

	for (i = 0; i < map->count; i++) {
		const struct mem_region *r = &map->region[i];

		/* Other kinds of one block lie beside each other. */
		if (r->type != MEM_NOMAP && overlap(r->base, r->size, va, size))
			return true;
	}
	return false;
}

static void leaf_is_described(u64 va, const struct mmu_walk *walk)
{
	bool device = is_device(walk->descriptor);

	/* What a case of this suite has mapped lies elsewhere: nothing is mapped now. */
	if (walk->pa != va && said++ < MAX_SAID)
		FAIL("0x%llx shows 0x%llx", va, walk->pa);
	if (!(device ? in_device(va, walk->size) || in_memory(va, walk->size) :
	      in_memory(va, walk->size)) && said++ < MAX_SAID)
		FAIL("0x%llx, 0x%llx bytes, %s: nothing is described there", va, walk->size,
		     device ? "device" : "memory");
}

void only_what_is_described(void)
{
	mm_begin();
	CHECK_GT(for_each_leaf(leaf_is_described), 0U);
}

static void leaf_is_not_both(u64 va, const struct mmu_walk *walk)
{
	const struct mem_region *region = memory_find(va);
	bool text = va >= (u64)_text && va < (u64)_text_end;

	if (!is_executable(walk->descriptor))
		return;
	if (region && region->type == MEM_RUNTIME_CODE)
		return;
	if (is_writable(walk->descriptor) && said++ < MAX_SAID)
		FAIL("0x%llx, 0x%llx bytes, is writable and executable", va, walk->size);
	if (!text && said++ < MAX_SAID)
		FAIL("0x%llx, 0x%llx bytes, is executable and no text of the image", va,
		     walk->size);
}

/* But for the firmware's runtime services, whose map is the firmware's business. */
void nothing_is_writable_and_executable(void)
{
	mm_begin();
	CHECK_GT(for_each_leaf(leaf_is_not_both), 0U);
}

static void expect_permissions(const char *what, const char *from, const char *to, bool writable,
			       bool executable)
{
	u64 va;

	for (va = (u64)from; va < (u64)to; va += PAGE_SIZE) {
		struct mmu_walk walk = mm_leaf(va);

		REQUIRE_EQ(is_writable(walk.descriptor), writable, "%s at 0x%llx: writable", what, va);
		REQUIRE_EQ(is_executable(walk.descriptor), executable, "%s at 0x%llx: executable",
			   what, va);
	}
}

/* At whatever level it is mapped: blocks are where they fit. */
static void expect_fault(enum mm_access access, const char *at)
{
	mm_expect(access, (u64)at, MM_PERMISSION, mm_leaf((u64)at).level);
}

void image_has_its_permissions(void)
{
	expect_permissions("text", _text, _text_end, false, true);
	expect_permissions("constants", _rodata, _rodata_end, false, false);
	expect_permissions("relocated constants", _relro, _relro_end, false, false);
	expect_permissions("data", _data, _stacks, true, false);
	expect_fault(MM_WRITE, _text);
	expect_fault(MM_WRITE, _rodata);
	expect_fault(MM_WRITE, _relro);
	expect_fault(MM_EXECUTE, _data);
}

/* Pixels are memory, and no register: normal non-cacheable. */
static bool is_screen(const struct device *dev)
{
	return device_compatible(dev, "simple-framebuffer");
}

/* Of devices that have a driver; nothing else is mapped. */
void devices_are_ngnre(void)
{
	const u64 mair = mm_one_level() ? read_sysreg(mair_el2) : read_sysreg(mair_el1);
	const struct device *dev;
	unsigned int i, mapped = 0;

	device_for_each(dev) {
		for (i = 0; i < dev->nr_resources; i++) {
			const struct resource *res = &dev->resources[i];
			struct mmu_walk walk;
			unsigned int index;

			if (res->kind != RES_MEM || mmu_walk(res->base, &walk))
				continue;
			/* One that its driver has refused may claim anything. */
			if (is_screen(dev) && !dev->probed)
				continue;
			index = (walk.descriptor & PTE_ATTR_MASK) / PTE_ATTR(1);
			CHECK_EQ(mair >> 8 * index & 0xff, is_screen(dev) ? 0x44ULL : 0x04ULL,
				 "%s at 0x%llx: attributes of MAIR", dev->name, res->base);
			CHECK(!is_executable(walk.descriptor), "%s at 0x%llx", dev->name, res->base);
			mapped++;
		}
	}
	CHECK_GT(mapped, 0U, "the console's registers, at least");
}
