// SPDX-License-Identifier: BSD-2-Clause
/*
 * RAM itself. A few addresses of each free piece of memory are written: two that
 * lie as far inside powers of two as any, and those that differ from them in one
 * address line. So a line that is stuck, or memory that shows up twice, is seen,
 * whatever the size. Each access goes past the caches to the memory.
 */
#include <base/util.h>
#include <test/sleep.h>
#include <asm/barrier.h>
#include <asm/cache.h>
#include <asm/exception.h>
#include <asm/mmu.h>
#include "memory.h"

#define LOWEST_LINE	3	/* 8 bytes are written at a time */
#define LINES		52
#define RETENTION_US	20000
/* Memory that firmware's devices may still write to: a part of so many regions. */
#define QUIET_REGIONS	64
#define QUIET_BYTES	8192ULL
#define QUIET_US	50000

typedef void (*probe_fn)(u64 at, u64 salt);

/*
 * By no macro: what these operations are for is that the memory is read, not
 * that it is right, so the cache audit need not find one that is missing.
 */
static void push_out(u64 at, size_t bytes)
{
	(cache_clean_invalidate_poc)((const void *)at, bytes);
}

/* Of every address another value, in which many bits differ. */
static u64 value_of(u64 at, u64 salt)
{
	return (at * 0x9e3779b97f4a7c15ULL) ^ salt;
}

static void write_probe(u64 at, u64 salt)
{
	*(volatile u64 *)at = value_of(at, salt);
	push_out(at, 8);
}

static void check_probe(u64 at, u64 salt)
{
	u64 found = *(volatile u64 *)at;

	CHECK_EQ(found, value_of(at, salt), "8 bytes at 0x%llx, written as another value each", at);
}

static bool inside(const struct piece *piece, u64 at)
{
	return at - piece->base < piece->size && piece->size - (at - piece->base) >= 8;
}

/* The address of the piece with the most low bits clear. */
static u64 most_aligned(const struct piece *piece)
{
	unsigned int line = LINES;

	while (--line > LOWEST_LINE && !inside(piece, ALIGN_UP(piece->base, 1ULL << line)))
		;
	return ALIGN_UP(piece->base, 1ULL << line);
}

static void around(const struct piece *piece, u64 anchor, probe_fn probe, u64 salt)
{
	unsigned int line;

	if (!inside(piece, anchor))
		return;
	probe(anchor, salt);
	for (line = LOWEST_LINE; line < LINES; line++)
		if (inside(piece, anchor ^ (1ULL << line)))
			probe(anchor ^ (1ULL << line), salt);
}

static void probe_piece(const struct piece *piece, probe_fn probe, u64 salt)
{
	u64 anchor = most_aligned(piece);

	around(piece, anchor, probe, salt);
	around(piece, anchor - 8, probe, salt);
}

static void probe_all(probe_fn probe, u64 salt)
{
	unsigned int i;

	for (i = 0; i < hold_count(); i++)
		probe_piece(hold_piece(i), probe, salt);
}

static u64 current;	/* what was being accessed when there was no answer */

/* What was there is there afterwards: it may be the image's own. */
static void read_ends(void *arg)
{
	const struct mem_region *r = arg;

	current = r->base;
	READ_ONCE(*(const u64 *)current);
	current = r->base + r->size - 8;
	READ_ONCE(*(const u64 *)current);
	dsb(sy);
}

/* Every kind of RAM that is mapped: memory that is described and not there aborts. */
void ram_answers_everywhere(void)
{
	const struct mem_map *map = memory_map_get();
	unsigned int i;

	CHECK_GT(map->count, 0U, "regions");
	for (i = 0; i < map->count; i++) {
		const struct mem_region *r = &map->region[i];
		struct exception_info info;

		if (r->type == MEM_MMIO || !mmu_lookup(r->base) || !mmu_lookup(r->base + r->size - 8))
			continue;
		CHECK_EQ(test_guarded_call(read_ends, (void *)r, &info, NULL), 0,
			 "reading 0x%llx, of the region 0x%llx + 0x%llx", current, r->base, r->size);
	}
}

struct pass {
	const struct piece *piece;
	u64 salt;
};

static void write_and_check(void *arg)
{
	const struct pass *pass = arg;

	probe_piece(pass->piece, write_probe, pass->salt);
	probe_piece(pass->piece, check_probe, pass->salt);
}

/* Each piece by itself, with every bit at 0 and at 1. */
void ram_has_its_address_lines(void)
{
	static const u64 salts[] = { 0, ~0ULL };
	unsigned int i, s;

	REQUIRE_GT(hold_all(), 0U, "pieces of free memory");
	for (i = 0; i < hold_count(); i++)
		for (s = 0; s < ARRAY_SIZE(salts); s++) {
			struct pass pass = { .piece = hold_piece(i), .salt = salts[s] };
			struct exception_info info;

			CHECK_EQ(test_guarded_call(write_and_check, &pass, &info, NULL), 0,
				 "writing to 0x%llx + 0x%llx", pass.piece->base, pass.piece->size);
		}
	hold_release();
}

/* All pieces are written before the first is read: none may be another one's memory. */
void ram_is_there_once(void)
{
	REQUIRE_GT(hold_all(), 0U, "pieces of free memory");
	probe_all(write_probe, 0x5a5aULL);
	probe_all(check_probe, 0x5a5aULL);
	hold_release();
}

void ram_keeps_its_data(void)
{
	static const u64 salts[] = { 0, ~0ULL };
	unsigned int i;

	REQUIRE_GT(hold_all(), 0U, "pieces of free memory");
	for (i = 0; i < ARRAY_SIZE(salts); i++) {
		probe_all(write_probe, salts[i]);
		sleep_us(RETENTION_US);
		probe_all(check_probe, salts[i]);
	}
	hold_release();
}

struct quiet {
	u64 base;
	u64 bytes;
};

/*
 * Some bytes of a region that are in our hands: at its beginning, as far as that is free.
 * The firmware counts in 4 KiB, we perhaps in more; and the page at address 0 is nobody's.
 */
static struct quiet quiet_part(const struct mem_region *r)
{
	u64 base = ALIGN_UP(r->base, PAGE_SIZE), end = r->base + r->size;
	struct quiet part = { 0 };
	unsigned int i;

	if (r->type != MEM_FREE)
		return part;
	for (i = 0; i < hold_count(); i++) {
		const struct piece *piece = hold_piece(i);
		u64 from = MAX(base, piece->base);
		u64 to = MIN(end, piece->base + piece->size);

		if (from < to && (!part.bytes || from < part.base))
			part = (struct quiet){ from, MIN(to - from, QUIET_BYTES) & ~7ULL };
	}
	return part;
}

static unsigned int for_quiet_regions(void (*fn)(u64 base, u64 bytes))
{
	const struct mem_map *given = &boot_info_get()->map;
	unsigned int i, n = 0;

	for (i = 0; i < given->count && n < QUIET_REGIONS; i++) {
		struct quiet part = quiet_part(&given->region[i]);

		if (!part.bytes)
			continue;
		fn(part.base, part.bytes);
		n++;
	}
	return n;
}

static void fill(u64 base, u64 bytes)
{
	u64 at;

	for (at = base; at < base + bytes; at += 8)
		*(volatile u64 *)at = value_of(at, 1);
	push_out(base, bytes);
}

static void check_filled(u64 base, u64 bytes)
{
	u64 at;

	for (at = base; at < base + bytes; at += 8)
		if (*(volatile u64 *)at != value_of(at, 1))
			break;
	CHECK_EQ(at, base + bytes, "first byte of 0x%llx + 0x%llx that somebody wrote to", base,
		 bytes);
}

/* What was the firmware's while boot services lived, as the map of the hand-off has it. */
void ram_is_left_alone(void)
{
	REQUIRE_GT(hold_all(), 0U, "pieces of free memory");
	if (!CHECK_GT(for_quiet_regions(fill), 0U, "regions of free memory"))
		return;
	sleep_us(QUIET_US);
	for_quiet_regions(check_filled);
	hold_release();
}
