// SPDX-License-Identifier: BSD-2-Clause
/* What is not checked, with pointers that would not match. Each is shown to be checked first. */
#include <asm/exception.h>
#include "mte.h"

static const struct mte_control sync = { .own = MTE_SYNC };

void tag_0_matches_where_told(void)
{
	const struct mte_memory *memory = mte_begin();
	struct mte_state state;

	mte_control_set(&sync, &state);
	mte_stg(mte_pointer(memory->tagged, 9));
	mte_expect_fault(&mte_load, mte_pointer(memory->tagged, 0));
	mte_control_restore(&state);

	mte_control_set(&(struct mte_control){ .own = MTE_SYNC, .match_all = true }, &state);
	mte_expect_pass(&mte_load, mte_pointer(memory->tagged, 0));
	mte_expect_pass(&mte_store, mte_pointer(memory->tagged, 0));
	mte_expect_fault(&mte_load, mte_pointer(memory->tagged, 1));
	mte_control_restore(&state);
}

/* Tags read as 0 and are not written. */
void no_access_to_tags_no_checks(void)
{
	const struct mte_memory *memory = mte_begin();
	const u64 wrong = mte_pointer(memory->tagged, 3);
	struct mte_state state;

	mte_control_set(&sync, &state);
	mte_stg(mte_pointer(memory->tagged, 9));
	mte_expect_fault(&mte_load, wrong);
	mte_control_restore(&state);

	mte_control_set(&(struct mte_control){ .own = MTE_SYNC, .no_access = true }, &state);
	mte_expect_pass(&mte_load, wrong);
	mte_expect_pass(&mte_store, wrong);
	CHECK_EQ(mte_tag(mte_ldg(memory->tagged)), 0U, "LDG with ATA clear");
	mte_stg(wrong);
	mte_control_restore(&state);

	mte_control_set(&sync, &state);
	CHECK_EQ(mte_tag(mte_ldg(memory->tagged)), 9U, "behind STG with ATA clear");
	mte_control_restore(&state);
}

void other_memory_is_not_checked(void)
{
	const struct mte_memory *memory = mte_begin();
	struct mte_state state;

	mte_control_set(&sync, &state);
	mte_stg(mte_pointer(memory->tagged, 9));
	mte_expect_fault(&mte_load, mte_pointer(memory->tagged, 3));
	mte_expect_pass(&mte_load, mte_pointer(memory->page, 3));
	mte_expect_pass(&mte_store, mte_pointer(memory->page, 3));
	mte_control_restore(&state);
}

static void load_by_sp(void *pointer)
{
	mte_load_by_sp(*(u64 *)pointer);
}

void stack_pointer_is_not_checked(void)
{
	const struct mte_memory *memory = mte_begin();
	u64 wrong = mte_pointer(memory->tagged, 3);
	struct exception_info info = { .esr = 0 };
	struct mte_state state;
	int ret;

	mte_control_set(&sync, &state);
	mte_stg(mte_pointer(memory->tagged, 9));
	mte_expect_fault(&mte_load, wrong);
	ret = test_guarded_call(load_by_sp, &wrong, &info, NULL);
	CHECK_EQ(ret, 0, "a load through SP: ESR 0x%llx", info.esr);
	mte_control_restore(&state);
}

static u64 word = 0x1234567890abcdefULL;

/* The top byte is ignored all the same, and every access is to Device memory. */
void mmu_off_is_not_checked(void)
{
	struct mte_state state;

	mte_control_set(&sync, &state);
	mte_expect_pass(&mte_load, mte_pointer((u64)&word, 3));
	CHECK_EQ(mte_tag(mte_ldg(mte_pointer((u64)&word, 3))), 0U, "LDG");
	CHECK_EQ(mte_faults(), 0ULL, "TFSR");
	mte_control_restore(&state);
}
