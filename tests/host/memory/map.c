// SPDX-License-Identifier: BSD-2-Clause
/* A map to be put in order, and a look at the result. */
#include <asm/sections.h>
#include "core.h"
#include "map.h"

char _image[IMAGE_PAGES] __aligned(4096);

const u64 image = (u64)_image;

struct mem_region *add(u64 base, u64 size, enum mem_type type)
{
	struct mem_map *given = &host_boot_info()->map;
	struct mem_region *region = &given->region[given->count++];

	*region = (struct mem_region) { .base = base, .size = size, .type = type };
	return region;
}

void add_image(void)
{
	add(image, IMAGE_PAGES, MEM_RESERVED);
}

void hand_over_fdt(u64 base, u64 size)
{
	host_boot_info()->fdt = (const void *)(uintptr_t)base;
	host_boot_info()->fdt_limit = size;
}

void hand_over_initrd(u64 base, u64 size)
{
	host_boot_info()->initrd = (const void *)(uintptr_t)base;
	host_boot_info()->initrd_size = size;
}

int init(void)
{
	return memory_init(host_boot_info());
}

void init_quietly(void)
{
	EXPECT_EQ(init(), 0);
	EXPECT_STREQ(host_log(), "");
}

const struct mem_region *nth(unsigned int n)
{
	static const struct mem_region none;
	const struct mem_map *map = memory_map_get();
	unsigned int i;

	for (i = 0; i < map->count; i++)
		if (map->region[i].base != image && !n--)
			return &map->region[i];
	return &none;
}

void expect_region(unsigned int n, u64 base, u64 end, enum mem_type type)
{
	const struct mem_region *found = nth(n);

	EXPECT(found->base == base && found->base + found->size == end && found->type == type,
	       "region %u: found 0x%llx-0x%llx type %d, expected 0x%llx-0x%llx type %d", n,
	       found->base, found->base + found->size, found->type, base, end, type);
}

void expect_count(unsigned int count)
{
	const struct mem_map *map = memory_map_get();
	unsigned int i;

	EXPECT_EQ(map->count, count + 1);
	for (i = 1; i < map->count; i++)
		EXPECT(map->region[i - 1].base + map->region[i - 1].size <= map->region[i].base,
		       "region %u", i);
}

enum mem_type type_at(u64 addr)
{
	const struct mem_region *region = memory_find(addr);

	return region ? region->type : MEM_TYPES;
}

void expect_log(const char *fmt, ...)
{
	char text[256];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	EXPECT(host_log_has(text), "no \"%s\" in: %s", text, host_log());
}
