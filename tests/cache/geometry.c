// SPDX-License-Identifier: BSD-2-Clause
/* CTR_EL0, CLIDR_EL1, CCSIDR_EL1. */
#include <base/errno.h>
#include <base/util.h>
#include <core/cpu.h>
#include <asm/cache.h>
#include <asm/cpu.h>
#include <asm/exception.h>
#include "cache.h"

#define LEVELS		7
#define TIMEOUT_US	1000000ULL

#define CTYPE_INSTRUCTION	1
#define CTYPE_DATA		2
#define CTYPE_UNIFIED		4
#define CSSELR_INSTRUCTION	1

u64 __noinline cache_ctr(void)
{
	return read_sysreg(ctr_el0);
}

u64 __noinline cache_clidr(void)
{
	return read_sysreg(clidr_el1);
}

static unsigned int ctype(u64 clidr, unsigned int level)
{
	return clidr >> 3 * level & 7;
}

/* CCSIDR_EL1 of one cache; @instruction: of those that are apart. */
static u64 __noinline cache_ccsidr(unsigned int level, bool instruction)
{
	u64 selected = read_sysreg(csselr_el1), ccsidr;

	write_sysreg(level << 1 | (instruction ? CSSELR_INSTRUCTION : 0), csselr_el1);
	isb();
	ccsidr = read_sysreg(ccsidr_el1);
	write_sysreg(selected, csselr_el1);
	isb();
	return ccsidr;
}

struct geometry {
	u64 line, ways, sets;
};

/* FEAT_CCIDX moves the fields apart (ID_AA64MMFR2_EL1.CCIDX). */
static struct geometry geometry_of(u64 ccsidr)
{
	bool wide = read_sysreg(S3_0_C0_C7_2) >> 20 & 0xf;

	return (struct geometry){
		.line = 16ULL << (ccsidr & 7),
		.ways = (wide ? ccsidr >> 3 & 0x1fffff : ccsidr >> 3 & 0x3ff) + 1,
		.sets = (wide ? ccsidr >> 32 & 0xffffff : ccsidr >> 13 & 0x7fff) + 1,
	};
}

void ctr_is_sane(void)
{
	u64 ctr = cache_ctr();
	unsigned int cwg = ctr >> 24 & 0xf, erg = ctr >> 20 & 0xf, dmin = ctr >> 16 & 0xf;

	test_diag("CTR_EL0 0x%llx: lines of %llu bytes (data) and %llu (instructions), IDC %llu, DIC %llu",
		  ctr, CTR_DMINLINE(ctr), CTR_IMINLINE(ctr), CTR_IDC(ctr), CTR_DIC(ctr));
	CHECK_EQ(ctr >> 31 & 1, 1ULL, "bit 31 is RES1");
	CHECK_NE(ctr >> 14 & 3, 1ULL, "L1Ip: AIVIVT is not for AArch64");
	CHECK_GE(CTR_DMINLINE(ctr), 16ULL);
	CHECK_GE(CTR_IMINLINE(ctr), 4ULL);
	CHECK_LE(cwg, 9U, "CWG: 2 KiB at the most");
	CHECK_LE(erg, 9U, "ERG: 2 KiB at the most");
	if (cwg)
		CHECK_GE(cwg, dmin, "CWG: a granule holds the smallest line");
}

void clidr_levels_are_in_order(void)
{
	u64 clidr = cache_clidr();
	unsigned int loc = clidr >> 24 & 7, lou = clidr >> 27 & 7, lois = clidr >> 21 & 7;
	unsigned int i, last = 0;

	test_diag("CLIDR_EL1 0x%llx", clidr);
	for (i = 0; i < LEVELS; i++) {
		CHECK_LE(ctype(clidr, i), 4U, "Ctype%u is reserved", i + 1);
		if (ctype(clidr, i))
			last = i + 1;
		else
			break;
	}
	for (; i < LEVELS; i++)
		CHECK_EQ(ctype(clidr, i), 0U, "Ctype%u, behind a level without a cache", i + 1);
	CHECK_LE(lou, loc, "LoUU");
	CHECK_LE(lois, loc, "LoUIS");
	CHECK_LE(loc, last, "LoC: the last level is %u", last);
}

static void check_size(u64 ccsidr, unsigned int level, const char *kind)
{
	struct geometry is = geometry_of(ccsidr);
	u64 bytes = is.line * is.ways * is.sets;

	test_diag("level %u, %s: %llu KiB, %llu sets, %llu ways, lines of %llu bytes", level + 1,
		  kind, bytes / 1024, is.sets, is.ways, is.line);
	CHECK_GE(bytes, 1024ULL, "level %u, %s", level + 1, kind);
	CHECK_LE(bytes, 4ULL << 30, "level %u, %s", level + 1, kind);
	CHECK_LE(is.line, 2048ULL, "level %u, %s", level + 1, kind);
}

void every_level_has_a_size(void)
{
	u64 clidr = cache_clidr();
	unsigned int i;

	if (!ctype(clidr, 0))
		SKIP("CLIDR_EL1 says that there are no caches");
	for (i = 0; i < LEVELS && ctype(clidr, i); i++) {
		unsigned int type = ctype(clidr, i);

		if (type == CTYPE_UNIFIED || type & CTYPE_DATA)
			check_size(cache_ccsidr(i, false), i,
				   type == CTYPE_UNIFIED ? "unified" : "data");
		if (type != CTYPE_UNIFIED && type & CTYPE_INSTRUCTION)
			check_size(cache_ccsidr(i, true), i, "instructions");
	}
}

void lines_are_not_below_the_smallest(void)
{
	u64 clidr = cache_clidr(), smallest = CTR_DMINLINE(cache_ctr());
	unsigned int i;

	if (!ctype(clidr, 0))
		SKIP("CLIDR_EL1 says that there are no caches");
	for (i = 0; i < LEVELS && ctype(clidr, i); i++)
		if (ctype(clidr, i) != CTYPE_INSTRUCTION)
			CHECK_GE(geometry_of(cache_ccsidr(i, false)).line, smallest, "level %u",
				 i + 1);
}

/* Compares on the other CPU, and says by -EIO that it is below: nothing is shared. */
static void compare_line(void *arg)
{
	if (CTR_DMINLINE(cache_ctr()) < (u64)arg)
		arch_guarded_exit(-EIO);
}

void step_is_the_smallest_line_of_all_cpus(void)
{
	u64 step = cache_line();
	unsigned int i;

	CHECK_LE(step, CTR_DMINLINE(cache_ctr()));
	CHECK_EQ(step & (step - 1), 0ULL);
	CHECK_GE(step, 16ULL);
	cpu_for_each_online(i)
		CHECK_EQ(cpu_call(i, compare_line, (void *)step, TIMEOUT_US), 0,
			 "CPU %u has lines below %llu bytes", i, step);
}

#define CLIDR_LOUIS_LOC	(7ULL << 21 | 7ULL << 24)

static void compare_levels(void *arg)
{
	if ((cache_clidr() & CLIDR_LOUIS_LOC) != (u64)arg)
		arch_guarded_exit(-EIO);
}

void levels_are_equal_on_cpus(void)
{
	u64 levels = cache_clidr() & CLIDR_LOUIS_LOC;
	unsigned int i;

	cpu_for_each_online(i)
		CHECK_EQ(cpu_call(i, compare_levels, (void *)levels, TIMEOUT_US), 0,
			 "CPU %u: CLIDR_EL1.LoC or LoUIS is not 0x%llx", i, levels);
}
