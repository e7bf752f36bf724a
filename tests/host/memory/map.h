/* SPDX-License-Identifier: BSD-2-Clause */
/* A map as firmware may give it, and what lib/core/memory.c makes of it. */
#ifndef HOST_MEMORY_MAP_H
#define HOST_MEMORY_MAP_H

#include <ctest.h>
#include <core/memory.h>

/* The image lies where the build machine loads it; all else far from there. */
#define RAM		0x80000000ULL
#define KIB(n)		((n) * 1024ULL)
#define IMAGE_PAGES	KIB(12)		/* what host.mk's 0x2801 bytes take */

extern const u64 image;

struct mem_region *add(u64 base, u64 size, enum mem_type type);
/* A region that just holds the image, so that nothing is left of it but MEM_IMAGE. */
void add_image(void);
void hand_over_fdt(u64 base, u64 size);
void hand_over_initrd(u64 base, u64 size);

int init(void);
void init_quietly(void);

/* Region @n of those besides the image's. */
const struct mem_region *nth(unsigned int n);
void expect_region(unsigned int n, u64 base, u64 end, enum mem_type type);
/* So many regions besides the image's, in order and disjoint. */
void expect_count(unsigned int count);
/* MEM_TYPES where nothing is. */
enum mem_type type_at(u64 addr);
void expect_log(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* handoff.c */
void hand_offs(void);

/* pages.c */
void whole_pages(void);

#endif
