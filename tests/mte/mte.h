/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite mte. */
#ifndef TESTS_MTE_H
#define TESTS_MTE_H

#include <asm/mte.h>
#include <asm/page.h>
#include <base/errno.h>
#include <base/util.h>
#include <test/test.h>

/* One page of memory, mapped three times. */
struct mte_memory {
	u64 page;	/* without tags, VA = PA */
	u64 tagged;
	u64 el0;	/* with tags, for EL0; 0 at EL2 without VHE */
	u64 el0_code;	/* another page, that EL0 runs; likewise */
};

/* For a case to begin with: all data and tags are zero. */
const struct mte_memory *mte_begin(void);

/* What EL0 runs: words of el0_code. */
#define MTE_EL0_LOAD	0	/* x1 from [x0] */
#define MTE_EL0_STORE	8	/* x1 to [x0] */

/* One load or store that may fault. */
struct mte_access {
	const char *name;
	int (*run)(u64 at);	/* 0 or -EFAULT */
	bool write;
};

extern const struct mte_access mte_load, mte_store;

/* The mode of flags, or the case is a SKIP. */
void mte_async_needed(void);

/* Run one at a pointer, which must be checked and not match. */
void mte_expect_fault(const struct mte_access *access, u64 pointer);
/* The same, which must come through. */
void mte_expect_pass(const struct mte_access *access, u64 pointer);
/* ESR of a synchronous tag check fault. */
bool mte_is_tag_fault(u64 esr, unsigned int class, bool write);

/* tags.c */
void tags_are_stored_and_loaded(void);
void granules_have_tags_of_their_own(void);
void stores_of_tags_reach_their_granules_only(void);
void blocks_of_tags_are_stored(void);
void blocks_of_tags_end_where_told(void);
void tag_arithmetic_leaves_out_tags(void);
void random_tags_follow_the_seed(void);
void random_tags_are_none_of_those_excluded(void);
void memory_is_of_the_tagged_type(void);
void other_memory_has_no_tags(void);

/* check.c */
void matching_tags_pass(void);
void sync_checks_fault(void);
void sync_checks_see_both_granules(void);
void async_checks_set_a_flag(void);
void asymmetric_checks_fault_on_loads(void);
void ignored_checks_leave_nothing(void);

/* unchecked.c */
void tag_0_matches_where_told(void);
void no_access_to_tags_no_checks(void);
void other_memory_is_not_checked(void);
void stack_pointer_is_not_checked(void);
void mmu_off_is_not_checked(void);

/* exceptions.c */
void override_stops_checks(void);
void exceptions_stop_checks(void);
void exceptions_wait_for_flags(void);
void tags_are_kept_over_exceptions(void);

/* el0.c */
void el0_sync_checks_fault(void);
void el0_async_checks_set_a_flag(void);
void el0_asymmetric_checks_fault_on_loads(void);
void unprivileged_accesses_are_checked_as_el0s(void);

/* cpus.c */
void every_cpu_checks(void);
void tags_are_seen_by_every_cpu(void);
void flags_are_each_cpus_own(void);

#endif
