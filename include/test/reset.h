/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cases that reset the machine and go on in the next start: .phase = TEST_PHASE_RESET and
 * .destructive = true. Such a case is called once a start until it has a result:
 *
 *	static void system_reset_comes_back(void)
 *	{
 *		if (!test_resets(NULL)) {
 *			REQUIRE_EQ(test_reset_announce(NULL, 0), 0);
 *			psci_call(PSCI_FN_SYSTEM_RESET, 0, 0, 0);
 *		}
 *		CHECK_EQ(test_resets(NULL), 1U);
 *	}
 */
#ifndef TEST_RESET_H
#define TEST_RESET_H

#include <base/types.h>

#define TEST_RESET_WORDS	8
#define TEST_RESETS_MOST	4	/* of one case */

/**
 * test_reset_announce() - the case that runs is about to reset the machine
 * @words: what it wants to know then; may be NULL
 * @count: at most TEST_RESET_WORDS
 *
 * Return: 0; -EINVAL outside of a case, and with too many words; -EOPNOTSUPP where
 * nothing is kept over a reset; -ENOSPC when there is no room for it, and behind
 * TEST_RESETS_MOST that came.
 */
int test_reset_announce(const u64 *words, unsigned int count);

/**
 * test_resets() - resets that the case that runs has announced, and that came
 * @words: room for TEST_RESET_WORDS, filled with those of the last one; may be NULL
 */
unsigned int test_resets(u64 *words);

#endif
