// SPDX-License-Identifier: BSD-2-Clause
/* Tags by themselves: stored, loaded, counted, drawn. Nothing is checked here. */
#include <asm/barrier.h>
#include <asm/extable.h>
#include <asm/mmu.h>
#include <asm/tlb.h>
#include <base/string.h>
#include "mte.h"

static const struct mte_control tags_only = { .own = MTE_IGNORE };

#define GRANULES	(PAGE_SIZE / MTE_GRANULE)

static unsigned int tag_of(unsigned int granule)
{
	return (granule * 7 + 5) % MTE_TAGS;
}

static unsigned int tag_at(u64 address)
{
	return mte_tag(mte_ldg(address));
}

void tags_are_stored_and_loaded(void)
{
	const struct mte_memory *memory = mte_begin();
	struct mte_state state;
	unsigned int tag;

	mte_control_set(&tags_only, &state);
	*(volatile u64 *)memory->page = 0x1122334455667788ULL;
	for (tag = 0; tag < MTE_TAGS; tag++) {
		mte_stg(mte_pointer(memory->tagged, tag));
		CHECK_EQ(tag_at(memory->tagged), tag);
		CHECK_EQ(mte_ldg(memory->tagged + 8), mte_pointer(memory->tagged + 8, tag),
			 "LDG by an address within the granule");
	}
	mte_control_restore(&state);
	CHECK_EQ(*(volatile u64 *)memory->page, 0x1122334455667788ULL, "data behind STG");
}

void granules_have_tags_of_their_own(void)
{
	const struct mte_memory *memory = mte_begin();
	struct mte_state state;
	unsigned int i;

	mte_control_set(&tags_only, &state);
	for (i = 0; i < GRANULES; i++)
		mte_stg(mte_pointer(memory->tagged + i * MTE_GRANULE, tag_of(i)));
	for (i = 0; i < GRANULES; i++)
		CHECK_EQ(tag_at(memory->tagged + i * MTE_GRANULE), tag_of(i), "granule %u", i);
	mte_control_restore(&state);
}

/* Tags of the first two granules, the first in the low digit. */
static unsigned int tags_of_two(const struct mte_memory *memory)
{
	return tag_at(memory->tagged) | tag_at(memory->tagged + MTE_GRANULE) << 4;
}

void stores_of_tags_reach_their_granules_only(void)
{
	const struct mte_memory *memory = mte_begin();
	volatile u64 *data = (volatile u64 *)memory->page;
	u64 second = memory->tagged + MTE_GRANULE;
	struct mte_state state;
	unsigned int i;

	mte_control_set(&tags_only, &state);
	for (i = 0; i < 6; i++)
		data[i] = i + 1;
	mte_stg(mte_pointer(second, 9));
	CHECK_EQ(tags_of_two(memory), 0x90U, "STG");
	mte_st2g(mte_pointer(memory->tagged, 6));
	CHECK_EQ(tags_of_two(memory), 0x66U, "ST2G");
	mte_stgp(mte_pointer(second, 12), 0x55, 0xaa);
	CHECK_EQ(tags_of_two(memory), 0xc6U, "STGP");
	mte_stzg(mte_pointer(memory->tagged, 3));
	CHECK_EQ(tags_of_two(memory), 0xc3U, "STZG");
	mte_control_restore(&state);
	CHECK_EQ(data[0] | data[1], 0ULL, "what STZG cleared");
	CHECK_EQ(data[2], 0x55ULL, "STGP");
	CHECK_EQ(data[3], 0xaaULL, "STGP");
	CHECK_EQ(data[4], 5ULL, "the next granule");
}

/* DCZID_EL0.BS: log2 of the block in words. */
static u64 gva_block(void)
{
	return 4ULL << (read_sysreg(DCZID_EL0) & 0xf);
}

/* STGM and LDGM have the tags of a block in one register. */
static u64 whole_block(u64 tags)
{
	unsigned int granules = mte_block_tags();

	return granules >= 16 ? tags : tags & ((1ULL << 4 * granules) - 1);
}

void blocks_of_tags_are_stored(void)
{
	const struct mte_memory *memory = mte_begin();
	const u64 tags = whole_block(0xfedcba9876543210ULL);
	struct mte_state state;

	mte_control_set(&tags_only, &state);
	mte_stgm(memory->tagged, tags);
	CHECK_EQ(mte_ldgm(memory->tagged), tags, "LDGM behind STGM");
	CHECK_EQ(tags_of_two(memory), 0x10U, "LDG behind STGM");
	/* DZP: it traps, as DC ZVA does. */
	if (!(read_sysreg(DCZID_EL0) >> 4 & 1)) {
		mte_dc_gva(mte_pointer(memory->tagged, 4));
		dsb(sy);
		CHECK_EQ(tags_of_two(memory), 0x44U, "LDG behind DC GVA");
	}
	mte_control_restore(&state);
}

static void check_end(const struct mte_memory *memory, u64 bytes, unsigned int tag,
		      const char *what)
{
	CHECK_EQ(tag_at(memory->tagged + bytes - MTE_GRANULE), tag, "last granule of %s", what);
	CHECK_EQ(tag_at(memory->tagged + bytes), 0U, "first granule behind %s", what);
}

void blocks_of_tags_end_where_told(void)
{
	const struct mte_memory *memory = mte_begin();
	struct mte_state state;

	mte_control_set(&tags_only, &state);
	mte_stgm(memory->tagged, whole_block(0xbbbbbbbbbbbbbbbbULL));
	check_end(memory, mte_block_tags() * MTE_GRANULE, 0xb, "STGM");
	mte_control_restore(&state);
	if (read_sysreg(DCZID_EL0) >> 4 & 1)
		return;
	mte_begin();
	mte_control_set(&tags_only, &state);
	mte_dc_gva(mte_pointer(memory->tagged, 4));
	dsb(sy);
	check_end(memory, gva_block(), 4, "DC GVA");
	mte_control_restore(&state);
}

#define EXCLUDE_4_AND_5	0x30ULL

void tag_arithmetic_leaves_out_tags(void)
{
	const struct mte_memory *memory = mte_begin();
	const struct mte_random before = mte_random_get(), excluded = { .gcr = EXCLUDE_4_AND_5 };
	const u64 at = memory->tagged + 64;
	struct mte_state state;

	mte_control_set(&tags_only, &state);
	mte_random_set(&excluded);
	CHECK_EQ(mte_addg(mte_pointer(at, 3)), mte_pointer(at + 48, 8), "3 and 3 more: 6, 7, 8");
	CHECK_EQ(mte_subg(mte_pointer(at, 3)), mte_pointer(at - 48, 8), "likewise");
	CHECK_EQ(mte_addg(mte_pointer(at, 14)), mte_pointer(at + 48, 1), "behind 15 comes 0");
	CHECK_EQ(mte_gmi(mte_pointer(at, 7), 0x8001), 0x8081ULL, "GMI");
	CHECK_EQ(mte_subp(mte_pointer(at, 7), mte_pointer(at - 8, 1)), 8ULL, "SUBP");
	mte_random_set(&before);
	mte_control_restore(&state);
}

/* The generator of C6.2 IRG: a shift register of 16 bits, four new ones a tag. */
static unsigned int next_offset(u16 *seed)
{
	unsigned int i, offset = 0;

	for (i = 0; i < 4; i++) {
		u16 s = *seed;
		u16 top = (s >> 5 ^ s >> 3 ^ s >> 2 ^ s) & 1;

		*seed = s >> 1 | top << 15;
		offset |= (unsigned int)top << i;
	}
	return offset;
}

static unsigned int next_tag(unsigned int tag, unsigned int offset, u16 exclude)
{
	while (exclude >> tag & 1)
		tag = (tag + 1) % MTE_TAGS;
	while (offset--) {
		do
			tag = (tag + 1) % MTE_TAGS;
		while (exclude >> tag & 1);
	}
	return tag;
}

#define DRAWS	64

void random_tags_follow_the_seed(void)
{
	const struct mte_memory *memory = mte_begin();
	const struct mte_random before = mte_random_get();
	const struct mte_random begin = { .gcr = 0x0103, .rgsr = MTE_RGSR(5, 0xbeef) };
	u16 seed = 0xbeef, exclude = 0x8103;
	unsigned int i, tag = 5;
	struct mte_state state;

	mte_control_set(&tags_only, &state);
	mte_random_set(&begin);
	for (i = 0; i < DRAWS; i++) {
		tag = next_tag(tag, next_offset(&seed), exclude);
		CHECK_EQ(mte_tag(mte_irg(memory->tagged, 0x8000)), tag, "draw %u", i);
		CHECK_EQ(mte_random_get().rgsr & 0xffff0f, MTE_RGSR(tag, seed),
			 "RGSR_EL1, draw %u", i);
	}
	mte_random_set(&before);
	mte_control_restore(&state);
}

/* Tags that came, as bits, of the CPU's own algorithm. */
static u32 drawn(u64 pointer, u64 exclude)
{
	u32 tags = 0;
	unsigned int i;

	for (i = 0; i < 4 * DRAWS; i++)
		tags |= 1U << mte_tag(mte_irg(pointer, exclude));
	return tags;
}

void random_tags_are_none_of_those_excluded(void)
{
	const struct mte_memory *memory = mte_begin();
	const struct mte_random before = mte_random_get();
	struct mte_random own = { .gcr = MTE_GCR_RRND | 0x00ff, .rgsr = MTE_RGSR(0, 1) };
	struct mte_state state;
	u32 tags;

	mte_control_set(&tags_only, &state);
	mte_random_set(&own);
	tags = drawn(memory->tagged, 0xf00);
	CHECK_EQ(tags & 0xfff, 0U, "GCR_EL1.Exclude 0xff, 0xf00 in the register");
	CHECK_GT(tags & (tags - 1), 0U, "the same tag %u times: 0x%x", 4 * DRAWS, tags);
	own.gcr = MTE_GCR_RRND | 0xffff;
	mte_random_set(&own);
	CHECK_EQ(drawn(mte_pointer(memory->tagged, 7), 0), 1U, "all excluded: tag 0");
	mte_random_set(&before);
	mte_control_restore(&state);
}

static u64 attribute_at(u64 address)
{
	if (tlb_one_level())
		__asm__ volatile("at s1e2r, %0" : : "r"(address) : "memory");
	else
		__asm__ volatile("at s1e1r, %0" : : "r"(address) : "memory");
	isb();
	return read_sysreg(par_el1);
}

void memory_is_of_the_tagged_type(void)
{
	const struct mte_memory *memory = mte_begin();
	u64 with = attribute_at(memory->tagged), without = attribute_at(memory->page);

	REQUIRE_EQ(with & 1, 0ULL, "AT faults, PAR_EL1 0x%llx", with);
	REQUIRE_EQ(without & 1, 0ULL, "AT faults, PAR_EL1 0x%llx", without);
	CHECK_EQ(with >> 56, 0xf0ULL, "PAR_EL1.ATTR of memory with tags");
	CHECK_EQ(without >> 56, 0xffULL, "PAR_EL1.ATTR of the same without");
}

void other_memory_has_no_tags(void)
{
	const struct mte_memory *memory = mte_begin();
	struct mte_state state;

	mte_control_set(&tags_only, &state);
	mte_stg(mte_pointer(memory->tagged, 9));
	CHECK_EQ(tag_at(memory->page), 0U, "LDG where the memory is not Tagged");
	mte_stg(mte_pointer(memory->page, 4));
	CHECK_EQ(tag_at(memory->tagged), 9U, "behind STG where the memory is not Tagged");
	mte_control_restore(&state);
}
