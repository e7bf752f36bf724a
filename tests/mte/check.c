// SPDX-License-Identifier: BSD-2-Clause
/* Loads and stores whose pointers match, or do not, in each mode of TCF. */
#include <asm/exception.h>
#include <asm/extable.h>
#include "mte.h"

#define ESR_WNR		BIT(6)
/* Bits 63:60 of FAR are unknown behind a tag check fault (D19.2 FAR_EL1). */
#define FAR_KNOWN	GENMASK(59, 0)

/* One instruction each, that may fault. */
#define LOAD(name, insn)							\
static int name(u64 at)								\
{										\
	u64 value = 0;								\
										\
	return arch_try_value(insn, value, [at] "r"(at));			\
}

#define STORE(name, insn)							\
static int name(u64 at)								\
{										\
	return arch_try_insn(insn, [at] "r"(at), [value] "r"(~0ULL));		\
}

LOAD(load_byte, "ldrb %w[val], [%[at]]")
LOAD(load_half, "ldrh %w[val], [%[at]]")
LOAD(load_word, "ldr %w[val], [%[at]]")
LOAD(load_double, "ldr %x[val], [%[at]]")
LOAD(load_pair, "ldp %x[val], xzr, [%[at]]")
LOAD(load_acquire_double, "ldar %x[val], [%[at]]")
LOAD(load_exclusive, "ldxr %x[val], [%[at]]")
STORE(store_byte, "strb %w[value], [%[at]]")
STORE(store_half, "strh %w[value], [%[at]]")
STORE(store_word, "str %w[value], [%[at]]")
STORE(store_double, "str %x[value], [%[at]]")
STORE(store_pair, "stp %x[value], %x[value], [%[at]]")
STORE(store_release_double, "stlr %x[value], [%[at]]")

const struct mte_access mte_load = { "LDR", load_double, false };
const struct mte_access mte_store = { "STR", store_double, true };

static const struct mte_access accesses[] = {
	{ "LDRB", load_byte, false },
	{ "LDRH", load_half, false },
	{ "LDR of 4 bytes", load_word, false },
	{ "LDR", load_double, false },
	{ "LDP", load_pair, false },
	{ "LDAR", load_acquire_double, false },
	{ "LDXR", load_exclusive, false },
	{ "STRB", store_byte, true },
	{ "STRH", store_half, true },
	{ "STR of 4 bytes", store_word, true },
	{ "STR", store_double, true },
	{ "STP", store_pair, true },
	{ "STLR", store_release_double, true },
};

#define for_each_access(access)							\
	for (access = accesses; access < accesses + ARRAY_SIZE(accesses); access++)

bool mte_is_tag_fault(u64 esr, unsigned int class, bool write)
{
	return ESR_EC(esr) == class && ESR_FSC(esr) == FSC_TAG_CHECK &&
	       !!(esr & ESR_WNR) == write;
}

void mte_expect_fault(const struct mte_access *access, u64 pointer)
{
	int ret = access->run(pointer);

	if (!CHECK_EQ(ret, -EFAULT, "%s at 0x%llx is not checked", access->name, pointer))
		return;
	CHECK(mte_is_tag_fault(arch_try_esr(), EC_DABT, access->write), "%s: ESR 0x%llx",
	      access->name, arch_try_esr());
	CHECK_EQ(arch_try_far() & FAR_KNOWN, pointer & FAR_KNOWN, "%s: FAR", access->name);
}

void mte_expect_pass(const struct mte_access *access, u64 pointer)
{
	CHECK_EQ(access->run(pointer), 0, "%s at 0x%llx: ESR 0x%llx", access->name, pointer,
		 arch_try_esr());
}

/* The first granule gets tag 5; the pointer has @tag. */
static u64 tagged_5(unsigned int tag)
{
	const struct mte_memory *memory = mte_begin();
	struct mte_state state;

	mte_control_set(&(struct mte_control){ .own = MTE_IGNORE }, &state);
	mte_stg(mte_pointer(memory->tagged, 5));
	mte_control_restore(&state);
	return mte_pointer(memory->tagged, tag);
}


static void pass_in_mode(enum mte_check mode)
{
	const struct mte_access *access;
	u64 pointer = tagged_5(5);
	struct mte_state state;

	mte_control_set(&(struct mte_control){ .own = mode }, &state);
	for_each_access(access)
		mte_expect_pass(access, pointer);
	CHECK_EQ(mte_faults(), 0ULL, "TFSR, mode %d", mode);
	mte_control_restore(&state);
}

void matching_tags_pass(void)
{
	pass_in_mode(MTE_IGNORE);
	pass_in_mode(MTE_SYNC);
	if (mte_has_async())
		pass_in_mode(MTE_ASYNC);
	if (mte_has_asymm())
		pass_in_mode(MTE_ASYMM);
}

/* Each tag but the right one. */
void sync_checks_fault(void)
{
	const struct mte_access *access;
	struct mte_state state;
	unsigned int tag;
	u64 at = tagged_5(0);

	mte_control_set(&(struct mte_control){ .own = MTE_SYNC }, &state);
	for (tag = 0; tag < MTE_TAGS; tag++) {
		if (tag == 5)
			continue;
		for_each_access(access)
			mte_expect_fault(access, mte_pointer(at, tag));
	}
	CHECK_EQ(mte_faults(), 0ULL, "TFSR");
	CHECK_EQ(*(volatile u64 *)mte_pointer(at, 5), 0ULL, "stores that faulted");
	mte_control_restore(&state);
}

/* From the last word of a granule into the next one, which has another tag. */
void sync_checks_see_both_granules(void)
{
	u64 pointer = tagged_5(5), next = mte_pointer(pointer + MTE_GRANULE, 2);
	struct mte_state state;
	u64 value = 0;
	int load, store;

	mte_control_set(&(struct mte_control){ .own = MTE_SYNC }, &state);
	mte_stg(next);
	load = load_pair(pointer + MTE_GRANULE - 8);
	CHECK_EQ(load, -EFAULT, "LDP over the end of a granule");
	CHECK(load == 0 || mte_is_tag_fault(arch_try_esr(), EC_DABT, false), "ESR 0x%llx",
	      arch_try_esr());
	store = store_pair(pointer + MTE_GRANULE - 8);
	CHECK_EQ(store, -EFAULT, "STP over the end of a granule");
	CHECK_EQ(arch_try_value("ldr %x[val], [%[at]]", value, [at] "r"(next)), 0);
	CHECK_EQ(value, 0ULL, "STP that faulted, in the second granule");
	mte_control_restore(&state);
}

void async_checks_set_a_flag(void)
{
	const struct mte_access *access;
	struct mte_state state;
	u64 pointer;

	mte_async_needed();
	pointer = tagged_5(10);
	mte_control_set(&(struct mte_control){ .own = MTE_ASYNC }, &state);
	for_each_access(access) {
		mte_faults_clear();
		mte_expect_pass(access, pointer);
		CHECK_EQ(mte_faults(), 1ULL, "TFSR behind %s", access->name);
	}
	CHECK_EQ(*(volatile u64 *)mte_pointer(pointer, 5), ~0ULL, "stores are done");
	mte_faults_clear();
	CHECK_EQ(mte_faults(), 0ULL, "TFSR, cleared");
	mte_control_restore(&state);
}

void asymmetric_checks_fault_on_loads(void)
{
	const struct mte_access *access;
	struct mte_state state;
	u64 pointer;

	if (!mte_has_asymm())
		SKIP("ID_AA64PFR1_EL1.MTE is 2: no asymmetric mode");
	pointer = tagged_5(10);
	mte_control_set(&(struct mte_control){ .own = MTE_ASYMM }, &state);
	for_each_access(access) {
		mte_faults_clear();
		if (access->write)
			mte_expect_pass(access, pointer);
		else
			mte_expect_fault(access, pointer);
		CHECK_EQ(mte_faults(), (u64)access->write, "TFSR behind %s", access->name);
	}
	CHECK_EQ(*(volatile u64 *)mte_pointer(pointer, 5), ~0ULL, "stores are done");
	mte_control_restore(&state);
}

void ignored_checks_leave_nothing(void)
{
	const struct mte_access *access;
	struct mte_state state;
	u64 pointer = tagged_5(10);

	mte_control_set(&(struct mte_control){ .own = MTE_IGNORE }, &state);
	for_each_access(access)
		mte_expect_pass(access, pointer);
	CHECK_EQ(mte_faults(), 0ULL, "TFSR");
	mte_control_restore(&state);
}
