// SPDX-License-Identifier: BSD-2-Clause
#include "alloc.h"
#include <core/symbols.h>
#include <asm/mmu.h>
#include <asm/sections.h>

char _image[PAGE_SIZE] __aligned(PAGE_SIZE);
__asm__(".globl _image_end\n.set _image_end, _image + 4096");

static char ram[RAM_PAGES * PAGE_SIZE] __aligned(PAGE_SIZE);

u64 machine_ram(void)
{
	return (u64)ram;
}

static void add(u64 base, u64 size, enum mem_type type)
{
	struct mem_map *map = &host_boot_info()->map;

	map->region[map->count++] = (struct mem_region){ .base = base, .size = size, .type = type };
}

void machine_begin(unsigned int more)
{
	unsigned int i;

	host_boot_info()->map.count = 0;
	add((u64)_image, sizeof(_image), MEM_RESERVED);
	add((u64)ram, sizeof(ram), MEM_FREE);
	for (i = 0; i < more; i++)
		add(2 * PAGE_SIZE * (u64)i, PAGE_SIZE, MEM_FREE);
	EXPECT_EQ(memory_init(host_boot_info()), 0);
	pages_mapped();
}

unsigned int mmu_va_bits(void)
{
	return 48;
}

const char *symbol_find(u64 pc, u64 *offset)
{
	(void)pc;
	(void)offset;
	return NULL;
}
