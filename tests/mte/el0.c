// SPDX-License-Identifier: BSD-2-Clause
/* EL0's accesses: checked as TCF0 says, with flags of their own. */
#include <asm/el0.h>
#include <asm/extable.h>
#include "mte.h"

#define LOADED	0x0123456789abcdefULL

static const struct mte_memory *begin(void)
{
	const struct mte_memory *memory = mte_begin();
	struct mte_state state;

	if (!memory->el0)
		SKIP("EL2 without VHE: there is no EL0 with translation of its own");
	*(volatile u64 *)memory->page = LOADED;
	mte_control_set(&(struct mte_control){ .own = MTE_IGNORE }, &state);
	mte_stg(mte_pointer(memory->tagged, 9));
	mte_control_restore(&state);
	return memory;
}

/* One load or store at EL0 with a pointer of @tag; as @info says how it ended. */
static u64 run(const struct mte_memory *memory, bool store, unsigned int tag,
	       struct exception_info *info)
{
	struct pt_regs regs = {
		.pc = memory->el0_code + (store ? MTE_EL0_STORE : MTE_EL0_LOAD),
		.x = { mte_pointer(memory->el0, tag), ~LOADED },
	};

	CHECK_EQ(arch_el0_call(&regs, info), 0, "EL0 did not run: ESR 0x%llx", info->esr);
	return regs.x[1];
}

static void expect_fault(const struct mte_memory *memory, bool store)
{
	struct exception_info info;

	run(memory, store, 3, &info);
	CHECK(mte_is_tag_fault(info.esr, EC_DABT_LOWER, store), "%s of EL0: ESR 0x%llx",
	      store ? "a store" : "a load", info.esr);
	CHECK_EQ(info.far & GENMASK(59, 0), mte_pointer(memory->el0, 3) & GENMASK(59, 0), "FAR");
}

static void expect_pass(const struct mte_memory *memory, bool store, unsigned int tag)
{
	struct exception_info info;
	u64 x1 = run(memory, store, tag, &info);

	CHECK_EQ(ESR_EC(info.esr), EC_SVC, "%s of EL0, tag %u: ESR 0x%llx",
		 store ? "a store" : "a load", tag, info.esr);
	CHECK_EQ(x1, store ? ~LOADED : LOADED, "what EL0 %s", store ? "stored" : "loaded");
	CHECK_EQ(*(volatile u64 *)memory->page, x1, "what is there now");
	*(volatile u64 *)memory->page = LOADED;
}

void el0_sync_checks_fault(void)
{
	const struct mte_memory *memory = begin();
	struct mte_state state;

	mte_control_set(&(struct mte_control){ .el0 = MTE_SYNC }, &state);
	expect_pass(memory, false, 9);
	expect_fault(memory, false);
	expect_fault(memory, true);
	CHECK_EQ(*(volatile u64 *)memory->page, LOADED, "a store that faulted");
	expect_pass(memory, true, 9);
	CHECK_EQ(mte_el0_faults(), 0ULL, "TFSRE0_EL1");
	mte_control_restore(&state);
}

static void expect_flag(const struct mte_memory *memory, bool store)
{
	mte_faults_clear();
	expect_pass(memory, store, 3);
	CHECK_EQ(mte_el0_faults(), 1ULL, "TFSRE0_EL1 behind %s", store ? "a store" : "a load");
	CHECK_EQ(mte_faults(), 0ULL, "TFSR of the level above");
}

void el0_async_checks_set_a_flag(void)
{
	const struct mte_memory *memory = begin();
	struct mte_state state;

	mte_async_needed();
	mte_control_set(&(struct mte_control){ .el0 = MTE_ASYNC }, &state);
	expect_pass(memory, false, 9);
	CHECK_EQ(mte_el0_faults(), 0ULL, "TFSRE0_EL1 behind a load that matches");
	expect_flag(memory, false);
	expect_flag(memory, true);
	mte_control_restore(&state);
}

void el0_asymmetric_checks_fault_on_loads(void)
{
	const struct mte_memory *memory = begin();
	struct mte_state state;

	if (!mte_has_asymm())
		SKIP("ID_AA64PFR1_EL1.MTE is 2: no asymmetric mode");
	mte_control_set(&(struct mte_control){ .el0 = MTE_ASYMM }, &state);
	expect_fault(memory, false);
	CHECK_EQ(mte_el0_faults(), 0ULL, "TFSRE0_EL1 behind a load");
	expect_flag(memory, true);
	mte_control_restore(&state);
}

static int load_unprivileged(u64 at)
{
	u64 value = 0;

	return arch_try_value("ldtr %x[val], [%[at]]", value, [at] "r"(at));
}

static int store_unprivileged(u64 at)
{
	return arch_try_insn("sttr xzr, [%[at]]", [at] "r"(at));
}

static const struct mte_access ldtr = { "LDTR", load_unprivileged, false };
static const struct mte_access sttr = { "STTR", store_unprivileged, true };

void unprivileged_accesses_are_checked_as_el0s(void)
{
	const struct mte_memory *memory = begin();
	const u64 wrong = mte_pointer(memory->el0, 3);
	struct mte_state state;

	mte_control_set(&(struct mte_control){ .own = MTE_SYNC, .el0 = MTE_IGNORE }, &state);
	mte_expect_fault(&mte_load, wrong);
	mte_expect_pass(&ldtr, wrong);
	mte_expect_pass(&sttr, wrong);
	mte_control_restore(&state);

	mte_control_set(&(struct mte_control){ .own = MTE_IGNORE, .el0 = MTE_SYNC }, &state);
	mte_expect_pass(&mte_load, wrong);
	mte_expect_fault(&ldtr, wrong);
	mte_expect_fault(&sttr, wrong);
	mte_control_restore(&state);

	if (!mte_has_async())
		return;
	mte_control_set(&(struct mte_control){ .own = MTE_SYNC, .el0 = MTE_ASYNC }, &state);
	mte_expect_pass(&sttr, wrong);
	CHECK_EQ(mte_el0_faults(), 1ULL, "TFSRE0_EL1 behind STTR");
	CHECK_EQ(mte_faults(), 0ULL, "TFSR behind STTR");
	mte_control_restore(&state);
}
