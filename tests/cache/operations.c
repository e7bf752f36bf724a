// SPDX-License-Identifier: BSD-2-Clause
/* Operations by address on memory that holds something. */
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <core/page_alloc.h>
#include <asm/barrier.h>
#include <asm/cache.h>
#include <asm/page.h>
#include <asm/extable.h>
#include "cache.h"

#define BYTES	(2 * MMUOFF_ALIGN)

static u8 memory[BYTES] __aligned(MMUOFF_ALIGN);

static u8 pattern(size_t i)
{
	return i * 7 + 3;
}

static void fill(void)
{
	size_t i;

	for (i = 0; i < BYTES; i++)
		memory[i] = pattern(i);
}

/* The first byte that differs, BYTES without. */
static size_t first_wrong(void)
{
	size_t i;

	for (i = 0; i < BYTES; i++)
		if (memory[i] != pattern(i))
			break;
	return i;
}

/* As a range, and line by line at an address within each. */
#define EACH_LINE(op, mark) do {						\
	size_t _at;								\
	for (_at = 3; _at < BYTES; _at += cache_line()) {			\
		const u8 *_line = memory + _at;					\
		audit_operand(mark, (u64)_line);				\
		__asm__ volatile("dc " op ", %0" : : "r"(_line) : "memory");	\
	}									\
	dsb(sy);								\
} while (0)

void clean_to_poc_keeps_data(void)
{
	fill();
	cache_clean_poc(memory, BYTES);
	CHECK_EQ(first_wrong(), (size_t)BYTES);
	EACH_LINE("cvac", AUDIT_DC_CVAC);
	CHECK_EQ(first_wrong(), (size_t)BYTES, "addresses within lines");
}

void clean_to_pou_keeps_data(void)
{
	fill();
	EACH_LINE("cvau", AUDIT_DC_CVAU);
	CHECK_EQ(first_wrong(), (size_t)BYTES);
}

void clean_and_invalidate_keeps_data(void)
{
	fill();
	cache_clean_invalidate_poc(memory, BYTES);
	CHECK_EQ(first_wrong(), (size_t)BYTES);
	fill();
	EACH_LINE("civac", AUDIT_DC_CIVAC);
	CHECK_EQ(first_wrong(), (size_t)BYTES, "addresses within lines");
}

/* Whole granules that are ours: what else would be dropped? */
void invalidate_keeps_what_was_cleaned(void)
{
	fill();
	cache_clean_poc(memory, BYTES);
	cache_invalidate_poc(memory, BYTES);
	CHECK_EQ(first_wrong(), (size_t)BYTES);
}

#define EC_UNDEFINED	0U

/* ID_AA64ISAR1_EL1.DPB: 1 DC CVAP, 2 DC CVADP, too. By encoding: assemblers of Armv8.0 do not know them. */
static void check_persistence(const char *name, int ret, bool exists)
{
	CHECK_EQ(ret, exists ? 0 : -EFAULT, "%s, as ID_AA64ISAR1_EL1.DPB has it", name);
	if (ret)
		CHECK_EQ((unsigned int)(arch_try_esr() >> 26), EC_UNDEFINED, "%s", name);
}

void clean_to_persistence_keeps_data(void)
{
	unsigned int dpb = read_sysreg(ID_AA64ISAR1_EL1) & 0xf;

	fill();
	check_persistence("DC CVAP", arch_try_insn("sys #3, c7, c12, #1, %[at]",
						   [at] "r"(memory)), dpb >= 1);
	check_persistence("DC CVADP", arch_try_insn("sys #3, c7, c13, #1, %[at]",
						    [at] "r"(memory)), dpb >= 2);
	dsb(sy);
	CHECK_EQ(first_wrong(), (size_t)BYTES);
}

u64 __noinline cache_dczid(void)
{
	return read_sysreg(dczid_el0);
}

/* "dc zva, x0" is nothing that the image may hold: it is written as code is. */
static void write_zva(u32 *code)
{
	code[0] = 0xd50b7420;
	code[1] = 0xd65f03c0;
	cache_sync_code(code, 8);
}

static void check_zva(void (*zva)(void *at))
{
	u64 dczid = cache_dczid(), size = 4ULL << (dczid & 0xf);
	size_t at, i;

	CHECK_LE(size, 2048ULL, "DCZID_EL0.BS");
	REQUIRE_LE(size, (u64)BYTES / 2);
	for (at = 0; at < BYTES; at += size) {
		fill();
		zva(memory + at + size / 2 + 1);	/* any address in the block */
		for (i = 0; i < BYTES; i++)
			if (memory[i] != (i / size == at / size ? 0 : pattern(i)))
				break;
		if (!CHECK_EQ(i, (size_t)BYTES, "block of %llu bytes at offset %zu", size, at))
			break;
	}
}

void zva_clears_its_block_only(void)
{
	struct code_page page = { .kind = MAP_RX };

	if (cache_dczid() & 0x10)
		SKIP("DC ZVA is not permitted (DCZID_EL0.DZP)");
	code_page_get(&page);
	write_zva(page.written);
	check_zva((void (*)(void *))(uintptr_t)page.run);
	code_page_put(&page);
}
