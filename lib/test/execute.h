/* SPDX-License-Identifier: BSD-2-Clause */
/* Running one function of a suite so that the runner survives it. */
#ifndef LIB_TEST_EXECUTE_H
#define LIB_TEST_EXECUTE_H

#include "record.h"

/**
 * execute_case() - run a case once, with its deadline
 * @record: result
 * @test: the case
 * @mmu: the MMU's state it wants; afterwards the state is as before
 */
void execute_case(struct test_record *record, const struct test_case *test, enum test_mmu mmu);

/** execute_init() - run a suite's init(); record->init_ret is what it returned */
void execute_init(struct test_record *record, const struct test_suite *suite);

/** execute_exit() - run a suite's exit() */
void execute_exit(struct test_record *record, const struct test_suite *suite);

#endif
