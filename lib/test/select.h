/* SPDX-License-Identifier: BSD-2-Clause */
/* What is to run, in which order: the selection words of the command line. */
#ifndef LIB_TEST_SELECT_H
#define LIB_TEST_SELECT_H

#include <base/list.h>
#include <test/test.h>

/** struct pattern - a glob of run=, skip= or xfail= */
struct pattern {
	struct list_head node;
	const char *glob;
	const char *reason;	/* xfail= only */
	bool matched;		/* any case of the image */
	const struct test_suite *suite;	/* the one that was asked about last, and */
	bool passes_by;		/* whether none of its cases can match */
	const char *behind;	/* what its cases' names are held against, NULL: not so simple */
};

struct test_options {
	struct list_head run;	/* empty: all */
	struct list_head skip;
	struct list_head xfail;
	const char *after;	/* "suite.case", NULL without */
	bool list;
	bool destructive;
	bool shuffle;
	u64 seed;
	u64 repeat;
	u64 timeout_factor;	/* 0: no deadlines */
};

extern struct test_options test_options;

struct plan_case {
	const struct test_case *test;
	const char *skip;	/* why it is not run; NULL: it is */
	const char *xfail;	/* the failure that is known; NULL: none */
	bool unwanted;		/* skip= is why; "list" leaves it out */
};

struct plan_suite {
	const struct test_suite *suite;
	struct plan_case *cases;
	unsigned int count;
};

struct plan {
	struct plan_suite *suites;	/* only those with a case */
	unsigned int count;
};

/**
 * pattern_match() - match a glob against a case
 *
 * A glob without a dot is a glob over suites.
 */
bool pattern_match(const char *glob, const char *suite, const char *name);

/** case_mmu() - the MMU's state that a case wants: ON, OFF or ANY */
enum test_mmu case_mmu(const struct test_suite *suite, const struct test_case *test);

/**
 * plan_build() - select and order the cases
 * @plan: result; empty after an error that leaves nothing to run
 *
 * No suites, a glob that matches nothing, and an after= that is not there or
 * leaves nothing behind it are a pr_err(): an empty plan always has one, unless
 * it is for "list".
 */
void plan_build(struct plan *plan);

/** plan_wants() - whether run= and skip= select a case; before there is a plan */
bool plan_wants(const struct test_suite *suite, const struct test_case *test);

/** plan_shuffle() - order suites, and cases within them, by a seed */
void plan_shuffle(struct plan *plan, u64 seed);

#endif
