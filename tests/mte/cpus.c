// SPDX-License-Identifier: BSD-2-Clause
/* Every CPU checks, by tags that all of them share, with flags of its own. */
#include <core/cpu.h>
#include "mte.h"

#define CALL_US	(CPU_CALL_TIMEOUT_US + cpu_count() * 20000ULL)

/* Set by the boot CPU before the others are called. */
static u64 tagged;

static void check_here(void *unused)
{
	const u64 right = mte_pointer(tagged, cpu_this());
	struct mte_state state;

	(void)unused;
	mte_control_set(&(struct mte_control){ .own = MTE_SYNC }, &state);
	mte_stg(right);
	mte_expect_pass(&mte_load, right);
	mte_expect_pass(&mte_store, right);
	mte_expect_fault(&mte_load, mte_pointer(right, mte_tag(right) ^ 8));
	mte_expect_fault(&mte_store, mte_pointer(right, mte_tag(right) ^ 1));
	mte_control_restore(&state);
}

/* One after the other: there is one granule for all. */
void every_cpu_checks(void)
{
	unsigned int i;

	tagged = mte_begin()->tagged;
	cpu_for_each_online(i)
		CHECK_EQ(cpu_call(i, check_here, NULL, CALL_US), 0, "CPU %u", i);
}

/* What the boot CPU stored: a tag, and its complement in the next granule. */
static unsigned int stored;

static void check_stored(void *unused)
{
	struct mte_state state;

	(void)unused;
	mte_control_set(&(struct mte_control){ .own = MTE_SYNC }, &state);
	CHECK_EQ(mte_tag(mte_ldg(tagged)), stored);
	CHECK_EQ(mte_tag(mte_ldg(tagged + MTE_GRANULE)), stored ^ 15);
	mte_expect_pass(&mte_load, mte_pointer(tagged, stored));
	mte_expect_fault(&mte_load, mte_pointer(tagged, stored + 1));
	mte_control_restore(&state);
}

void tags_are_seen_by_every_cpu(void)
{
	struct mte_state state;

	tagged = mte_begin()->tagged;
	for (stored = 0; stored < MTE_TAGS; stored++) {
		mte_control_set(&(struct mte_control){ .own = MTE_IGNORE }, &state);
		mte_stg(mte_pointer(tagged, stored));
		mte_stg(mte_pointer(tagged + MTE_GRANULE, stored ^ 15));
		mte_control_restore(&state);
		CHECK_EQ(cpu_call_others(check_stored, NULL, CALL_US), 0);
	}
}

/* Each CPU's own flags, before it is asked to put them back. */
static struct mte_state states[CONFIG_NR_CPUS];
static u64 flags[CONFIG_NR_CPUS];

static void begin_async(void *unused)
{
	(void)unused;
	mte_control_set(&(struct mte_control){ .own = MTE_ASYNC }, &states[cpu_this()]);
}

static void fail_a_check(void *unused)
{
	(void)unused;
	mte_store.run(mte_pointer(tagged, 7));
}

static void read_flags(void *unused)
{
	(void)unused;
	flags[cpu_this()] = mte_faults();
}

static void end_async(void *unused)
{
	(void)unused;
	mte_control_restore(&states[cpu_this()]);
}

void flags_are_each_cpus_own(void)
{
	unsigned int i, last = 0;

	mte_async_needed();
	tagged = mte_begin()->tagged;
	cpu_for_each_online(i)
		last = i;
	CHECK_EQ(cpu_call_all(begin_async, NULL, CALL_US), 0);
	CHECK_EQ(cpu_call(last, fail_a_check, NULL, CALL_US), 0);
	CHECK_EQ(cpu_call_all(read_flags, NULL, CALL_US), 0);
	CHECK_EQ(cpu_call_all(end_async, NULL, CALL_US), 0);
	cpu_for_each_online(i)
		CHECK_EQ(flags[i], i == last ? 1ULL : 0ULL, "TFSR of CPU %u", i);
}
