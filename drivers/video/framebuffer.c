// SPDX-License-Identifier: BSD-2-Clause
/*
 * A linear framebuffer that somebody has set up: UEFI's graphics output, or a
 * node simple-framebuffer. It is only ever written.
 *
 * It is mapped as normal non-cacheable memory. A display reads memory past the
 * caches, so that what is drawn has to get there; write combining makes that fast,
 * and without it every pixel would be a transaction of its own. It is also what a
 * BAR of prefetchable memory is mapped as. One kind for RAM and for BARs means
 * that no line of it is ever allocated by us, so that the MMU can go off and on
 * between two characters. What the firmware drew through a cacheable mapping may
 * still be dirty in a cache, and would be evicted over our text: where it lies in
 * RAM all of it is cleaned and invalidated once, before the first write.
 */
#include <asm/cache.h>
#include <asm/mmu.h>
#include <asm/page.h>
#include <base/string.h>
#include <base/util.h>
#include <core/boot.h>
#include <core/console.h>
#include <core/heap.h>
#include <core/log.h>
#include <core/memory.h>
#include <core/stage.h>
#include "display.h"

/* Whether somebody else may have something in the range; @ram is set where RAM is. */
static const struct mem_region *foreign_region(u64 base, u64 size, bool *ram)
{
	const struct mem_map *map = memory_map_get();
	unsigned int i;

	*ram = false;
	for (i = 0; i < map->count; i++) {
		const struct mem_region *region = &map->region[i];

		if (base >= region->base + region->size || region->base >= base + size ||
		    region->type == MEM_MMIO)
			continue;
		if (region->type != MEM_NOMAP && region->type != MEM_RESERVED)
			return region;
		*ram = true;
	}
	return NULL;
}

/* Reserved RAM may be mapped already, as what it mostly is. */
static int map_pixels(u64 base, u64 size)
{
	u64 start = ALIGN_DOWN(base, (u64)PAGE_SIZE);
	int ret = mmu_map(base, size, MAP_NC);

	if (ret == -EEXIST)
		ret = mmu_protect(start, ALIGN_UP(base + size, (u64)PAGE_SIZE) - start, MAP_NC);
	return ret;
}

static int claim(const struct device *dev, struct canvas *canvas)
{
	const struct resource *mem = device_mem(dev, 0);
	u64 size = (u64)canvas->stride * canvas->height;
	const struct mem_region *foreign;
	bool ram;
	int ret;

	size = MIN(size, mem->size);
	foreign = foreign_region(mem->base, size, &ram);
	if (foreign) {
		pr_err("%s (%s): 0x%llx + 0x%llx reaches into RAM that is described as something else (0x%llx + 0x%llx); nothing is shown there",
		       dev->name, dev->origin, mem->base, size, foreign->base, foreign->size);
		return -EBUSY;
	}
	/* Not RAM any more, to whoever asks for the map. */
	ret = memory_reserve(mem->base, size, MEM_MMIO);
	if (!ret)
		ret = map_pixels(mem->base, size);
	if (ret) {
		pr_err("%s (%s): 0x%llx + 0x%llx cannot be mapped: %s", dev->name, dev->origin,
		       mem->base, size, errno_name(ret));
		return ret;
	}
	/* No site of the audit: on no path on which the MMU changes. */
	if (ram)
		(cache_clean_invalidate_poc)((const void *)mem->base, size);
	canvas->pixels = (volatile u8 *)mem->base;
	return 0;
}

static int framebuffer_probe(struct device *dev, const struct device_match *match __unused)
{
	struct canvas canvas;

	if (!screen_console_wanted())
		return -ENODEV;
	/* Each with its message; the run goes on without. */
	if (display_describe(dev, &canvas) || claim(dev, &canvas))
		return -ENODEV;
	return screen_console_create(dev->name, &canvas);
}

static const struct device_match framebuffer_match[] = {
	{ .compatible = "simple-framebuffer" },
	{}
};
DRIVER(framebuffer, .class = DRIVER_SCREEN, .match = framebuffer_match,
       .probe = framebuffer_probe);

static int boot_get_u64(const struct device *dev, const char *name, u64 *value)
{
	const struct boot_framebuffer *fb = dev->source_priv;
	const struct {
		const char *name;
		u64 value;
	} props[] = {
		{ "width", fb->width }, { "height", fb->height }, { "stride", fb->stride },
		{ PROP_RED, fb->red }, { PROP_GREEN, fb->green }, { PROP_BLUE, fb->blue },
		{ PROP_BYTES, fb->pixel_bytes },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(props); i++) {
		if (!strcmp(name, props[i].name)) {
			*value = props[i].value;
			return 0;
		}
	}
	return -ENOENT;
}

/* U-Boot describes its display in the tree, and offers it as UEFI's, too. */
static bool described_already(u64 base)
{
	const struct device *dev;

	device_for_each(dev)
		if (device_compatible(dev, "simple-framebuffer") && device_mem(dev, 0) &&
		    device_mem(dev, 0)->base == base && !(dev->flags & DEVICE_DISABLED))
			return true;
	return false;
}

/* The display that the boot method found, as a device like one of a tree. */
static int add_display(struct boot_info *bi)
{
	static const struct device_source_ops ops = { .get_u64 = boot_get_u64 };
	static const char compatible[] = "simple-framebuffer";
	const struct boot_framebuffer *fb = &bi->framebuffer;
	static struct resource mem;
	static struct device dev = {
		.source = SOURCE_BOOT,
		.compatible = compatible,
		.compatible_len = sizeof(compatible),
		.resources = &mem,
		.nr_resources = 1,
		.ops = &ops,
	};

	if (fb->missing)
		pr_info("display: %s: %s", fb->origin, fb->missing);
	if (!fb->base || described_already(fb->base))
		return 0;
	mem = (struct resource){ .kind = RES_MEM, .base = fb->base, .size = fb->size };
	dev.name = heap_printf("framebuffer@%llx", fb->base);
	dev.origin = fb->origin;
	dev.source_priv = fb;
	device_add(&dev);
	return 0;
}
STAGE(display, "85", .when = STAGE_DISCOVER, .run = add_display);

/* A display will do where there is no other console. Behind console_plan, which matches. */
static int plan_display(struct boot_info *bi)
{
	struct device *dev;

	(void)bi;
	device_for_each(dev) {
		if (dev->driver == &driver_framebuffer && !(dev->flags & DEVICE_DISABLED) &&
		    screen_console_wanted() && !console_planned())
			console_plan(dev->name);
	}
	return 0;
}
STAGE(display_plan, "95", .when = STAGE_DISCOVER, .run = plan_display);
