/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writing tests. A suite is one object, its cases an array that ends in {}:
 *
 *	static void version_is_1_or_later(void)
 *	{
 *		CHECK_GE(psci_version() >> 16, 1U);
 *	}
 *
 *	static const struct test_case psci_cases[] = {
 *		TEST_CASE(version_is_1_or_later, .spec = "DEN0022F 5.1.1"),
 *		{}
 *	};
 *	TEST_SUITE(psci, .cases = psci_cases);
 */
#ifndef TEST_TEST_H
#define TEST_TEST_H

#include <base/table.h>
#include <base/types.h>
#include <core/capability.h>

/* Most severe last; over all CPUs the most severe counts. */
enum verdict {
	VERDICT_PASS,
	VERDICT_SKIP,
	VERDICT_ERROR,	/* the test or its environment is broken */
	VERDICT_FAIL,	/* the machine is */
	VERDICT_TIMEOUT,
	VERDICT_CRASHED,
};

/* The run has the MMU on, unless mmu=off turns it off for good. */
enum test_mmu {
	TEST_MMU_DEFAULT,	/* as the suite says; of a suite: on */
	TEST_MMU_ON,		/* a SKIP in a run with mmu=off */
	TEST_MMU_OFF,		/* turned off for the case where it is on */
	TEST_MMU_ANY,		/* as the run has it */
};

enum test_phase {
	TEST_PHASE_RUN,			/* default: boot services, if any, are gone */
	TEST_PHASE_BOOT_SERVICES,	/* while boot services live */
	TEST_PHASE_VIRTUAL_MAP,		/* after SetVirtualAddressMap */
	TEST_PHASE_RESET,		/* across a reset */
};

struct test_case {
	const char *name;
	void (*run)(void);
	const char *spec;		/* document with issue letter, and clause */
	const char *hint;		/* one line: what a failure usually means */
	unsigned int timeout_ms;	/* 0: CONFIG_TEST_TIMEOUT_MS */
	unsigned int needs;		/* NEED_* of core/capability.h: else a SKIP naming it */
	enum test_mmu mmu;
	enum test_phase phase;
	bool all_cpus;			/* runs on every CPU, not on the boot CPU alone */
	bool destructive;		/* only with destructive=on */
	bool last_call;			/* BOOT_SERVICES: only memory services may follow (7.4.6) */
};

struct test_suite {
	const char *name;
	const char *about;		/* one line */
	/* 0, or -errno: every case of the suite is then an ERROR. May SKIP(). */
	int (*init)(void);
	void (*exit)(void);		/* runs whenever init() did */
	unsigned int timeout_ms;	/* of init() and of exit(); 0: CONFIG_TEST_TIMEOUT_MS */
	enum test_mmu mmu;		/* of its cases that do not say */
	bool has_watchdogs;		/* its cases start watchdogs: none looks after them meanwhile */
	const struct test_case *cases;
};

TABLE_DECLARE(struct test_suite, suite);

#define TEST_CASE(fn, ...) { .name = #fn, .run = fn, __VA_ARGS__ }

#define TEST_SUITE(id, ...)							\
	static const struct test_suite suite_##id = { .name = #id, __VA_ARGS__ }; \
	TABLE_ENTRY(suite, #id, id, suite_##id)

#include <test/check.h>

#endif
