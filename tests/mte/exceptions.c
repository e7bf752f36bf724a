// SPDX-License-Identifier: BSD-2-Clause
/* Checks and tags around exceptions: a handler is not checked, and finds all flags. */
#include <asm/barrier.h>
#include <asm/exception.h>
#include <drivers/psci.h>
#include "mte.h"

#define PSTATE_TCO	BIT(25)

static const struct mte_control sync = { .own = MTE_SYNC };

/* What the handler saw. */
static struct {
	bool came, tco, spsr_tco;
	int load;
	u64 pointer, flags;
} seen;

static bool look(struct pt_regs *regs, struct exception_info *info)
{
	if (ESR_EC(info->esr) != EC_BRK)
		return false;
	seen.came = true;
	seen.tco = mte_tco();
	seen.spsr_tco = regs->pstate & PSTATE_TCO;
	/* Before any barrier of ours. */
	seen.flags = mte_faults_arrived();
	seen.load = mte_load.run(seen.pointer);
	regs->pc += 4;
	return true;
}

/* An exception that returns, under @control; the handler loads through @pointer. */
static void take_brk(u64 pointer)
{
	static const struct exception_handler handler = { look };
	const struct exception_handler *before;

	seen.came = false;
	seen.pointer = pointer;
	before = exception_set_handler(VECTOR_SPX_SYNC, &handler);
	__asm__ volatile("brk #0x71" ::: "memory");
	exception_set_handler(VECTOR_SPX_SYNC, before);
	CHECK(seen.came, "the BRK came to the handler");
}

void override_stops_checks(void)
{
	const struct mte_memory *memory = mte_begin();
	const u64 wrong = mte_pointer(memory->tagged, 3);
	struct mte_state state;

	mte_control_set(&sync, &state);
	mte_stg(mte_pointer(memory->tagged, 9));
	mte_expect_fault(&mte_load, wrong);
	mte_tco_set(true);
	mte_expect_pass(&mte_load, wrong);
	mte_expect_pass(&mte_store, wrong);
	mte_tco_set(false);
	mte_expect_fault(&mte_store, wrong);
	mte_control_restore(&state);
}

void exceptions_stop_checks(void)
{
	const struct mte_memory *memory = mte_begin();
	const u64 wrong = mte_pointer(memory->tagged, 3);
	struct mte_state state;

	mte_control_set(&sync, &state);
	mte_stg(mte_pointer(memory->tagged, 9));
	take_brk(wrong);
	CHECK(seen.tco, "PSTATE.TCO in the handler");
	CHECK(!seen.spsr_tco, "SPSR.TCO, of code that is checked");
	CHECK_EQ(seen.load, 0, "a load in the handler");
	CHECK(!mte_tco(), "PSTATE.TCO behind the return");
	mte_expect_fault(&mte_load, wrong);
	mte_tco_set(true);
	take_brk(wrong);
	CHECK(seen.spsr_tco, "SPSR.TCO, of code that is not checked");
	CHECK(mte_tco(), "PSTATE.TCO behind the return to such code");
	mte_control_restore(&state);
}

void exceptions_wait_for_flags(void)
{
	const struct mte_memory *memory = mte_begin();
	const struct mte_control control = { .own = MTE_ASYNC, .at_entry = true };
	struct mte_state state;

	mte_async_needed();
	mte_control_set(&control, &state);
	mte_stg(mte_pointer(memory->tagged, 9));
	mte_store.run(mte_pointer(memory->tagged, 3));
	take_brk(memory->tagged);
	CHECK_EQ(seen.flags, 1ULL, "TFSR in the handler, with SCTLR_ELx.ITFSB");
	mte_control_restore(&state);
}

/* Of the first two granules. */
static void check_tags(const struct mte_memory *memory, const char *behind)
{
	CHECK_EQ(mte_tag(mte_ldg(memory->tagged)), 9U, "behind %s", behind);
	CHECK_EQ(mte_tag(mte_ldg(memory->tagged + MTE_GRANULE)), 6U, "behind %s", behind);
}

void tags_are_kept_over_exceptions(void)
{
	const struct mte_memory *memory = mte_begin();
	const struct mte_random before = mte_random_get();
	const struct mte_random own = { .gcr = 0x1234, .rgsr = MTE_RGSR(6, 0x5678) };
	struct mte_random now;
	struct mte_state state;

	mte_control_set(&sync, &state);
	mte_random_set(&own);
	mte_stg(mte_pointer(memory->tagged, 9));
	mte_stg(mte_pointer(memory->tagged + MTE_GRANULE, 6));
	take_brk(mte_pointer(memory->tagged, 9));
	check_tags(memory, "an exception");
	/* Whoever answers runs at a higher level, with registers of its own. */
	if (psci_version() >= PSCI_VERSION(0, 2)) {
		psci_call(PSCI_FN_VERSION, 0, 0, 0);
		check_tags(memory, "a call of firmware");
	}
	now = mte_random_get();
	mte_random_set(&before);
	mte_control_restore(&state);
	CHECK_EQ(now.gcr, own.gcr, "GCR_EL1");
	CHECK_EQ(now.rgsr, own.rgsr, "RGSR_EL1");
}
